"""A visitor's own list in the signed cookie: the page, the form of one thing, the file."""

from __future__ import annotations

import json
from http.cookies import SimpleCookie

import pytest
import requests
import requests_mock
from bs4 import BeautifulSoup
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import my_cookie
from catalog.domain.lists import Entry, written
from catalog.domain.titles import EpisodeRange, Names, Player
from catalog.models import TitleRow
from catalog.services import index, visits
from catalog.tests.factories import LoopRowFactory, TitleRowFactory
from catalog.tests.views import samples

NOW = 1795165200  # 20 November 2026, 12:00 in Moscow
LOOP = "591446445f6e5e51d937e118"
VIDEO = "5YvxWOxcRa"


@pytest.fixture
def nobody(upstream):
    """Every source is down."""
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    return upstream


def entry(subject: object = 8500, kind: str = "title", **said) -> Entry:
    return Entry(kind=kind, subject=str(subject), **({"heart": True, "added": NOW, "changed": NOW} | said))


def keep(client, *entries: Entry) -> None:
    client.cookies["my"] = my_cookie.packed(entries)


def kept(client) -> tuple[Entry, ...]:
    """What the browser has now."""
    value = client.cookies["my"].value
    return tuple(filter(None, map(my_cookie._entry, signing.loads(value, salt=my_cookie.SALT)))) if value else ()


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def list_file(entries, **changes) -> bytes:
    return json.dumps(written(entries) | changes).encode()


def upload(client, content: bytes):
    return client.post("/my/import/", {"file": SimpleUploadedFile("my-list.json", content, "application/json")})


