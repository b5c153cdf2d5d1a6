"""The code that people paste into pages of their own."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from catalog.domain.widgets import AUTO
from catalog.forms.builder import BuilderForm

WIDE = 480  # CSS pixels beyond which a picture of 360 lines looks soft
NO_QUERY = "?"


class Code(NamedTuple):
    """One kind of code; ``name`` is for people, ``kind`` for addresses."""

    kind: str
    name: str
    use: str
    text: str


def frame(url: str, width: int, height: int, title: str, *, fluid: bool = False) -> SafeString:
    """An iframe that keeps its shape in a column narrower than itself, or fills the column."""
    style = f"border:0;{'width' if fluid else 'max-width'}:100%;height:auto;aspect-ratio:{width}/{height}"
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" style="{}"></iframe>',
        url, width, height, title, style,
    )  # fmt: skip


def codes(request: HttpRequest, form: BuilderForm) -> list[Code]:
    """Every kind of code for what the form describes."""
    width, height = form.size_of_frame
    fluid = form.values["frame"] == "fluid"
    words = gettext("Random anime loop")
    picture, page = picture_url(request, form), page_url(request, form)
    image = format_html('<img src="{}" width="{}" height="{}" alt="{}">', picture, width, height, words)
    linked = format_html('<a href="{}">{}</a>', page, image) if page else image
    markdown, bbcode = f"![{words}]({picture})", f"[img]{picture}[/img]"
    kinds = (
        ("iframe", "Iframe", gettext("For any page."),
         frame(widget_url(request, form), width, height, words, fluid=fluid)),
        ("element", gettext("Custom element"), gettext("For pages that may load a script; as many as you like."),
         _element(request, form, width, fluid=fluid)),
        ("image", gettext("HTML image"), gettext("Where neither frames nor scripts are allowed."), linked),
        ("markdown", "Markdown", gettext("For READMEs."), f"[{markdown}]({page})" if page else markdown),
        ("bbcode", "BBCode", gettext("For signatures."), f"[url={page}]{bbcode}[/url]" if page else bbcode),
    )  # fmt: skip
    return [Code(*kind) for kind in kinds]


def widget_url(request: HttpRequest, form: BuilderForm) -> str:
    return _absolute(request, reverse("embed_loop"), form.widget_query)


def picture_url(request: HttpRequest, form: BuilderForm) -> str:
    """A picture that needs no script: of this loop, or of a random one."""
    values, (width, _) = form.values, form.size_of_frame
    size, type = _picture_size(values["size"], width), values["picture"]
    size = "360p" if type == "gif" else size
    if values["loop"]:
        return _absolute(request, reverse("loop_file", args=[values["loop"], size, type]))
    return _absolute(request, reverse("random_file", args=[size, type]), form.file_query)


def page_url(request: HttpRequest, form: BuilderForm) -> str:
    """Where the picture leads; "" for nowhere. Which loop a random one will be nobody knows yet."""
    values = form.values
    if values["link"] == "none":
        return ""
    if values["loop"]:
        return _absolute(request, reverse("catalog:loop", args=[values["loop"]]))
    if values["link"] == "series" and values["series"]:
        return _absolute(request, reverse("catalog:series", args=[values["series"]]))
    return _absolute(request, reverse("catalog:loops"), form.wall_query)


def _element(request: HttpRequest, form: BuilderForm, width: int, *, fluid: bool) -> str:
    script = request.build_absolute_uri(reverse("embed_script"))
    attributes = QueryDict(form.widget_query.removeprefix(NO_QUERY)).items()
    shown = format_html_join("", ' {}="{}"', attributes)
    style = "display:block;aspect-ratio:16/9" + ("" if fluid else f";max-width:{width}px")
    return format_html(
        '<script src="{}" async></script>\n<animesite-loop{} style="{}"></animesite-loop>', script, shown, style
    )  # fmt: skip


def _picture_size(wanted: str, width: int) -> str:
    if wanted != AUTO:
        return wanted
    return "720p" if width > WIDE else "360p"


def _absolute(request: HttpRequest, path: str, query: str = NO_QUERY) -> str:
    return request.build_absolute_uri(path + ("" if query == NO_QUERY else query))
