from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import DailyLoop, LoopRow
from catalog.models.loops import SLOTS
from catalog.services import loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.errors import UpstreamNotFound, UpstreamRejected
from catalog.services.loop_index import chance
from catalog.tests.factories import LoopFactory, LoopRowFactory, LoopSeriesFactory, loops_are_indexed

pytestmark = pytest.mark.django_db

DRAWS = 3_000


def shelve(amount: int, **attributes: object) -> list[str]:
    """Many rows at once."""
    loops = LoopFactory.build_batch(amount, series=LoopSeriesFactory.build(), **attributes)
    LoopRow.objects.bulk_create([LoopRow.of(loop, seen_at=timezone.now()) for loop in loops], batch_size=500)
    loops_are_indexed()
    return [loop.id for loop in loops]


def chi_square(draws: Counter[Any], among: list[str]) -> float:
    expected = draws.total() / len(among)
    return sum((draws[loop_id] - expected) ** 2 / expected for loop_id in among)


def critical(freedom: int) -> float:
    """The chi-square that chance exceeds once in 100,000 times (Wilson and Hilferty)."""
    z = 4.265
    return freedom * (1 - 2 / (9 * freedom) + z * (2 / (9 * freedom)) ** 0.5) ** 3


def test_every_loop_is_equally_likely():
    ids = shelve(50)
    draws = Counter(loop_index.pick().id for _ in range(DRAWS))
    assert set(draws) == set(ids)
    assert chi_square(draws, ids) < critical(len(ids) - 1)


