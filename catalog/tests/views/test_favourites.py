"""The pages of what curators chose, and their siblings for programs: they stand whatever happens to the sources."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import feedparser
import pytest
import requests
import requests_mock
from bs4 import BeautifulSoup
from django.utils import timezone
from icalendar import Calendar
from PIL import Image

from catalog.domain.titles import Names
from catalog.models import StoredPoster
from catalog.services import posters
from catalog.services.posters import files
from catalog.services.posters.pictures import pictures_of
from catalog.tests.factories import (
    CollectionFactory,
    FavouriteFactory,
    LoopFactory,
    LoopSeriesFactory,
    StoredPosterFactory,
    TitleFactory,
    VideoFactory,
)
from catalog.tests.views import samples

ALL, ONE = "/favourites/", "/favourites/autumn/"
EVIL = '"><script>alert(1)</script>'
SWAP = {"HX-Request": "true"}


@pytest.fixture
def autumn():
    """One of each kind, and the upstreams dead."""
    shelf = CollectionFactory.create(slug="autumn", name_en="Autumn leaves", name_ru="Листья", text_en="Red.")
    title = TitleFactory.build(names=Names(ru="Осень"), code="osen")
    for item in (title, LoopFactory.build(), LoopSeriesFactory.build(title_romaji="Aki"), VideoFactory.build()):
        FavouriteFactory.create(collection=shelf, item=item, note_en="Because.", note_ru="Потому.")
    return shelf


@pytest.fixture(autouse=True)
def down(upstream):
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    return upstream


def test_the_picture_of_every_kind_is_stored_here(client, autumn):
    for favourite in autumn.favourites.all():
        StoredPosterFactory.create(kind=favourite.kind, subject=favourite.snapshot["id"])
    posters.forget()
    for path in (ONE, ALL):
        page = BeautifulSoup(client.get(path).text, "html.parser").select_one("main")
        pictures = [image["src"] for image in page.select("img")]
        assert len(pictures) == 4
        assert all(src.startswith("/media/") for src in pictures), pictures


@pytest.mark.parametrize("path", [ALL, ONE])
class TestPages:
    def test_stand_without_any_upstream_and_without_asking_one(self, client, autumn, down, path):
        response = client.get(path)
        assert response.status_code == 200
        assert "Autumn leaves" in response.text
        assert "public" in response["Cache-Control"]
        assert not down.request_history

    def test_are_in_russian_too(self, client, autumn, path):
        page = client.get(f"/ru{path}").text
        assert "Листья" in page
        assert "Autumn" not in page

    def test_swap_and_go_back(self, client, autumn, path):
        assert "<html" not in client.get(path, headers=SWAP).text
        assert "<html" in client.get(path, headers=SWAP | {"HX-Boosted": "true"}).text
        assert "<html" in client.get(path, headers=SWAP | {"HX-History-Restore-Request": "true"}).text

    def test_can_be_shared(self, client, autumn, path):
        page = client.get(path).text
        assert '<meta property="og:title" content="' in page
        assert re.search(r'<meta property="og:image" content="http://testserver/favourites/autumn\.jpg">', page)

    def test_markup_is_text(self, client, path):
        shelf = CollectionFactory.create(slug="autumn", name_en=EVIL, name_ru=EVIL, text_en=EVIL)
        names = Names(ru=EVIL, en=EVIL)
        for item in (
            TitleFactory.build(names=names, genres=(EVIL,)),
            LoopSeriesFactory.build(title_romaji=EVIL, cover_url="https://cdn.animeloop.org/x.jpg"),
            VideoFactory.build(caption=EVIL),
        ):
            FavouriteFactory.create(collection=shelf, item=item, note_en=EVIL)
            FavouriteFactory.create(item=item, collection=shelf, keep_when_gone=True, state="gone", subject="2")
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_every_kind_leads_to_its_page_with_the_curators_words(client, autumn):
    page = client.get(ONE).text
    for favourite in autumn.favourites.all():
        where = {"title": "/title/osen/", "loop": "/loops/", "series": "/series/", "video": "/videos/"}[favourite.kind]
        assert f'href="{where}' in page
    assert page.count("Because.") == 4
    assert "Потому." in client.get(f"/ru{ONE}").text


def test_a_silent_source_is_named_with_the_age_of_what_it_told(client, autumn):
    hours = timezone.now() - timedelta(hours=3)
    autumn.favourites.filter(kind="loop").update(state="silent", snapshot_at=hours)
    page = client.get(ONE).text
    assert "Saved copy" in page
    assert "3\xa0hours old. Animeloop has not answered" in page
    assert "AniLibria has not" not in page
    assert 'data-age-seconds="108' in page


def test_what_is_fresh_says_nothing_about_age(client, autumn):
    assert "Saved copy" not in client.get(ONE).text


def test_what_is_gone_is_hidden_or_kept_without_a_link(client, autumn):
    autumn.favourites.filter(kind="title").update(state="gone")
    assert "Осень" not in client.get(ONE).text
    autumn.favourites.filter(kind="title").update(keep_when_gone=True)
    page = client.get(f"{ONE}?again").text
    assert "Осень" in page
    assert "No longer at AniLibria" in page
    assert "/title/osen/" not in page


@pytest.mark.parametrize("format", ["rss", "atom", "json", "ics"])
def test_so_it_is_in_the_siblings(client, autumn, format):
    autumn.favourites.filter(kind="title").update(state="gone")
    assert "Осень" not in client.get(f"/favourites/autumn.{format}").text
    autumn.favourites.filter(kind="title").update(keep_when_gone=True)
    assert "Осень" in client.get(f"/favourites/autumn.{format}?again").text


@pytest.mark.parametrize(
    ("query", "at", "words"),
    [
        ("", "", "No longer at AniLibria"),
        ("?lang=ru", "/ru", "На AniLibria этого больше нет"),
    ],
)
def test_there_what_is_gone_says_so_and_leads_to_its_collection(client, autumn, query, at, words):
    autumn.favourites.filter(kind="title").update(state="gone", keep_when_gone=True)
    items = client.get(f"/favourites/autumn.json{query}").json()["items"]
    [(url, summary)] = [(item["url"], item["content_html"]) for item in items if words in item["content_html"]]
    assert url == f"http://testserver{at}/favourites/autumn/"
    assert summary.index("Потому." if at else "Because.") < summary.index(words)


def test_a_cover_that_is_gone_is_no_cover(client, autumn):
    title = autumn.favourites.get(kind="title")
    autumn.cover = title
    autumn.save()
    assert client.get("/favourites/autumn.jpg")["Location"] == "/poster/osen.svg"
    autumn.favourites.filter(pk=title.pk).update(state="gone")
    assert "osen" not in client.get("/favourites/autumn.jpg")["Location"]


def test_the_cover_lies_on_top_of_the_pile_once(client, autumn):
    last = FavouriteFactory.create(collection=autumn, item=TitleFactory.build(code="vesna"))
    first_pile = _pile(client, ALL)
    assert len(first_pile) == 4
    assert first_pile[0] == "/poster/osen.svg"
    autumn.cover = last
    autumn.save()
    assert _pile(client, f"{ALL}?again") == ["/poster/vesna.svg", *first_pile[:3]]
    autumn.cover = autumn.favourites.get(kind="loop")
    autumn.save()
    assert _pile(client, f"{ALL}?anew") == [first_pile[1], first_pile[0], *first_pile[2:]]


def test_a_cover_without_a_picture_has_the_next_one_stand_for_it(client, autumn):
    autumn.cover = FavouriteFactory.create(collection=autumn, item=VideoFactory.build(is_sensitive=True))
    autumn.save()
    CollectionFactory.create(order=0)
    for path in (ALL, ONE):
        assert 'property="og:image" content="http://testserver/favourites/autumn.jpg"' in client.get(path).text
    assert client.get("/favourites/autumn.jpg")["Location"] == "/poster/osen.svg"
    assert _pile(client, ALL)[0] == "/poster/osen.svg"
    autumn.favourites.exclude(pk=autumn.cover.pk).update(published=False)
    for path in (ALL, ONE):
        assert "og:image" not in client.get(f"{path}?again").text
    assert client.get("/favourites/autumn.jpg").status_code == 404


@pytest.mark.parametrize("slug", ["none", "draft", "later"])
def test_what_is_not_published_is_not_there(client, slug):
    CollectionFactory.create(slug="draft", published_from=None)
    CollectionFactory.create(slug="later", published_from=timezone.now() + timedelta(days=1))
    assert client.get(f"/favourites/{slug}/").status_code == 404
    answer = client.get(f"/favourites/{slug}.rss")
    assert (answer.status_code, answer.text) == (404, "There is nothing at this address.\n")
    assert f"favourites/{slug}" not in client.get(ALL).text


def test_nothing_at_all_is_said(client):
    assert "Nothing stands here yet." in client.get(ALL).text


def test_the_first_shelf_is_on_the_front_page(client, autumn):
    CollectionFactory.create(name_en="Later leaves")
    page = client.get("/").text
    assert "Autumn leaves" in page
    assert "Later leaves" not in page


@pytest.mark.parametrize("origin", [samples.ANILIBRIA, samples.ANIMELOOP, samples.LOOPS])
def test_so_it_is_whichever_source_is_down(client, everything, autumn, origin):
    everything.get(re.compile(re.escape(origin)), exc=requests.ConnectionError)
    page = client.get("/").text
    assert "Autumn leaves" in page
    assert "Осень" in page


@pytest.mark.parametrize("path", ["/favourites", "/favourites/autumn"])
class TestSiblings:
    def test_are_advertised(self, client, autumn, path):
        page = client.get(f"{path}/").text
        for format in ("rss", "atom", "json", "ics"):
            assert f'href="{path}.{format}"' in page

    @pytest.mark.parametrize("format", ["rss", "atom"])
    def test_have_what_a_reader_shows(self, client, autumn, path, format):
        feed = feedparser.parse(client.get(f"{path}.{format}").content)
        assert feed.bozo == 0
        assert len(feed.entries) == 4
        assert len({entry.id for entry in feed.entries}) == 4
        assert all("Because." in entry.summary and entry.published_parsed for entry in feed.entries)

    def test_the_newest_addition_comes_first(self, client, autumn, path):
        FavouriteFactory.create(collection=autumn, item=TitleFactory.build(names=Names(ru="Новое")), order=0)
        items = client.get(f"{path}.json").json()["items"]
        assert items[0]["title"] == "Новое"
        assert items[0]["id"].startswith("tag:testserver,2026:favourites/autumn/title/")

    def test_a_calendar_reads_back(self, client, autumn, path):
        assert len(Calendar.from_ical(client.get(f"{path}.ics").content).walk("VEVENT")) == 4

    def test_an_empty_one_is_an_empty_list(self, client, path):
        CollectionFactory.create(slug="autumn")
        assert client.get(f"{path}.json").json()["items"] == []


def test_the_sitemap_has_them(client, autumn):
    page = client.get("/sitemap.xml").text
    assert "<loc>http://testserver/favourites/</loc>" in page
    assert "<loc>http://testserver/ru/favourites/autumn/</loc>" in page


def test_there_a_collection_changes_when_readers_see_it(client, autumn, time_machine):
    autumn.published_from = timezone.now() + timedelta(days=3)
    autumn.save()
    time_machine.move_to(autumn.published_from + timedelta(hours=1))
    place = "<loc>http://testserver/favourites/autumn/</loc>"
    assert f"{place}<lastmod>{autumn.published_from:%Y-%m-%d}</lastmod>" in client.get("/sitemap.xml").text


class TestSheet:
    PATH = "/favourites/autumn.jpg"

    def test_is_made_of_the_stored_pictures(self, client, autumn):
        made = BytesIO()
        Image.new("RGB", (350, 500), (200, 30, 30)).save(made, "JPEG")
        pictures = pictures_of(made.getvalue())
        title = autumn.favourites.get(kind="title")
        files.save("ab" * 16, pictures)
        StoredPoster.objects.create(
            kind="title", subject=title.subject, digest="ab" * 16, width=pictures.width, height=pictures.height,
            colour="#c81e1e", stored_at=timezone.now(),
        )  # fmt: skip
        response = client.get(self.PATH)
        assert response["Content-Type"] == "image/jpeg"
        assert "max-age=3600" in response["Cache-Control"]
        picture = Image.open(BytesIO(response.content))
        assert picture.size == (1200, 630)
        pixel: Any = picture.getpixel((600, 300))
        red, green, _ = pixel
        assert (red > 150, green < 80) == (True, True)

    def test_until_then_it_is_the_first_picture(self, client, autumn):
        response = client.get(self.PATH)
        assert (response.status_code, response["Location"]) == (302, "/poster/osen.svg")

    def test_there_is_none_of_nothing(self, client):
        CollectionFactory.create(slug="autumn")
        assert client.get(self.PATH).status_code == 404
        assert client.get("/favourites/none.jpg").status_code == 404


def _pile(client, path: str) -> list[str]:
    return [str(image["src"]) for image in BeautifulSoup(client.get(path).text, "html.parser").select(".pile img")]
