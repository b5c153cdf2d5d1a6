from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import requests_mock
from django.test import Client
from django.utils import timezone

from catalog.models import LoopIndexState, SeriesRow
from catalog.tests.factories import LoopRowFactory
from catalog.tests.views import samples

PAGE = "/title/nanatsu-no-taizai/"
TITLE = f"{samples.ANILIBRIA}/getTitle"


@pytest.fixture
def upstream(upstream: requests_mock.Mocker) -> requests_mock.Mocker:
    """A title's page asks for the week too."""
    upstream.get(f"{samples.ANILIBRIA}/getSchedule", json=[])
    return upstream


def show(client: Client, upstream: requests_mock.Mocker, path: str = PAGE, **changes: Any) -> Any:
    upstream.get(TITLE, json=samples.title(**changes))
    return client.get(path)


def player_data(page: str) -> Any:
    return json.loads(page.partition('<script id="player-data" type="application/json">')[2].partition("</script>")[0])


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
        '<a href="/catalog/?year=2019&amp;season=4">Autumn 2019</a></dd>',
        '<a href="/schedule/#sat">Saturday</a>',
        ">экшен</a>",
        '<a href="/team/Kari/">Kari</a>, <a href="/team/Anzen/">Anzen</a>',
        '<a href="/team/Anku/">Anku</a>',
        '<a href="/team/mutagenb/">',
        'https://shikimori.one/animes?search=Nanatsu%20no%20Taizai"',
        'https://myanimelist.net/anime.php?q=Nanatsu%20no%20Taizai&amp;cat=anime"',
        'https://anilist.co/search/anime?search=Nanatsu%20no%20Taizai"',
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
        ">Осень 2019</a></dd>",
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
    assert "srcset" not in page
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
    assert ">Kari</a>" in page
    for shut in ("magnet:", ".torrent", "kodik", "/title/nanatsu-no-taizai/1/"):
        assert shut not in page


def linked_data(page: str) -> Any:
    return json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])


class TestDescription:
    def test_keeps_the_view_order_apart(self, client, upstream):
        markup = "Раз &amp; два.<br>\n<br>\n<b>Порядок:</b><br>\n1. <a href='/release/ranma.html'>Ранма</a>"
        upstream.get(TITLE, json=samples.title(description=markup))
        upstream.get(f"{TITLE}?description_type=no_view_order", json=samples.title(description="Раз & два."))
        page = client.get(PAGE).text
        story, _, order = page.partition('<div class="order">')
        assert '<div class="prose" lang="ru"><p>Раз &amp; два.</p>' in story
        assert '<a href="/title/ranma/" rel="noopener noreferrer">Ранма</a>' in order
        assert '<meta name="description" content="Раз &amp; два.">' in page

    def test_is_whole_where_the_source_does_not_part_it(self, client, upstream):
        upstream.get(TITLE, json=samples.title(description="Раз.<br>Порядок"))
        upstream.get(f"{TITLE}?description_type=no_view_order", status_code=500)
        response = client.get(PAGE)
        assert "<p>Раз.<br>Порядок</p>" in response.text
        assert response["Cache-Control"] == "no-cache"

    def test_is_sanitised(self, client, upstream):
        page = show(client, upstream, description="<script>alert(1)</script><img src=x onerror=alert(1)>Да").text
        assert "alert(1)" not in page
        assert "Да" in page


def test_the_titles_of_its_day_are_its_neighbours(client, anilibria):
    same = [samples.title(), samples.title(**samples.OTHER)]
    anilibria.get(f"{samples.ANILIBRIA}/getSchedule", json=[{"day": 5, "list": same}])
    day = client.get(PAGE).text.partition('id="dh"')[2]
    assert 'href="/title/ranma/"' in day
    assert 'href="/title/nanatsu-no-taizai/"' not in day.partition("</section>")[0]


def test_the_schedule_can_fail_alone(client, anilibria):
    anilibria.get(f"{samples.ANILIBRIA}/getSchedule", status_code=500)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert 'id="dh"' not in page.text


