"""The address of a visitor's list: made on demand, kept in step, revoked."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language_from_path, gettext, override
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from catalog import my_cookie
from catalog.domain.lists import Entry, Unreadable, read
from catalog.http import back, private, returned
from catalog.services import lists
from catalog.templatetags.my import unreadable
from catalog.views.my import page

JSON = "application/json"


@csrf_exempt  # a PUT of JSON is nothing that another site's page can send; a POST is checked below
@private
@require_http_methods(["GET", "HEAD", "POST", "PUT"])
def my_address(request: HttpRequest) -> HttpResponse:
    if request.method in {"GET", "HEAD"}:
        return redirect("catalog:my")  # links of a page that said why there is none
    return _renewed(request) if request.method == "PUT" else _made(request)


@private
@require_POST
def my_address_revoke(request: HttpRequest) -> HttpResponse:
    response = returned(request, reverse("catalog:my"))
    if public_id := my_cookie.address(request):
        lists.revoke(public_id)
    my_cookie.forget_address(response)
    return response


@csrf_protect
def _made(request: HttpRequest) -> HttpResponse:
    """A new address; the one that there was is revoked."""
    with override(get_language_from_path(back(request, "")) or settings.LANGUAGE_CODE):
        try:
            public_id = lists.make(_posted(request))
        except Unreadable as exc:
            return page(request, status=400, no_address=unreadable(exc.reason))
        except lists.NoTitles:
            words = gettext("There is no title on your list, and only titles have new episodes.")
            return page(request, status=400, no_address=words)
        except lists.NoRoom:
            words = gettext("As many addresses are kept here as there is room for. Ask again another day.")
            return page(request, status=503, no_address=words)
    if former := my_cookie.address(request):
        lists.revoke(former)
    response = returned(request, reverse("catalog:my"))
    my_cookie.keep_address(response, request, public_id, scripted=bool(request.POST.get("entries")))
    return response


def _renewed(request: HttpRequest) -> HttpResponse:
    if request.content_type != JSON:
        return _plain(gettext("This is not JSON."), HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        entries = read(request.body).entries
    except Unreadable as exc:
        return _plain(unreadable(exc.reason), HTTPStatus.BAD_REQUEST)
    public_id = my_cookie.address(request)
    if public_id is None or not lists.renew(public_id, entries):
        return _plain(gettext("This browser has no address to change."), HTTPStatus.NOT_FOUND)
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    my_cookie.keep_address(response, request, public_id, scripted=True)
    return response


def _posted(request: HttpRequest) -> tuple[Entry, ...]:
    """What a browser with JavaScript says it keeps, else what is in the cookie. Raises ``Unreadable``."""
    if said := request.POST.get("entries"):
        return read(said.encode("utf-8", "replace")).entries
    return my_cookie.kept(request).entries


def _plain(words: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(words, "text/plain; charset=utf-8", status)