class TestThePage:
    def test_says_how_it_works_while_nothing_stands_there(self, client, nobody):
        response = client.get("/my/")
        assert response.status_code == 200
        assert "Nothing stands here yet" in response.text
        assert "kept in this browser alone" in response.text

    def test_has_a_section_for_hearts_and_each_state(self, client, nobody):
        row = TitleRowFactory.create(names=Names(ru="Блич"))
        loop = LoopRowFactory.create()
        keep(client, entry(row.id, state="watching"), entry(loop.id, "loop"), entry(9760, heart=False, state="dropped"))
        found = page(client.get("/my/"))
        assert [head.text for head in found.select("#my-list h2")] == ["Hearts", "Watching", "Dropped"]
        assert [name.text for name in found.select("#my-hearts ~ *, [aria-labelledby=my-hearts] h3")] == ["2", "Блич"]
        assert found.select_one(f'a.loop[href="/loops/{loop.id}/"]')
        assert "Title 9760" in found.select_one("[aria-labelledby=my-dropped]").text

    def test_marks_new_episodes(self, client, nobody):
        row = TitleRowFactory.create(player=Player(range=EpisodeRange(first=1, last=12)))
        keep(client, entry(row.id, state="watching", seen=10, heart=False))
        assert page(client.get("/my/")).select_one(".new").text == "+2 new episodes: 11 to 12"
        assert page(client.get("/ru/my/")).select_one(".new").text == "+2 новые серии: с 11 по 12"

    def test_the_first_episode_of_an_announced_title_is_new(self, client, nobody):
        row = TitleRowFactory.create(player=Player(range=EpisodeRange()))
        assert 'data-last-episode="0"' in client.get(f"/my/title/{row.id}/").text
        client.post(f"/my/title/{row.id}/", {"state": "planned"})
        TitleRow.objects.update(last_episode=1)
        index.forget()
        assert page(client.get("/my/")).select_one(".new").text == "+1 new episode: 1"

    def test_counts_whole_episodes_after_half_a_one(self, client, nobody):
        row = TitleRowFactory.create(player=Player(range=EpisodeRange(first=1, last=4)))
        keep(client, entry(row.id, seen=2.5))
        assert page(client.get("/my/")).select_one(".new").text == "+2 new episodes: 3 to 4"

    def test_counts_a_later_season_from_its_own_first_episode(self, client, nobody):
        row = TitleRowFactory.create(player=Player(range=EpisodeRange(first=13, last=14)))
        keep(client, entry(row.id, state="planned", seen=0))
        assert page(client.get("/my/")).select_one(".new").text == "+2 new episodes: 13 to 14"

    def test_names_the_thing_where_something_can_be_done_about_it(self, client, nobody):
        row = TitleRowFactory.create(names=Names(ru="Блич & Ко"))
        keep(client, entry(row.id), entry(LOOP, "loop"))
        named = [own["aria-label"] for own in page(client.get("/my/")).select(".mine [aria-label]")]
        assert named == [
            "Change: Блич & Ко",
            "Remove from my list: Блич & Ко",
            "Change: Loop 591446445f",
            "Remove from my list: Loop 591446445f",
        ]

    def test_takes_from_the_source_what_the_index_lacks(self, client, everything):
        everything.get(f"{samples.ANILIBRIA}/getTitles?id_list=8500,9760", json=[samples.title()])
        keep(client, entry(8500, seen=1), entry(9760))
        found = page(client.get("/my/"))
        assert "Семь смертных грехов" in found.text
        assert found.select_one(".new").text == "+1 new episode: 2"
        assert "Title 9760" in found.text

    def test_stands_with_every_source_down(self, client, nobody):
        keep(client, entry(8500), entry(LOOP, "loop"), entry(VIDEO, "video"))
        response = client.get("/my/")
        assert response.status_code == 200
        links = [link["href"] for link in page(response).select("#my-list h3 a")]
        assert links == ["/title/8500/", f"/loops/{LOOP}/", f"/videos/{VIDEO}/"]

    def test_asks_the_database_as_often_for_many_as_for_few(self, client, nobody, django_assert_max_num_queries):
        rows = [TitleRowFactory.create() for _ in range(20)]
        loops = [LoopRowFactory.create() for _ in range(20)]
        for amount in (1, 20):
            chosen = [entry(row.id) for row in rows[:amount]] + [entry(loop.id, "loop") for loop in loops[:amount]]
            keep(client, *chosen)
            client.get("/my/")
            with django_assert_max_num_queries(3):  # titles, loops, and once a second the stored posters
                client.get("/my/")

    def test_hands_its_entries_to_the_browser(self, client, nobody):
        keep(client, entry(8500, seen=2))
        handed = json.loads(page(client.get("/my/")).select_one("#my-kept").text)
        assert handed == written([entry(8500, seen=2)])
        response = client.post("/my/handed-over/")
        assert response.status_code == 204
        assert kept(client) == ()

    @pytest.mark.parametrize("value", ["x", "a:b:c", my_cookie.packed([entry()])[:-1] + "_", "%ff"])
    def test_says_that_a_cookie_is_not_its_own(self, client, nobody, value):
        client.cookies["my"] = value
        assert "The cookie with your list is not one that this site made" in client.get("/my/").text

    def test_a_cookie_of_another_shape_is_an_empty_list(self, client, nobody):
        for rows in ([[9, "1", 1, 0, None, 1, 1]], [["a"]], {"a": 1}, 5, [[0, "x", 1, 0, None, 1, 1]]):
            client.cookies["my"] = signing.dumps(rows, salt=my_cookie.SALT)
            assert "The cookie with your list" in client.get("/my/").text

    def test_a_row_of_other_rules_costs_no_other(self, client, nobody):
        rows = [
            [0, "1", 1, 0, -1_000_001, 1, 1],
            [0, "2", 1, 9, None, 1, 1],
            ["a"],
            5,
            [0, "8500", 1, 0, None, NOW, NOW],
        ]
        client.cookies["my"] = signing.dumps(rows, salt=my_cookie.SALT)
        found = client.get("/my/").text
        assert "The cookie with your list" not in found
        assert json.loads(page(client.get("/my/")).select_one("#my-kept").text) == written([entry(8500)])

    def test_forgets_once_that_is_confirmed(self, client, nobody):
        keep(client, entry())
        found = page(client.get("/my/forget/"))
        assert "The whole list will be gone for good" in found.text
        assert json.loads(found.select_one("#my-kept").text) == written([entry()])
        assert kept(client) == (entry(),)
        assert client.post("/my/forget/").status_code == 303
        assert kept(client) == ()

    def test_has_the_browser_forget_what_it_keeps_itself(self, client, nobody):
        def told() -> object:
            return page(client.get("/my/")).select_one("[data-keeping]").get("data-forgotten")

        client.cookies["my_forgotten"] = "1"  # by whoever can set cookies here
        assert told() is None
        client.post("/my/forget/")
        assert told() == "my_forgotten"
        assert not client.cookies["my_forgotten"]["httponly"]  # the script ends it
        assert client.cookies["my_forgotten"]["max-age"] == 60

    def test_can_be_told_that_everything_was_seen(self, client, nobody):
        row = TitleRowFactory.create(player=Player(range=EpisodeRange(first=1, last=12)))
        keep(client, entry(row.id, seen=10, changed=NOW - 50), entry(9760, seen=3))
        assert client.post("/my/seen/").status_code == 303
        seen = {one.subject: (one.seen, one.changed) for one in kept(client)}
        assert seen == {str(row.id): (12, NOW - 50), "9760": (3, NOW)}