class TestTorrents:
    @pytest.fixture
    def page(self, client, upstream):
        small, large = samples.torrent(torrent_id=1, total_size=10), samples.torrent(torrent_id=2, total_size=99)
        upstream.get(TITLE, json=samples.title(torrents={"list": [small, large]}))
        return lambda query="", **headers: client.get(f"{PAGE}{query}", headers=headers).text

    @pytest.mark.parametrize(
        ("query", "ids", "sort"),
        [
            ("", ["1", "2"], []),
            ("?torrents=size", ["2", "1"], ["descending"]),
            ("?torrents=-size", ["1", "2"], ["ascending"]),
            ("?torrents=<script>", ["1", "2"], []),
        ],
    )
    def test_stand_in_the_order_asked_for(self, page, query, ids, sort):
        for shown in (page(query), page(query, HX_Request="true")):
            assert re.findall(r"<dt>Number</dt><dd>(\d+)</dd>", shown) == ids
            assert re.findall(r'aria-sort="(\w+)"', shown) == sort

    def test_headings_lead_to_each_order_and_back(self, page):
        assert 'href="?torrents=size#torrents"' in page()
        assert 'href="?torrents=-size#torrents"' in page("?torrents=size")

    def test_an_episodes_page_has_the_magnet_of_its_file(self, client, upstream):
        files = [{"file": f"A/A_[0{n}].mkv", "size": 5, "offset": 5 * (n - 1)} for n in (1, 2)]
        torrent = samples.torrent()
        torrent["metadata"] |= {"files_list": files}
        page = show(client, upstream, f"{PAGE}2/", torrents={"list": [torrent]}).text
        assert re.search(rf'href="magnet:\?xt=urn:btih:{samples.HASH}&amp;[^"]*&amp;so=1"', page)
        page = client.get(PAGE).text
        assert "<code>A/</code>" in page
        assert page.count("&amp;so=") == 2


class TestLinkedData:
    def test_describes_the_title(self, client, anilibria):
        assert linked_data(client.get(PAGE).text) == {
            "@context": "https://schema.org",
            "@type": "TVSeries",
            "name": "Семь смертных грехов",
            "alternateName": ["Nanatsu no Taizai", "Seven Deadly Sins"],
            "url": f"http://testserver{PAGE}",
            "image": "http://testserver/poster/nanatsu-no-taizai.svg",
            "genre": ["экшен", "магия"],
            "datePublished": "2019",
            "numberOfEpisodes": 24,
            "inLanguage": "ru",
        }

    def test_knows_films(self, client, upstream):
        assert linked_data(show(client, upstream, type={"code": 0, "series": 1}).text)["@type"] == "Movie"

    def test_describes_an_episode(self, client, anilibria):
        data = linked_data(client.get(f"{PAGE}1.5/").text)
        assert (data["@type"], data["episodeNumber"], data["name"]) == ("TVEpisode", 1.5, "Глава 1.5")
        assert data["partOfSeries"]["name"] == "Семь смертных грехов"

    def test_names_cannot_end_the_script(self, client, upstream):
        hostile = "</script><script>alert(1)</script>&"
        page = show(client, upstream, names={"ru": hostile}).text
        assert hostile not in page
        assert linked_data(page)["name"] == hostile


