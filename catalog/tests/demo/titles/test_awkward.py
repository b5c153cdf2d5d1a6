"""The titles that are hard to show."""

from __future__ import annotations

import pytest

from catalog.domain.titles import Title


def test_a_very_long_name(titles):
    assert max(len(title.names.ru or "") for title in titles.values()) == 207


def test_markup_in_a_description(titles):
    description = titles[304].description

    assert "<script>" in description.html
    assert "<br />" in description.html
    assert 'href="javascript:' in description.html
    assert "<" not in description.plain
    assert "&" not in description.plain


def test_an_episode_for_every_day_of_a_leap_year(titles):
    title = titles[305]

    assert len(title.player.episodes) == 366
    assert title.player.range.text == "1-366"
    assert len(title.torrents) > 1
    assert title.torrents_range.text == "1-366"


def test_special_and_fractional_episodes(titles):
    title = titles[302]

    assert [episode.key for episode in title.player.episodes] == ["-1", "0", *map(str, range(1, 13)), "12.5", "13"]
    assert [episode.number for episode in title.player.episodes[-2:]] == [12.5, 13]
    assert title.player.episode("-1").hls.hd.endswith("/videos/ts/302/m0001/playlist.m3u8")
    assert title.player.episode("12.5").hls.fhd is None or title.player.episode("12.5").hls.fhd.endswith(
        "/0012.5-hd/playlist.m3u8"
    )
    assert [torrent.range.text for torrent in title.torrents][-2:] == ["0-13 + 12.5", "Пролог"]


def test_a_range_that_is_a_word(titles):
    title = titles[306]

    assert title.player.range.text == "Фильм"
    assert title.player.range.first is None
    assert {torrent.range.text for torrent in title.torrents} == {"Фильм", "П/Ф"}


def test_nothing_to_watch_yet(titles):
    title = titles[301]

    assert title.player.episodes == title.torrents == ()
    assert title.player.range.text is None
    assert title.announce
    assert title.season.year is title.season.code is title.season.weekday is None


def test_blocked_in_both_ways(titles):
    assert titles[307].blocked.in_russia
    assert not titles[307].blocked.by_licensee
    assert titles[308].blocked.by_licensee
    assert not titles[308].blocked.in_russia


@pytest.mark.parametrize(
    ("title_id", "missing"),
    [
        (309, lambda title: title.season.year),
        (310, lambda title: title.names.ru or title.names.en or title.names.alternative),
        (311, lambda title: title.poster.url),
        (314, lambda title: title.status.code or title.type.code or title.genres or title.description.plain),
        (321, lambda title: title.updated_at or title.changed_at or title.in_favourites),
        (322, lambda title: title.torrents or title.names.ru or title.names.en),
    ],
)
def test_gaps(titles, title_id, missing):
    assert not missing(titles[title_id])


def test_a_nameless_title_goes_by_its_code(titles):
    assert titles[310].name == titles[310].code == "mumei"


def test_a_view_order_stands_apart_from_the_text(titles):
    alone, continued = titles[312].description, titles[318].description

    assert alone.no_view_order is None
    assert alone.plain.startswith("Порядок просмотра:\n1. ")
    assert continued.plain.startswith(continued.no_view_order)
    assert "Порядок просмотра" in continued.plain
    assert '<a href="/release/omoide-shichiya.html">Ломбард воспоминаний</a>' in continued.html
    assert "omoide-shichiya" in {title.code for title in titles.values()}


def test_files_of_one_kind_only(titles):
    def kinds(title: Title) -> set[tuple[bool, bool]]:
        return {
            (bool(each.hls.fhd or each.hls.hd or each.hls.sd), bool(each.mp4.hd or each.mp4.sd))
            for each in title.player.episodes
        }

    assert kinds(titles[315]) == {(False, True)}
    assert kinds(titles[316]) == {(True, False)}
    assert {(each.hls.fhd, each.hls.hd) for each in titles[319].player.episodes} == {(None, None)}
    assert all(each.hls.sd for each in titles[319].player.episodes)


def test_some_of_the_ordinary_ones_lack_full_hd(titles):
    without = [
        title
        for title in titles.values()
        if title.id >= 1000 and title.player.episodes and title.player.episodes[0].hls.fhd is None
    ]

    assert 10 <= len(without) <= len(titles) / 2
