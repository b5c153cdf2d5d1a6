"""Kept pages: one rendering for everybody who would see the same, and never anything of a person."""

from __future__ import annotations

import gzip

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from catalog.http import Page
from catalog.page_cache import PageCache


@pytest.fixture
def views():
    """A view that answers a new number each time, behind the cache, and the paths it was asked for."""
    asked: list[str] = []

    def view(request):
        asked.append(request.get_full_path())
        response = Page(f"rendering {len(asked)}")
        response.settled = "unsettled" not in request.path
        if "cookie" in request.path:
            response.set_cookie("theme", "light")
        response.headers["ETag"] = f'"{len(asked)}"'
        return response

    return PageCache(view), asked


def ask(cache, path="/", method="get", *, cookies="", **headers):
    request = getattr(RequestFactory(), method)(path, headers={"cookie": cookies, **headers})
    request.htmx = HtmxDetails(request)
    return cache(request)


def test_a_second_reader_gets_the_kept_page(views):
    cache, asked = views
    assert ask(cache).content == ask(cache, cookies="sessionid=somebody; other=1").content == b"rendering 1"
    assert len(asked) == 1


def test_it_is_rendered_again_when_its_time_is_over(views, settings):
    if settings.CACHE_URL.startswith("redis"):
        pytest.skip("Redis goes by its own clock")
    cache, _ = views
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False) as clock:
        ask(cache)
        clock.shift(settings.PAGE_TTL_SECONDS - 1)
        assert ask(cache).content == b"rendering 1"
        clock.shift(2)
        assert ask(cache).content == b"rendering 2"


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/ru/"},
        {"path": "/?page=2"},
        {"cookies": "theme=light"},
        {"cookies": "tz=Asia/Tokyo"},
        {"accept-encoding": "gzip"},
        {"HX-Request": "true"},
        {"host": "testserver:81"},
    ],
)
def test_whatever_changes_the_page_is_a_page_of_its_own(views, other):
    cache, asked = views
    ask(cache)
    ask(cache, **other)
    ask(cache, **other)
    assert len(asked) == 2


@pytest.mark.parametrize("headers", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}])
def test_what_htmx_makes_the_whole_page_is_that_page(views, headers):
    cache, asked = views
    ask(cache)
    ask(cache, **{"HX-Request": "true"}, **headers)
    assert len(asked) == 1


@pytest.mark.parametrize("cookies", ["theme=<script>", "theme=dark", "tz=Mars/Olympus", "tz=Europe/Moscow"])
def test_what_changes_nothing_is_the_same_page(views, cookies):
    cache, asked = views
    ask(cache)
    ask(cache, cookies=cookies)
    assert len(asked) == 1


@pytest.mark.parametrize("path", ["/unsettled/", "/cookie/"])
def test_what_is_not_for_everybody_is_not_kept(views, path):
    cache, asked = views
    ask(cache, path)
    ask(cache, path)
    assert len(asked) == 2


def test_a_post_is_never_answered_from_the_cache(views):
    cache, asked = views
    ask(cache)
    ask(cache, method="post")
    ask(cache, method="post")
    assert len(asked) == 3


def test_other_responses_pass_through():
    cache = PageCache(lambda request: HttpResponse("plain"))
    assert ask(cache).content == b"plain"


def test_head_and_conditional_requests_are_answered_from_the_kept_page(views):
    cache, asked = views
    kept = ask(cache)
    head = ask(cache, method="head")
    unchanged = ask(cache, **{"if-none-match": kept.headers["ETag"]})
    assert (head.status_code, head.content) == (200, b"")
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert len(asked) == 1


def test_the_real_about_page_is_kept_compressed_and_revalidated(client):
    first = client.get("/about/", headers={"accept-encoding": "gzip"})
    again = client.get("/about/", headers={"accept-encoding": "gzip"})
    assert again.content == first.content
    assert b"<h1" in gzip.decompress(again.content)
    assert "s-maxage" in again.headers["Cache-Control"]
    assert "public" in again.headers["Cache-Control"]
    unchanged = client.get("/about/", headers={"accept-encoding": "gzip", "if-none-match": again.headers["ETag"]})
    assert unchanged.status_code == 304


def test_a_chosen_theme_makes_the_page_private(client):
    client.cookies["theme"] = "light"
    page = client.get("/about/")
    assert "private" in page.headers["Cache-Control"]
    assert 'data-theme="light"' in page.text
    del client.cookies["theme"]
    assert 'data-theme="dark"' in client.get("/about/").text


def test_a_head_request_that_must_be_rendered_has_the_headers_and_no_body(client):
    head = client.head("/about/")
    assert head.status_code == 200
    assert head.content == b""
    assert int(head.headers["Content-Length"]) > 1000
