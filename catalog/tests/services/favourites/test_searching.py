"""What a curator finds by name, author, hashtag or address, also while sources are away."""

from __future__ import annotations

import threading
import time

import pytest
import requests
import requests_mock

from catalog.domain.titles import Names
from catalog.services import index
from catalog.services.favourites import candidates
from catalog.services.favourites.searching import PATIENCE_SECONDS
from catalog.tests.factories import LoopRowFactory, SeriesRowFactory, TitleRowFactory
from catalog.tests.services.favourites.test_adding import LOOP, sources  # noqa: F401
from catalog.tests.services.loopsvideo import samples as loops_samples
from catalog.tests.services.loopsvideo.samples import SHORTCODE
from catalog.tests.views import samples

pytestmark = pytest.mark.django_db
PAGE = loops_samples.page(loops_samples.compact())


@pytest.fixture(autouse=True)
def no_index():
    index.forget()
    yield
    index.forget()


def values(text: str) -> list[str]:
    return [value for value, _ in candidates(text).candidates]


def test_names_find_titles_series_and_the_newest_loops_without_asking(upstream):
    TitleRowFactory.create(id=8500, names=Names(ru="Семь", en="Seven Sins"))
    series = SeriesRowFactory.create(title_romaji="Seven")
    loops = [LoopRowFactory.create(series=series) for _ in range(6)]
    found = values("seven")
    assert found[:2] == ["title:8500", f"series:{series.id}"]
    newest = sorted(loops, key=lambda row: (-row.newness, row.id))[:4]
    assert found[2:] == [f"loop:{row.id}" for row in newest]
    assert upstream.call_count == 0


def test_before_there_is_an_index_the_sources_are_asked(everything):
    everything.get(f"{samples.ANILIBRIA}/searchTitles", json=[samples.title()])
    everything.get(f"{samples.ANIMELOOP}/search/series", json=samples.animeloop([{"id": "a" * 24, "title": "X"}]))
    assert values("грехов") == ["title:8500", f"series:{'a' * 24}"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"https://animeloop.org/loop/{LOOP}", f"loop:{LOOP}"),
        (f"https://loops.video/v/{SHORTCODE}", f"video:{SHORTCODE}"),
        ("https://www.anilibria.tv/release/nanatsu-no-taizai.html", "title:8500"),
        ("/title/ranma/", "title:9760"),
    ],
)
def test_an_address_finds_what_is_there(sources, text, value):
    assert values(text) == [value]


@pytest.mark.parametrize("text", ["#anime", "https://loops.video/tag/anime"])
def test_a_hashtag_finds_its_videos(everything, text):
    everything.get(f"{samples.LOOPS}/api/v1/tags/video/anime", json=PAGE)
    assert values(text) == [f"video:{SHORTCODE}"]


@pytest.mark.parametrize("text", ["@sora", "https://loops.video/@sora"])
def test_an_account_finds_its_videos(everything, text):
    everything.get(
        f"{samples.LOOPS}/api/v1/account/username/sora", json={"data": loops_samples.account(id="7", username="sora")}
    )
    everything.get(f"{samples.LOOPS}/api/v1/feed/account/7", json=PAGE)
    assert values(text) == [f"video:{SHORTCODE}"]


@pytest.mark.parametrize(
    ("text", "silent"),
    [("#anime", ("Loops",)), ("@sora", ("Loops",)), ("семь", ("AniLibria", "Animeloop")), (LOOP, ("Animeloop",))],
)
def test_sources_that_are_away_are_named_and_the_rest_is_there(upstream, text, silent):
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    found = candidates(text)
    assert set(silent) <= set(found.silent)
    assert found.candidates == ()


def test_a_slow_source_holds_nobody_up(upstream):
    TitleRowFactory.create(id=8500, names=Names(ru="1984"))

    nobody_waits = threading.Event()

    def slow(request, context):
        nobody_waits.wait(PATIENCE_SECONDS + 2)
        context.status_code = 404

    upstream.get(requests_mock.ANY, json=slow)
    began = time.monotonic()
    found = candidates("1984")
    assert time.monotonic() - began < PATIENCE_SECONDS + 1
    nobody_waits.set()
    assert [value for value, _ in found.candidates] == ["title:8500"]
    assert found.silent


def test_a_sign_that_no_database_looks_for_is_left_out(upstream):
    TitleRowFactory.create(id=8500, names=Names(ru="Семь"))
    series = SeriesRowFactory.create(title_romaji="Seven")
    assert values("se\0ven") == [f"series:{series.id}"]


@pytest.mark.parametrize("text", ["", " ", "#", "@", "@/", "#..", "/", "//", "x" * 5000, "\0", "(.*", "https://["])
def test_nonsense_finds_nothing(everything, text):
    everything.get(requests_mock.ANY, status_code=404, json={"error": {"code": 404, "message": "no"}})
    assert candidates(text).candidates == ()
