"""A file on disk as an answer: whole, or the part of it that was asked for (RFC 9110, section 14)."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags
from werkzeug.http import parse_if_range_header, parse_range_header
from whitenoise.responders import SlicedFile


def file_answer(request: HttpRequest, path: Path, *, size: int, etag: str, content_type: str) -> HttpResponseBase:
    """200, 206, 304, 412 or 416. Several ranges at once are answered with the whole file, which a server may do.

    ``etag`` is the opaque tag, without quotes; raises FileNotFoundError where the file is gone.
    """
    headers = {"ETag": f'"{etag}"', "Accept-Ranges": "bytes"}
    settled = get_conditional_response(request, headers["ETag"])
    if settled is not None:
        settled.headers["ETag"] = headers["ETag"]
        return settled
    wanted = _wanted(request, size, etag)
    if wanted is not None and wanted.start >= wanted.stop:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    part = wanted or range(size)
    headers["Content-Length"] = str(len(part))
    if wanted is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    status = 200 if wanted is None else 206
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type=content_type, headers=headers)
    file = path.open("rb")
    body = file if wanted is None else SlicedFile(file, part.start, part.stop - 1)
    return FileResponse(body, status=status, content_type=content_type, headers=headers)


def has_part_of(request: HttpRequest) -> str | None:
    """The ETag, without quotes, of the file of which the client has a part or all and wants more."""
    given = [request.headers.get("If-Range", ""), *parse_etags(request.headers.get("If-Match", ""))]
    return next((tag.strip('"') for tag in given if tag.startswith('"')), None)


def _wanted(request: HttpRequest, size: int, etag: str) -> range | None:
    """The one range that was asked for, empty where the file has nothing there; ``None``: all of it.

    A client whose part is of another file gets all of this one.
    """
    condition = parse_if_range_header(request.headers.get("If-Range"))
    asked = parse_range_header(request.headers.get("Range"))
    other = condition.date is not None or condition.etag not in (None, etag)
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or other:
        return None
    start, stop = asked.ranges[0]
    if start < 0:
        start = max(0, start + size)
    return range(start, size if stop is None else min(stop, size))
