"""``/live/``: whether what an open page shows has changed, in as few steps as an answer can have.

Pages that are looked at ask every few seconds, so nothing here touches the database, a session or a template: the marks
of the transport are in memory. ``?of=home`` or ``?of=<a title's id>``; the answer is a word that differs once there is
something new, with the same word as its ETag.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from catalog.services import live

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PATH = "/live/"
HOME = "home"
LONGEST_ID = 9  # digits
HEADERS = {
    "Cache-Control": "public, max-age=0, s-maxage=1",
    "Content-Type": "text/plain; charset=utf-8",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def pulse(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        return answer(request) if request.path_info == PATH else get_response(request)

    return middleware


def answer(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    of = request.GET.get("of", "")
    if of == HOME:
        subjects = live.HOME
    elif of.isascii() and of.isdigit() and len(of) <= LONGEST_ID:
        subjects = live.subjects_of_title(int(of))
    else:
        return HttpResponse("of: home, or a title's id", status=400, headers=HEADERS)
    word = live.revision(subjects)
    etag = f'"{word}"'
    same = etag in request.headers.get("If-None-Match", "")
    return HttpResponse(b"" if same else word, status=304 if same else 200, headers=HEADERS | {"ETag": etag})