class TestLoops:
    @pytest.fixture
    def loop(self, anilibria):
        loop = LoopRowFactory.create()
        SeriesRow.objects.update(title_id=8500)
        return loop

    def test_are_a_block_that_comes_later_and_a_plain_link(self, client, loop):
        page = client.get(PAGE).text
        assert f'hx-get="{PAGE}loops/" hx-trigger="revealed"' in page
        assert f'<a class="more" href="{PAGE}loops/">' in page
        block = client.get(f"{PAGE}loops/", headers={"HX-Request": "true"}).text
        assert block.lstrip().startswith("<section")
        assert f'href="/loops/{loop.id}/"' in block
        assert f'href="/series/{loop.series_id}/"' in block

    def test_are_a_page_too(self, client, loop):
        page = client.get(f"/ru{PAGE}loops/").text
        assert "<h1" in page
        assert f'href="/ru/loops/{loop.id}/"' in page

    def test_of_an_unknown_series_are_nothing(self, client, loop):
        SeriesRow.objects.update(title_id=None)
        assert client.get(f"{PAGE}loops/", headers={"HX-Request": "true"}).text.strip() == ""
        assert "knows no series of that name" in client.get(f"{PAGE}loops/").text

    def test_say_so_where_the_index_is_old(self, client, loop):
        LoopIndexState.objects.update(failed_at=timezone.now() + timedelta(seconds=1))
        response = client.get(f"{PAGE}loops/", headers={"HX-Request": "true"})
        assert "Animeloop" in response.text
        assert response["Cache-Control"] == "no-cache"


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
            '<a href="/title/nanatsu-no-taizai/1.5/" data-key="1.5" aria-current="page"',
            '<source src="/title/nanatsu-no-taizai/1.5/master.m3u8" type="application/vnd.apple.mpegurl">',
            '<a class="btn sm" href="https://de8.libria.fun/get/token/1.5-sd.mp4?download=one-sd.mp4" download>',
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

    def test_offers_no_quality_that_is_missing(self, client, upstream):
        without = samples.episode(1, hls={"hd": "/videos/1-hd.m3u8", "fhd": None}, mp4=None)
        page = show(client, upstream, f"{PAGE}1/", player=samples.title()["player"] | {"playlist": {"1": without}}).text
        assert re.findall(r'name="quality" value="(\w+)"', page) == ["auto", "hd"]
        assert [stream["quality"] for stream in player_data(page)["streams"]] == ["hd"]
        assert "as MP4" not in page

    def test_of_files_alone_has_nothing_that_adapts(self, client, upstream):
        without = samples.episode(1, hls=None)
        page = show(client, upstream, f"{PAGE}1/", player=samples.title()["player"] | {"playlist": {"1": without}}).text
        assert re.findall(r'name="quality" value="(\w+)"', page) == ["hd", "sd"]
        assert "m3u8" not in page.replace(player_data(page)["master"], "")
        assert client.get(f"{PAGE}1/master.m3u8").status_code == 404

    def test_without_any_source_says_so(self, client, upstream):
        bare = samples.title()["player"] | {"playlist": {"1": samples.episode(1, mp4=None, hls=None)}}
        page = show(client, upstream, f"{PAGE}1/", player=bare).text
        assert "<video" not in page
        assert "There is no file that plays in the page." in page

    def test_tells_the_player_what_it_needs(self, client, anilibria):
        data = player_data(client.get(f"/ru{PAGE}1.5/").text)
        assert data["watching"] == {
            "title": {
                "id": 8500,
                "slug": "nanatsu-no-taizai",
                "name": "Семь смертных грехов",
                "poster": "/poster/nanatsu-no-taizai.svg",
            },
            "episode": {"key": "1.5", "label": "1,5", "name": "Глава 1.5"},
            "next": {"key": "2", "label": "2"},
        }
        assert data["previous"] == "/ru/title/nanatsu-no-taizai/1/"
        assert data["next"] == "/ru/title/nanatsu-no-taizai/2/"
        assert data["skips"] == {"opening": [90, 180], "ending": [1300, 1390.5]}
        assert data["streams"][0] == {
            "quality": "fhd", "height": 1080, "hls": "https://de4.libria.fun/videos/1.5-fhd.m3u8", "mp4": None
        }  # fmt: skip

    def test_names_cannot_end_the_script_that_carries_them(self, client, upstream):
        hostile = "</script><script>alert(1)</script>"
        page = show(client, upstream, f"{PAGE}1/", names={"ru": hostile}).text
        assert hostile not in page
        assert player_data(page)["watching"]["title"]["name"] == hostile

    def test_frames_the_other_player_on_request_alone_and_that_host_alone(self, client, anilibria):
        plain, framed = client.get(f"{PAGE}1/"), client.get(f"{PAGE}1/?player=other")
        assert 'href="/title/nanatsu-no-taizai/1/?player=other#watch"' in plain.text
        assert "<iframe" not in plain.text
        assert "kodik" not in plain["Content-Security-Policy"]
        assert '<iframe src="https://kodik.info/serial/19248/720p"' in framed.text
        assert "<video" not in framed.text
        policy = dict(part.strip().split(" ", 1) for part in framed["Content-Security-Policy"].split(";"))
        assert policy["frame-src"].split() == ["'self'", "https://www.youtube-nocookie.com", "https://kodik.info"]
        assert framed["Cache-Control"] == "private, no-store"
        assert "kodik" not in client.get(f"{PAGE}1/")["Content-Security-Policy"]

    def test_without_another_player_there_is_none_to_frame(self, client, upstream):
        player = samples.title()["player"] | {"alternative_player": None}
        page = show(client, upstream, f"{PAGE}1/?player=other", player=player)
        assert "<iframe" not in page.text
        assert "<video" in page.text

    def test_of_a_blocked_title_gives_nothing(self, client, upstream):
        page = show(client, upstream, f"{PAGE}1/", blocked={"blocked": True}).text
        assert "Not showing<br>here" in page
        assert "libria.fun" not in page
        assert client.get(f"{PAGE}1/master.m3u8").status_code == 404
        assert "<iframe" not in client.get(f"{PAGE}1/?player=other").text


