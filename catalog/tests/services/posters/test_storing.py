"""Fetching, storing, and who goes first."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.domain.titles import Poster
from catalog.models import StoredPoster, TitleRow
from catalog.services import posters
from catalog.services.posters import files, storing
from catalog.services.posters.files import names
from catalog.tests.factories import TitleRowFactory, moment
from catalog.tests.services.posters.hostile import drawn, saved

HOST = "https://static.anilibria.tv"
FEED = "https://loops.video/api/web/feed"
SCHEDULE = "https://api.anilibria.tv/v2/getSchedule"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_videos(upstream):
    upstream.get(FEED, json={"data": [], "links": {}, "meta": {}})
    upstream.get(SCHEDULE, json=[{"day": day, "list": []} for day in range(7)])


def url(number: int) -> str:
    return f"{HOST}/upload/{number}.jpg"


def title_row(number: int = 1, **facts):
    return TitleRowFactory(poster=Poster(url=url(number), updated_at=moment(number)), **facts)


def store() -> StoredPoster:
    """Fetch whatever is due, and return the first row."""
    posters.note_wanted()
    posters.store_posters(posters.due())
    return StoredPoster.objects.order_by("pk")[0]


def later(**span: float) -> None:
    """As if everything had been tried that much earlier."""
    for row in StoredPoster.objects.all():
        StoredPoster.objects.filter(pk=row.pk).update(next_try_at=row.next_try_at - timedelta(**span))


def test_a_poster_is_fetched_once_and_stored_in_every_width(upstream):
    title = title_row().title
    upstream.get(url(1), content=saved(drawn()), headers={"ETag": '"one"'})
    row = store()
    assert (row.width, row.height, row.reason) == (350, 500, "")
    for name in names(row.digest, row.width):
        assert default_storage.size(name)
    assert row.bytes == sum(default_storage.size(name) for name in names(row.digest, row.width))
    stored = posters.of_title(title)
    assert stored.srcset("avif").endswith(f"{row.digest}-350.avif 350w")
    assert stored.url(200) == f"/media/posters/{row.digest[:2]}/{row.digest}-240.webp"
    assert posters.due() == []
    store()
    assert len([asked for asked in upstream.request_history if asked.url == url(1)]) == 1


def test_it_says_neither_who_we_are_nor_believes_what_it_is_told(upstream, settings):
    settings.LOOPS_TOKEN = "secret"
    title_row()
    upstream.get(url(1), content=saved(drawn(), "WEBP"), headers={"Content-Type": "text/html"})
    assert store().digest
    asked = upstream.last_request
    assert "Authorization" not in asked.headers
    assert "Cookie" not in asked.headers


def test_what_has_not_changed_is_not_sent_again(upstream):
    title = title_row()
    upstream.get(url(1), content=saved(drawn()), headers={"ETag": '"one"', "Last-Modified": "yesterday"})
    before = store()
    TitleRow.objects.filter(pk=title.pk).update(poster_updated_at=moment(9))
    upstream.get(url(1), status_code=304)
    after = store()
    assert upstream.last_request.headers["If-None-Match"] == '"one"'
    assert (after.digest, after.stored_at) == (before.digest, before.stored_at)
    assert after.source_updated_at == moment(9)


def test_files_that_are_lost_are_fetched_again(upstream):
    title = title_row()
    upstream.get(url(1), content=saved(drawn()), headers={"ETag": '"one"'})
    lost = names(store().digest, 350)[0]
    default_storage.delete(lost)
    TitleRow.objects.filter(pk=title.pk).update(poster_updated_at=moment(9))
    upstream.get(url(1), [{"status_code": 304}, {"content": saved(drawn())}])
    store()
    assert default_storage.exists(lost)


def test_another_address_is_another_poster(upstream):
    title = title_row()
    upstream.get(url(1), content=saved(drawn()), headers={"ETag": '"one"'})
    before = store()
    TitleRow.objects.filter(pk=title.pk).update(poster_url=url(2))
    upstream.get(url(2), content=saved(drawn(400, 560)))
    after = store()
    assert "If-None-Match" not in upstream.last_request.headers
    assert after.digest != before.digest
    assert posters.of_title(title.title).width in {350, 400}


def test_a_bad_poster_never_replaces_a_good_one(upstream):
    title = title_row()
    upstream.get(url(1), content=saved(drawn()))
    good = store()
    TitleRow.objects.filter(pk=title.pk).update(poster_updated_at=moment(9))
    upstream.get(url(1), text="<html>")
    bad = store()
    assert bad.digest == good.digest
    assert "not a picture" in bad.reason
    assert posters.of_title(title.title) is not None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"status_code": 404}, "404"),
        ({"exc": requests.ConnectTimeout}, "no answer in time"),
        ({"content": b"x" * (storing.MAX_BYTES + 1)}, "more than"),
        ({"status_code": 302, "headers": {"Location": "http://10.0.0.1/poster.jpg"}}, "redirect"),
        ({"content": saved(drawn())[:999]}, "cannot be decoded"),
    ],
    ids=["gone", "slow", "too large", "redirect elsewhere", "half of it"],
)
def test_what_cannot_be_had_is_tried_again_ever_more_seldom(upstream, settings, answer, reason):
    settings.UPSTREAM_BREAKER_FAILURES = 100
    title = title_row().title
    upstream.get(url(1), **answer)
    row = store()
    assert reason in row.reason
    assert posters.of_title(title) is None
    waits = []
    for attempt in range(4):
        assert row.attempts == attempt + 1
        waits.append(row.next_try_at - timezone.now())
        assert posters.due() == []
        later(days=1)
        row = store()
    assert waits == sorted(waits)
    assert waits[-1] > 100 * waits[0]
    upstream.get(url(1), content=saved(drawn()))
    later(days=1)
    row = store()
    assert (row.attempts, row.reason) == (0, "")
    assert row.digest


def test_an_address_on_a_host_that_is_not_configured_is_not_asked(upstream):
    title_row()
    StoredPoster.objects.all().delete()
    TitleRow.objects.update(poster_url="http://10.0.0.1/secret.jpg")
    assert "not configured" in store().reason


def test_a_host_that_is_left_alone_costs_no_attempt(upstream, settings):
    settings.UPSTREAM_BREAKER_FAILURES = 1
    for number in range(1, 9):
        title_row(number)
        upstream.get(url(number), status_code=500)
    store()
    rows = StoredPoster.objects.all()
    assert 1 <= sum(row.attempts for row in rows) <= storing.FETCHES + storing.MAKERS
    assert all(row.next_try_at > timezone.now() and row.claimed_until is None for row in rows)


def test_a_disk_that_is_full_is_a_reason_and_nothing_is_half_there(upstream, monkeypatch):
    title = title_row().title
    upstream.get(url(1), content=saved(drawn()))

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("animesite.storage.os.replace", full)
        row = store()
    assert "No space left" in row.reason
    assert posters.of_title(title) is None
    assert not any(default_storage.listdir("partial")[1])
    later(hours=1)
    assert store().digest


def test_what_the_first_pages_show_comes_first(upstream):
    finished = [title_row(number) for number in range(40)]
    running = title_row(40, updated_at=moment(0))
    upstream.get(SCHEDULE, json=[{"day": 3, "list": [{"id": running.pk, "code": running.code}]}])
    posters.note_wanted()
    order = [int(StoredPoster.objects.get(pk=pk).subject) for pk in posters.due(100)]
    newest = [row.pk for row in sorted(finished, key=lambda row: row.updated_at, reverse=True)]
    assert set(order[:33]) == {*newest[:32], running.pk}
    assert len(order) == 41


def test_nobody_takes_what_another_is_at(upstream):
    for number in range(3):
        title_row(number)
    posters.note_wanted()
    ids = posters.due()
    StoredPoster.objects.filter(pk=ids[0]).update(claimed_until=timezone.now() + timedelta(seconds=9))
    assert posters.due() == []
    assert posters.store_posters(ids) == 0
    StoredPoster.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert posters.due() == ids


def test_what_is_wanted_from_elsewhere_meanwhile_stays_due(upstream):
    title = title_row()

    def moved(request, context) -> bytes:
        StoredPoster.objects.update(source_url=url(2))
        return saved(drawn())

    posters.note_wanted()
    upstream.get(url(1), content=moved)
    posters.store_posters(posters.due())
    assert len(posters.due()) == 1
    assert title.pk


def test_titles_that_are_gone_are_forgotten_and_their_files_removed_later(upstream, time_machine):
    title = title_row()
    upstream.get(url(1), content=saved(drawn()))
    kept = names(store().digest, 350)
    title_row(2)
    upstream.get(url(2), content=saved(drawn(600, 800)))
    store()
    TitleRow.objects.filter(pk=title.pk).delete()
    posters.note_wanted()
    assert StoredPoster.objects.count() == 1
    assert posters.remove_unused() == 0
    time_machine.move_to(timezone.now() + files.KEPT_UNUSED + timedelta(hours=1))
    assert posters.remove_unused() == len(kept)
    assert not any(map(default_storage.exists, kept))
    assert posters.remove_unused() == 0


def test_a_video_and_a_series_have_theirs(upstream):
    video = {
        "id": "7", "account": {"id": "1", "username": "kino"}, "caption": "",
        "media": {"thumbnail": "https://loopsusercontent.com/7.jpg"},
    }  # fmt: skip
    upstream.get(FEED, json={"data": [video], "links": {}, "meta": {}})
    upstream.get("https://loopsusercontent.com/7.jpg", content=saved(drawn(324, 576)))
    upstream.get(url(1), content=saved(drawn()))
    title_row()
    store()
    assert {row.kind: bool(row.digest) for row in StoredPoster.objects.all()} == {"title": True, "video": True}


def test_who_asks_again_gets_it_at_once(upstream):
    title_row()
    upstream.get(url(1), status_code=404)
    row = store()
    assert posters.ask_again([row.pk]) == 1
    upstream.get(url(1), content=saved(drawn()))
    assert store().digest


def test_a_page_of_posters_asks_the_database_once(upstream, django_assert_num_queries):
    titles = [title_row(number).title for number in range(30)]
    with django_assert_num_queries(1):
        for title in titles:
            posters.of_title(title)
