"""What of this site other pages can embed, as oEmbed 1.0 tells them: addresses of pages become frames to paste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.text import Truncator
from django.utils.translation import get_language_from_path, gettext, override

from catalog import codes, links
from catalog.domain.loops import Loop
from catalog.forms.builder import FRAMES, BuilderForm
from catalog.models import Widget
from catalog.services import animeloop, loop_index, loopsvideo
from catalog.services.errors import UpstreamNotFound, UpstreamRejected
from catalog.templatetags.loops import names
from catalog.templatetags.videos import EMBED_SIZE, shown

PRIVATE = 403  # of a video that only some may see
DAY_SECONDS = 86400
LONGEST_TITLE = 120
LONGEST_ADDRESS = 2000
THUMBNAILS = (("720p", 1280, 720), ("360p", 640, 360))

Box = tuple[int | None, int | None]


class NothingThere(Exception):
    """The address is none of ours, or of nothing that can be embedded."""


class NotForOthers(Exception):
    """It is there, but its author does not want it in other pages: a link is all there may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embeddable:
    """The document's names; what is ``None`` is left out."""

    type: str
    title: str
    html: str
    width: int
    height: int
    author_name: str | None = None
    author_url: str | None = None
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None

    def document(self, request: HttpRequest) -> dict[str, Any]:
        whole = {
            "version": "1.0",
            **asdict(self),
            "provider_name": settings.SITE_NAME,
            "provider_url": request.build_absolute_uri(reverse("catalog:home")),
            "cache_age": int(DAY_SECONDS * settings.UPSTREAM_TTL_SCALE),
        }
        return {name: value for name, value in whole.items() if value is not None}


def embeddable(request: HttpRequest, url: str, box: Box) -> dict[str, Any]:
    """The document for ``url``, fit into ``box``. Raises NothingThere, NotForOthers or an UpstreamError."""
    parts = _ours(request, url)
    path = unquote(parts.path)
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            raise NothingThere from None
        describe = PAGES.get(match.view_name)
        if describe is None:
            raise NothingThere
        return describe(request, QueryDict(parts.query), box, **match.kwargs).document(request)


def _ours(request: HttpRequest, url: str) -> SplitResult:
    """Only what this very host serves: nobody is to be told that an address of theirs is ours."""
    try:
        parts = urlsplit(url if len(url) <= LONGEST_ADDRESS else "")
    except ValueError:
        raise NothingThere from None
    if parts.scheme not in {"http", "https"} or parts.netloc.lower() != request.get_host().lower():
        raise NothingThere
    return parts


def _loop(request: HttpRequest, query: QueryDict, box: Box, id: str) -> Embeddable:
    loop = _known_loop(id)
    series = loop.series
    sizes = [size for size in THUMBNAILS if loop.url(f"jpg_{size[0]}")]
    return Embeddable(
        type="video",
        title=_loop_title(loop),
        author_name=names(series)[0].text if series else None,
        author_url=request.build_absolute_uri(reverse("catalog:series", args=[series.id])) if series else None,
        **_framed(request, f"loop={loop.id}", box),
        **_thumbnail(request, sizes, box, lambda size: reverse("loop_file", args=[loop.id, size, "jpg"])),
    )


def _series(request: HttpRequest, query: QueryDict, box: Box, id: str) -> Embeddable:
    """A widget of the series' loops; its thumbnail is always the same one of them."""
    series = (loop_index.series(id) if _indexed() else animeloop.series(id)).value
    form = BuilderForm(QueryDict(f"series={series.id}&seed={series.id}"))
    return Embeddable(
        type="rich",
        title=gettext("Random loops from %(name)s") % {"name": names(series)[0].text},
        **_framed(request, f"series={series.id}", box),
        **_random_thumbnail(request, form, box),
    )


def _widget(request: HttpRequest, query: QueryDict, box: Box) -> Embeddable:
    """What the builder shows, or a widget's own address: the same options mean the same."""
    form = BuilderForm(query)
    if form.refused:
        raise NothingThere
    url, size = codes.widget_url(request, form), form.size_of_frame
    return Embeddable(
        type="rich",
        title=gettext("Random anime loop"),
        **_frame(url, size, box, gettext("Random anime loop")),
        **_random_thumbnail(request, form, box),
    )


