from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalog.domain.titles import (
    Blocked,
    Description,
    EpisodeRange,
    Names,
    Poster,
    Season,
    Status,
    Team,
    TitleType,
)
from catalog.services.anilibria import parse_title
from catalog.services.errors import UpstreamBadData
from catalog.tests.services.anilibria.samples import title_payload

STATIC = "https://static.anilibria.tv"


def test_every_field_of_the_document_reaches_the_title():
    title = parse_title(title_payload())

    assert (title.id, title.code) == (501, "yoru-no-tori")
    assert title.names == Names(ru="Птица ночи", en="Yoru no Tori", alternative="Night Bird")
    assert title.announce == "Серия выйдет во вторник"
    assert title.status == Status(code=1, text="В работе")
    assert title.poster == Poster(
        url=f"{STATIC}/upload/release/350x500/501.jpg",
        updated_at=datetime(2019, 10, 11, 5, 12, 55, tzinfo=UTC),
        raw=b"\xff\xd8poster",
    )
    assert title.updated_at == datetime(2020, 3, 26, 19, 12, 52, tzinfo=UTC)
    assert title.changed_at == datetime(2020, 5, 26, 20, 7, 51, tzinfo=UTC)
    assert title.type == TitleType(
        code=1, text="ТВ", full_text="ТВ (12 эп.), 25 мин.", episodes=12, minutes=25, length_text="25 мин"
    )
    assert title.genres == ("экшен", "магия")
    assert title.team == Team(
        voice=("Amikiri", "Silv"),
        translator=("Anku",),
        editing=("mutagenb",),
        decor=("Teplo",),
        timing=("Quin",),
    )
    assert title.season == Season(code=4, text="осень", year=2019, weekday=5)
    assert title.description == Description(plain="Первая строка.\nВторая строка.")
    assert title.in_favourites == 9648
    assert title.blocked == Blocked(in_russia=True, by_licensee=True)
    assert title.torrents_range == EpisodeRange(first=1, last=2, text="1-2")
    assert [episode.key for episode in title.player.episodes] == ["1", "2"]
    assert [torrent.id for torrent in title.torrents] == [77]


def test_an_id_and_a_code_make_a_title():
    title = parse_title({"id": "501", "code": "Yoru_no.Tori~2"})

    assert (title.id, title.code, title.name) == (501, "Yoru_no.Tori~2", "Yoru_no.Tori~2")


def test_everything_else_may_be_null():
    bare = parse_title({"id": 501, "code": "x"})

    assert parse_title(dict.fromkeys(title_payload()) | {"id": 501, "code": "x"}) == bare
    assert parse_title(dict.fromkeys(title_payload(), "?") | {"id": 501, "code": "x"}).player == bare.player


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": 0},
        {"id": -5},
        {"id": True},
        {"id": [1]},
        {"id": "many"},
        {"id": 10**30},
        {"code": None},
        {"code": ""},
        {"code": "  "},
        {"code": "a/b"},
        {"code": ".."},
        {"code": "a\nb"},
        {"code": "a?b"},
        {"code": "a#b"},
        {"code": "a\\b"},
        {"code": "\ud800"},
        {"code": "x" * 256},
        {"code": {"ru": "x"}},
    ],
)
def test_without_a_usable_id_and_code_there_is_no_title(changes):
    with pytest.raises(UpstreamBadData):
        parse_title(title_payload(**changes))


@pytest.mark.parametrize("payload", [None, [], "title", 7, {}, {"error": {"code": 404, "message": "no"}}])
def test_what_is_no_title_is_bad_data(payload):
    with pytest.raises(UpstreamBadData) as caught:
        parse_title(payload)

    assert caught.value.upstream == "anilibria"


def test_bad_data_names_the_title_and_the_reason():
    with pytest.raises(UpstreamBadData, match=r"title 501: .*code 'a/b'"):
        parse_title(title_payload(code="a/b"))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (
            {"string": "весна", "code": 2, "year": 2022, "week_day": 0},
            Season(code=2, text="весна", year=2022, weekday=0),
        ),
        ({"string": None, "code": 0, "year": 21111, "week_day": 7}, Season()),
        (
            {"season_string": "", "season_code": "4", "year": "2019", "week_day": "6"},
            Season(code=4, year=2019, weekday=6),
        ),
        ({"season_code": 5, "year": 0, "week_day": -1}, Season()),
    ],
)
def test_season(sent, expected):
    assert parse_title(title_payload(season=sent)).season == expected


