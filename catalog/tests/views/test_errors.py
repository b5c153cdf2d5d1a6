from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from animesite.urls import handler400, handler403, handler404, handler500  # noqa: F401
from animesite.urls import urlpatterns as real
from catalog.services.errors import UpstreamBadData, UpstreamNotFound, UpstreamRejected

RAISED = {
    "400": SuspiciousOperation("no"),
    "403": PermissionDenied("no"),
    "500": ZeroDivisionError("no"),
    "refused": UpstreamRejected("loops", "video 1", "private", code=403),
    "token": UpstreamRejected("loops", "video 1", "who are you", code=401),
    "gone": UpstreamNotFound("animeloop", "loop 1"),
    "bad": UpstreamBadData("animeloop", "loop 1", "not JSON"),
}


def failing(request: HttpRequest, how: str) -> HttpResponse:
    raise RAISED[how]


urlpatterns = [path("fail/<str:how>/", failing), *real]


@pytest.fixture(autouse=True)
def _failing_urls(client):
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("400", 400, "Unreadable<br>ticket"),
        ("403", 403, "Staff<br>only"),
        ("500", 500, "The film<br>tore"),
        ("refused", 404, "Loops refuses to show <code>/fail/refused/</code>"),
        ("token", 503, "Loops is not answering"),
        ("gone", 404, "Animeloop knows nothing at <code>/fail/gone/</code>"),
        ("bad", 503, "Animeloop is not answering"),
    ],
)
class TestEveryFailure:
    def test_is_a_designed_page(self, client, how, status, words):
        response = client.get(f"/fail/{how}/")
        assert response.status_code == status
        assert words in response.text
        assert "css/site.css" in response.text
        assert response["Cache-Control"] in {"no-store", "no-store, private"}

    def test_is_a_sentence_within_a_swap(self, client, how, status, words):
        response = client.get(f"/fail/{how}/", headers={"HX-Request": "true"})
        assert response.status_code == status
        assert 'role="alert"' in response.text
        assert "<html" not in response.text


def test_an_address_nobody_knows_is_named(client):
    response = client.get("/ru/nope/<b>")
    assert response.status_code == 404
    assert "<code>/ru/nope/&lt;b&gt;</code>" in response.text
    assert "Такого<br>сеанса нет" in response.text
    assert "noindex" in response.text


def test_an_address_nobody_knows_still_has_both_languages(client):
    page = client.get("/nope/").text
    assert '<a href="/nope/" data-language hreflang="en"' in page
    assert '<a href="/ru/" data-language hreflang="ru"' in page