class TestStream:
    def test_offers_the_qualities_as_one(self, client, anilibria):
        response = client.get(f"{PAGE}1/master.m3u8")
        assert response["Content-Type"] == "application/vnd.apple.mpegurl"
        assert response["Cache-Control"] == "public, max-age=0, s-maxage=30"
        assert [line for line in response.text.splitlines() if not line.startswith("#")] == [
            "https://de4.libria.fun/videos/1-hd.m3u8",
            "https://de4.libria.fun/videos/1-fhd.m3u8",
            "https://de4.libria.fun/videos/1-sd.m3u8",
        ]

    def test_of_an_unknown_episode_is_a_404(self, client, anilibria):
        assert client.get(f"{PAGE}99/master.m3u8").status_code == 404


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


class TestFrame:
    """What a card on somebody else's page plays."""

    def test_the_card_names_an_address_that_does_not_expire(self, client, everything):
        page = client.get(f"{PAGE}1.5/").text
        for name in ('property="og:video"', 'name="twitter:player"'):
            assert f'<meta {name} content="http://testserver{PAGE}1.5/frame/">' in page
        assert '<meta property="og:video:type" content="text/html">' in page

    def test_plays_in_anybodys_page_and_leads_here(self, client, everything):
        answer = client.get(f"{PAGE}1.5/frame/")
        assert answer.status_code == 200
        assert "X-Frame-Options" not in answer
        policy = answer["Content-Security-Policy"]
        assert re.search(r"frame-ancestors[^;]* \*", policy)
        assert "'none'" not in re.search(r"frame-ancestors([^;]*)", policy)[1]
        assert f'<source src="{PAGE}1.5/master.m3u8" type="application/vnd.apple.mpegurl">' in answer.text
        assert f'<a href="{PAGE}1.5/" target="_blank"' in answer.text
        assert "<script" not in answer.text
        assert not answer.cookies

    def test_pages_themselves_stay_out_of_frames(self, client, everything):
        assert "frame-ancestors 'none'" in client.get(f"{PAGE}1.5/")["Content-Security-Policy"]

    def test_has_nothing_of_an_episode_that_is_not_there(self, client, everything):
        assert client.get(f"{PAGE}99/frame/").status_code == 404

    def test_shows_nothing_of_what_is_blocked(self, client, everything):
        blocked = samples.title(blocked={"blocked": True, "bakanim": False})
        everything.get(f"{samples.ANILIBRIA}/getTitle", json=blocked)
        assert client.get(f"{PAGE}1/frame/").status_code == 404
        assert "og:video" not in client.get(f"{PAGE}1/").text
