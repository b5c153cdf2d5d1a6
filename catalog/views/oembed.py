"""The oEmbed endpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from catalog.http import failure
from catalog.oembed import NotForOthers, NothingThere, embeddable
from catalog.services.errors import UpstreamError

KEPT_SECONDS = 3600
LARGEST = 10_000  # pixels
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML
FOR_ALL = {"Access-Control-Allow-Origin": "*"}
SIDES = ("maxwidth", "maxheight")


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """404, 501 and 401 as the specification has them; 400 for what it does not foresee: no address, or no number."""
    write = WRITERS.get(request.GET.get("format", "json"))
    if write is None:
        return _refusal(501, f"The formats are {' and '.join(WRITERS)}.")
    url, box = request.GET.get("url", ""), [_side(request.GET.get(name, "")) for name in SIDES]
    if not url:
        return _refusal(400, "The address to embed is missing: url=...")
    if 0 in box:
        return _refusal(400, f"{' and '.join(SIDES)} are numbers of pixels, 1 to {LARGEST}.")
    try:
        document = embeddable(request, url, (box[0], box[1]))
    except NothingThere:
        return _refusal(404, "There is nothing to embed at that address.")
    except NotForOthers:
        return _refusal(401, "What is at that address is not to be embedded. A link to it is fine.")
    except UpstreamError as error:
        status, seconds = failure(error)
        words = "There is nothing at that address." if seconds is None else "The source is not answering."
        return _refusal(status, words, {} if seconds is None else {"Retry-After": str(seconds)})
    response = write(document)
    for name, value in (FOR_ALL | {"Cache-Control": f"public, max-age={KEPT_SECONDS}"}).items():
        response.headers[name] = value
    return response


def _side(given: str) -> int | None:
    """``None`` where nothing is said, 0 for what is no side of anything."""
    if not given:
        return None
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= len(str(LARGEST)) else 0
    return number if number <= LARGEST else 0


def _json(document: Mapping[str, Any]) -> HttpResponse:
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def _xml(document: Mapping[str, Any]) -> HttpResponse:
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", AttributesImpl({}))
    for name, value in document.items():
        xml.addQuickElement(name, UNWRITABLE.sub("", str(value)))
    xml.endElement("oembed")
    xml.endDocument()
    return HttpResponse(text.getvalue(), content_type="text/xml; charset=utf-8")


WRITERS = {"json": _json, "xml": _xml}


def _refusal(status: int, words: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    more = FOR_ALL | {"Cache-Control": "no-store"} | dict(headers or {})
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers=more)
