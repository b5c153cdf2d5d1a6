"""What a curator may paste, and what becomes of it."""

from __future__ import annotations

import pytest
import requests
import requests_mock

from catalog.models import Favourite
from catalog.services.errors import UpstreamUnavailable
from catalog.services.favourites import AlreadyThere, NothingThere, NotUnderstood, add, as_shown, known, refresh
from catalog.tests.factories import CollectionFactory
from catalog.tests.services.loopsvideo.samples import SHORTCODE, VIDEO_ID
from catalog.tests.views import samples

pytestmark = pytest.mark.django_db

LOOP = "59adf78a3bb11f2eb1c3222d"
SERIES = "59adb3f8c4c0bc6579431f49"
GONE = {"status_code": 404, "json": {"error": {"code": 404, "message": "gone"}}}


@pytest.fixture
def sources(everything):
    everything.get(f"{samples.ANILIBRIA}/getTitle", **GONE)
    for title in (samples.title(), samples.title(**samples.OTHER)):
        everything.get(f"{samples.ANILIBRIA}/getTitle?code={title['code']}", json=title)
        everything.get(f"{samples.ANILIBRIA}/getTitle?id={title['id']}", json=title)
    everything.get(f"{samples.ANIMELOOP}/loop?id={LOOP}", json=samples.animeloop(samples.loop()))
    everything.get(f"{samples.ANIMELOOP}/loop?id={SERIES}", json=samples.animeloop({}))
    everything.get(f"{samples.ANIMELOOP}/series?id={SERIES}", json=samples.animeloop({"id": SERIES, "title": "X"}))
    everything.get(f"{samples.LOOPS}/api/v1/video/{VIDEO_ID}", json={"data": samples.video(id=VIDEO_ID)})
    return everything


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("https://www.anilibria.tv/release/nanatsu-no-taizai.html", "title", "8500"),
        ("http://testserver/title/nanatsu-no-taizai/", "title", "8500"),
        ("/ru/title/nanatsu-no-taizai/1/", "title", "8500"),
        ("8500", "title", "8500"),
        ("nanatsu-no-taizai", "title", "8500"),
        (f"https://animeloop.org/loop/{LOOP}", "loop", LOOP),
        (f"testserver/loops/{LOOP}/", "loop", LOOP),
        (f"/loops/{LOOP.upper()}/", "loop", LOOP),
        (f"/series/{SERIES.upper()}/", "series", SERIES),
        (LOOP, "loop", LOOP),
        (f"https://animeloop.org/series/{SERIES}", "series", SERIES),
        (SERIES, "series", SERIES),
        (f"https://loops.video/v/{SHORTCODE}", "video", SHORTCODE),
        (f" /videos/{SHORTCODE}/ ", "video", SHORTCODE),
        (SHORTCODE, "video", SHORTCODE),
        (VIDEO_ID, "video", SHORTCODE),
    ],
)
def test_any_address_or_id_is_understood(sources, settings, text, kind, subject):
    settings.ALLOWED_HOSTS = ["testserver"]
    favourite = add(CollectionFactory.create(), text)
    favourite.refresh_from_db()
    assert (favourite.kind, favourite.subject, favourite.state) == (kind, subject, "fine")
    assert as_shown(favourite).item


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two words",
        "https://example.org/title/x/",
        "https://loops.video/@dansup",
        "/catalog/",
        "/admin/",
        "/loops/x/",
        f"/series/{SERIES}0/",
        "//x",
        "%",
    ],
)
def test_what_is_nothing_of_the_kind_is_refused(sources, text):
    with pytest.raises((NotUnderstood, NothingThere)):
        add(CollectionFactory.create(), text)
    assert not Favourite.objects.exists()


def test_what_does_not_exist_is_refused(sources):
    with pytest.raises(NothingThere):
        add(CollectionFactory.create(), "https://www.anilibria.tv/release/no-such-title.html")


def test_twice_is_refused_by_naming_the_first(sources):
    collection = CollectionFactory.create()
    first = add(collection, "8500")
    with pytest.raises(AlreadyThere) as refused:
        add(collection, "https://www.anilibria.tv/release/nanatsu-no-taizai.html")
    assert refused.value.favourite == first
    assert add(CollectionFactory.create(), "8500").pk != first.pk


def test_each_goes_to_the_end(sources):
    collection = CollectionFactory.create()
    added = [add(collection, text) for text in ("8500", "9760", LOOP)]
    assert list(collection.favourites.all()) == added
    assert [one.order for one in added] == [1, 2, 3]


def test_while_its_source_is_down_it_is_added_and_told_of_later(sources):
    sources.get(requests_mock.ANY, exc=requests.ConnectionError)
    favourite = add(CollectionFactory.create(), f"https://animeloop.org/loop/{LOOP}")
    assert (favourite.state, favourite.snapshot, as_shown(favourite)) == ("new", {}, None)


def test_an_older_copy_is_shown_and_its_source_asked_in_the_next_round(sources, aged):
    add(CollectionFactory.create(), LOOP)
    with aged(3 * 86400):
        sources.get(requests_mock.ANY, exc=requests.ConnectionError)
        favourite = add(CollectionFactory.create(), LOOP)
        shown = as_shown(favourite)
        assert shown is not None
        assert (favourite.state, shown.silent) == ("new", False)
        refresh()
        favourite.refresh_from_db()
        assert favourite.state == "silent"


def test_what_only_the_source_could_name_cannot_be_added_while_it_is_down(sources):
    sources.get(requests_mock.ANY, exc=requests.ConnectionError)
    with pytest.raises(UpstreamUnavailable):
        add(CollectionFactory.create(), "https://www.anilibria.tv/release/nanatsu-no-taizai.html")


@pytest.mark.parametrize(("text", "subject"), [("title:008500", "8500"), (f"/loops/{LOOP.upper()}/", LOOP)])
def test_while_its_source_is_down_it_has_the_name_that_never_changes(sources, text, subject):
    sources.get(requests_mock.ANY, exc=requests.ConnectionError)
    assert add(CollectionFactory.create(), text).subject == subject


def test_what_only_looks_like_a_number_is_no_id(sources):
    sources.get(requests_mock.ANY, exc=requests.ConnectionError)
    with pytest.raises(UpstreamUnavailable):
        add(CollectionFactory.create(), "title:²")


@pytest.mark.parametrize("text", ["/loops/x/", f"/series/{SERIES}0/"])
def test_addresses_of_nothing_are_not_known_without_asking_either(text):
    with pytest.raises(NotUnderstood):
        known(text)
