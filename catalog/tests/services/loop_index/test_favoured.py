"""Loops of curators' collections: which they are, by what chance one is drawn, and what that costs."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Collection, LoopRow
from catalog.services import loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.errors import UpstreamNotFound
from catalog.tests.factories import (
    CollectionFactory,
    FavouriteFactory,
    LoopFactory,
    LoopRowFactory,
    LoopSeriesFactory,
    SeriesRowFactory,
    TitleFactory,
    VideoFactory,
)
from catalog.tests.services.loop_index.test_chance import DRAWS, chi_square, critical

pytestmark = pytest.mark.django_db

AUTUMN = LoopFilter(favourites="autumn")


@pytest.fixture
def shelf() -> Collection:
    return CollectionFactory.create(slug="autumn")


def stand(shelf: Collection, *items: object, **attributes: object) -> None:
    for item in items:
        FavouriteFactory.create(collection=shelf, item=item, **attributes)


def drawn(where: LoopFilter = AUTUMN) -> set[str]:
    return {loop_index.pick(where, seed=str(n)).id for n in range(60)}


def nothing(where: LoopFilter = AUTUMN) -> bool:
    with pytest.raises(UpstreamNotFound):
        loop_index.pick(where)
    return not loop_index.has(where) and loop_index.count(where).value == 0


@pytest.mark.parametrize("where", [AUTUMN, LoopFilter()])
def test_what_is_pruned_between_being_chosen_and_being_read_is_not_there(shelf, where):
    stand(shelf, LoopRowFactory.create().loop)

    def prune(execute, sql, *rest):
        if "begin_seconds" in sql:
            LoopRow.objects.all()._raw_delete("default")
        return execute(sql, *rest)

    with connection.execute_wrapper(prune), pytest.raises(UpstreamNotFound):
        loop_index.pick(where)


def test_has_its_loops_those_of_its_series_and_those_of_the_series_that_its_titles_are(shelf):
    LoopRowFactory.create()
    alone, in_series = LoopRowFactory.create(), LoopRowFactory.create()
    title = TitleFactory.build()
    matched = SeriesRowFactory.create(row={"title_id": title.id}).series
    of_title = [LoopRowFactory.create(series=matched).id for _ in range(2)]
    stand(shelf, alone.loop, in_series.series.series, title, VideoFactory.build(), LoopFactory.build().series)
    wanted = {alone.id, in_series.id, *of_title}
    assert drawn() == wanted
    assert {loop.id for loop in loop_index.found(AUTUMN).value} == wanted
    assert loop_index.count(AUTUMN).value == 4
    assert loop_index.has(AUTUMN)


def test_what_is_there_twice_is_as_likely_as_the_others(shelf):
    series = LoopSeriesFactory.build()
    ids = [LoopRowFactory.create(series=series).id for _ in range(10)]
    stand(shelf, series, *(row.loop for row in LoopRow.objects.filter(pk__in=ids[:3])))
    draws = Counter(loop_index.pick(AUTUMN).id for _ in range(DRAWS // 5))
    assert set(draws) == set(ids)
    assert chi_square(draws, ids) < critical(len(ids) - 1)


def test_a_seed_means_the_same_loop_until_it_is_taken_out(shelf):
    stand(shelf, *(LoopRowFactory.create().loop for _ in range(20)))
    before = {str(n): loop_index.pick(AUTUMN, seed=str(n)).id for n in range(40)}
    assert before == {seed: loop_index.pick(AUTUMN, seed=seed).id for seed in before}
    gone = shelf.favourites.first()
    shelf.favourites.filter(pk=gone.pk).delete()
    after = {seed: loop_index.pick(AUTUMN, seed=seed).id for seed in before}
    assert gone.subject not in after.values()
    assert all(after[seed] == loop for seed, loop in before.items() if loop != gone.subject)


def test_filters_narrow_it(shelf):
    short, long, uploaded = (
        LoopRowFactory.create(duration=1.5),
        LoopRowFactory.create(duration=4.0),
        LoopRowFactory.create(duration=4.0, source="upload"),
    )
    kept = LoopFactory.build(duration=4.5)
    stand(shelf, *(row.loop for row in (short, long, uploaded)), kept)
    assert drawn(LoopFilter(favourites="autumn", duration=(1.0, 2.0))) == {short.id}
    assert drawn(LoopFilter(favourites="autumn", duration=(1.0, 4.5))) == {short.id, long.id, uploaded.id}
    assert drawn(LoopFilter(favourites="autumn", source="upload")) == {uploaded.id}
    assert drawn(LoopFilter(favourites="autumn", series=long.series_id)) == {long.id}
    assert drawn(LoopFilter(favourites="autumn", episode=kept.episode_id.upper())) == {kept.id}
    assert nothing(LoopFilter(favourites="autumn", duration=(5.0, 9.0)))


def test_a_loop_that_is_not_in_the_index_is_as_it_was_told_of(shelf):
    kept, indexed = LoopFactory.build(), LoopRowFactory.create()
    stand(shelf, kept, indexed.loop)
    assert drawn() == {kept.id, indexed.id}
    assert loop_index.has(LoopFilter(favourites="autumn", series=kept.series_id))
    assert loop_index.fitting(AUTUMN, [kept.id, indexed.id, "0" * 24]) == [indexed.id, kept.id]
    LoopRow.objects.all().delete()
    assert drawn() == {kept.id, indexed.id}


def test_there_is_an_answer_before_there_is_an_index(shelf):
    kept = LoopFactory.build()
    stand(shelf, kept)
    assert loop_index.pick(AUTUMN).id == kept.id


@pytest.mark.parametrize(
    "changes",
    [
        {"published_from": None},
        {"published_from": timezone.now() + timedelta(days=1)},
        {"published_until": timezone.now() - timedelta(days=1)},
        {"slug": "winter"},
    ],
)
def test_a_collection_that_readers_do_not_see_has_nothing(shelf, changes):
    stand(shelf, LoopRowFactory.create().loop, LoopFactory.build())
    assert len(drawn()) == 2
    Collection.objects.update(**changes)
    assert nothing()


@pytest.mark.parametrize(
    ("attributes", "there"),
    [
        ({"published": False}, False),
        ({"state": "gone"}, False),
        ({"state": "gone", "keep_when_gone": True}, True),
        ({"state": "silent"}, True),
    ],
)
def test_a_favourite_counts_while_readers_see_it(shelf, attributes, there):
    stand(shelf, LoopRowFactory.create().loop, LoopFactory.build(), **attributes)
    assert len(drawn()) == 2 if there else nothing()


def test_an_empty_one_has_nothing_and_others_have_not_its_loops(shelf):
    stand(CollectionFactory.create(), LoopRowFactory.create().loop)
    assert nothing()


@pytest.mark.parametrize("subject", ["7" * 30, "not-a-number", "-1"])
def test_a_title_of_no_possible_number_matches_nothing(shelf, subject):
    LoopRowFactory.create()
    FavouriteFactory.create(collection=shelf, kind="title", subject=subject)
    assert nothing()


def test_the_database_is_asked_no_more_often_for_more(shelf):
    def asked() -> int:
        """At the most: what is drawn from a snapshot needs no row."""
        return max(asked_once(f"{seed}") for seed in range(20))

    def asked_once(seed: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            loop_index.pick(AUTUMN, seed=seed)
            loop_index.found(AUTUMN)
            loop_index.fitting(AUTUMN, ["0" * 24])
        return len(queries)

    stand(shelf, LoopRowFactory.create().loop, LoopFactory.build())
    few = asked()
    for _ in range(20):
        title = TitleFactory.build()
        LoopRowFactory.create(series=SeriesRowFactory.create(row={"title_id": title.id}).series)
        stand(shelf, LoopRowFactory.create().loop, LoopFactory.build(), LoopRowFactory.create().series.series, title)
    assert asked() == few
