from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from catalog.domain.titles import CachingNode, Clip, SeedStat, Team, Title
from catalog.services.anilibria import answers
from catalog.tests.services.anilibria.samples import clip_payload, title_payload

GOOD, OTHER, BAD = title_payload(), title_payload(id=502, code="other"), title_payload(id=503, code=None)
LISTS = [
    answers.parse_titles,
    answers.parse_schedule,
    answers.parse_feed,
    answers.parse_clips,
    answers.parse_years,
    answers.parse_genres,
    answers.parse_nodes,
    answers.parse_seed_stats,
]


def ids(titles: Iterable[Title]) -> list[int]:
    return [title.id for title in titles]


def test_one_bad_title_drops_itself_with_one_line(caplog):
    assert ids(answers.parse_titles([GOOD, BAD, OTHER])) == [501, 502]

    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "title 503" in record.getMessage()
    assert "code None" in record.getMessage()
    assert "\n" not in record.getMessage()


@pytest.mark.parametrize("sent", [[GOOD], {"0": GOOD}, GOOD, [None, GOOD]])
def test_titles_in_every_kind_of_list(sent):
    assert ids(answers.parse_titles(sent)) == [501]


@pytest.mark.parametrize("parse", LISTS)
@pytest.mark.parametrize("sent", [[], {}])
def test_an_empty_answer_is_an_empty_list(parse, sent):
    assert parse(sent) == ()


@pytest.mark.parametrize("parse", LISTS)
@pytest.mark.parametrize(
    "sent",
    [None, "", "text", 5, False, {"error": {"code": 500, "message": "no"}}, [{"a": 1}], [[]], [True, {}]],
)
def test_an_answer_in_which_nothing_is_readable_is_bad_data(parse, sent):
    with pytest.raises(ValueError, match=r"not a list|none of"):
        parse(sent)


def test_the_form_of_the_description_reaches_every_title():
    titles = [
        answers.parse_titles([GOOD], description="html")[0],
        answers.parse_schedule([{"day": 0, "list": [GOOD]}], description="html")[0].titles[0],
        answers.parse_feed([{"title": GOOD}], description="html")[0].title,
    ]

    assert [title and title.description.html for title in titles] == [GOOD["description"]] * 3


def test_schedule(caplog):
    days = answers.parse_schedule(
        [
            {"day": 6, "list": [GOOD, BAD]},
            {"day": "0", "list": {}},
            {"day": 7, "list": [OTHER]},
            {"day": 1, "list": None},
        ]
    )

    assert [(day.weekday, ids(day.titles)) for day in days] == [(6, [501]), (0, []), (1, [])]
    assert len(caplog.records) == 2


def test_feed_mixes_titles_and_clips(caplog):
    items = answers.parse_feed(
        [
            {"youtube": clip_payload()},
            {"title": GOOD},
            {"title": None, "youtube": clip_payload(id=342)},
            {"title": BAD},
            {"news": 1},
        ]
    )

    assert [(item.clip and item.clip.id, item.title and item.title.id) for item in items] == [
        (341, None),
        (None, 501),
        (342, None),
    ]
    assert len(caplog.records) == 2


def test_clips():
    assert answers.parse_clips([clip_payload()]) == (
        Clip(
            id=341,
            name="АНОНС",
            youtube_id="OXBO4h3l3rM",
            image_url="https://img.youtube.com/vi/OXBO4h3l3rM/0.jpg",
            published_at=datetime(2017, 8, 27, 9, 6, 41, tzinfo=UTC),
        ),
    )


def test_a_clip_without_a_name_or_picture_stays():
    clip = answers.parse_clips([clip_payload(title=None, image="", timestamp=0)])[0]

    assert (clip.name, clip.image_url, clip.published_at) == ("OXBO4h3l3rM", None, None)


@pytest.mark.parametrize("changes", [{"id": None}, {"youtube_id": None}, {"youtube_id": 'x" onload="'}])
def test_a_clip_without_an_id_drops_itself(changes):
    assert [clip.id for clip in answers.parse_clips([clip_payload(id=1), clip_payload(**changes)])] == [1]


def test_years_that_cannot_be_drop_out():
    assert answers.parse_years([2003, "1996", 21111, 0, None, 1998, 2003]) == (1996, 1998, 2003)


def test_genres_keep_the_order_asked_for():
    assert answers.parse_genres(["экшен", " вампиры", "", "демоны", "экшен"]) == ("экшен", "вампиры", "демоны")


def test_caching_nodes_with_weights(caplog):
    nodes = answers.parse_nodes({"static": 5, "de4": 10, "de6": "10", "de1": None})

    assert nodes == (
        CachingNode(name="de4", weight=10),
        CachingNode(name="de6", weight=10),
        CachingNode(name="static", weight=5),
    )
    assert len(caplog.records) == 1


def test_caching_nodes_of_later_versions_come_best_first():
    assert answers.parse_nodes(["cache.libria.fun", "de2.libria.fun"]) == (
        CachingNode(name="cache.libria.fun", weight=2),
        CachingNode(name="de2.libria.fun", weight=1),
    )


def test_team():
    team = answers.parse_everyone({"team": {"voice": ["Silv"], "timing": None}})

    assert team == Team(voice=("Silv",))


@pytest.mark.parametrize("sent", [None, [], {}, {"team": None}, {"team": []}, {"voice": ["Silv"]}])
def test_no_team(sent):
    with pytest.raises(ValueError, match="no team"):
        answers.parse_everyone(sent)


def test_seed_stats(caplog):
    stats = answers.parse_seed_stats(
        [
            {"downloaded": 72110162198, "uploaded": "1163165762554", "user": "T1MOX4"},
            {"downloaded": None, "uploaded": -1, "user": 86},
            {"downloaded": 1, "uploaded": 1, "user": None},
        ]
    )

    assert stats == (
        SeedStat(user="T1MOX4", downloaded=72110162198, uploaded=1163165762554),
        SeedStat(user="86", downloaded=0, uploaded=0),
    )
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"error": {"code": 412, "message": "Unknown parameters: x"}}, (412, "Unknown parameters: x")),
        ({"error": {"code": "504", "message": None}}, (504, "")),
        ({"error": {"code": -1, "message": ["no"]}}, (None, "")),
        ({"error": "no"}, (None, "")),
        ([], (None, "")),
        (None, (None, "")),
    ],
)
def test_error_bodies(sent, expected):
    assert answers.read_error(sent) == expected
