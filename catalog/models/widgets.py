"""Widgets that somebody saved, for whom, and how often they were seen."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.domain.widgets import AUTO, FITS, LINKS, LONGEST_REFRESH, NEVER, SHORTEST_REFRESH, SIZES, THEMES
from catalog.models.favourites import Collection

ANYWHERE = "*"
OBJECT_ID = RegexValidator(r"\A[0-9a-f]{24}\Z", "An id is 24 hexadecimal digits, in lower case.")
LONGEST_LOOP = 3600  # seconds
FILTERS = ("series", "episode", "collection", "source")
OPTIONS = ("size", "theme", "fit", "refresh", "link")

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:https?://)?(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::(\d{{1,5}}))?")
MOST_HOSTS = 100


def check_hosts(hosts: object) -> None:
    """A list of hosts as ``frame-ancestors`` understands them, or ``*`` alone."""
    if not isinstance(hosts, list) or not hosts or not all(isinstance(host, str) for host in hosts):
        raise ValidationError("Name at least one host, or * for anywhere.")
    if len(hosts) > MOST_HOSTS:
        raise ValidationError(f"At most {MOST_HOSTS} hosts.")
    if hosts == [ANYWHERE]:
        return
    for host in hosts:
        match = _HOST.fullmatch(host)
        if match is None or int(match[1] or 1) not in range(1, 65536):
            raise ValidationError(
                f"“{host}” is not a host such as example.org, *.example.org, https://example.org or example.org:8443."
            )


def _choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class Widget(models.Model):
    """Filters and options under a short name, so that they can change after the code was pasted.

    ``hosts``: whose pages may frame it. ``""`` and ``None`` are no filter.
    """

    name = models.CharField(max_length=100)
    slug = models.SlugField(unique=True, max_length=60, help_text="The last part of the widget’s address.")
    enabled = models.BooleanField(default=True)
    hosts = models.JSONField(validators=[check_hosts])
    series = models.CharField(max_length=24, blank=True, default="", validators=[OBJECT_ID])
    episode = models.CharField(max_length=24, blank=True, default="", validators=[OBJECT_ID])
    collection = models.PositiveIntegerField(null=True, blank=True)
    favourites = models.ForeignKey(
        Collection,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("favourites"),
        help_text=_("Only loops of this collection; none while it is not published."),
    )
    shortest = models.FloatField(
        "shortest, seconds", null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(LONGEST_LOOP)]
    )
    longest = models.FloatField(
        "longest, seconds", null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(LONGEST_LOOP)]
    )
    source = models.CharField(max_length=20, blank=True, default="", choices=_choices(("automator", "upload")))
    size = models.CharField(max_length=10, choices=_choices(SIZES), default=AUTO)
    theme = models.CharField(max_length=10, choices=_choices(THEMES), default=THEMES[0])
    fit = models.CharField(max_length=10, choices=_choices(FITS), default=FITS[0])
    controls = models.BooleanField(default=True)
    caption = models.BooleanField(default=True)
    refresh = models.PositiveIntegerField(
        "a new one every so many seconds",
        default=NEVER,
        validators=[MaxValueValidator(LONGEST_REFRESH)],
        help_text=f"{NEVER} is never, else at least {SHORTEST_REFRESH}.",
    )
    link = models.CharField(max_length=10, choices=_choices(LINKS), default=LINKS[0])
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shortest=None) | Q(longest=None) | Q(shortest__lte=F("longest")),
                name="widget_shortest_first",
                violation_error_message="The shorter length first.",
            ),
            models.CheckConstraint(
                condition=Q(refresh=NEVER) | Q(refresh__gte=SHORTEST_REFRESH),
                name="widget_refresh_is_slow",
                violation_error_message=f"At least {SHORTEST_REFRESH} seconds, or {NEVER} for never.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def query(self) -> QueryDict:
        """What an open widget's address would say to show the same."""
        query = QueryDict(mutable=True)
        query.update({name: value for name in FILTERS + OPTIONS if (value := getattr(self, name)) not in ("", None)})
        query.update({name: str(int(getattr(self, name))) for name in ("controls", "caption")})
        if self.favourites is not None:
            query["favourites"] = self.favourites.slug
        if self.shortest is not None or self.longest is not None:
            longest = LONGEST_LOOP if self.longest is None else self.longest
            query["duration"] = f"{self.shortest or 0:g},{longest:g}"
        return query

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The hosts in the words of ``frame-ancestors``: a bare one by either scheme, and always the site itself."""
        if self.hosts == [ANYWHERE]:
            return (ANYWHERE,)
        return ("'self'", *(host if "://" in host else f"http://{host}" for host in self.hosts))


class WidgetDay(models.Model):
    """How often a saved widget was seen on one day, UTC."""

    widget = models.ForeignKey(Widget, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    views = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["widget", "day"], name="widget_day")]

    def __str__(self) -> str:
        return f"{self.widget_id}, {self.day}: {self.views}"
