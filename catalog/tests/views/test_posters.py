"""Posters on pages: what is stored of them, what stands in, and the files themselves."""

from __future__ import annotations

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.models import StoredPoster
from catalog.services import posters
from catalog.tests.factories import TitleFactory, TitleRowFactory
from catalog.tests.views import samples

DIGEST = "0123456789abcdef" * 2
STEM = f"/media/posters/01/{DIGEST}"
HOST = "https://static.anilibria.tv"


def store(title_id: int, **facts) -> None:
    known = {"digest": DIGEST, "width": 350, "height": 500, "colour": "#aabbcc", "stored_at": timezone.now()}
    StoredPoster.objects.create(kind="title", subject=str(title_id), source_url="x", **known | facts)
    posters.forget()


@pytest.fixture
def with_poster(anilibria):
    """The sample title has a poster at its source."""
    title = samples.title(poster={"url": "/upload/1.jpg"})
    anilibria.get(f"{samples.ANILIBRIA}/getTitle?code={title['code']}", json=title)
    return title


def test_a_stored_poster_is_offered_in_its_kinds_and_widths(client, with_poster):
    store(with_poster["id"])
    page = client.get(f"/title/{with_poster['code']}/").text
    widths = [f"{STEM}-{width}.avif {width}w" for width in (120, 240, 350)]
    assert f'<source type="image/avif" srcset="{", ".join(widths)}" sizes="' in page
    assert f'<source type="image/webp" srcset="{", ".join(widths).replace(".avif", ".webp")}" sizes="' in page
    picture = re.search(r'<div class="poster">(<picture>.*?</picture>)', page)[1]
    assert f'<img src="{STEM}-350.webp" width="350" height="500"' in picture
    assert 'style="--tint:#aabbcc"' in picture
    assert f'data-fallback="/poster/{with_poster["code"]}.svg"' in picture
    assert f'<meta property="og:image" content="http://testserver{STEM}-350.jpg">' in page


def test_until_there_is_one_the_drawn_one_stands_in(client, with_poster):
    page = client.get(f"/title/{with_poster['code']}/").text
    assert f'<img src="/poster/{with_poster["code"]}.svg" width="350" height="500"' in page
    assert f'<meta property="og:image" content="{HOST}/upload/1.jpg">' in page


def test_a_page_that_waits_for_posters_is_not_kept_for_long(client, with_poster):
    path = f"/title/{with_poster['code']}/"
    assert "s-maxage=3" in client.get(path)["Cache-Control"]
    store(with_poster["id"], digest="", attempts=1)  # it could not be had: nothing to wait for
    assert "s-maxage=30" in client.get(f"{path}?kept=1")["Cache-Control"]


def test_the_drawn_poster_of_a_title_in_the_index_asks_no_source(client, upstream):
    row = TitleRowFactory.create(code="known")
    assert client.get("/poster/known.svg").status_code == 200
    assert client.get(f"/poster/{row.pk}.svg").status_code == 200
    assert not upstream.called


def test_a_page_of_cards_asks_for_all_posters_at_once(client, upstream, django_assert_max_num_queries):
    for title in TitleFactory.build_batch(24):
        TitleRowFactory(id=title.id)
        store(title.id)
    client.get("/catalog/")
    posters.forget()
    with django_assert_max_num_queries(4) as asked:
        page = client.get("/catalog/?sort=name").text
    assert page.count("avif 240w") == 24
    assert sum("storedposter" in query["sql"] for query in asked.captured_queries) == 1


class TestFiles:
    @pytest.fixture
    def file(self) -> str:
        default_storage.save(f"posters/01/{DIGEST}-240.avif", ContentFile(b"a picture"))
        return f"{STEM}-240.avif"

    def test_are_kept_for_ever_and_are_what_they_say(self, client, file):
        answer = client.get(file, headers={"Accept-Encoding": "gzip"})
        assert b"".join(answer.streaming_content) == b"a picture"
        assert answer["Content-Type"] == "image/avif"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Length"] == "9"
        assert not answer.has_header("Content-Encoding")
        assert not answer.cookies

    def test_are_not_sent_to_who_has_them(self, client, file):
        etag = client.get(file)["ETag"]
        assert client.get(file, headers={"If-None-Match": etag}).status_code == 304
        head = client.head(file)
        assert (head.content, head["Content-Length"]) == (b"", "9")

    @pytest.mark.parametrize(
        "path",
        [
            f"{STEM}-999.avif",
            "/media/posters/../../secret_key",
            "/media/posters/01/..%2f..%2fsecret_key",
            "/media/partial/0123",
            f"{STEM}-240.html",
        ],
    )
    def test_nothing_else_is_served(self, client, file, path):
        assert client.get(path).status_code == 404

    def test_they_take_no_post(self, client, file):
        assert client.post(file).status_code in {403, 404, 405}
