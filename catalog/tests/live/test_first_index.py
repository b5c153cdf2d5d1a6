"""A first start over a slow upstream: the catalogue works at once, says how far its index is, and then is whole."""

from __future__ import annotations

import re
import time

import pytest
import requests
from django.core.management import call_command

from catalog.tests.live.processes import environment, free_port, running, wait_for

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]

TITLES = 600  # two lists of ids and six lots of titles: at a second each there is time to look
LATENCY = 1000  # milliseconds
SAID = re.compile(r"indexed (\d+) of (\d+)<")
CARD = '<article class="card"'


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    upstream, port = free_port(), free_port()
    origin = f"http://127.0.0.1:{upstream}"
    library = ["-m", "catalog.management.library", "--port", str(upstream), "--titles", str(TITLES)]
    addresses = {"ANILIBRIA_URL": f"{origin}/anilibria/v2", "ANIMELOOP_URL": origin, "LOOPS_URL": origin}
    addresses |= {"ANILIBRIA_STATIC_URL": origin, "ANILIBRIA_SITE_URL": origin}
    with running(*library, "--latency", str(LATENCY), env=environment(folder), log=folder / "library.log"):
        wait_for(f"{origin}/anilibria/v2/getYears", 60)
        up = ["manage.py", "up", "--port", str(port)]
        with running(*up, env=environment(folder, **addresses), log=folder / "up.log"):
            base = f"http://127.0.0.1:{port}"
            wait_for(f"{base}/healthz", 180)
            yield base


def page(url: str) -> str:
    answer = requests.get(url, timeout=20)
    assert answer.status_code == 200
    return answer.text


def test_the_catalogue_works_and_says_how_far_it_is_until_it_is_whole(site):
    """In one test, for all of it happens once."""
    ends = time.monotonic() + 180
    notices, worked = [], 0
    while "The catalogue is complete" not in (notice := page(f"{site}/catalog/indexing/")):
        assert time.monotonic() < ends, notice
        if not (said := SAID.search(notice)):
            continue
        notices.append((int(said[1]), int(said[2])))
        shown = page(f"{site}/catalog/")
        if SAID.search(shown):  # else it has become whole meanwhile
            assert shown.count(CARD) == 24
            assert page(f"{site}/catalog/?year=2010&q=а").count("<h1>") == 1
            worked += 1
        time.sleep(0.2)
    assert worked >= 1, "the index was whole before anybody could look"
    assert {total for _, total in notices} == {TITLES}
    assert sorted(notices) == notices
    assert any(0 < done < TITLES for done, _ in notices)
    whole = page(f"{site}/catalog/?sort=name")
    assert f"<h1>{TITLES} titles</h1>" in whole
    assert 'id="indexing"' not in whole


def test_is_measured(capsys):
    call_command("bench", "index", titles=300, latency=0)
    said = re.search(
        r"first page: +([\d.]+) s after.*indexed: +300 titles, ([\d.]+) s after", capsys.readouterr().out, re.S
    )
    assert said
    assert 0 < float(said[1]) < float(said[2])