def test_so_it_is_with_a_seed_each():
    ids = shelve(20)
    draws = Counter(loop_index.pick(seed=str(n)).id for n in range(DRAWS // 5))
    assert set(draws) == set(ids)
    assert chi_square(draws, ids) < critical(len(ids) - 1)


def test_so_it_is_among_those_that_fit():
    fitting, _ = shelve(20, source="upload"), shelve(30)
    where = LoopFilter(source="upload")
    draws = Counter(loop_index.pick(where).id for _ in range(DRAWS // 5))
    assert set(draws) == set(fitting)
    assert chi_square(draws, fitting) < critical(len(fitting) - 1)


def test_so_it_is_where_slots_are_looked_into(monkeypatch):
    """Many loops, or few slots: the same here, since then hardly a draw compares all of them."""
    monkeypatch.setattr(chance, "FEW", 0)
    monkeypatch.setattr(chance, "SLOTS", 16)
    monkeypatch.setattr(chance, "favourite", lambda *_: None)
    ids = shelve(100)
    for row in LoopRow.objects.all():
        LoopRow.objects.filter(pk=row.pk).update(slot=row.slot * 16 // SLOTS)
    draws = Counter(chance.drawn(LoopRow.objects.all(), str(n), 100) for n in range(DRAWS))
    assert None not in draws
    assert chi_square(draws, ids) < critical(len(ids) - 1)


def test_a_seed_means_the_same_loop_every_time():
    shelve(40)
    first = [loop_index.pick(seed=seed).id for seed in ("a", "b", "c")]
    assert [loop_index.pick(seed=seed).id for seed in ("a", "b", "c")] == first
    assert len(set(first)) > 1


def test_a_seed_does_not_depend_on_the_order_of_reading():
    loops = LoopFactory.build_batch(40)
    outcomes = []
    for order in (loops, loops[::-1]):
        LoopRow.objects.all().delete()
        for loop in order:
            LoopRow.of(loop, seen_at=timezone.now()).save()
        loops_are_indexed()
        outcomes.append([loop_index.pick(seed=str(n)).id for n in range(20)])
    assert outcomes[0] == outcomes[1]


def test_few_seeds_change_when_loops_come_and_go():
    shelve(200)
    before = [loop_index.pick(seed=str(n)).id for n in range(200)]
    newer = set(shelve(10))
    after = [loop_index.pick(seed=str(n)).id for n in range(200)]
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) < 40
    assert newer.issuperset(changed)


def test_no_seed_is_a_fresh_draw():
    shelve(40)
    assert len({loop_index.pick().id for _ in range(20)}) > 5


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        (LoopFilter(duration=(1.0, 2.0)), ["middle"]),
        (LoopFilter(duration=(0.9, 2.1)), ["low", "middle", "high"]),
        (LoopFilter(source="upload"), ["high"]),
    ],
)
def test_bounds_of_the_duration_are_not_included(where, fits):
    ids = {
        "low": LoopRowFactory.create(duration=1.0).id,
        "middle": LoopRowFactory.create(duration=1.5).id,
        "high": LoopRowFactory.create(duration=2.0, source="upload").id,
    }
    assert {loop_index.pick(where, seed=str(n)).id for n in range(30)} == {ids[name] for name in fits}


def test_of_a_series_and_of_an_episode():
    series = LoopSeriesFactory.build()
    first = LoopRowFactory.create(series=series, number="01")
    second = LoopRowFactory.create(series=series, number="02")
    LoopRowFactory.create()
    drawn = {loop_index.pick(LoopFilter(series=series.id.upper()), seed=str(n)).id for n in range(30)}
    assert drawn == {first.id, second.id}
    assert loop_index.pick(LoopFilter(episode=second.episode_id)).id == second.id


def test_no_match_is_not_found():
    LoopRowFactory.create()
    with pytest.raises(UpstreamNotFound):
        loop_index.pick(LoopFilter(duration=(5, 5)))


def test_a_filter_that_the_upstream_would_refuse_is_refused():
    LoopRowFactory.create()
    with pytest.raises(UpstreamRejected):
        loop_index.pick(LoopFilter(series="7"))


def test_asks_no_upstream_and_few_rows(django_assert_max_num_queries):
    shelve(40)
    with django_assert_max_num_queries(6):
        loop_index.pick()


class TestWithoutIndex:
    def test_the_upstream_draws(self, cutter):
        cutter.put(*LoopFactory.build_batch(5))
        assert loop_index.pick().id in cutter.shelf

    def test_a_seed_chooses_among_what_it_lists(self, cutter):
        cutter.put(*LoopFactory.build_batch(5))
        assert len({loop_index.pick(seed="a").id for _ in range(5)}) == 1
        assert len({loop_index.pick(seed=str(n)).id for n in range(30)}) == 5

    def test_so_it_is_with_collections_at_any_time(self, cutter):
        loops = LoopFactory.build_batch(16)
        cutter.put(*loops)
        loop_index.refresh()
        wanted = loops[3]
        where = LoopFilter(collection=int(wanted.id[-1], 16))
        assert loop_index.pick(where).id == wanted.id
        assert loop_index.pick(where, seed="a").id == wanted.id

    def test_no_match_is_not_found(self, cutter):
        with pytest.raises(UpstreamNotFound):
            loop_index.pick()


class TestOfTheDay:
    def test_is_the_same_all_day(self):
        shelve(40)
        day = date(2026, 11, 20)
        assert loop_index.of_the_day(day) == loop_index.of_the_day(day)
        assert len({loop_index.of_the_day(day + timedelta(days=n)).id for n in range(20)}) > 5

    def test_stays_what_it_was(self):
        ids = shelve(40)
        day = date(2026, 11, 20)
        DailyLoop.objects.create(day=day, loop_id=ids[3])
        loop_index.choose_for(day)
        assert loop_index.of_the_day(day).id == ids[3]

    def test_is_not_what_another_day_had_lately(self):
        shelve(40)
        for n in range(40):
            loop_index.choose_for(date(2026, 11, 1) + timedelta(days=n))
        chosen = [loop.id for _, loop in loop_index.days(date(2026, 12, 31), 40)]
        assert len(chosen) == 40
        assert len(set(chosen)) >= 35

    def test_one_that_is_gone_makes_room(self):
        shelve(10)
        day = date(2026, 11, 20)
        DailyLoop.objects.create(day=day, loop_id="0" * 24)
        assert loop_index.of_the_day(day).id != "0" * 24
        assert loop_index.days(day, 5) == ()
