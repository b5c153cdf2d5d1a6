"""Whatever an upstream sends: a title or ``UpstreamBadData``; a list or ``ValueError``."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.domain.titles import Title
from catalog.services.anilibria import answers, parse_playlist_change, parse_title, parse_title_change
from catalog.services.errors import UpstreamBadData
from catalog.tests.services.anilibria.samples import HASH, clip_payload, episode_payload, title_payload

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(exclude_categories=[])),
    st.sampled_from([10**400, -(10**400), "9" * 5000, "NaN", "-1", "1e999", "//a:b", "http://[", "https://x:y/"]),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=8,
)
ANSWERS = [
    (answers.parse_titles, [title_payload()]),
    (answers.parse_schedule, [{"day": 0, "list": [title_payload()]}]),
    (answers.parse_feed, [{"title": title_payload()}, {"youtube": clip_payload()}]),
    (answers.parse_clips, [clip_payload(), clip_payload(id=2)]),
    (answers.parse_years, [1996, 1998]),
    (answers.parse_genres, ["экшен"]),
    (answers.parse_nodes, {"de4": 10}),
    (answers.parse_nodes, ["de4"]),
    (answers.parse_everyone, {"team": {"voice": ["Silv"]}}),
    (answers.parse_seed_stats, [{"downloaded": 1, "uploaded": 1, "user": "a"}]),
    (answers.read_error, {"error": {"code": 404, "message": "no"}}),
    (parse_title_change, {"hash": HASH, "title": title_payload()}),
    (parse_playlist_change, {"id": 501, "serie": 1, "playlist": {"1": episode_payload()}}),
]
UNHURRIED = settings(deadline=None)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside ``value``, itself included."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [path, *(place for key in keys for place in places(value[key], (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@UNHURRIED
@given(place=st.sampled_from(places(title_payload())), new=JSON)
def test_a_title_with_anything_anywhere(place, new):
    with suppress(UpstreamBadData):
        title = parse_title(replaced(title_payload(), place, new))
        assert isinstance(title, Title)
        assert title.id > 0
        hash(title)
        repr(title).encode()
        for torrent in title.torrents:
            assert torrent.size >= 0
            assert torrent.magnet is None or torrent.magnet.startswith("magnet:?xt=urn:btih:")


@UNHURRIED
@given(
    place=st.sampled_from([place for place in places(title_payload()) if place not in ((), ("id",), ("code",))]),
    new=JSON,
)
def test_only_id_and_code_can_cost_a_title(place, new):
    assert parse_title(replaced(title_payload(), place, new)).id == 501


@UNHURRIED
@given(data=st.data(), answer=st.sampled_from(ANSWERS), new=JSON)
def test_an_answer_with_anything_anywhere(data, answer, new):
    parse, good = answer
    place = data.draw(st.sampled_from(places(good)))

    with suppress(UpstreamBadData, ValueError):
        parse(replaced(good, place, new))