class TestOneThing:
    def test_shows_what_it_is_and_its_place(self, client, nobody):
        row = TitleRowFactory.create(names=Names(ru="Блич"))
        keep(client, entry(row.id, heart=False, state="planned"))
        found = page(client.get(f"/my/title/{row.id}/?next=/catalog/"))
        assert found.select_one("h3").text == "Блич"
        assert [radio["value"] for radio in found.select("[name=state][checked]")] == ["planned"]
        assert not found.select("[name=heart][checked]")
        assert found.select_one("form.stack [name=next]")["value"] == "/catalog/"
        assert found.select_one("form.stack [name=csrfmiddlewaretoken]")

    def test_keeps_what_was_said_and_goes_back(self, client, nobody):
        row = TitleRowFactory.create(player=Player(range=EpisodeRange(first=1, last=7)))
        response = client.post(f"/my/title/{row.id}/", {"heart": "on", "state": "watching", "next": "/catalog/"})
        assert (response.status_code, response["Location"]) == (303, "/catalog/")
        [one] = kept(client)
        assert (one.subject, one.heart, one.state, one.seen) == (str(row.id), True, "watching", 7)
        assert abs(one.changed - NOW) < 60
        cookie = response.cookies["my"]
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 86400)

    def test_the_cookie_is_for_https_alone_where_there_is_https(self, client, nobody):
        response = client.post("/my/title/8500/", {"heart": "on"}, secure=True)
        assert response.cookies["my"]["secure"]

    @pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""])
    def test_goes_back_to_this_site_alone(self, client, nobody, back):
        assert client.post("/my/title/8500/", {"heart": "on", "next": back})["Location"] == "/my/"
        assert client.post("/ru/my/title/8500/", {"heart": "on", "next": back})["Location"] == "/ru/my/"

    @pytest.mark.parametrize("said", [{"heart": "on", "state": "planned", "remove": "1"}, {"state": ""}, {}])
    def test_takes_it_from_the_list(self, client, nobody, said):
        keep(client, entry(8500), entry(9760))
        client.post("/my/title/8500/", said)
        assert kept(client) == (entry(9760),)

    def test_counts_more_than_what_is_dated_in_the_future(self, client, nobody):
        upload(client, list_file([entry(8500, changed=2**32), entry(9760, changed=2**32)]))
        client.post("/my/title/8500/", {"state": "dropped"})
        client.post("/my/title/9760/", {"remove": "1"})
        assert [(one.subject, one.heart, one.state) for one in kept(client)] == [("8500", False, "dropped")]

    def test_counts_more_than_a_cookie_from_the_future(self, client, nobody):
        keep(client, entry(8500, changed=2**32))
        client.post("/my/title/8500/", {"remove": "1"})
        assert kept(client) == ()

    @pytest.mark.parametrize(("kind", "subject"), [("loop", LOOP), ("video", VIDEO)])
    def test_a_loop_or_video_has_a_heart_and_no_state(self, client, nobody, kind, subject):
        assert not page(client.get(f"/my/{kind}/{subject}/")).select("[name=state]")
        client.post(f"/my/{kind}/{subject}/", {"heart": "on"})
        assert [one.key for one in kept(client)] == [(kind, subject)]
        assert client.post(f"/my/{kind}/{subject}/", {"heart": "on", "state": "watched"}).status_code == 400

    def test_names_a_state_that_there_is_not(self, client, nobody):
        response = client.post("/my/title/8500/", {"state": "<b>binged"})
        assert response.status_code == 400
        assert "&lt;b&gt;binged" in response.text
        assert "my" not in response.cookies

    @pytest.mark.parametrize(
        "path", ["series/591446445f6e5e51d937e118", "title/abc", "title/0", "title/²", "loop/1", "video/00a", "x/y"]
    )
    def test_what_there_cannot_be_is_not_found(self, client, nobody, path):
        assert client.get(f"/my/{path}/").status_code == 404
        assert client.post(f"/my/{path}/", {"heart": "on"}).status_code == 404

    def test_refuses_a_sixty_first_and_says_what_can_be_done(self, client, nobody):
        keep(client, *(entry(number) for number in range(1, 61)))
        response = client.post("/my/title/8500/", {"heart": "on"})
        assert response.status_code == 400
        assert "room for 60 entries" in response.text
        assert "turn JavaScript on" in response.text
        assert "my" not in response.cookies
        assert client.post("/my/title/60/", {"heart": "on", "state": "watched"}).status_code == 303

    def test_wants_to_know_that_the_form_was_its_own(self, nobody):
        careful = Client(enforce_csrf_checks=True)
        for path in ("/my/title/8500/", "/my/seen/", "/my/import/", "/my/forget/", "/my/handed-over/"):
            assert careful.post(path, {"heart": "on"}).status_code == 403, path
        token = page(careful.get("/my/title/8500/")).select_one("[name=csrfmiddlewaretoken]")["value"]
        said = {"heart": "on", "csrfmiddlewaretoken": token}
        assert careful.post("/my/title/8500/", said).status_code == 303


