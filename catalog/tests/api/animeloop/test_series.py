"""Episodes, series, seasons, search, tags and collections."""

from __future__ import annotations

import pytest

from catalog.api.animeloop.source import Between, CollectionQuery, EpisodeQuery, SeriesQuery, TagQuery
from catalog.tests.api.animeloop.conftest import EPISODE_ID, LOOP_ID, SERIES_ID, UNKNOWN_ID


def test_one_episode_is_full(ask):
    data = ask(f"/episode?id={EPISODE_ID}").json()["data"]
    assert (data["id"], data["no"], data["series"]["id"]) == (EPISODE_ID, "13", SERIES_ID)
    assert "seriesid" not in data


def test_a_page_of_episodes(ask, source):
    assert ask("/episode?no=OVA&limit=2").json()["data"] == [{"id": EPISODE_ID, "no": "13", "seriesid": SERIES_ID}]
    assert source.asked == EpisodeQuery(number="OVA")
    assert ask(f"/episode?seriesid={SERIES_ID}&full=true").json()["data"][0]["series"]["season"] == "2014-4"
    assert source.asked == EpisodeQuery(series_id=SERIES_ID)


def test_the_sole_parameter_series_is_not_an_id(ask, source):
    assert len(ask(f"/episode?series={SERIES_ID}").json()["data"]) == 1
    assert source.asked == EpisodeQuery()


def test_counting_episodes_and_series(ask, source):
    assert ask(f"/episode/count?seriesid={SERIES_ID}").json()["data"] == {"count": 1}
    assert source.asked == EpisodeQuery(series_id=SERIES_ID)
    assert ask("/series/count?type=TV").json()["data"] == {"count": 2}
    assert source.asked == SeriesQuery(type="TV")


def test_one_series(ask):
    data = ask(f"/series?id={SERIES_ID}").json()["data"]
    assert data["anilist_id"] == 19111
    assert list(data)[-2:] == ["season", "image_url_large"]


def test_a_series_that_nobody_described(ask):
    data = ask("/series?id=592a63088e46ce684784a6b3").json()["data"]
    assert data["title_english"] is None
    assert data["genres"] == []
    assert "image_url_large" not in data


@pytest.mark.parametrize("path", ["/episode", "/series"])
def test_unknown_ids_are_successes(ask, path):
    assert ask(f"{path}?id={UNKNOWN_ID}").json()["data"] == {}


@pytest.mark.parametrize("season", ["2014-4", "2014-04"])
def test_a_page_of_series(ask, source, season):
    assert len(ask(f"/series?type=TV&season={season}").json()["data"]) == 2
    assert source.asked == SeriesQuery(type="TV", season=(2014, 4))
    assert [entry["title"] for entry in ask("/series?page=2&limit=1").json()["data"]] == ["小魔女學院"]


def test_seasons_may_repeat(ask):
    assert ask("/series/season").json()["data"] == ["2014-4", "2017-1", "2014-4"]


def test_searching(ask, source):
    assert len(ask("/search/series?value=love+LIVE&type=TV&season=2014-4&limit=1").json()["data"]) == 1
    assert source.asked == SeriesQuery(type="TV", season=(2014, 4), words=("love", "LIVE"))


def test_search_terms_are_words_not_patterns(ask, source):
    ask("/search/series?value=.*%2B")
    assert source.asked.words == (".*+",)


def test_tags(ask, source):
    address = f"/tag?loopid={LOOP_ID}&type=character&source=illustration2vec&confidence=0.85,0.9"
    assert ask(address).json()["data"] == [
        {
            "type": "character",
            "loopid": LOOP_ID,
            "source": "illustration2vec",
            "value": "nishikino maki",
            "confidence": 0.992725133895874,
            "id": "59e5b1f17321a02650a39516",
        }
    ]
    assert source.asked == TagQuery(
        loop_id=LOOP_ID, type="character", source="illustration2vec", confidence=Between(0.85, 0.9)
    )
    assert ask("/tag?page=2").json()["data"] == []


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("id=1080", CollectionQuery(id=1080)),
        ("name=stages", CollectionQuery(name="stages")),
        ("userid=1002", CollectionQuery(user_id=1002)),
    ],
)
def test_collections_are_always_an_array(ask, source, query, asked):
    assert ask(f"/collection?{query}").json()["data"] == [
        {"userid": 1002, "name": "stages", "description": "Lights on", "title": "Stages", "cid": 1080}
    ]
    assert source.asked == asked
