from __future__ import annotations

import pytest

from catalog.models import SeriesRow
from catalog.services.loops_of import loops_of
from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory, SeriesRowFactory, loops_are_indexed

pytestmark = pytest.mark.django_db


def test_are_those_of_every_series_that_is_the_title():
    main, special = LoopSeriesFactory.build(), LoopSeriesFactory.build()
    of_main = LoopRowFactory.create_batch(2, series=main)
    of_special = LoopRowFactory.create(series=special)
    LoopRowFactory.create()
    SeriesRow.objects.filter(pk__in=[main.id, special.id]).update(title_id=7)
    found = loops_of(7, 8).value
    assert [one.id for one in found.series] == [main.id, special.id]
    assert [loop.id for loop in found.loops] == [of_main[1].id, of_main[0].id, of_special.id]
    assert len(loops_of(7, 2).value.loops) == 2


def test_a_title_that_is_no_series_has_none():
    LoopRowFactory.create()
    assert loops_of(7, 8).value == ((), ())


def test_no_upstream_is_asked_before_there_is_an_index(django_assert_max_num_queries):
    SeriesRowFactory.create(row={"title_id": 7})
    with django_assert_max_num_queries(1):
        assert loops_of(7, 8).value == ((), ())
    loops_are_indexed()
    assert loops_of(7, 8).value.series