class TestTheCookie:
    @pytest.mark.parametrize("kind", ["title", "loop", "video"])
    def test_has_room_for_sixty_of_whatever_kind(self, kind):
        subject = {"title": lambda n: str(999_999_000 + n), "loop": lambda n: f"{n * 7**28 % 16**24:024x}"}.get(
            kind, lambda n: f"{'zQ9-_xK'}{n + 100}"
        )
        state = "watching" if kind == "title" else ""
        said = {"seen": 1234.5} if kind == "title" else {}
        entries = [entry(subject(n), kind, state=state, changed=NOW + n * 977, **said) for n in range(1, 61)]
        assert len({one.subject for one in entries}) == 60
        value = my_cookie.packed(entries)
        whole = SimpleCookie({"my": value})
        attributes = "; expires=Sat, 20 Nov 2027 09:00:00 GMT; HttpOnly; Max-Age=31536000; Path=/; SameSite=Lax; Secure"
        assert len(whole.output(header="") + attributes) < 4000

    def test_refuses_what_a_browser_would_drop(self):
        with pytest.raises(my_cookie.Full):
            my_cookie.packed([entry(number) for number in range(1, 62)])


class TestTheFile:
    def test_can_be_saved_and_loaded_elsewhere(self, client, nobody):
        keep(client, entry(8500, seen=2), entry(LOOP, "loop", changed=NOW - 1))
        response = client.get("/my/list.json")
        assert response["Content-Disposition"] == 'attachment; filename="my-list.json"'
        elsewhere = Client()
        assert upload(elsewhere, response.content)["Location"] == "/my/"
        assert kept(elsewhere) == kept(client)

    def test_is_added_to_what_is_there(self, client, nobody):
        keep(client, entry(1, changed=NOW), entry(2, changed=NOW - 9))
        file = [entry(1, state="dropped", changed=NOW - 9), entry(2, state="watched", changed=NOW), entry(3)]
        upload(client, list_file(file))
        assert {one.subject: one.state for one in kept(client)} == {"1": "", "2": "watched", "3": ""}

    def test_what_of_it_is_bad_is_named_and_the_rest_kept(self, client, nobody):
        document = written([entry(1)])
        document["entries"] += [{"kind": "song"}, 5]
        response = upload(client, json.dumps(document).encode())
        assert response.status_code == 200
        assert "1 entry read" in response.text
        assert "entry 2: neither a title nor a loop nor a video" in response.text
        assert "entry 3: not an entry" in response.text
        assert "Title 1" in response.text
        assert kept(client) == (entry(1),)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "This is not JSON."),
            (b"{}", "no list of this site"),
            (list_file([], version=9), "of a version that is not known here"),
            (b" " * 1_000_001, "at most 976.6"),
            (list_file([entry(number) for number in range(1, 62)]), "Together that would be 62 entries."),
        ],
    )
    def test_what_cannot_be_read_changes_nothing(self, client, nobody, content, words):
        keep(client, entry())
        response = upload(client, content)
        assert response.status_code == 400
        assert words in response.text
        assert "Nothing was loaded" in response.text
        assert kept(client) == (entry(),)

    def test_may_not_be_forgotten(self, client, nobody):
        response = client.post("/my/import/")
        assert response.status_code == 400
        assert "No file came along." in response.text


