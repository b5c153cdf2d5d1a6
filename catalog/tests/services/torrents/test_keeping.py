"""Torrents are looked into once, from the upstream's list where there is one, and a failure is tried again later."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
from django.utils import timezone

from catalog.models import StoredTorrent, TorrentLook
from catalog.services import anilibria, torrents
from catalog.services.torrents.keeping import delay
from catalog.tests.factories import TitleRowFactory, moment
from catalog.tests.services.torrents import made
from catalog.tests.views import samples

pytestmark = pytest.mark.django_db

SITE = "https://www.anilibria.tv"
ADDRESS = "/public/torrent/download.php?id=1"
FILE = made.encoded(made.info_v1())
HASH = torrents.read(FILE).metadata.info_hash
TORRENT = {"Content-Type": "application/x-bittorrent"}


def sent(**changes):
    """A title with one torrent, of which the upstream gives no list."""
    torrent = {"torrent_id": 1, "url": ADDRESS, "hash": HASH, "series": {}, "quality": {}} | changes
    return samples.title(torrents={"list": [torrent]})


@pytest.fixture
def says(upstream):
    def says(**changes):
        return upstream.get(f"{samples.ANILIBRIA}/getTitles", json=[sent(**changes)])

    says()
    return says


@pytest.fixture
def file(upstream):
    return upstream.get(f"{SITE}{ADDRESS}", content=FILE, headers=TORRENT)


def stored() -> StoredTorrent:
    return StoredTorrent.objects.get(pk=1)


def later(**time) -> None:
    """Let that much time pass for what waits."""
    TorrentLook.objects.update(next_try_at=timezone.now(), claimed_until=None)
    StoredTorrent.objects.update(next_try_at=timezone.now())


def test_the_upstreams_own_list_is_stored_and_nothing_is_fetched(says, file):
    says(metadata={"hash": HASH, "name": "Show", "files_list": [{"file": "a.mkv", "size": 7, "offset": 0}]})

    assert torrents.look_at([8500]) == 1
    assert (stored().state, stored().source, stored().files) == ("stored", "metadata", [["a.mkv", 7, 0]])
    assert not file.called


def test_without_a_list_the_file_is_fetched_and_read(says, file):
    assert torrents.look_at([8500]) == 1
    assert (stored().state, stored().source, stored().version) == ("stored", "file", "v1")
    assert stored().metadata == torrents.read(FILE).metadata
    assert stored().reason == ""


def test_nothing_is_fetched_twice(says, file):
    torrents.look_at([8500])
    assert torrents.look_at([8500]) == 0
    assert file.call_count == 1


def test_a_torrent_that_was_replaced_is_another(says, file, upstream):
    torrents.look_at([8500])
    newer = made.encoded(made.info_v1([((b"new.mkv",), 9)]))
    says(hash=torrents.read(newer).metadata.info_hash)
    upstream.get(f"{SITE}{ADDRESS}", content=newer, headers=TORRENT)

    assert torrents.look_at([8500]) == 1
    assert stored().files == [["new.mkv", 9, 0]]


def test_a_torrent_that_is_no_more_goes(says, file, upstream):
    torrents.look_at([8500])
    upstream.get(f"{samples.ANILIBRIA}/getTitles", json=[samples.title(torrents={"list": []})])
    torrents.look_at([8500])
    assert not StoredTorrent.objects.exists()


@pytest.mark.parametrize(
    ("content", "headers", "reason"),
    [
        (made.encoded(made.info_v1([((b"..", b"x"), 1)])), TORRENT, "“..”"),
        (made.encoded(made.single()), TORRENT, "its info hash is"),
        (b"<html>", TORRENT, "not bencoded"),
        (FILE, {"Content-Type": "text/html"}, "a file of type text/html"),
    ],
    ids=["hostile", "another", "no torrent", "another type"],
)
def test_what_is_refused_says_why_and_is_not_asked_for_again(says, upstream, content, headers, reason):
    if reason == "“..”":
        says(hash=None)
    file = upstream.get(f"{SITE}{ADDRESS}", content=content, headers=headers)
    torrents.look_at([8500])
    later()
    torrents.look_at([8500])

    assert stored().state == "refused"
    assert reason in stored().reason
    assert stored().files == []
    assert file.call_count == 1


def test_version_2_alone_is_stored_and_says_so(says, upstream):
    data = made.encoded(made.info_v2())
    says(hash=torrents.read(data).metadata.info_hash_v2[:40])
    upstream.get(f"{SITE}{ADDRESS}", content=data, headers=TORRENT)
    torrents.look_at([8500])

    assert (stored().state, stored().version, stored().info_hash) == ("stored", "v2", "")
    assert "version 2 alone" in stored().reason


def test_a_list_of_hostile_names_is_refused(says, file):
    says(metadata={"hash": HASH, "name": "Show", "files_list": [{"file": "../../x", "size": 7}]})
    torrents.look_at([8500])
    assert (stored().state, stored().source) == ("refused", "metadata")
    assert "“..”" in stored().reason


def test_a_list_of_another_torrent_is_refused(says, file):
    says(metadata={"hash": "0" * 40, "name": "Show", "files_list": [{"file": "a", "size": 7}]})
    torrents.look_at([8500])
    assert "the list is of 0000" in stored().reason


def test_more_than_4_mb_is_not_read(says, upstream):
    upstream.get(f"{SITE}{ADDRESS}", content=b"x" * (4 * 2**20 + 1), headers=TORRENT)
    torrents.look_at([8500])
    assert (stored().state, stored().files) == ("refused", [])
    assert "more than 4194304 bytes" in stored().reason


def test_an_address_on_another_host_is_not_fetched(says, settings):
    settings.MEDIA_HOSTS = ["elsewhere.example"]
    says(url="https://elsewhere.example/1.torrent")
    torrents.look_at([8500])
    assert stored().state == "refused"
    assert "does not lie on the configured site" in stored().reason


def test_without_an_address_the_file_is_asked_for_with_the_title(upstream):
    import base64

    bare = sent(url=None)
    upstream.get(f"{samples.ANILIBRIA}/getTitles?include=torrent_meta", json=[bare])
    raw = sent(url=None, raw_base64_file=base64.b64encode(FILE).decode())
    upstream.get(f"{samples.ANILIBRIA}/getTitles?include=raw_torrent", json=[raw])
    torrents.look_at([8500])
    assert stored().state == "stored"


def test_a_failure_is_tried_again_after_a_while_that_grows(says, upstream):
    file = upstream.get(f"{SITE}{ADDRESS}", exc=requests.ConnectionError)
    torrents.look_at([8500])
    first = stored().next_try_at - timezone.now()
    torrents.look_at([8500])
    assert file.call_count == 1
    later()
    torrents.look_at([8500])
    second = stored().next_try_at - timezone.now()

    assert (stored().state, stored().attempts, file.call_count) == ("failed", 2, 2)
    assert timedelta(minutes=3) < first < second
    assert TorrentLook.objects.get().next_try_at == stored().next_try_at


def test_delays_end_at_a_week_or_so():
    assert [delay(n) < delay(n + 2) for n in (1, 3, 5)] == [True] * 3
    assert delay(1000) < timedelta(days=9)


def test_a_dead_upstream_is_noted_and_never_raises(upstream):
    upstream.get(f"{samples.ANILIBRIA}/getTitles", exc=requests.ConnectionError)
    assert torrents.look_at([8500]) == 0
    look = TorrentLook.objects.get(pk=8500)
    assert look.attempts == 1
    assert look.next_try_at > timezone.now()
    assert look.claimed_until is None


def test_who_is_looked_at_already_is_left_to_them(says, file):
    TorrentLook.objects.create(title_id=8500, claimed_until=timezone.now() + timedelta(minutes=1))
    assert torrents.look_at([8500]) == 0
    assert not file.called


def test_the_claim_of_a_worker_that_died_ends(says, file):
    TorrentLook.objects.create(title_id=8500, claimed_until=timezone.now() - timedelta(seconds=1))
    assert torrents.look_at([8500]) == 1


def test_missing_are_the_visited_first_then_the_latest_releases():
    rows = [TitleRowFactory.create() for _ in range(4)]
    oldest, second, third, latest = (row.id for row in rows)
    assert torrents.missing(10) == [latest, third, second, oldest]
    assert torrents.missing(3, first=[second]) == [second, latest, third]
    assert torrents.missing(1, first=[second, oldest]) == [second]


def test_missing_is_not_what_was_looked_at_rests_or_is_claimed():
    now = timezone.now()
    done, released, resting, due, claimed = (TitleRowFactory.create() for _ in range(5))
    seen = {"looked_at": now}
    TorrentLook.objects.create(title_id=done.id, seen_updated_at=done.updated_at, **seen)
    TorrentLook.objects.create(title_id=released.id, seen_updated_at=moment(0), **seen)
    TorrentLook.objects.create(title_id=resting.id, next_try_at=now + timedelta(hours=1))
    TorrentLook.objects.create(
        title_id=due.id, seen_updated_at=due.updated_at, next_try_at=now - timedelta(hours=1), **seen
    )
    TorrentLook.objects.create(title_id=claimed.id, claimed_until=now + timedelta(minutes=1))
    assert torrents.missing(10) == [due.id, released.id]


def one(**changes):
    return anilibria.parse_title(sent(**changes))


def test_a_page_shows_the_stored_list_where_the_upstream_sends_none(says, file):
    torrents.look_at([8500])
    shown = torrents.completed(one()).torrents[0]
    assert shown.metadata == torrents.read(FILE).metadata
    assert shown.magnet.startswith(f"magnet:?xt=urn:btih:{HASH}&dn=Show")


def test_a_page_does_not_show_the_list_of_what_was_replaced(says, file):
    torrents.look_at([8500])
    title = one(hash="1" * 40)
    assert torrents.completed(title) is title


def test_a_page_keeps_the_upstreams_own_list_without_asking_the_database(django_assert_num_queries):
    title = one(metadata={"hash": HASH, "name": "Show", "files_list": [{"file": "a", "size": 7, "offset": 0}]})
    with django_assert_num_queries(0):
        assert torrents.completed(title) is title


def test_a_page_shows_no_hostile_list(says, file):
    title = one(metadata={"hash": HASH, "name": "Show", "files_list": [{"file": "a\u202eb", "size": 7, "offset": 0}]})
    assert torrents.completed(title).torrents[0].metadata.files == ()


def test_the_titles_page_has_the_stored_tree(says, file, client, upstream):
    torrents.look_at([8500])
    upstream.get(f"{samples.ANILIBRIA}/getTitle", json=sent())
    upstream.get(f"{samples.ANILIBRIA}/getSchedule", json=[])
    page = client.get("/title/nanatsu-no-taizai/").content.decode()
    assert "extra/" in page
    assert "02.mkv" in page
    assert "&amp;so=1" in page
