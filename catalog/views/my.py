"""A visitor's own list as the signed cookie has it: the page, the form of one thing, and the list as a file."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog import my_cookie
from catalog.domain.lists import MOST_BYTES, Entry, Unreadable, known, merged, read, written
from catalog.forms.my import ImportForm, ItemForm
from catalog.http import Page, back, private, returned
from catalog.services import lists
from catalog.services.errors import UpstreamError
from catalog.templatetags.my import unreadable

CARDS_MOST_BYTES = 200_000
CARDS_MOST_ENTRIES = 500
FILE_NAME = "my-list.json"


@private
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    return page(request)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def my_item(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """What somebody thinks of one thing: the form, and what it says kept."""
    if not known(kind, subject):
        raise Http404(f"no {kind} can be called {subject}")
    mine = my_cookie.kept(request)
    [shown] = lists.listed([mine.entry(kind, subject) or Entry(kind=kind, subject=subject)])
    form = ItemForm(shown.entry, request.POST if request.method == "POST" else None)
    full = False
    if form.is_valid():
        try:
            return _saved(request, merged([form.changed(shown.seen, _now())], mine.entries))
        except my_cookie.Full:
            full = True
    context = {"shown": shown, "form": form, "full": full, "mine": mine, "token": _token(request)}
    context["next"] = back(request, reverse("catalog:my"))
    return render(request, "catalog/my_item.html", context, status=400 if request.method == "POST" else 200)


@csrf_exempt  # changes nothing
@private
@require_POST
def my_cards(request: HttpRequest) -> HttpResponse:
    """The list that a browser keeps by itself, drawn."""
    try:
        entries = read(request.body, CARDS_MOST_BYTES, CARDS_MOST_ENTRIES).entries
    except Unreadable as exc:
        words = unreadable(exc.reason, CARDS_MOST_BYTES, CARDS_MOST_ENTRIES)
        return HttpResponse(words, "text/plain; charset=utf-8", 400)
    return render(request, "catalog/_my_list.html", {"listed": lists.listed(entries)})


@require_safe
def my_latest(request: HttpRequest) -> HttpResponse:
    """How far the titles updated last have got, the same for everybody: a browser looks up its own among them."""
    found = lists.latest()
    page = Page(json.dumps(found), content_type="application/json")
    page.settled = bool(found)
    patch_cache_control(page, public=True, max_age=int(page.keep_seconds))
    return page


@private
@require_safe
def my_export(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(written(my_cookie.kept(request).entries), json_dumps_params={"indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@private
@require_http_methods(["GET", "HEAD", "POST"])
def my_import(request: HttpRequest) -> HttpResponse:
    """Add what a file says to the list: of the same thing, whatever was changed later."""
    if request.method != "POST":
        return redirect("catalog:my")  # links of a page that said what was wrong with a file
    form, mine = ImportForm(request.POST, request.FILES), my_cookie.kept(request)
    if not form.is_valid():
        return page(request, mine, status=400, unreadable="none")
    try:
        found = read(form.cleaned_data["file"].read(MOST_BYTES + 1))
        entries = merged(mine.entries, found.entries)
        response = _saved(request, entries)
    except Unreadable as exc:
        return page(request, mine, status=400, unreadable=exc.reason)
    except my_cookie.Full:
        return page(request, mine, status=400, full=len(entries))
    if not found.refused:
        return response
    shown = page(request, my_cookie.Kept(entries), refused=found.refused, added=len(found.entries))
    shown.cookies.update(response.cookies)
    return shown


@private
@require_POST
def my_seen(request: HttpRequest) -> HttpResponse:
    """Every title was seen as it is now."""
    entries = my_cookie.kept(request).entries
    last = lists.last_episodes(entries)
    seen = [replace(one, seen=last[one.subject]) for one in entries if one.kind == "title" and one.subject in last]
    return _saved(request, merged(entries, seen))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def my_forget(request: HttpRequest) -> HttpResponse:
    """Ask whether it is meant; then forget the list, and revoke its address."""
    if request.method == "POST":
        response = returned(request, reverse("catalog:my"))
        my_cookie.forget_all(response, request)
        if public_id := my_cookie.address(request):
            lists.revoke(public_id)
        my_cookie.forget_address(response)
        return response
    return render(request, "catalog/my_forget.html", {"entries": written(my_cookie.kept(request).entries)})


@private
@require_POST
def my_handed_over(request: HttpRequest) -> HttpResponse:
    """The browser keeps the list by itself from now on."""
    response = HttpResponse(status=204)
    my_cookie.forget(response)
    return response


def page(
    request: HttpRequest, mine: my_cookie.Kept | None = None, *, status: int = 200, **said: object
) -> HttpResponse:
    """The whole page; ``said``: what became of what was asked for."""
    mine = mine or my_cookie.kept(request)
    context = {"mine": mine, "listed": lists.listed(mine.entries), "entries": written(mine.entries), **said}
    context |= {"token": _token(request), "forgotten": my_cookie.was_forgotten(request) and my_cookie.FORGOTTEN_COOKIE}
    return render(request, "catalog/my.html", context, status=status)


def _saved(request: HttpRequest, entries: tuple[Entry, ...]) -> HttpResponse:
    """Back, with these in the cookie and at the address that follows it. Raises ``my_cookie.Full``."""
    response = returned(request, reverse("catalog:my"))
    my_cookie.keep(response, request, entries)
    if my_cookie.follows_cookie(request) and (public_id := my_cookie.address(request)):
        my_cookie.keep_address(response, request, public_id, scripted=False)
        with suppress(UpstreamError):  # the cookie counts; the address follows at the next change
            lists.renew(public_id, entries)
    return response


def _token(request: HttpRequest) -> str | None:
    """Of the address that the visitor asked for, while there is one; nobody to say so has not taken it away."""
    public_id = my_cookie.address(request)
    try:
        there = public_id is not None and lists.is_there(public_id)
    except UpstreamError:
        there = True
    return lists.token(public_id) if public_id and there else None


def _now() -> int:
    return int(time.time())
