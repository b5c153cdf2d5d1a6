from __future__ import annotations

import html
from typing import Any

import pytest
import requests_mock
from django.test import Client

from catalog.tests.views import samples

PAGE = "/title/nanatsu-no-taizai/"
TITLE = f"{samples.ANILIBRIA}/getTitle"


def show(client: Client, upstream: requests_mock.Mocker, path: str = PAGE, **changes: Any) -> Any:
    upstream.get(TITLE, json=samples.title(**changes))
    return client.get(path)


@pytest.mark.parametrize(
    "fact",
    [
        "№ 8500",
        "Семь смертных грехов",
        "Nanatsu no Taizai",
        "Seven Deadly Sins",
        "Замена голоса в 24 серии",
        "<dd>Finished</dd>",
        '<dd>TV <span class="verbatim" lang="ru">ТВ (24 эп.), 25 мин.</span></dd>',
        "25 min",
        "<dd>Autumn 2019</dd>",
        '<a href="/schedule/#sat">Saturday</a>',
        ">экшен</a>",
        "Kari, Anzen",
        "Anku",
        "mutagenb",
        "Tia",
        "Alkhorus",
        "9,648",
        "<p>Грехи против Заповедей.<br>И снова.</p>",
        "20 November 2026, 09:00",
        "26 May 2020, 23:07",
        "11 October 2019, 08:12",
        "<code>nanatsu-no-taizai</code>",
        "<code>de4.libria.fun</code>",
        "<code>de8.libria.fun</code>",
        'href="https://kodik.info/serial/19248/720p" rel="noopener nofollow external"',
        'href="/title/nanatsu-no-taizai/0/"',
        'href="/title/nanatsu-no-taizai/1.5/"',
        "4 of 24",
    ],
)
def test_says_every_fact(client, anilibria, fact):
    assert fact in client.get(PAGE).text


@pytest.mark.parametrize(
    "fact",
    [
        "WEBRip 1080p",
        "1080p</dd>",
        ">h265<",
        "reduced bitrate",
        "1-2</td>",
        "33.1\xa0GB",
        "16 / 2",
        "8,918",
        "26 May 2020",
        "26 May 2020, 12:04",
        f"<code>{samples.HASH}</code>",
        f'href="magnet:?xt=urn:btih:{samples.HASH}&amp;dn=Nanatsu',
        'href="https://www.anilibria.tv/upload/torrents/10725.torrent"',
        "Nanatsu_[01].mkv",
        "988.4\xa0MB",
        "http://tr.libria.fun:2710/announce",
        "<dd>10725</dd>",
        "1 file",
    ],
)
def test_says_everything_about_a_torrent(client, anilibria, fact):
    assert fact in client.get(PAGE).text


@pytest.mark.parametrize(
    "fact",
    [
        "<dd>Завершён</dd>",
        "<dd>ТВ <span",
        "<dd>Осень 2019</dd>",
        ">Суббота</a>",
        "25 мин</dd>",
        "9\xa0648",
        "33,1\xa0ГБ",
        "20 ноября 2026, 09:00",
    ],
)
def test_puts_what_is_numbered_into_russian(client, anilibria, fact):
    assert fact in client.get(f"/ru{PAGE}").text


def test_an_unknown_number_keeps_the_upstreams_word(client, upstream):
    page = show(client, upstream, status={"string": "Заморожен", "code": 77}).text
    assert '<dd><span lang="ru">Заморожен</span></dd>' in page


def test_a_title_of_nothing_but_id_and_code_is_a_page(client, upstream):
    upstream.get(TITLE, json={"id": 1, "code": "bare"})
    response = client.get("/title/bare/")
    assert response.status_code == 200
    assert "No episode has come out here yet." in response.text
    assert "No torrents yet." in response.text
    assert "None" not in response.text.replace("None yet.", "")


def test_without_a_poster_shows_the_drawn_one(client, anilibria):
    page = client.get(PAGE).text
    assert '<img src="/poster/nanatsu-no-taizai.svg"' in page
    assert '<meta property="og:image" content="http://testserver/poster/nanatsu-no-taizai.svg">' in page


@pytest.mark.parametrize(
    ("blocked", "reason"),
    [
        ({"blocked": True, "bakanim": False}, "blocked on the territory of Russia"),
        ({"blocked": False, "bakanim": True}, "complaint from the rights holder"),
    ],
)
def test_a_blocked_title_keeps_its_facts_and_closes_the_room(client, upstream, blocked, reason):
    page = show(client, upstream, blocked=blocked).text
    assert reason in page
    assert "Kari, Anzen" in page
    for shut in ("magnet:", ".torrent", "kodik", "/title/nanatsu-no-taizai/1/"):
        assert shut not in page


