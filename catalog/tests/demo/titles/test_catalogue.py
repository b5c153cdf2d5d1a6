"""How much there is, and that no two are alike."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict

from catalog.demo.titles.famous import famous
from catalog.demo.titles.phrases import THEMES

KNOWN = {8500, 4212, 9542, 1013, 1002, 8600}  # some of the well-known, by the ids they have elsewhere too


def test_titles_of_fifteen_years(titles):
    years = {title.season.year for title in titles.values()}

    assert len(titles) >= 240
    assert set(range(2012, 2027)) <= years


def test_every_season_status_and_type(titles):
    seasons = Counter(title.season.code for title in titles.values())

    assert all(seasons[code] >= 30 for code in (1, 2, 3, 4))
    assert {title.status.code for title in titles.values()} == {1, 2, 3, 4, None}
    assert {title.type.code for title in titles.values()} == {0, 1, 2, 3, 4, 5, None}
    assert {(title.status.code, title.status.text) for title in titles.values()} == {
        (1, "В работе"),
        (2, "Завершен"),
        (3, "Скрыт"),
        (4, "Неонгоинг"),
        (None, None),
    }


def test_every_season_of_the_fifteen_years_has_titles(titles):
    seen = {(title.season.year, title.season.code) for title in titles.values()}

    assert {(year, season) for year in range(2012, 2026) for season in (1, 2, 3, 4)} <= seen


def test_ids_codes_and_names_are_each_ones_own(titles):
    every = titles.values()

    assert len({title.code for title in every}) == len(titles)
    assert all(re.fullmatch(r"[a-z0-9-]+", title.code) for title in every)
    names = Counter(name for title in every for name in (title.names.ru, title.names.en) if name)
    assert {name for name, times in names.items() if times > 1} <= {
        title.en for title in famous() if title.en == title.ru
    }


def test_the_well_known_are_all_there(titles):
    assert len(famous()) == 41
    assert {title.id for title in famous()} >= KNOWN
    for title in famous():
        shown = titles[title.id]
        assert (shown.code, shown.names.ru, shown.names.en) == (title.code, title.ru, title.en)
        assert shown.description.plain == title.about


def test_invented_names_are_russian_and_romanised(titles):
    invented = [title for title in titles.values() if title.id >= 1000]

    assert all(re.search("[а-яё]", title.names.ru) for title in invented)
    assert all(title.names.en.isascii() or title.id == 9760 for title in invented)


def test_descriptions_differ_and_have_two_to_five_sentences(titles):
    plain = [title.description.no_view_order for title in titles.values() if title.id >= 1000]

    assert len(set(plain)) == len(plain)
    assert {len(re.findall(r"[.?!](?= |$)", text)) for text in plain} == {2, 3, 4, 5}
    assert not any("{" in text or "  " in text for text in plain)


def test_genres_are_all_told_about(titles):
    assert {genre for title in titles.values() for genre in title.genres} <= set(THEMES)


def test_clips_users_and_team(evening):
    clips, users, team = evening.clips(), evening.seed_stats(), evening.team()

    assert len({clip.id for clip in clips}) == len({clip.youtube_id for clip in clips}) == 30
    assert all(re.fullmatch(r"[\w-]{11}", clip.youtube_id) for clip in clips)
    assert len({stat.user for stat in users}) == 120
    everyone = {name for names in asdict(team).values() for name in names}
    assert 35 <= len(everyone) <= 45


def test_only_team_members_work_on_titles(evening, titles):
    everyone = asdict(evening.team())

    for title in titles.values():
        for role, names in asdict(title.team).items():
            assert set(names) <= set(everyone[role]), title


def test_every_picture_has_its_specification(evening, titles):
    posters, stills = evening.poster_specs(), evening.still_specs()

    assert {f"http://127.0.0.1:8001{spec.path}" for spec in posters} == {
        title.poster.url for title in titles.values() if title.poster.url
    }
    assert {f"http://127.0.0.1:8001{spec.path}" for spec in stills} == {clip.image_url for clip in evening.clips()}
    fate = next(spec for spec in posters if spec.ident == 4212)
    assert (fate.code, fate.ru, fate.en) == ("fate-apocrypha", "Судьба: Апокриф", "Fate/Apocrypha")
    assert (fate.year, fate.kind, fate.genres) == (2017, "ТВ", ("экшен", "фэнтези", "магия"))
