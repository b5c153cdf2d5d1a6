"""Widgets that somebody saved, for whom, and how often they were seen."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.domain.widgets import AUTO, FITS, LINKS, LONGEST_REFRESH, NEVER, SHORTEST_REFRESH, SIZES, THEMES
from catalog.models.favourites import Collection

ANYWHERE = "*"
OBJECT_ID = RegexValidator(r"\A[0-9a-f]{24}\Z", _("An id is 24 hexadecimal digits, in lower case."))
LONGEST_LOOP = 3600  # seconds
FILTERS = ("series", "episode", "collection", "source")
OPTIONS = ("size", "theme", "fit", "refresh", "link")
SOURCE_NAMES = [("automator", _("Automator")), ("upload", _("Upload"))]
SIZE_NAMES = [(SIZES[0], _("By the width of the frame")), *((size, size) for size in SIZES[1:])]
THEME_NAMES = list(zip(THEMES, (_("Ink"), _("Paper"), _("As the system")), strict=True))
FIT_NAMES = list(zip(FITS, (_("Fill the frame"), _("Show the whole picture")), strict=True))
LINK_NAMES = list(zip(LINKS, (_("The loop’s page"), _("The series’ page"), _("Nowhere")), strict=True))

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:https?://)?(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::(\d{{1,5}}))?")
MOST_HOSTS = 100


def check_hosts(hosts: object) -> None:
    """A list of hosts as ``frame-ancestors`` understands them, or ``*`` alone."""
    if not isinstance(hosts, list) or not hosts or not all(isinstance(host, str) for host in hosts):
        raise ValidationError(_("Name at least one host, or * for anywhere."))
    if len(hosts) > MOST_HOSTS:
        raise ValidationError(gettext("At most %(most)s hosts.") % {"most": MOST_HOSTS})
    if hosts == [ANYWHERE]:
        return
    for host in hosts:
        match = _HOST.fullmatch(host)
        if match is None or int(match[1] or 1) not in range(1, 65536):
            raise ValidationError(
                gettext(
                    "“%(host)s” is not a host such as example.org, *.example.org, https://example.org or "
                    "example.org:8443."
                )
                % {"host": host}
            )


class Widget(models.Model):
    """Filters and options under a short name, so that they can change after the code was pasted.

    ``hosts``: whose pages may frame it. ``""`` and ``None`` are no filter.
    """

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("address"), unique=True, max_length=60, help_text=_("The last part of its address."))
    enabled = models.BooleanField(_("switched on"), default=True)
    hosts = models.JSONField(_("hosts"), validators=[check_hosts])
    series = models.CharField(_("series of loops"), max_length=24, blank=True, default="", validators=[OBJECT_ID])
    episode = models.CharField(_("episode"), max_length=24, blank=True, default="", validators=[OBJECT_ID])
    collection = models.PositiveIntegerField(_("collection at Animeloop"), null=True, blank=True)
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
        _("shortest, seconds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(LONGEST_LOOP)],
    )
    longest = models.FloatField(
        _("longest, seconds"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(LONGEST_LOOP)]
    )
    source = models.CharField(_("source"), max_length=20, blank=True, default="", choices=SOURCE_NAMES)
    size = models.CharField(_("size"), max_length=10, choices=SIZE_NAMES, default=AUTO)
    theme = models.CharField(_("theme"), max_length=10, choices=THEME_NAMES, default=THEMES[0])
    fit = models.CharField(_("fit"), max_length=10, choices=FIT_NAMES, default=FITS[0])
    controls = models.BooleanField(_("controls"), default=True)
    caption = models.BooleanField(_("caption"), default=True)
    refresh = models.PositiveIntegerField(
        _("a new one every so many seconds"),
        default=NEVER,
        validators=[MaxValueValidator(LONGEST_REFRESH)],
        help_text=format_lazy(_("{never} is never, else at least {least}."), never=NEVER, least=SHORTEST_REFRESH),
    )
    link = models.CharField(_("link"), max_length=10, choices=LINK_NAMES, default=LINKS[0])
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("widget")
        verbose_name_plural = _("widgets")
        constraints = [
            models.CheckConstraint(
                condition=Q(shortest=None) | Q(longest=None) | Q(shortest__lte=F("longest")),
                name="widget_shortest_first",
                violation_error_message=_("The shorter length first."),
            ),
            models.CheckConstraint(
                condition=Q(refresh=NEVER) | Q(refresh__gte=SHORTEST_REFRESH),
                name="widget_refresh_is_slow",
                violation_error_message=format_lazy(
                    _("At least {least} seconds, or {never} for never."), least=SHORTEST_REFRESH, never=NEVER
                ),
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
        verbose_name = _("views of a day")
        verbose_name_plural = _("views by the day")
        constraints = [models.UniqueConstraint(fields=["widget", "day"], name="widget_day")]

    def __str__(self) -> str:
        return f"{self.widget_id}, {self.day}: {self.views}"
