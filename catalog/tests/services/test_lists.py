"""What the entries of a list stand for, where no index knows them."""

from __future__ import annotations

import pytest
import requests

from catalog.domain import videos
from catalog.domain.lists import Entry
from catalog.services import lists
from catalog.services.lists.drawing import MOST_ASKED
from catalog.tests.views import samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hearts(upstream) -> list[Entry]:
    """One more video than are asked about at once."""
    numbers = [str(10**15 + n) for n in range(MOST_ASKED + 1)]
    for number in numbers:
        film = samples.video(id=number)
        upstream.get(f"{samples.LOOPS}/api/v1/video/{number}", json={"data": film})
    return [Entry(kind="video", subject=videos.shortcode(number), heart=True) for number in numbers]


def told(entries: list[Entry]) -> int:
    return sum(one.item is not None for one in lists.listed(entries))


def test_so_many_are_asked_about_at_once_and_the_others_the_next_time(upstream, hearts):
    assert told(hearts) == MOST_ASKED
    assert told(hearts) == MOST_ASKED + 1


def test_what_was_told_before_stands_with_its_source_down(upstream, hearts):
    told(hearts)
    asked = upstream.call_count
    upstream.get(requests.compat.urljoin(samples.LOOPS, "/"), exc=requests.ConnectionError)
    assert told(hearts[:MOST_ASKED]) == MOST_ASKED
    assert upstream.call_count == asked
