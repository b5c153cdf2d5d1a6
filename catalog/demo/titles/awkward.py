"""Titles that are hard to show: each lacks something, or has too much of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import slugify

from catalog.demo.titles.build import built
from catalog.demo.titles.finished import weekly
from catalog.demo.titles.plan import FINISHED, HIDDEN, NOT_ONGOING, Plan
from catalog.demo.titles.players import Site, player_of
from catalog.demo.titles.prose import described, in_all_forms
from catalog.demo.titles.torrents import BD, DVD, IDS_EACH, WEB, torrent
from catalog.domain.titles import (
    Blocked,
    Description,
    Episode,
    EpisodeRange,
    HlsStreams,
    Mp4Files,
    Names,
    Player,
    Poster,
    Season,
    Status,
    Title,
    TitleType,
)

LONG_NAME = (
    "Меня уволили из гильдии за слишком аккуратный почерк, и теперь я, последний писарь королевства, заключаю договоры "
    "с драконами, ведьмами и соседями сверху, пока герои спорят, кто оплатит ужин и починку мостов"
)
PUNCTUATED_NAME = '«"Кавычки"» & <скобки>: 100 % № 1!?'
MARKUP = """<p>Лавка открывается <b>раз в сто лет</b>, и&nbsp;в&nbsp;этот раз &mdash; во&nbsp;вторник.<br />
Подробности &laquo;из первых рук&raquo; есть у&nbsp;<a href="https://example.org/story?a=1&amp;b=2" target="_blank">\
летописца</a> и&nbsp;у&nbsp;<a href="javascript:alert(1)">кота</a>.</p>
<script>document.body.innerHTML = "alert(1)"</script><img src="x" onerror="alert(1)">
<ul><li>Пять серий<li>Ни одного покупателя</ul><BR>Продолжение следует&hellip; <i>наверное"""
UNMARKED = """Лавка открывается раз в сто лет, и в этот раз — во вторник.
Подробности «из первых рук» есть у летописца и у кота.

Пять серий
Ни одного покупателя