class TestAddresses:
    @pytest.mark.parametrize("tail", ["", "1.5/"])
    def test_an_id_moves_to_the_code(self, client, anilibria, tail):
        response = client.get(f"/ru/title/8500/{tail}")
        assert response.status_code == 301
        assert response["Location"] == f"/ru/title/nanatsu-no-taizai/{tail}"

    def test_a_code_of_digits_keeps_to_the_id(self, client, upstream):
        upstream.get(f"{TITLE}?id=2001", json=samples.title(id=2001, code="86"))
        response = client.get("/title/2001/")
        assert response.status_code == 200
        assert 'href="/title/2001/1.5/"' in response.text
        assert client.get("/title/2001/1.5/").status_code == 200

    def test_a_number_no_id_can_be_is_a_code(self, client, upstream):
        upstream.get(f"{TITLE}?code={'9' * 40}", json=samples.title(code="9" * 40))
        assert client.get(f"/title/{'9' * 40}/").status_code == 200

    def test_an_unknown_title_is_a_404_that_says_what_was_asked_for(self, client, upstream):
        upstream.get(TITLE, status_code=404, json={"error": {"code": 404, "message": "not found"}})
        response = client.get("/ru/title/нет-такого/")
        assert response.status_code == 404
        assert "<code>/ru/title/нет-такого/</code>" in response.text
        assert "AniLibria" in response.text


class TestEpisode:
    @pytest.mark.parametrize(
        "fact",
        [
            "Episode 1.5",
            "Глава 1.5",
            "https://de4.libria.fun/videos/1.5-fhd.m3u8",
            "https://de4.libria.fun/videos/1.5-hd.m3u8",
            "https://de4.libria.fun/videos/1.5-sd.m3u8",
            '<source src="https://de8.libria.fun/get/token/1.5.mp4" type="video/mp4">',
            '<source src="https://de8.libria.fun/get/token/1.5-sd.mp4" type="video/mp4">',
            "https://de8.libria.fun/get/token/1.5.mp4?download=one-hd.mp4",
            "https://de8.libria.fun/get/token/1.5-sd.mp4?download=one-sd.mp4",
            "1:30–3:00",
            "21:40–23:10",
            "11 October 2019",
            "MP4 links expire",
            'rel="prev" href="/title/nanatsu-no-taizai/1/"',
            'rel="next" href="/title/nanatsu-no-taizai/2/"',
            '<a href="/title/nanatsu-no-taizai/1.5/" aria-current="page"',
        ],
    )
    def test_lists_every_source_and_fact(self, client, anilibria, fact):
        assert fact in client.get(f"{PAGE}1.5/").text

    def test_the_first_has_none_before_it_and_the_last_none_after(self, client, anilibria):
        assert 'rel="prev"' not in client.get(f"{PAGE}0/").text
        assert 'rel="next"' not in client.get(f"{PAGE}2/").text

    @pytest.mark.parametrize("key", ["0", "-1", "12.5", "Спешл 1", "a&b=c"])
    def test_any_key_is_an_address(self, client, upstream, key):
        player = samples.title()["player"] | {"playlist": {key: samples.episode(3)}}
        page = show(client, upstream, player=player).text
        address = page.partition('<nav class="board"')[2].partition('<a href="')[2].partition('"')[0]
        response = client.get(html.unescape(address))
        assert response.status_code == 200
        assert "Глава 3" in response.text

    def test_an_unknown_key_is_a_404(self, client, anilibria):
        response = client.get(f"{PAGE}99/")
        assert response.status_code == 404
        assert "<code>/title/nanatsu-no-taizai/99/</code>" in response.text

    def test_without_mp4_says_so(self, client, upstream):
        player = samples.title()["player"] | {"playlist": {"1": samples.episode(1, mp4=None)}}
        page = show(client, upstream, f"{PAGE}1/", player=player).text
        assert "<video" not in page
        assert "There is no file that plays in the page" in page

    def test_of_a_blocked_title_gives_nothing(self, client, upstream):
        page = show(client, upstream, f"{PAGE}1/", blocked={"blocked": True}).text
        assert "Not showing<br>here" in page
        assert "libria.fun" not in page


class TestRandom:
    def test_leads_to_a_title_and_is_never_stored(self, client, anilibria):
        response = client.get("/ru/random/")
        assert response.status_code == 302
        assert response["Location"] == "/ru/title/nanatsu-no-taizai/"
        assert "no-store" in response["Cache-Control"]

    def test_asks_again_every_time(self, client, anilibria):
        client.get("/random/")
        anilibria.get(f"{samples.ANILIBRIA}/getRandomTitle", json=samples.title(**samples.OTHER))
        assert client.get("/random/")["Location"] == "/title/ranma/"


class TestPoster:
    def test_is_drawn_from_the_titles_names_and_kept_for_long(self, client, anilibria):
        response = client.get("/poster/nanatsu-no-taizai.svg")
        assert response["Content-Type"] == "image/svg+xml"
        assert response["Cache-Control"] == "public, max-age=604800"
        assert response.content.startswith(b"<svg")

    def test_without_the_source_is_drawn_from_the_address_and_not_kept(self, client, upstream):
        upstream.get(requests_mock.ANY, status_code=503)
        response = client.get("/poster/nanatsu-no-taizai.svg")
        assert response.status_code == 200
        assert response["Cache-Control"] == "public, max-age=60"

    def test_of_nothing_is_a_404(self, client, upstream):
        upstream.get(TITLE, status_code=404, json={})
        assert client.get("/poster/nothing.svg").status_code == 404
