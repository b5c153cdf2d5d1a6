"""Loops and their series as filters, counts and chance need them, and how far reading them has got."""

from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.domain.loops import LOOP_FILE_KEYS, Loop, LoopEpisode, LoopFile, LoopSeries
from catalog.models.index import CrawlState, TitleRow

OBJECT_ID = 24  # hexadecimal digits
LONGEST_WORD = 255
KEYS = 2**31 - 1  # a prime: what ``order=random`` multiplies with permutes the keys
SLOTS = 2**14
LARGEST = 2**63 - 1


class SeriesRow(models.Model):
    """One series. Text that the upstream does not send is "".

    ``title``: the title of the catalogue that it is, found by its names, or said by somebody where
    ``title_is_chosen``; a title that has left the index stays named, since it may come back.
    """

    id = models.CharField(primary_key=True, max_length=OBJECT_ID)
    name = models.TextField(_("title"), default="")
    name_romaji = models.TextField(_("title in Latin letters"), default="")
    name_english = models.TextField(_("title in English"), default="")
    name_japanese = models.TextField(_("title in Japanese"), default="")
    description = models.TextField(default="")
    genres = models.JSONField(default=list)
    type = models.CharField(_("type"), max_length=LONGEST_WORD, default="")
    total_episodes = models.BigIntegerField(_("episodes"), null=True)
    anilist_id = models.BigIntegerField(_("number at AniList"), null=True)
    season = models.CharField(_("season"), max_length=LONGEST_WORD, default="")
    cover_url = models.TextField(default="")
    banner_url = models.TextField(default="")
    title = models.ForeignKey(
        TitleRow,
        verbose_name=_("title on this site"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="loop_series",
    )
    title_is_chosen = models.BooleanField(_("chosen by hand"), default=False)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("series of loops")
        verbose_name_plural = _("series of loops")

    def __str__(self) -> str:
        return self.series.name

    @classmethod
    def of(cls, series: LoopSeries, **bookkeeping: Any) -> Self:
        """An unsaved row without its title."""
        return cls(
            id=series.id,
            name=series.title or "",
            name_romaji=series.title_romaji or "",
            name_english=series.title_english or "",
            name_japanese=series.title_japanese or "",
            description=series.description or "",
            genres=list(series.genres),
            type=(series.type or "")[:LONGEST_WORD],
            total_episodes=_storable(series.total_episodes),
            anilist_id=_storable(series.anilist_id),
            season=(series.season or "")[:LONGEST_WORD],
            cover_url=series.cover_url or "",
            banner_url=series.banner_url or "",
            **bookkeeping,
        )

    @property
    def series(self) -> LoopSeries:
        return LoopSeries(
            id=self.id,
            title=self.name or None,
            title_romaji=self.name_romaji or None,
            title_english=self.name_english or None,
            title_japanese=self.name_japanese or None,
            description=self.description or None,
            genres=tuple(self.genres),
            type=self.type or None,
            total_episodes=self.total_episodes,
            anilist_id=self.anilist_id,
            season=self.season or None,
            cover_url=self.cover_url or None,
            banner_url=self.banner_url or None,
        )


class LoopRow(models.Model):
    """One loop with all that is known of it.

    ``key``: a number made of the id, so that chance and order by chance are the same wherever the same loops are;
    ``slot``: which of SLOTS equal parts of all keys it is in. ``newness``: when it was uploaded as a number, 0 where
    nobody knows. ``files``: addresses by the document's names.
    """

    id = models.CharField(primary_key=True, max_length=OBJECT_ID)
    key = models.BigIntegerField()
    slot = models.SmallIntegerField()
    duration = models.FloatField()
    begin_seconds = models.FloatField(null=True)
    end_seconds = models.FloatField(null=True)
    begin_frame = models.BigIntegerField(null=True)
    end_frame = models.BigIntegerField(null=True)
    source = models.CharField(max_length=LONGEST_WORD, default="")
    uploaded_at = models.DateTimeField(null=True)
    newness = models.FloatField(default=0)
    files = models.JSONField(default=dict)
    episode_id = models.CharField(max_length=OBJECT_ID, default="")
    episode_number = models.CharField(max_length=LONGEST_WORD, default="")
    series = models.ForeignKey(
        SeriesRow, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="loops"
    )
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("loop in the index")
        verbose_name_plural = _("loops in the index")
        indexes = [
            models.Index(fields=["-newness", "id"], name="loops_newest"),
            models.Index(fields=["duration"], name="loops_duration"),
            models.Index(fields=["slot", "duration"], name="loops_slot"),
            models.Index(fields=["source", "slot", "duration"], name="loops_source"),
            models.Index(fields=["episode_id"], name="loops_episode"),
        ]

    def __str__(self) -> str:
        return self.id

    @classmethod
    def of(cls, loop: Loop, **bookkeeping: Any) -> Self:
        key = key_of(loop.id)
        return cls(
            id=loop.id,
            key=key,
            slot=key * SLOTS // KEYS,
            duration=loop.duration,
            begin_seconds=_seconds(loop.begin),
            end_seconds=_seconds(loop.end),
            begin_frame=_storable(loop.begin_frame),
            end_frame=_storable(loop.end_frame),
            source=(loop.source or "")[:LONGEST_WORD],
            uploaded_at=loop.uploaded_at,
            newness=loop.uploaded_at.timestamp() if loop.uploaded_at else 0.0,
            files={file.key: file.url for file in loop.files},
            episode_id=loop.episode_id or "",
            episode_number=((loop.episode.number if loop.episode else None) or "")[:LONGEST_WORD],
            series_id=loop.series_id,
            **bookkeeping,
        )

    @property
    def loop(self) -> Loop:
        """The whole loop; asks for its series unless that was selected along with it."""
        episode = LoopEpisode(id=self.episode_id, number=self.episode_number or None, series_id=self.series_id)
        return Loop(
            id=self.id,
            duration=self.duration,
            begin=_span(self.begin_seconds),
            end=_span(self.end_seconds),
            begin_frame=self.begin_frame,
            end_frame=self.end_frame,
            source=self.source or None,
            uploaded_at=self.uploaded_at,
            files=tuple(LoopFile(key=key, url=self.files[key]) for key in LOOP_FILE_KEYS if key in self.files),
            episode_id=self.episode_id or None,
            series_id=self.series_id,
            episode=episode if self.episode_id else None,
            series=self._series(),
        )

    def _series(self) -> LoopSeries | None:
        try:
            return self.series.series if self.series else None
        except SeriesRow.DoesNotExist:
            return None


class DailyLoop(models.Model):
    """The loop of a day, kept so that yesterday's stays yesterday's."""

    day = models.DateField(primary_key=True)
    loop_id = models.CharField(max_length=OBJECT_ID)

    class Meta:
        verbose_name = _("loop of the day")
        verbose_name_plural = _("loops of the day")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.loop_id}"


class LoopIndexState(CrawlState):
    """``page``: the next to be read of a crawl, of series or, once ``series_read``, of loops; ``mapped``: what the
    titles of series were last found from."""

    page = models.IntegerField(default=1)
    series_read = models.BooleanField(default=False)
    mapped = models.CharField(max_length=LONGEST_WORD, default="")

    class Meta:
        verbose_name = _("state of the loop index")
        verbose_name_plural = _("state of the loop index")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_state_of_the_loop_index")]


def key_of(text: str) -> int:
    """Evenly spread from 0 up to KEYS."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") % KEYS


def _storable(number: int | None) -> int | None:
    """A number that no column holds is unknown."""
    return number if number is not None and -LARGEST <= number <= LARGEST else None


def _seconds(span: timedelta | None) -> float | None:
    return span.total_seconds() if span is not None else None


def _span(seconds: float | None) -> timedelta | None:
    return timedelta(seconds=seconds) if seconds is not None else None
