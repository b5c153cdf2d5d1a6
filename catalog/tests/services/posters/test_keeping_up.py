"""Looking which posters are wanted: cheap while nothing changes, and not late when something does."""

from __future__ import annotations

import pytest

from catalog.domain.titles import Poster
from catalog.models import Favourite, IndexState, LoopIndexState, StoredPoster, TitleRow
from catalog.services import posters
from catalog.services.posters import wanted
from catalog.tests.factories import (
    FavouriteFactory,
    LoopFactory,
    SeriesRowFactory,
    TitleFactory,
    TitleRowFactory,
    VideoFactory,
    moment,
)

FEED = "https://loops.video/api/web/feed"
SCHEDULE = "https://api.anilibria.tv/v2/getSchedule"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sources(upstream):
    upstream.get(FEED, json={"data": [], "links": {}, "meta": {}})
    upstream.get(SCHEDULE, json=[{"day": day, "list": []} for day in range(7)])
    for model in (IndexState, LoopIndexState):
        model.objects.get_or_create()


def one_more() -> TitleRow:
    return TitleRowFactory.create(poster=Poster(url="https://static.anilibria.tv/a.jpg", updated_at=moment(1)))


def test_the_same_things_are_not_looked_at_again(django_assert_num_queries):
    one_more()
    posters.keep_up()
    StoredPoster.objects.all().delete()
    with django_assert_num_queries(2):
        posters.keep_up()
    assert not StoredPoster.objects.exists()


def test_a_written_row_is_seen_at_the_next_look():
    posters.keep_up()
    one_more()
    posters.keep_up()
    assert StoredPoster.objects.count() == 1
    series = SeriesRowFactory.create(cover_url="https://cdn.animeloop.org/cover.jpg")
    LoopIndexState.objects.update(revision=7)
    posters.keep_up()
    assert StoredPoster.objects.get(kind="series").subject == series.pk


def test_what_curators_chose_comes_first_and_stays_until_they_let_it_go(monkeypatch):
    monkeypatch.setattr(wanted, "FRONT_TITLES", 0)
    poster = Poster(url="https://static.anilibria.tv/b.jpg")
    row, gone = one_more(), TitleFactory.build(id=99_999, poster=poster)
    series = SeriesRowFactory.create(cover_url="https://cdn.animeloop.org/cover.jpg").series
    loop, video = LoopFactory.build(), VideoFactory.build()
    stills = {
        ("title", str(row.pk)): row.poster_url,
        ("title", "99999"): poster.url,
        ("series", series.id): series.cover_url,
        ("loop", loop.id): loop.url("jpg_360p"),
        ("video", video.id): video.media.thumbnail_url,
    }
    for item in (row.title, gone, series, loop, video):
        FavouriteFactory.create(item=item)
    posters.note_wanted()
    rows = StoredPoster.objects.filter(rank=wanted.FRONT)
    assert {(row.kind, row.subject): row.source_url for row in rows} == stills
    Favourite.objects.all().delete()
    posters.note_wanted()
    assert set(StoredPoster.objects.values_list("kind", "rank")) == {
        ("title", wanted.REST), ("series", wanted.REST), ("video", wanted.FRONT),
    }  # fmt: skip


def test_what_curators_chose_waits_for_no_index():
    loop = LoopFactory.build()
    FavouriteFactory.create(item=loop)
    IndexState.objects.all().delete()
    for _ in range(2):
        posters.note_wanted()
        assert StoredPoster.objects.get().subject == loop.id


def test_another_schedule_is_seen_at_the_next_look(upstream, aged, monkeypatch):
    row = sorted([one_more(), one_more()], key=lambda row: row.updated_at or moment(0))[0]
    monkeypatch.setattr(wanted, "FRONT_TITLES", 1)
    posters.keep_up()
    assert StoredPoster.objects.get(subject=row.pk).rank == wanted.REST
    upstream.get(SCHEDULE, json=[{"day": 3, "list": [{"id": row.pk, "code": row.code}]}])
    with aged():
        posters.keep_up()
    assert StoredPoster.objects.get(subject=row.pk).rank == wanted.FRONT


def test_once_a_minute_it_is_looked_at_anyway(monkeypatch):
    one_more()
    posters.keep_up()
    StoredPoster.objects.all().delete()
    monkeypatch.setattr(wanted, "LOOK_ANYWAY_SECONDS", 0)
    posters.keep_up()
    assert StoredPoster.objects.count() == 1


def test_sources_that_are_down_hide_no_title(upstream):
    for address in (FEED, SCHEDULE):
        upstream.get(address, status_code=503)
    one_more()
    posters.keep_up()
    assert StoredPoster.objects.count() == 1
