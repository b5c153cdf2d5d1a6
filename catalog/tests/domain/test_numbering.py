from __future__ import annotations

import pytest

from catalog.domain.numbering import Numbering, episodes, numbering
from catalog.domain.titles import EpisodeRange, Names, Title, Torrent


@pytest.mark.parametrize(
    ("en", "ru", "series", "season"),
    [
        ("Nanatsu no Taizai", "Семь смертных грехов", "Nanatsu no Taizai", 1),
        ("Overlord II", "Повелитель 2", "Overlord", 2),
        ("Overlord III", None, "Overlord", 3),
        ("Overlord IV", None, "Overlord", 4),
        ("Mob Psycho 100 II", "Моб Психо 100 (второй сезон)", "Mob Psycho 100", 2),
        ("Mob Psycho 100", None, "Mob Psycho 100", 1),
        ("Shingeki no Kyojin Season 3", None, "Shingeki no Kyojin", 3),
        ("Shingeki no Kyojin 3rd Season Part 2", None, "Shingeki no Kyojin Part 2", 3),
        ("Kimi to Boku. Second Season", None, "Kimi to Boku.", 2),
        ("Yuru Camp S2", None, "Yuru Camp", 2),
        ("Yuru Camp (S2)", None, "Yuru Camp", 2),
        ("Non Non Biyori 2", None, "Non Non Biyori", 2),
        ("Sword Art Online", "Мастера меча онлайн ТВ-2", "Sword Art Online", 2),
        ("Sword Art Online", "Мастера меча онлайн [ТВ-3]", "Sword Art Online", 3),
        ("Sword Art Online", "Мастера меча онлайн (ТВ 2)", "Sword Art Online", 2),
        ("Nazo", "Загадка, 4 сезон", "Nazo", 4),
        ("Nazo", "Загадка: сезон 5", "Nazo", 5),
        ("Nazo", "Загадка. Третий сезон", "Nazo", 3),
        (None, "Загадка 2", "Загадка", 2),
        ("Initial D: Fifth Season", None, "Initial D", 5),
        # a number that is part of a name
        ("86", None, "86", 1),
        ("Area 88", None, "Area 88", 1),
        ("No.6", None, "No.6", 1),
        ("Steins;Gate 0", None, "Steins;Gate 0", 1),
        ("91 Days", None, "91 Days", 1),
        ("Kamisama ni Natta Hi", None, "Kamisama ni Natta Hi", 1),
        ("Season of Mists", None, "Season of Mists", 1),
        ("Witch Hunter Robin 2002", None, "Witch Hunter Robin 2002", 1),
        ("Gundam Season 99", None, "Gundam Season 99", 1),
        ("Hitotsu no VII Tsuki", None, "Hitotsu no VII Tsuki", 1),
        ("Princess Principal Movie 2", "Принцесса-шпионка. Часть 2", "Princess Principal Movie 2", 1),
        ("Kumo desu ga, Nani ka?  ", "Да, я паук, и что же? 2", "Kumo desu ga, Nani ka?", 2),
        ("Season 2", None, "Season 2", 2),
    ],
)
def test_a_name_tells_its_season(en, ru, series, season):
    title = Title(id=1, code="code", names=Names(en=en, ru=ru))
    assert numbering(title) == Numbering(series, season)


@pytest.mark.parametrize(
    ("first", "last", "text", "expected"),
    [
        (1, 24, "1-24", (1, 24)),
        (5, 5, "5", (5, 5)),
        (None, 12, None, (12, 12)),
        (3.0, None, None, (3, 3)),
        (None, None, "1-12", (1, 12)),
        (None, None, "7", (7, 7)),
        (None, None, "Фильм", None),
        (None, None, None, None),
        (12.5, 12.5, "12.5", None),
        (9, 3, "9-3", None),
    ],
)
def test_a_torrents_range(first, last, text, expected):
    torrent = Torrent(id=1, range=EpisodeRange(first=first, last=last, text=text))
    assert episodes(torrent) == expected
