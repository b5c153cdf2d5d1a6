"""The forms behind the site's query strings."""

from catalog.forms.catalog import TEAM_ROLES, CatalogForm
from catalog.forms.embed import EmbedForm
from catalog.forms.media import AccountForm, GalleryForm, LoopsForm, PlaceForm, SeriesForm, VideosForm
from catalog.forms.query import LAST_PAGE, LONGEST_TEXT, PickField, QueryForm

__all__ = [
    "LAST_PAGE",
    "LONGEST_TEXT",
    "TEAM_ROLES",
    "AccountForm",
    "CatalogForm",
    "EmbedForm",
    "GalleryForm",
    "LoopsForm",
    "PickField",
    "PlaceForm",
    "QueryForm",
    "SeriesForm",
    "VideosForm",
]