class TestCards:
    def ask(self, client, content: bytes, path: str = "/my/cards/"):
        return client.post(path, content, content_type="application/json")

    def test_draws_what_a_browser_keeps(self, client, nobody):
        row = TitleRowFactory.create(names=Names(ru="Блич"))
        response = self.ask(client, list_file([entry(row.id, state="planned"), entry(2)]), "/ru/my/cards/")
        assert response.status_code == 200
        found = page(response)
        assert not found.select("html")
        assert [head.text for head in found.select("h2")] == ["Сердечки", "В планах"]
        assert [name.text for name in found.select("h3")] == ["Блич", "Тайтл 2", "Блич"]

    def test_asks_the_database_as_often_for_many_as_for_few(self, client, nobody, django_assert_max_num_queries):
        rows = [TitleRowFactory.create() for _ in range(100)]
        loops = [LoopRowFactory.create() for _ in range(100)]
        self.ask(client, list_file([entry()]))
        for amount in (1, 100):
            chosen = [entry(row.id) for row in rows[:amount]] + [entry(loop.id, "loop") for loop in loops[:amount]]
            with django_assert_max_num_queries(3):
                assert self.ask(client, list_file(chosen)).status_code == 200

    def test_needs_no_token_and_sets_no_cookie(self, nobody):
        response = self.ask(Client(enforce_csrf_checks=True), list_file([]))
        assert response.status_code == 200
        assert not response.cookies

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "This is not JSON."),
            (b"\xff", "This is not JSON."),
            (list_file([entry(number) for number in range(1, 502)]), "at most 500 entries"),
            (b" " * 200_001, "at most 195.3"),
        ],
    )
    def test_refuses_in_a_plain_sentence(self, client, nobody, content, words):
        response = self.ask(client, content)
        assert response.status_code == 400
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert words in response.text


@pytest.mark.parametrize("path", ["/my/", "/ru/my/", "/my/title/8500/", "/my/forget/", "/my/list.json"])
def test_nothing_of_it_is_kept_listed_or_told(client, nobody, path):
    keep(client, entry())
    for _ in range(2):
        response = client.get(path, headers={"Referer": "http://testserver/"})
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "same-origin"
        assert response.status_code == 200
    assert "Title 8500" in client.get("/my/").text
    assert "Title 8500" not in Client().get("/my/").text


def test_robots_are_asked_to_leave_it_alone(client):
    assert {"Disallow: /my/", "Disallow: /ru/my/"} <= set(client.get("/robots.txt").text.splitlines())


@pytest.mark.parametrize("path", ["/my/", "/my/title/8500/", "/my/forget/"])
class TestEveryPageOfIt:
    def test_is_a_whole_page_in_both_languages(self, client, nobody, path):
        assert '<html lang="en" data-theme="dark">' in client.get(path).text
        assert '<html lang="ru"' in client.get(f"/ru{path}").text

    def test_follows_the_theme(self, client, nobody, path):
        client.cookies["theme"] = "light"
        assert 'data-theme="light"' in client.get(path).text

    def test_answers_head(self, client, nobody, path):
        response = client.head(path)
        assert (response.status_code, response.content) == (200, b"")

    def test_holds_no_script_or_style_of_its_own(self, client, nobody, path):
        keep(client, entry(8500, state="watching"), entry(LOOP, "loop"))
        found = page(client.get(path))
        assert all(script.get("src") or script["type"] == "application/json" for script in found.select("script"))
        assert not found.select("style, [onclick], [onsubmit], [onchange]")

    def test_names_no_canonical_address(self, client, nobody, path):
        found = page(client.get(path))
        assert not found.select("[rel=canonical]")
        assert found.select_one("[name=robots]")["content"] == "noindex"

    def test_is_counted_nowhere(self, client, nobody, path):
        for _ in range(3):
            client.get(path)
        assert visits.flush() == 0


def test_markup_in_a_sources_words_is_text(client, nobody):
    evil = '"><script>alert(1)</script>'
    row = TitleRowFactory.create(names=Names(ru=evil, en=evil), genres=(evil,))
    keep(client, entry(row.id, state="watching"))
    for path in ("/my/", f"/my/title/{row.id}/?next={evil}"):
        assert "<script>alert" not in client.get(path).text


def test_hidden_words_of_a_file_are_text(client, nobody):
    document = written([]) | {"kind": "animesite-list", "entries": [{"kind": "</script><script>alert(1)"}]}
    assert "<script>alert" not in upload(client, json.dumps(document).encode()).text


class TestTheLatest:
    """How far titles have got, for browsers to look up their own."""

    def test_says_the_last_episodes_of_what_was_updated_last(self, client, nobody):
        TitleRowFactory.create(id=8500, player=Player(range=EpisodeRange(first=1, last=12.5)))
        TitleRowFactory.create(id=8501)
        response = client.get("/my/latest.json")
        assert response.json() == {"8500": 12.5}

    def test_is_the_same_for_everybody_and_kept_for_a_moment(self, client, nobody):
        TitleRowFactory.create(player=Player(range=EpisodeRange(first=1, last=2)))
        keep(client, entry())
        response = client.get("/my/latest.json")
        assert "public" in response.headers["Cache-Control"]
        assert "Cookie" not in response.headers.get("Vary", "")
        with CaptureQueriesContext(connection) as queries:
            client.get("/my/latest.json")
        assert len(queries) == 0
