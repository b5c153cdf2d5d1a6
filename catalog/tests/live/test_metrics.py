"""Prometheus' figures of real processes: what all of them counted, and what those counted that have ended."""

from __future__ import annotations

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]

PAGES = re.compile(r'animesite_pages_total\{route="catalog:about",status="200"\} (\S+)')


def counted(base: str) -> float:
    response = requests.get(f"{base}/metrics", timeout=20)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.headers["Cache-Control"].find("no-store") >= 0
    found = PAGES.search(response.text)
    return float(found[1]) if found else 0.0


def test_all_processes_count_together_and_the_dead_still_count(sites):
    base = sites.start(METRICS="1", WEB_WORKERS="2", WEB_THREADS="1")
    sent, ends = 0, time.monotonic() + 30
    with ThreadPoolExecutor(8) as visitors:
        while len(files := list((sites.folder / "metrics").glob("counter_*.db"))) < 2:
            assert time.monotonic() < ends, "one process takes all"
            addresses = [f"{base}/about/?{number % 7}" for number in range(40)]  # some of them kept pages
            answers = visitors.map(lambda address: requests.get(address, timeout=20), addresses)
            assert {answer.status_code for answer in answers} == {200}
            sent += len(addresses)
    assert {counted(base) for _ in range(10)} == {sent}

    worker = int(files[0].stem.rpartition("_")[2])
    os.kill(worker, signal.SIGKILL)
    ends = time.monotonic() + 30
    while os.path.exists(f"/proc/{worker}"):
        assert time.monotonic() < ends
        time.sleep(0.1)
    assert counted(base) == sent
    requests.get(f"{base}/about/", timeout=20)
    assert counted(base) == sent + 1


def test_paths_make_no_figures_of_their_own(sites):
    base = sites.start(METRICS="1")
    for number in range(5):
        requests.get(f"{base}/no-such-page-{number}/", timeout=20)
    requests.get(f"{base}/live/?of=home", timeout=20)
    text = requests.get(f"{base}/metrics", timeout=20).text
    assert 'animesite_pages_total{route="live",status="200"} 1.0' in text
    assert 'animesite_pages_total{route="none",status="404"} 5.0' in text
    assert "no-such-page" not in text


def test_is_not_there_unless_asked_for(sites):
    base = sites.start()
    assert requests.get(f"{base}/metrics", timeout=20).status_code == 404
    assert not (sites.folder / "metrics").exists()
