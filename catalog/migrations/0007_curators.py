from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

GROUP = "Curators"
RIGHTS = [f"{action}_{model}" for model in ("collection", "favourite") for action in ("view", "add", "change", "delete")]


def make_group(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rights are made only after all migrations otherwise, which is too late for whom they are given to here."""
    config = apps.get_app_config("catalog")
    config.models_module = True  # type: ignore[assignment]  # as if it had models, which those of a migration lack
    create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
    config.models_module = None
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    rights = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="catalog", codename__in=RIGHTS)
    group.permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_favourites"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
