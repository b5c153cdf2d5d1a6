"""One account that posts a lot: enough for several pages, with pinned posts that come again on a later one."""

from __future__ import annotations

from datetime import timedelta

from catalog.demo.videos.posts import Post

_FIRST_DAYS, _EVERY_DAYS = 0.2, 4.3
_CLIPS = ("cumulus-wide", "rain-tall", "sea-tall", "grass-tall", "stars-tall", "petals-tall", "koi-tall", "night-tall")
_PINNED = frozenset({4, 12, 17})

_CAPTIONS = (  # the newest first, with likes
    ("Сорок минут облаков за двадцать секунд", 1840),
    ("Гуашь сохнет, дождь идёт", 977),
    ("Закат в четыре слоя", 2103),
    ("Трава: один мазок, тридцать положений", 655),
    ("Звёзды ставлю щёткой, падающую рисую", 3012),
    ("Лепестки по три кадра каждый", 1188),
    ("Карпы не знают, что по кругу", 1402),
    ("Окна зажигаю по одному", 836),
    ("Кучевые, вид сбоку", 1188),
    ("Лужа как зеркало", 512),
    ("Чайки: две линии и терпение", 699),
    ("Ветер виден только по траве", 748),
    ("Млечный путь за один вечер", 5230),
    ("Вишня после дождя", 1188),
    ("Пруд в парке Уэно, по памяти", 934),
    ("Город с крыши, без людей", 1571),
    ("Облако, которое не получилось", 302),
    ("Дождь на переднем плане", 4410),
    ("Горизонт чуть ниже середины", 561),
    ("Поле, август", 623),
    ("Созвездия перепутаны нарочно", 1015),
    ("Пять лепестков, не шесть", 870),
    ("Вода без синего", 1188),
    ("Первый ночной фон", 244),
)


def sketches() -> tuple[Post, ...]:
    return tuple(
        Post(
            account="sora",
            clip=_CLIPS[place % len(_CLIPS)],
            caption=caption,
            age=timedelta(days=_FIRST_DAYS + place * _EVERY_DAYS),
            likes=likes,
            tags=("гуашь", "фоны", "процесс") if place % 2 == 0 else ("гуашь", "фоны"),
            lang="ru",
            on=frozenset({"pinned"}) if place in _PINNED else frozenset(),
        )
        for place, (caption, likes) in enumerate(_CAPTIONS)
    )
