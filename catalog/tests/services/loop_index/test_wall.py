from __future__ import annotations

import pytest

from catalog.models import SeriesRow
from catalog.services import loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.errors import UpstreamNotFound
from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory, SeriesRowFactory, TitleRowFactory, moment

pytestmark = pytest.mark.django_db

EVERYTHING = LoopFilter()


def ids(page: int = 1, **how: str) -> list[str]:
    return [loop.id for loop in loop_index.found(EVERYTHING, page=page, limit=10, **how).value]


def test_the_newest_come_first_and_the_undated_last():
    undated = LoopRowFactory.create(uploaded_at=None)
    old, new = LoopRowFactory.create(uploaded_at=moment(1)), LoopRowFactory.create(uploaded_at=moment(2))
    assert ids() == [new.id, old.id, undated.id]


def test_pages_go_on_where_the_last_one_ended():
    rows = LoopRowFactory.create_batch(25)
    for order in loop_index.ORDERS:
        shown = [loop_id for page in (1, 2, 3) for loop_id in ids(page, order=order, seed="a")]
        assert sorted(shown) == sorted(row.id for row in rows)


def test_a_seed_shuffles_the_same_way_every_time():
    LoopRowFactory.create_batch(10)
    orders = {seed: ids(order="random", seed=seed) for seed in ("a", "b", "c")}
    assert orders == {seed: ids(order="random", seed=seed) for seed in ("a", "b", "c")}
    assert len({tuple(order) for order in orders.values()}) == 3


def test_one_more_leaves_the_others_in_their_order():
    LoopRowFactory.create_batch(8)
    before = ids(order="random", seed="a")
    new = LoopRowFactory.create().id
    assert [loop_id for loop_id in ids(order="random", seed="a") if loop_id != new] == before


def test_counts_what_fits():
    series = LoopSeriesFactory.build()
    LoopRowFactory.create_batch(3, series=series)
    LoopRowFactory.create()
    where = LoopFilter(series=series.id)
    assert len(loop_index.found(where, limit=2).value) == 2
    assert loop_index.count(where).value == 3
    assert loop_index.loops_by_series([series.id, "0" * 24]) == {series.id: 3}


def test_a_page_is_few_questions(django_assert_max_num_queries):
    LoopRowFactory.create_batch(10)
    with django_assert_max_num_queries(4):
        loop_index.found(EVERYTHING)


def test_beside_a_loop_are_those_of_its_episode_first():
    series = LoopSeriesFactory.build()
    one = LoopRowFactory.create(series=series, number="01", uploaded_at=moment(1))
    other = LoopRowFactory.create(series=series, number="02", uploaded_at=moment(9))
    same = LoopRowFactory.create(series=series, number="01", uploaded_at=moment(2))
    LoopRowFactory.create()
    assert [loop.id for loop in loop_index.beside(one.loop, 8).value] == [same.id, other.id]
    assert [loop.id for loop in loop_index.beside(one.loop, 1).value] == [same.id]


def test_episodes_have_their_counts():
    series = LoopSeriesFactory.build()
    LoopRowFactory.create_batch(2, series=series, number="01")
    LoopRowFactory.create(series=series, number="OVA")
    LoopRowFactory.create()
    counted = {one.episode.number: one.loops for one in loop_index.episodes(series.id).value}
    assert counted == {"01": 2, "OVA": 1}


def test_all_series_are_those_with_loops():
    row = LoopRowFactory.create()
    SeriesRowFactory.create()
    assert [one.id for one in loop_index.all_series().value] == [row.series_id]


def test_single_ones():
    row = LoopRowFactory.create()
    assert loop_index.loop(row.id.upper()).value == row.loop
    assert loop_index.series(str(row.series_id)).value == row.series.series
    for absent in (lambda: loop_index.loop("0" * 24), lambda: loop_index.series("0" * 24)):
        with pytest.raises(UpstreamNotFound):
            absent()


def test_a_loop_whose_series_is_not_there_is_still_a_loop():
    row = LoopRowFactory.create()
    row.series.delete()
    assert loop_index.found(EVERYTHING).value[0].series is None
    assert loop_index.pick().series_id == row.series_id


def test_titles_and_series_know_each_other():
    title = TitleRowFactory.create()
    few = SeriesRowFactory.create(row={"title_id": title.id})
    many = LoopSeriesFactory.build()
    LoopRowFactory.create_batch(2, series=many)
    SeriesRow.objects.filter(pk=many.id).update(title_id=title.id)
    assert [one.id for one in loop_index.series_of(title.id)] == [many.id, few.id]
    assert loop_index.title_of(few.id) == title.title


def test_a_title_that_is_gone_is_none():
    row = SeriesRowFactory.create(row={"title_id": 12345})
    assert loop_index.title_of(row.id) is None
    assert loop_index.title_of("0" * 24) is None
