from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F, OuterRef, Subquery


def tell_from_history(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Also of what is hidden by now: it is no news when it is published again."""
    favourites = apps.get_model("catalog", "Favourite").objects
    lines = apps.get_model("catalog", "HistoricalFavourite").objects.filter(id=OuterRef("pk"), published=True)
    favourites.update(published_at=Subquery(lines.order_by("history_date").values("history_date")[:1]))
    favourites.filter(published=True, published_at=None).update(published_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_stills_of_chosen_loops")]

    operations = [
        migrations.AddField("favourite", "published_at", models.DateTimeField(editable=False, null=True)),
        migrations.RunPython(tell_from_history, migrations.RunPython.noop),
    ]
