"""What a favourite looks like, small in lists and large by itself."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from catalog.domain.loops import Loop
from catalog.domain.videos import Video
from catalog.models import Favourite
from catalog.services import favourites
from catalog.templatetags.favourites import favourite_name, favourite_thumb, favourite_url
from catalog.templatetags.loops import clip

SMALL, LARGE = 60, 240  # pixels: the width of a preview


def condition(favourite: Favourite) -> str | SafeString:
    """Its state; of what is gone also what readers see of it."""
    state = favourite.get_state_display()
    if favourite.state != Favourite.State.GONE:
        return state
    kept = gettext("still shown") if favourite.keep_when_gone else gettext("hidden")
    return format_html('<strong class="errors">{}</strong> ({})', state, kept)


def preview(favourite: Favourite, width: int) -> str | SafeString:
    """The card's picture; LARGE with its name, of a loop or video also the film, for who wants it to play."""
    shown = favourites.as_shown(favourite)
    if shown is None:
        return favourite.get_state_display()
    picture, name = favourite_thumb(shown), favourite_name(shown)
    if width < LARGE:
        return _image(picture, width, name) if picture else name
    image = _image(picture, width) if picture else ""
    film = None
    match shown.item:
        case Loop() as loop:
            film = clip(loop)
        case Video() as video:
            film = video.media.src_url
    if film:
        image = format_html(
            '<video src="{}" poster="{}" width="{}" controls loop muted preload="none"></video>', film, picture, width
        )
    return format_html('{}<br><a href="{}">{}</a>', image, favourite_url(shown), name)


def _image(src: str, width: int, alt: str = "") -> SafeString:
    return format_html('<img src="{}" width="{}" alt="{}" loading="lazy">', src, width, alt)
