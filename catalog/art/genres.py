"""What a genre looks like. The names are AniLibria's own, lower case."""

from __future__ import annotations

from collections.abc import Iterable

ANY_SIGN = "星"
SIGNS = {
    "экшен": "闘",
    "приключения": "旅",
    "сёнен": "少",
    "сверхъестественное": "霊",
    "магия": "魔",
    "романтика": "恋",
    "комедия": "笑",
    "драма": "涙",
    "фэнтези": "幻",
    "музыка": "音",
    "спорт": "走",
    "школа": "学",
    "меха": "機",
    "ужасы": "怖",
    "детектив": "謎",
    "повседневность": "日",
    "исторический": "史",
    "вампиры": "血",
    "демоны": "鬼",
    "боевые искусства": "武",
    "фантастика": "星",
    "психологическое": "心",
    "триллер": "影",
    "игры": "遊",
    "киберпанк": "電",
    "военное": "戦",
    "мистика": "夜",
    "сейнен": "剣",
    "сёдзе": "花",
}

# Seeded choices index these lists: their order is part of every poster.
SUITABLE = {
    "экшен": ("vinyl", "speed", "blade", "rays", "kanji", "stamp"),
    "приключения": ("steps", "wave", "sunsea", "peaks", "rail", "fuji"),
    "сёнен": ("speed", "rays", "kanji", "stamp"),
    "магия": ("asanoha", "phases", "rings", "petals", "kanji", "orb"),
    "романтика": ("fan", "petals", "umbrella", "sunsea", "orb"),
    "комедия": ("fan", "quarters", "rays", "discs"),
    "драма": ("phases", "wave", "orb", "umbrella", "peaks", "sunsea"),
    "фэнтези": ("fuji", "rings", "seigaiha", "kanji"),
    "музыка": ("vinyl", "rings", "quarters", "discs"),
    "спорт": ("blade", "speed", "discs"),
    "школа": ("steps", "asanoha", "rail", "quarters", "sunsea"),
    "меха": ("quarters", "blade", "tower"),
    "ужасы": ("eye", "kanji", "orb"),
    "детектив": ("eye", "tower", "rail"),
    "повседневность": ("wave", "steps", "sunsea", "seigaiha", "umbrella", "rail"),
    "исторический": ("fan", "asanoha", "wave", "torii", "fuji", "seigaiha"),
    "вампиры": ("orb", "tower", "kanji"),
    "демоны": ("fan", "asanoha", "torii", "kanji", "eye"),
    "боевые искусства": ("kanji", "blade", "speed"),
    "фантастика": ("phases", "orb", "rings", "discs"),
    "психологическое": ("eye", "rings", "orb"),
    "триллер": ("steps", "phases", "tower", "eye", "blade"),
    "мистика": ("phases", "torii", "eye", "seigaiha"),
    "сейнен": ("steps", "tower", "orb", "blade"),
    "киберпанк": ("tower", "quarters", "rail"),
    "военное": ("blade", "stamp", "rays"),
    "игры": ("quarters", "discs", "stamp"),
    "сёдзе": ("petals", "umbrella", "discs"),
}


def sign_of(genres: Iterable[str]) -> str:
    """The kanji of the first genre that has one."""
    return next((SIGNS[genre] for genre in map(str.lower, genres) if genre in SIGNS), ANY_SIGN)


def suitable_for(genres: Iterable[str]) -> tuple[str, ...]:
    """Names of the compositions that suit the first genre we know; none when we know none."""
    return next((SUITABLE[genre] for genre in map(str.lower, genres) if genre in SUITABLE), ())
