from __future__ import annotations

import re

import pytest
import requests

from catalog.tests.views import samples

STATS = f"{samples.ANILIBRIA}/getSeedStats"
USERS = [
    {"user": "T1MOX4", "downloaded": 72110162198, "uploaded": 721101621980},
    {"user": "<b>nobody", "downloaded": 0, "uploaded": 10},
]


@pytest.fixture
def stats(anilibria):
    anilibria.get(STATS, json=USERS)
    return anilibria


def asked(upstream):
    return {name: value for name, [value] in upstream.last_request.qs.items()}


def test_sizes_are_for_people(client, stats):
    page = client.get("/stats/").text
    assert "T1MOX4" in page
    assert "671.6\xa0GB" in page
    assert "67.2\xa0GB" in page
    assert ">10.00<" in page
    assert "&lt;b&gt;nobody" in page
    assert ">—<" in page
    assert asked(stats) == {"sort_by": "uploaded", "order": "0", "limit": "51"}


def test_every_column_sorts_and_the_present_one_turns(client, stats):
    page = client.get("/stats/?sort_by=user&order=1").text
    assert asked(stats) == {"sort_by": "user", "order": "1", "limit": "51"}
    assert re.search(r'<th scope="col" aria-sort="ascending"><a class="link" href="\?sort_by=user&amp;order=0">', page)
    assert 'href="?sort_by=downloaded&amp;order=0"' in page
    client.get("/stats/?sort_by=user&order=0")
    assert asked(stats)["order"] == "0"


def test_finds_users_by_part_of_a_name_whatever_its_case(client, stats):
    stats.get(STATS, json=[*USERS, {"user": "Мотя", "downloaded": 5, "uploaded": 4}])
    for words, found in {"t1m": ["T1MOX4"], "МОТ": ["Мотя"], "mox, nobo": ["T1MOX4", "&lt;b&gt;nobody"]}.items():
        page = client.get("/stats/", {"users": words}).text
        assert re.findall(r'<th scope="row">(.*?)</th>', page) == found
        assert f'value="{words}"' in page
    assert asked(stats) == {"sort_by": "uploaded", "order": "0", "limit": "20000"}


def test_a_whole_name_beyond_the_list_is_asked_for(client, stats):
    hidden = stats.get(f"{STATS}?users=Tihiy", json=[{"user": "Tihiy", "downloaded": 1, "uploaded": 2}])
    page = client.get("/stats/?users=mox+Tihiy").text
    assert re.findall(r'<th scope="row">(.*?)</th>', page) == ["T1MOX4", "Tihiy"]
    assert hidden.called
    stats.get(STATS, json=[])
    assert "The tracker knows nobody of this name." in client.get("/stats/?users=qq").text


def test_what_is_found_goes_on_over_pages(client, stats):
    stats.get(STATS, json=[{"user": f"U{n}", "downloaded": 1, "uploaded": n} for n in range(60)])
    page = client.get("/stats/?users=u").text
    assert page.count('<th scope="row">') == 50
    assert re.search(r'href="\?page=2&amp;users=u[^"]*" rel="next"', page)
    page = client.get("/stats/?users=u&page=2").text
    assert re.findall(r'<th scope="row">(.*?)</th>', page) == [f"U{n}" for n in range(50, 60)]
    assert [item["title"] for item in client.get("/stats.json?users=u5&page=1").json()["items"]][:2] == ["U5", "U50"]


def test_pages_go_both_ways_and_count_on(client, stats):
    stats.get(STATS, json=[{"user": f"u{n}", "downloaded": 1, "uploaded": n} for n in range(51)])
    page = client.get("/stats/?page=2&order=1").text
    assert asked(stats)["after"] == "50"
    assert '<td class="n muted">51</td>' in page
    assert "u50" not in page
    assert 'href="?page=3&amp;sort_by=uploaded&amp;order=1" rel="next"' in page
    assert 'href="?sort_by=uploaded&amp;order=1" rel="prev"' in page


def test_names_what_it_cannot_sort_by(client, stats):
    page = client.get("/stats/?sort_by=luck&order=up").text
    assert "Order: <q>luck</q>; Direction: <q>up</q>" in page
    assert "T1MOX4" in page


def test_nobody_at_all_is_said(client, stats):
    stats.get(STATS, json=[])
    assert "The tracker has no users yet." in client.get("/stats/").text
    assert "The list does not go on this far." in client.get("/stats/?page=7").text


def test_a_source_that_is_down_is_an_intermission(client, stats):
    stats.get(STATS, exc=requests.ConnectionError)
    assert client.get("/stats/").status_code == 503
