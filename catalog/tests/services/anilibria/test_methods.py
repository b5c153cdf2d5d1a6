"""What is asked, letter by letter, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from catalog.services import anilibria
from catalog.tests.services.anilibria.samples import clip_payload, title_payload

API = "https://api.anilibria.tv/v2"
CARD = (
    "announce,blocked,code,genres,id,in_favorites,last_change,names,player.series,"
    "poster,posters,season,status,type,updated"
)
FEED = (
    "announce,blocked,code,genres,id,image,in_favorites,last_change,names,player.series,"
    "poster,posters,season,status,timestamp,title,type,updated,youtube,youtube_id"
)
SINCE = datetime(2020, 5, 23, 11, 30, 17, tzinfo=UTC)
ONE, MANY = title_payload(), [title_payload()]
DAYS = [{"day": 5, "list": MANY}]


@pytest.fixture
def asked(upstream):
    """Call a function against a server that answers ``sent``; return the value and the query that went out."""

    def ask(call, method, sent):
        upstream.get(f"{API}/{method}", json=sent)
        value = call().value
        (request,) = upstream.request_history
        parts = urlsplit(request.url)
        assert parts.path == f"/v2/{method}"
        return value, dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))

    return ask


@pytest.mark.parametrize(
    ("call", "method", "sent", "query"),
    [
        (lambda: anilibria.title(501), "getTitle", ONE, {"id": "501", "include": "torrent_meta"}),
        (
            lambda: anilibria.title("yoru-no-tori", fields=("player.playlist.24", "names"), include=()),
            "getTitle",
            ONE,
            {"code": "yoru-no-tori", "filter": "code,id,names,player.playlist.24"},
        ),
        (
            lambda: anilibria.title(
                501,
                remove=("torrents", "id", "player.playlist"),
                include=("torrent_meta", "raw_poster", "raw_torrent"),
                description="html",
                playlist="array",
            ),
            "getTitle",
            ONE,
            {
                "id": "501",
                "remove": "player.playlist,torrents",
                "include": "raw_poster,raw_torrent,torrent_meta",
                "description_type": "html",
                "playlist_type": "array",
            },
        ),
        (lambda: anilibria.titles(ids=[8500, 501, 501]), "getTitles", MANY, {"id_list": "501,8500", "filter": CARD}),
        (
            lambda: anilibria.titles(codes=("b", "a"), fields=None, playlist="array"),
            "getTitles",
            MANY,
            {"code_list": "a,b", "playlist_type": "array"},
        ),
        (lambda: anilibria.updates(), "getUpdates", MANY, {"limit": "5", "filter": CARD}),
        (
            lambda: anilibria.updates(24, after=48, since=SINCE, fields=None, playlist="array"),
            "getUpdates",
            MANY,
            {"limit": "24", "after": "48", "since": "1590233417", "playlist_type": "array"},
        ),
        (lambda: anilibria.changes(), "getChanges", MANY, {"limit": "5", "filter": CARD}),
        (
            lambda: anilibria.changes(10, 20, 1590233417, fields=("code",), description="no_view_order"),
            "getChanges",
            MANY,
            {
                "limit": "10",
                "after": "20",
                "since": "1590233417",
                "filter": "code,id",
                "description_type": "no_view_order",
            },
        ),
        (lambda: anilibria.schedule(), "getSchedule", DAYS, {"filter": CARD}),
        (
            lambda: anilibria.schedule((6, 0, 5), remove=("genres",), fields=None),
            "getSchedule",
            DAYS,
            {"days": "0,5,6", "remove": "genres"},
        ),
        (lambda: anilibria.random_title(), "getRandomTitle", ONE, {"filter": CARD}),
        (lambda: anilibria.random_title(fields=()), "getRandomTitle", ONE, {"filter": "code,id"}),
        (lambda: anilibria.clips(), "getYouTube", [clip_payload()], {"limit": "5"}),
        (
            lambda: anilibria.clips(10, after=5, since=SINCE),
            "getYouTube",
            [clip_payload()],
            {"limit": "10", "after": "5", "since": "1590233417"},
        ),
        (lambda: anilibria.feed(), "getFeed", [{"title": ONE}], {"limit": "5", "filter": FEED}),
        (
            lambda: anilibria.feed(3, 6, SINCE, fields=("names",)),
            "getFeed",
            [{"title": ONE}],
            {
                "limit": "3",
                "after": "6",
                "since": "1590233417",
                "filter": "code,id,image,names,timestamp,title,youtube,youtube_id",
            },
        ),
        (lambda: anilibria.feed(fields=None), "getFeed", [{"title": ONE}], {"limit": "5"}),
        (lambda: anilibria.years(), "getYears", [1996], {}),
        (lambda: anilibria.genres(), "getGenres", ["экшен"], {}),
        (lambda: anilibria.genres(by_rating=True), "getGenres", ["экшен"], {"sorting_type": "1"}),
        (lambda: anilibria.caching_nodes(), "getCachingNodes", {"de4": 10}, {}),
        (lambda: anilibria.team(), "getTeam", {"team": {"voice": ["Silv"]}}, {}),
        (lambda: anilibria.seed_stats(), "getSeedStats", [{"user": "a"}], {"limit": "5"}),
        (
            lambda: anilibria.seed_stats(["T1MOX4", "Anku"], sort_by="uploaded", ascending=False, limit=50, after=100),
            "getSeedStats",
            [{"user": "a"}],
            {"users": "Anku,T1MOX4", "sort_by": "uploaded", "order": "0", "limit": "50", "after": "100"},
        ),
        (
            lambda: anilibria.seed_stats(sort_by="user", ascending=True),
            "getSeedStats",
            [{"user": "a"}],
            {"sort_by": "user", "order": "1", "limit": "5"},
        ),
        (
            lambda: anilibria.search("  судьба   апокриф "),
            "searchTitles",
            MANY,
            {"search": "судьба апокриф", "limit": "5", "filter": CARD},
        ),
        (
            lambda: anilibria.search(
                "a&b=c",
                years=(2020, 2019),
                seasons=[4, 1],
                genres={"экшен", "магия"},
                voice=("Silv", "Amikiri"),
                translator=("Anku",),
                editing=("mutagenb",),
                decor=("Teplo", " "),
                timing=("Quin",),
                limit=24,
                after=24,
                playlist="array",
                fields=("names", "genres[0]"),
            ),
            "searchTitles",
            MANY,
            {
                "search": "a&b=c",
                "year": "2019,2020",
                "season_code": "1,4",
                "genres": "магия,экшен",
                "voice": "Amikiri,Silv",
                "translator": "Anku",
                "editing": "mutagenb",
                "decor": "Teplo",
                "timing": "Quin",
                "limit": "24",
                "after": "24",
                "playlist_type": "array",
                "filter": "code,genres[0],id,names",
            },
        ),
        (lambda: anilibria.search(" ", genres=[""]), "getUpdates", MANY, {"limit": "5", "filter": CARD}),
        (
            lambda: anilibria.search(limit=24, after=48, fields=None),
            "getUpdates",
            MANY,
            {"limit": "24", "after": "48"},
        ),
    ],
)
def test_the_query(asked, call, method, sent, query):
    value, sent_query = asked(call, method, sent)

    assert sent_query == query
    assert value


def test_changes_know_no_playlist_type(upstream):
    with pytest.raises(TypeError):
        anilibria.changes(playlist="array")  # type: ignore[call-arg]

    assert upstream.request_history == []


def test_titles_come_in_the_order_asked_for(upstream):
    listed = [title_payload(id=number, code=f"code-{number}") for number in (1, 2, 3)]
    upstream.get(f"{API}/getTitles", json=listed)

    assert [title.id for title in anilibria.titles(ids=(3, 1, 4, 2)).value] == [3, 1, 2]
    assert [title.code for title in anilibria.titles(codes=("code-2", "code-1")).value] == [
        "code-2",
        "code-1",
        "code-3",
    ]


def test_no_titles_are_not_asked_for(upstream):
    assert anilibria.titles(ids=[]).value == ()
    assert upstream.request_history == []


def test_the_same_question_is_one_request(upstream):
    upstream.get(f"{API}/searchTitles", json=MANY)

    anilibria.search(genres=["магия", "экшен"], fields=("names", "id"))
    anilibria.search(genres=("экшен", "магия", "магия"), fields=("id", "names"))

    assert upstream.call_count == 1


def test_a_random_title_is_asked_for_each_time(upstream):
    upstream.get(
        f"{API}/getRandomTitle", [{"json": title_payload(id=1, code="a")}, {"json": title_payload(id=2, code="b")}]
    )

    assert [anilibria.random_title().value.id for _ in range(2)] == [1, 2]


@pytest.mark.parametrize("form", ["plain", "html", "no_view_order"])
@pytest.mark.parametrize(
    ("method", "wrap", "first"),
    [
        ("getTitle", lambda title: title, lambda form: anilibria.title(1, description=form).value),
        ("getRandomTitle", lambda title: title, lambda form: anilibria.random_title(description=form).value),
        ("getTitles", lambda title: [title], lambda form: anilibria.titles(ids=[1], description=form).value[0]),
        ("getUpdates", lambda title: [title], lambda form: anilibria.updates(description=form).value[0]),
        ("getChanges", lambda title: [title], lambda form: anilibria.changes(description=form).value[0]),
        ("searchTitles", lambda title: [title], lambda form: anilibria.search("a", description=form).value[0]),
        ("getFeed", lambda title: [{"title": title}], lambda form: anilibria.feed(description=form).value[0].title),
        (
            "getSchedule",
            lambda title: [{"day": 1, "list": [title]}],
            lambda form: anilibria.schedule(description=form).value[0].titles[0],
        ),
    ],
)
def test_the_description_stands_under_the_form_asked_for(upstream, method, wrap, first, form):
    upstream.get(f"{API}/{method}", json=wrap(title_payload(description="Слова")))

    assert getattr(first(form).description, form) == "Слова"


def test_every_title_field_asked_for_is_one_that_cards_show(upstream):
    """A filtered title loses nothing that the unfiltered one has in these fields."""
    full, card = title_payload(), {key: value for key, value in title_payload().items() if key in CARD.split(",")}
    card["player"] = {"series": full["player"]["series"]}
    upstream.get(f"{API}/getUpdates", json=[card])

    (found,) = anilibria.updates().value

    whole = anilibria.parse_title(full)
    for field in ("names", "poster", "type", "status", "season", "genres", "updated_at", "changed_at", "announce"):
        assert getattr(found, field) == getattr(whole, field)
    assert found.player.range == whole.player.range
    assert (found.in_favourites, found.blocked) == (whole.in_favourites, whole.blocked)
