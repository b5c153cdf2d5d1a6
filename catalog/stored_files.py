"""Stored pictures under MEDIA_URL, where no bucket or proxy serves them: their names follow their content."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
NAME = re.compile(r"posters/[0-9a-f]{2}/([0-9a-f]{32}-\d{1,4})\.(avif|webp|jpg)")
FOREVER = "public, max-age=31536000, immutable"


class StoredFiles:
    """Answer for a stored picture before anything of a page's is begun; everything else goes on."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.MEDIA_URL.startswith("/"):
            raise MiddlewareNotUsed("media is served from elsewhere")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        name = path.removeprefix(settings.MEDIA_URL)
        found = NAME.fullmatch(name) if name != path and request.method in {"GET", "HEAD"} else None
        if found is None:
            return self.get_response(request)
        try:
            file = default_storage.open(name)
        except OSError:
            return self.get_response(request)  # the site's own page for what is not there
        etag = f'"{found[1]}"'
        headers = {"Cache-Control": FOREVER, "ETag": etag, "Access-Control-Allow-Origin": "*"}
        if etag in request.headers.get("If-None-Match", ""):
            file.close()
            return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        response = FileResponse(file, content_type=TYPES[found[2]], headers=headers)
        if request.method == "HEAD":
            response.close()
            return HttpResponse(headers=dict(response.items()))
        return response
