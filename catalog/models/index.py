"""The catalogue index: rows derived from the upstream, and how far they have got."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.domain.titles import (
    Blocked,
    EpisodeRange,
    Names,
    Player,
    Poster,
    Season,
    Status,
    Team,
    Title,
    TitleType,
)

LONGEST_CODE = 255


class TitleRow(models.Model):
    """One title as lists, filters and search need it. Never the source of a title's own page.

    Text that the upstream does not send is "". ``revision``: of the write that last changed the row; ``seen_at``: when
    the upstream last listed the title.
    """

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=LONGEST_CODE, db_index=True)
    name_ru = models.TextField(default="")
    name_en = models.TextField(default="")
    name_alternative = models.TextField(default="")
    sort_name = models.TextField()
    year = models.SmallIntegerField(null=True)
    season = models.SmallIntegerField(null=True)
    season_text = models.TextField(default="")
    weekday = models.SmallIntegerField(null=True)
    type = models.SmallIntegerField(null=True)
    type_text = models.TextField(default="")
    episodes = models.BigIntegerField(null=True)
    status = models.SmallIntegerField(null=True)
    status_text = models.TextField(default="")
    genres = models.JSONField(default=list)
    team = models.JSONField(default=dict)
    first_episode = models.FloatField(null=True)
    last_episode = models.FloatField(null=True)
    episodes_text = models.TextField(default="")
    in_favourites = models.BigIntegerField(default=0)
    poster_url = models.TextField(default="")
    poster_updated_at = models.DateTimeField(null=True)
    blocked_in_russia = models.BooleanField(default=False)
    blocked_by_licensee = models.BooleanField(default=False)
    announced = models.BooleanField(default=False)
    updated_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(db_index=True)
    revision = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("title in the index")
        verbose_name_plural = _("titles in the index")

    def __str__(self) -> str:
        return self.name_ru or self.name_en or self.name_alternative or self.code

    @classmethod
    def of(cls, title: Title, **bookkeeping: Any) -> Self:
        """An unsaved row; ``bookkeeping``: when it was seen, in which revision."""
        return cls(
            id=title.id,
            code=title.code,
            name_ru=title.names.ru or "",
            name_en=title.names.en or "",
            name_alternative=title.names.alternative or "",
            sort_name=sort_name(title.name),
            year=title.season.year,
            season=title.season.code,
            season_text=title.season.text or "",
            weekday=title.season.weekday,
            type=title.type.code,
            type_text=title.type.text or "",
            episodes=title.type.episodes,
            status=title.status.code,
            status_text=title.status.text or "",
            genres=list(title.genres),
            team={role: list(people) for role, people in asdict(title.team).items() if people},
            first_episode=title.player.range.first,
            last_episode=title.player.range.last,
            episodes_text=title.player.range.text or "",
            in_favourites=title.in_favourites,
            poster_url=title.poster.url or "",
            poster_updated_at=title.poster.updated_at,
            blocked_in_russia=title.blocked.in_russia,
            blocked_by_licensee=title.blocked.by_licensee,
            announced=bool(title.announce),
            updated_at=title.updated_at,
            changed_at=title.changed_at,
            **bookkeeping,
        )

    @property
    def names(self) -> Names:
        return Names(ru=self.name_ru or None, en=self.name_en or None, alternative=self.name_alternative or None)

    @property
    def title(self) -> Title:
        """What a card shows, as the domain's object."""
        first, last = (None if number is None else float(number) for number in (self.first_episode, self.last_episode))
        return Title(
            id=self.id,
            code=self.code,
            names=self.names,
            status=Status(code=self.status, text=self.status_text or None),
            type=TitleType(code=self.type, text=self.type_text or None, episodes=self.episodes),
            poster=Poster(url=self.poster_url or None, updated_at=self.poster_updated_at),
            genres=tuple(self.genres),
            team=Team(**{role: tuple(people) for role, people in self.team.items()}),
            season=Season(code=self.season, text=self.season_text or None, year=self.year, weekday=self.weekday),
            in_favourites=self.in_favourites,
            blocked=Blocked(in_russia=self.blocked_in_russia, by_licensee=self.blocked_by_licensee),
            player=Player(range=EpisodeRange(first=first, last=last, text=self.episodes_text or None)),
            updated_at=self.updated_at,
            changed_at=self.changed_at,
        )


def sort_name(name: str) -> str:
    """Where a name stands in the alphabet: signs before its first letter or digit do not count, Ё stands with Е."""
    folded = name.casefold().replace("ё", "е")
    start = next((place for place, sign in enumerate(folded) if sign.isalnum()), 0)
    return folded[start:]


class CrawlState(models.Model):
    """How far an index has got: one row.

    ``source``: the upstream's address that the rows came from. ``revision``: of the latest write. ``held_until``: the
    lease of the one process that is writing.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    source = models.TextField(default="")
    revision = models.BigIntegerField(default=0)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    crawl_started_at = models.DateTimeField(null=True)
    crawled_at = models.DateTimeField(null=True)
    refreshed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=32, default="")
    held_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.done} of {self.total or '?'}"


class IndexState(CrawlState):
    """``removed_revision``: of the latest write that removed rows, so that whoever holds an older copy must read all
    of it again."""

    removed_revision = models.BigIntegerField(default=0)
    changes_seen_at = models.DateTimeField(null=True)
    updates_seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of the index")
        verbose_name_plural = _("state of the index")
        permissions = [("run_tasks", "Can have background work done now")]
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_state_of_the_index")]
