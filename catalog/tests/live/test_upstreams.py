"""The site's promise, kept by real web processes: fast when the upstreams are slow, up when they are down."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from catalog.tests.live.processes import wait_for

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]

TITLE = "/title/nanatsu-no-taizai-kamigami-no-gekirin/"
LOOP = "/loops/59adf78ac4c0bc657943222d/"
SERIES = "/series/59adb3f8c4c0bc6579431f49/"
VIDEO = "/videos/5YvxWOxcRa/"
PAGES = ["/", "/catalog/", TITLE, f"{TITLE}1/", "/schedule/", "/loops/", LOOP, SERIES, "/videos/", VIDEO, "/ru/"]
AGE = re.compile(r'data-age-seconds="(\d+)"')


def get(url: str, **options) -> requests.Response:
    return requests.get(url, timeout=20, **options)


def test_fifty_first_visitors_of_a_cold_page_are_one_request_per_address(sites, relay):
    first, second = sites.start(**relay.environment), sites.start(**relay.environment)
    relay.latency = 0.3
    for path in ("/", TITLE, "/loops/", "/videos/"):
        relay.asked.clear()
        with ThreadPoolExecutor(50) as visitors:
            answers = list(visitors.map(get, [f"{base}{path}" for base in (first, second)] * 25))
        assert {answer.status_code for answer in answers} == {200}
        assert relay.asked, "the page was not cold"
        assert set(relay.asked.values()) == {1}, relay.asked


@pytest.mark.parametrize("path", [path for path in PAGES if path != LOOP])
def test_a_cold_page_waits_for_all_its_upstreams_at_the_same_time(sites, relay, path):
    """No page waits on a chain of dependent calls. ``manage.py bench pages`` says what that comes to in seconds."""
    base = sites.start(**relay.environment)
    relay.latency = 1.5
    assert get(base + path).status_code == 200
    assert relay.together == sum(relay.asked.values()) >= 1, relay.asked


def test_a_cold_loop_does_not_wait_for_its_neighbours(sites, relay):
    """Which series they are of is only known from the loop itself."""
    base = sites.start(**relay.environment)
    relay.latency = 1.5
    started = time.monotonic()
    page = get(base + LOOP)
    assert page.status_code == 200
    assert f"{LOOP}more/" in page.text
    assert time.monotonic() - started < 2 * relay.latency


def test_visited_pages_outlive_the_upstream_and_say_their_age(sites, relay):
    base = sites.start(**relay.environment, UPSTREAM_TTL_SCALE="0.001")
    for path in PAGES:
        assert get(base + path).status_code == 200, path
    relay.close()
    time.sleep(5)
    for path in PAGES:
        answer = get(base + path)
        assert answer.status_code == 200, path
        ages = [int(age) for age in AGE.findall(answer.text)]
        assert ages, path
        assert max(ages) >= 1, path
    for path in ("/title/fate-apocrypha/", "/loops/591446445f6e5e51d937e118/", "/videos/1/"):
        answer = get(base + path)
        assert answer.status_code == 503, path
        assert "<html" in answer.text
        assert int(answer.headers["Retry-After"]) > 0
    assert get(f"{base}/healthz").status_code == 200
    relay.open()
    returned = time.monotonic()
    waiting = set(PAGES)
    while waiting:
        assert time.monotonic() - returned < 30, waiting
        waiting = {path for path in waiting if old(get(base + path))}
        time.sleep(0.5)
    assert "Traceback" not in sites.log.read_text()


def old(answer: requests.Response) -> bool:
    return answer.status_code != 200 or any(int(age) >= 2 for age in AGE.findall(answer.text))


def test_another_server_that_speaks_the_documents_is_shown_instead(sites, relay):
    base = sites.start(**relay.environment)
    page = wait_for(base + TITLE).text
    assert "Семь смертных грехов: Гнев богов" in page
    assert f"http://127.0.0.1:{relay.port}/upload/" in page  # its media too