def _saved(request: HttpRequest, query: QueryDict, box: Box, slug: str) -> Embeddable:
    """Whose pages may show it the browser finds out."""
    widget = Widget.objects.select_related("favourites").filter(slug=slug, enabled=True).first()
    if widget is None:
        raise NothingThere
    url = request.build_absolute_uri(reverse("embed_widget", args=[slug]))
    return Embeddable(
        type="rich",
        title=widget.name,
        **_frame(url, FRAMES["640"], box, widget.name),
        **_random_thumbnail(request, BuilderForm(widget.query), box),
    )


def _video(request: HttpRequest, query: QueryDict, box: Box, code: str) -> Embeddable:
    """In the source's own player, where its author allows that."""
    try:
        video = loopsvideo.video_by_shortcode(code).value
    except UpstreamRejected as error:
        if error.code == PRIVATE:
            raise NotForOthers from error
        raise
    url = loopsvideo.embed_url(video)
    if url is None:
        raise NotForOthers
    title = Truncator(" ".join((video.caption or "").split()) or shown(video)).chars(LONGEST_TITLE)
    return Embeddable(
        type="video",
        title=title,
        author_name=video.account.name or video.account.username,
        author_url=request.build_absolute_uri(links.account_url(video.account.username)),
        **_frame(url, EMBED_SIZE, box, title),
    )


PAGES: dict[str, Callable[..., Embeddable]] = {
    "catalog:loop": _loop,
    "catalog:series": _series,
    "catalog:builder": _widget,
    "catalog:video": _video,
    "embed_loop": _widget,
    "embed_widget": _saved,
}


def _indexed() -> bool:
    return loop_index.answers(animeloop.LoopFilter())


def _known_loop(id: str) -> Loop:
    if _indexed():
        try:
            return loop_index.loop(id).value
        except UpstreamNotFound:  # newer than the index
            pass
    return animeloop.loop(id).value


def _loop_title(loop: Loop) -> str:
    if loop.series is None:
        return gettext("Anime loop")
    name, number = names(loop.series)[0].text, loop.episode.number if loop.episode else None
    if number:
        return gettext("%(series)s, loop from episode %(number)s") % {"series": name, "number": number}
    return gettext("%(series)s, loop") % {"series": name}


def _framed(request: HttpRequest, query: str, box: Box) -> dict[str, Any]:
    """A widget with these options, in the language of the page that was named."""
    form = BuilderForm(QueryDict(query))
    return _frame(codes.widget_url(request, form), FRAMES["640"], box, gettext("Anime loop"))


def _frame(url: str, size: tuple[int, int], box: Box, title: str) -> dict[str, Any]:
    """As large as it would be, or as its shape lets it be in the box."""
    scale = min([1.0, *(most / side for side, most in zip(size, box, strict=True) if most is not None)])
    width, height = (max(1, int(side * scale)) for side in size)
    return {"html": codes.frame(url, width, height, title), "width": width, "height": height}


def _random_thumbnail(request: HttpRequest, form: BuilderForm, box: Box) -> dict[str, Any]:
    loop = form.values["loop"]

    def address(size: str) -> str:
        if loop:
            return reverse("loop_file", args=[loop, size, "jpg"])
        return reverse("random_file", args=[size, "jpg"]) + form.file_query.removesuffix("?")

    return _thumbnail(request, list(THUMBNAILS), box, address)


def _thumbnail(
    request: HttpRequest, sizes: list[tuple[str, int, int]], box: Box, address: Callable[[str], str]
) -> dict[str, Any]:
    """The largest that fits, since a thumbnail has to; where none does, none."""
    for size, width, height in sizes:
        if all(most is None or side <= most for side, most in zip((width, height), box, strict=True)):
            url = request.build_absolute_uri(address(size))
            return {"thumbnail_url": url, "thumbnail_width": width, "thumbnail_height": height}
    return {}
