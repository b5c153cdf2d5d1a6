"""The team's clips: old ones that stay, and a new one every twelve days."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

from catalog.demo.titles.plan import SEASONS, at_minute, dice
from catalog.domain.titles import Clip

FIRST = date(2014, 3, 2)
OLD, RECENT = 20, 9
EVERY = timedelta(days=12)
DOCUMENTED = Clip(
    id=341,
    name="АНОНС - АНИМЕ ЗИМА 2017",
    youtube_id="OXBO4h3l3rM",
    published_at=datetime.fromtimestamp(1503824801, UTC),
)

_SUBJECTS = (
    "Анонс: аниме, {season} {year}",
    "Закулисье озвучки, выпуск {issue}",
    "Неудачные дубли: {season} {year}",
    "Вопросы и ответы с командой, часть {issue}",
    "Десять лучших опенингов: {season} {year}",
    "Как рождаются субтитры, выпуск {issue}",
    "Что смотреть в этом сезоне: {season} {year}",
    "Запись прямого эфира № {issue}",
)


def clips(today: date, origin: str) -> tuple[Clip, ...]:
    """Thirty, the newest last. The recent ones reuse nine videos, so that every picture can be drawn beforehand."""
    latest = (today.toordinal() - 1) // EVERY.days  # yesterday's at the latest: today's may lie ahead
    recent = (
        _clip(1000 + place % 10_000, f"recent {place % RECENT}", date.fromordinal(place * EVERY.days), place, origin)
        for place in range(latest - RECENT + 1, latest + 1)
    )
    old = (
        _clip(40 + 14 * place, f"old {place}", FIRST + timedelta(days=60 * place), place, origin)
        for place in range(OLD)
    )
    return *old, _pictured(DOCUMENTED, origin), *recent


def _clip(clip_id: int, video: str, day: date, issue: int, origin: str) -> Clip:
    subject = _SUBJECTS[issue % len(_SUBJECTS)]
    digest = blake2b(video.encode(), digest_size=8).digest()
    clip = Clip(
        id=clip_id,
        name=subject.format(season=SEASONS[(day.month + 2) // 3], year=day.year, issue=1 + issue % 200),
        youtube_id=base64.urlsafe_b64encode(digest).decode().rstrip("="),
        published_at=at_minute(day, dice("clip", video).randrange(11 * 60, 21 * 60)),
    )
    return _pictured(clip, origin)


def _pictured(clip: Clip, origin: str) -> Clip:
    return replace(clip, image_url=f"{origin}/vi/{clip.youtube_id}/0.jpg")
