"""WebSocket notices and subscriptions."""

from __future__ import annotations

import pytest

from catalog.api.anilibria.live import MAX_FILTERS, Subscriber, playlist_change_json, title_change_json
from catalog.domain.titles import PlaylistChange, TitleChange
from catalog.tests.api.anilibria.conftest import FULL

HASH = "c3499c2729730a7f807efb8676a92dcb6f8a3f8f"


@pytest.fixture
def title_notice(shelf):
    return title_change_json(TitleChange(hash=HASH, title=FULL), shelf)


@pytest.fixture
def playlist_notice():
    return playlist_change_json(PlaylistChange(title_id=1, episode_number=10, episodes=FULL.player.episodes))


def test_a_title_notice_carries_the_whole_title(api, title_notice):
    assert list(title_notice) == ["hash", "title"]
    assert title_notice == {"hash": HASH, "title": api.json("getTitle", id=1)}


def test_a_playlist_notice_carries_the_whole_playlist(api, playlist_notice):
    assert list(playlist_notice) == ["id", "serie", "playlist"]
    assert playlist_notice == {"id": 1, "serie": 10, "playlist": api.json("getTitle", id=1)["player"]["playlist"]}


def test_without_a_subscription_everything_is_wanted(title_notice, playlist_notice):
    subscriber = Subscriber()

    assert subscriber.wants(title_notice)
    assert subscriber.wants(playlist_notice)


@pytest.mark.parametrize(
    ("command", "title", "playlist"),
    [
        ('{"subscribe": {"season": {"year": 2020}}}', True, False),
        ('{"subscribe": {"season": {"year": 2021}}}', False, False),
        ('{"subscribe": {"season": {"year": 2020, "season_code": 1}}}', False, False),
        ('{"subscribe": {"season": {"year": "2020"}}}', False, False),
        ('{"subscribe": {"id": 1}}', True, True),
        ('{"subscribe": {"id": 1, "serie": 10}}', False, True),
        ('{"subscribe": {"title": {"code": "umi-no-uta"}}}', True, False),
        ('{"subscribe": {"genres": ["музыка"]}}', True, False),
        ('{"subscribe": {"genres": ["музыка", "спорт"]}}', False, False),
        ('{"subscribe": {"torrents": {"list": [{"quality": {"resolution": 1080}}]}}}', True, False),
        ('{"subscribe": {"names": "Песня моря"}}', False, False),
        ('{"subscribe": {"announce": null}}', False, False),
        ('{"subscribe": {"blocked": {"blocked": 0}}}', False, False),
        ('{"subscribe": {}}', True, True),
        ('{"subscribe": [{"code": "other"}, {"serie": 10}]}', False, True),
    ],
)
def test_a_filter_is_a_partial_object(title_notice, playlist_notice, command, title, playlist):
    subscriber = Subscriber()

    subscriber.command(command)

    assert (subscriber.wants(title_notice), subscriber.wants(playlist_notice)) == (title, playlist)


def test_one_of_several_filters_is_enough(title_notice, playlist_notice):
    subscriber = Subscriber()

    subscriber.command('{"subscribe": {"code": "somewhere-else"}}')
    assert not subscriber.wants(title_notice)
    subscriber.command('{"subscribe": {"season": {"season_code": 2}}}')

    assert subscriber.wants(title_notice)
    assert not subscriber.wants(playlist_notice)


@pytest.mark.parametrize(
    "command", ["", "hello", "[]", "null", "5", '{"subscribe": 5}', '{"other": {}}', "[" * 100_000]
)
def test_other_messages_change_nothing(title_notice, command):
    subscriber = Subscriber()

    subscriber.command(command)

    assert subscriber.wants(title_notice)


def test_a_client_cannot_pile_up_filters(title_notice):
    subscriber = Subscriber()
    for _ in range(MAX_FILTERS):
        subscriber.command('{"subscribe": {"id": 9}}')

    subscriber.command('{"subscribe": {"id": 1}}')

    assert not subscriber.wants(title_notice)
