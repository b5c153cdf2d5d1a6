from __future__ import annotations

from html import unescape

import pytest
import requests

from catalog.tests.views import samples

SEARCH = f"{samples.ANILIBRIA}/searchTitles"
TEAM = f"{samples.ANILIBRIA}/getTeam"


@pytest.fixture
def kari(anilibria):
    """Who voiced one title and timed another."""
    anilibria.get(SEARCH, json=[])
    anilibria.get(f"{SEARCH}?voice=Kari", json=[samples.title()])
    anilibria.get(f"{SEARCH}?timing=Kari", json=[samples.title(**samples.OTHER)])
    return anilibria


def test_everyone_by_role(client, anilibria):
    page = client.get("/team/").text
    assert page.index(">Voice</h2>") < page.index(">Anzen</a>") < page.index(">Kari</a>") < page.index(">Timing</h2>")
    assert 'href="/team/Kari/"' in page


def test_one_role(client, anilibria):
    page = client.get("/team/?role=timing&role=singer").text
    assert "Alkhorus" in page
    assert ">Kari</a>" not in page
    assert "Role: <q>singer</q>" in page


@pytest.mark.parametrize("nick", ["AC/DC", "a?b#c", "ё & <b>", "a b", "%2e"])
def test_any_name_has_an_address(client, anilibria, nick):
    anilibria.get(TEAM, json={"team": {"voice": [nick]}})
    page = client.get("/team/")
    address = unescape(page.text).partition('<ul class="people"><li><a href="')[2].partition('"')[0]
    assert address.startswith("/team/")
    person = client.get(address)
    assert person.status_code == 200
    asked = [request.qs for request in anilibria.request_history if request.path.endswith("searchTitles")]
    assert [nick] in [query.get("voice") for query in asked]


def test_what_one_worked_on_by_role(client, kari):
    page = client.get("/team/Kari/").text
    voice, timing = page.index(">Voice</h2>"), page.index(">Timing</h2>")
    assert voice < page.index("Семь смертных грехов") < timing < page.index("Ранма ½")
    assert ">Editing</h2>" not in page


def test_a_full_role_leads_to_all_of_it(client, kari):
    many = [samples.title(id=number, code=f"t{number}") for number in range(1, 14)]
    kari.get(f"{SEARCH}?voice=Kari", json=many)
    page = client.get("/team/Kari/").text
    assert 'href="/catalog/?voice=Kari"' in page
    assert 'href="/catalog/?timing=Kari"' not in page
    assert page.count('<article class="card"') == 12 + 1


def test_a_role_that_cannot_be_asked_for_takes_out_its_own_block(client, kari):
    kari.get(f"{SEARCH}?timing=Kari", status_code=412, json={"error": {"code": 412, "message": "no"}})
    page = client.get("/team/Kari/")
    assert page.status_code == 200
    assert "Семь смертных грехов" in page.text
    assert "AniLibria is not answering" in page.text
    assert "no-cache" in page.headers["Cache-Control"]


def test_nobody_of_the_name_is_a_404(client, anilibria):
    anilibria.get(SEARCH, json=[])
    assert client.get("/team/nobody/").status_code == 404
    assert client.get("/team/a,b/").status_code == 404


def test_a_source_that_is_down_is_an_intermission(client, anilibria):
    anilibria.get(SEARCH, exc=requests.ConnectionError)
    anilibria.get(TEAM, exc=requests.ConnectionError)
    assert client.get("/team/Kari/").status_code == 503
    assert client.get("/team/").status_code == 503