def test_year_and_weekday_beside_the_season_are_used_where_it_has_none():
    outside = {"year": 2020, "week_day": 0}

    assert parse_title(title_payload(season=None, **outside)).season == Season(year=2020, weekday=0)
    assert parse_title(title_payload(**outside)).season == Season(code=4, text="осень", year=2019, weekday=5)


@pytest.mark.parametrize(
    ("sent", "minutes", "length_text"),
    [
        ("25 мин", 25, "25 мин"),
        (24, 24, None),
        ("24", 24, None),
        ("~ 25 мин.", 25, "~ 25 мин."),
        ("1 ч 40 мин", 100, "1 ч 40 мин"),
        ("1 час 5 мин.", 65, "1 час 5 мин."),
        ("2 часа", 120, "2 часа"),
        ("разная", None, "разная"),
        (0, None, None),
        (-24, None, None),
        (99999, None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_length(sent, minutes, length_text):
    found = parse_title(title_payload(type={"length": sent})).type

    assert (found.minutes, found.length_text) == (minutes, length_text)


@pytest.mark.parametrize(("sent", "code"), [(0, 0), (5, 5), ("3", 3), (6, None), (-1, None), (None, None), (1.5, None)])
def test_type_code(sent, code):
    assert parse_title(title_payload(type={"code": sent})).type.code == code


@pytest.mark.parametrize(("sent", "code"), [(1, 1), (4, 4), (0, None), (5, None), (None, None)])
def test_status_code(sent, code):
    assert parse_title(title_payload(status={"code": sent, "string": None})).status == Status(code=code)


def test_posters_of_later_servers():
    sizes = {
        size: {"url": f"/storage/{size}.jpg", "raw_base64_file": "aGk=" if size == "medium" else None}
        for size in ("small", "medium", "original")
    }
    payload = title_payload(posters=sizes)
    del payload["poster"]

    assert parse_title(payload).poster == Poster(
        url=f"{STATIC}/storage/original.jpg",
        medium_url=f"{STATIC}/storage/medium.jpg",
        small_url=f"{STATIC}/storage/small.jpg",
        raw=b"hi",
    )


@pytest.mark.parametrize(
    ("sent", "url", "medium_url"),
    [
        ({"posters": {"medium": {"url": "/m.jpg"}, "small": {"url": "/s.jpg"}}}, "/m.jpg", "/m.jpg"),
        ({"posters": {"small": {}, "medium": {}, "original": {}}}, None, None),
        ({"poster": {"url": "/p.jpg", "medium": {"url": "/m.jpg"}, "original": {"url": "/o.jpg"}}}, "/o.jpg", "/m.jpg"),
        ({"poster": {"url": "/p.jpg", "medium": {"url": "/m.jpg"}}}, "/p.jpg", "/m.jpg"),
        ({"poster": {"url": ""}}, None, None),
        ({"poster": "/p.jpg"}, None, None),
    ],
)
def test_the_poster_is_the_largest_there_is(sent, url, medium_url):
    poster = parse_title({"id": 1, "code": "x", **sent}).poster

    assert poster.url == (url and STATIC + url)
    assert poster.medium_url == (medium_url and STATIC + medium_url)


def test_a_poster_from_an_unknown_host_is_no_poster():
    assert parse_title(title_payload(poster={"url": "https://ads.example/p.jpg"})).poster.url is None


def test_posters_come_from_the_configured_host(settings):
    settings.ANILIBRIA_STATIC_URL = "http://127.0.0.1:9/static"
    settings.MEDIA_ORIGINS = ["http://127.0.0.1:9"]

    url = parse_title(title_payload()).poster.url

    assert url is not None
    assert url.startswith("http://127.0.0.1:9/")
    assert url.endswith("/upload/release/350x500/501.jpg")