Продолжение следует… наверное"""
SPECIALS = (-1, 0, *range(1, 13), 12.5, 13)


def awkward(site: Site) -> Iterator[Title]:
    yield from _with_strange_texts(site)
    yield from _with_strange_episodes(site)
    yield from _with_gaps(site)
    yield from _restricted(site)
    yield from _old(site)


def _with_strange_texts(site: Site) -> Iterator[Title]:
    yield built(_plan(303, "Tegaki no Keiyaku", LONG_NAME, ("фэнтези", "комедия")), site)
    markup = Description(plain=UNMARKED, html=MARKUP, no_view_order=UNMARKED)
    yield built(_plan(304, "Hyakunen ni Ichido no Mise", "Лавка раз в сто лет", ("комедия",), description=markup), site)
    yield built(_plan(317, '"Kagi" & <Kakko>: 100 % No. 1!?', PUNCTUATED_NAME, ("комедия",)), site)
    only_order = in_all_forms(None, (("Однажды летом", "itsuka-no-natsu"), ("Только порядок", "junjo-dake")))
    yield built(_plan(312, "Junjo Dake", "Только порядок", ("драма",), description=only_order), site)
    order = (
        ("Ломбард воспоминаний", "omoide-shichiya"),
        ("Ломбард воспоминаний: Том второй", "omoide-shichiya-ni-no-kan"),
    )
    genres = ("мистика", "драма")
    continued = described(318, genres, order)
    yield built(_plan(318, "Omoide Shichiya: Ni no Kan", order[1][0], genres, description=continued), site)


def _with_strange_episodes(site: Site) -> Iterator[Title]:
    every_day = weekly(305, 2016, 1, 4, 366, days=1)
    yield built(_plan(305, "Mainichi Hitokuchi", "По кусочку в день", ("повседневность",), every_day, minutes=5), site)

    plan = _plan(302, "Juuni to Hanbun", "Двенадцать с половиной", ("приключения", "комедия"))
    with_specials = replace(
        torrent(plan, site, torrent_id=302 * IDS_EACH + 18, release=WEB, numbers=SPECIALS[1:]),
        range=EpisodeRange(first=0, last=13, text="0-13 + 12.5"),
    )
    prologue = torrent(plan, site, torrent_id=302 * IDS_EACH + 19, release=DVD, numbers=SPECIALS[:1])
    title = replace(built(plan, site), player=player_of(plan, SPECIALS, site))
    yield replace(
        title, torrents=(*title.torrents, with_specials, replace(prologue, range=EpisodeRange(text="Пролог")))
    )

    film = _plan(306, "Hansei no Yukue", "Полжизни", ("драма",), weekly(306, 2018, 4, 2, 1), kind="Фильм", minutes=97)
    title, on_disc = built(film, site), torrent(film, site, torrent_id=306 * IDS_EACH + 19, release=BD, numbers=(1,))
    named = replace(on_disc, range=EpisodeRange(text="П/Ф"))
    yield replace(
        title, player=replace(title.player, range=EpisodeRange(text="Фильм")), torrents=(*title.torrents, named)
    )

    yield _without(315, "Nagarenai Kawa", "Река не течёт", site, hls=HlsStreams())
    yield _without(316, "Owaranai Nagare", "Бесконечный поток", site, mp4=Mp4Files())
    small = built(_plan(319, "Chiisana Gamen", "На маленьком экране", ("повседневность",)), site)
    yield _with_episodes(small, lambda episode: {"hls": HlsStreams(sd=episode.hls.sd)})


def _with_gaps(site: Site) -> Iterator[Title]:
    nothing = _plan(301, "Mada Nani mo Nai", "Пока ничего нет", ("фантастика",), status=NOT_ONGOING)
    yield replace(
        built(nothing, site),
        announce="Озвучка подтверждена, дата выхода неизвестна",
        season=Season(),
        player=Player(hls_host=site.host, mp4_host=site.host),
        torrents=(),
        torrents_range=EpisodeRange(),
    )
    yield replace(built(_plan(309, "Itsuka no Natsu", "Однажды летом", ("драма",)), site), season=Season())
    yield replace(built(_plan(310, "Mumei", "", ("мистика",)), site), names=Names())
    yield replace(built(_plan(311, "Kao no Nai Kaze", "Ветер без лица", ("мистика", "драма")), site), poster=Poster())
    yield replace(
        built(_plan(314, "Fumei", "Неизвестно что", ()), site),
        status=Status(),
        type=TitleType(),
        description=Description(),
    )
    torrentless = built(_plan(322, "Kyuushi", "", ("спорт", "драма")), site)
    yield replace(torrentless, names=Names(alternative="Кюси"), torrents=(), torrents_range=EpisodeRange())
    forgotten = built(_plan(321, "Dare mo Inai", "Никого нет", ("драма",)), site)
    yield replace(
        forgotten,
        in_favourites=0,
        updated_at=None,
        changed_at=None,
        poster=replace(forgotten.poster, updated_at=None),
        torrents=tuple(replace(each, seeders=0, leechers=0, downloads=0) for each in forgotten.torrents),
    )


def _restricted(site: Site) -> Iterator[Title]:
    by_law = built(_plan(307, "Kinku no Hako", "Запретная шкатулка", ("триллер", "ужасы")), site)
    yield replace(by_law, blocked=Blocked(in_russia=True))
    by_licensee = built(_plan(308, "Yuzurenai Kenri", "Права не передаются", ("детектив",)), site)
    yield replace(by_licensee, blocked=Blocked(by_licensee=True))
    yield built(_plan(313, "Kakureta Shima", "Скрытый остров", ("приключения",), status=HIDDEN), site)


def _old(site: Site) -> Iterator[Title]:
    """From the years with which the document's list of years begins."""
    meteorite = _plan(323, "Kissaten Meteoraito", "Кафе «Метеорит»", ("фантастика", "повседневность"), year=2001)
    yield built(meteorite, site)
    rails = _plan(324, "Akai Senro", "Красные рельсы", ("приключения", "исторический"), year=2003)
    yield built(rails, site)


def _without(title_id: int, en: str, ru: str, site: Site, **files: Any) -> Title:
    """A title none of whose episodes has these files."""
    return _with_episodes(built(_plan(title_id, en, ru, ("приключения", "драма")), site), lambda episode: files)


def _with_episodes(title: Title, change: Callable[[Episode], dict[str, Any]]) -> Title:
    episodes = tuple(replace(episode, **change(episode)) for episode in title.player.episodes)
    return replace(title, player=replace(title.player, episodes=episodes))


def _plan(
    title_id: int, en: str, ru: str, genres: tuple[str, ...], aired: tuple[datetime, ...] = (), **changes: Any
) -> Plan:
    """An ordinary finished show, but for ``changes``."""
    aired = aired or weekly(title_id, 2013 + title_id % 10, 1 + title_id % 4, title_id % 7, 12)
    facts: dict[str, Any] = {
        "kind": "ТВ",
        "minutes": 24,
        "year": aired[0].year,
        "status": FINISHED,
        "description": described(title_id, genres),
    }
    return Plan(
        id=title_id,
        code=slugify(en),
        names=Names(ru=ru, en=en),
        genres=genres,
        episodes=len(aired),
        season=(aired[0].month + 2) // 3,
        weekday=title_id % 7,
        added=aired[0] - timedelta(days=7),
        aired=aired,
        favourites=30 + title_id % 50 * 20,
        **facts | changes,
    )
