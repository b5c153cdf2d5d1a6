"""The lists that AniLibria feeds: titles, the week, clips, the team and the tracker's users."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, linebreaks
from django.utils.http import urlencode
from django.utils.translation import gettext

from catalog import links
from catalog.domain.titles import Clip, FeedItem, Number, SeedStat, Title
from catalog.domain.week import Airing, Day, this_week, week_after
from catalog.feeds.found import found_titles
from catalog.feeds.listing import ENTRIES, Entry, Listing, demanded, named, prose, told, window
from catalog.forms import CatalogForm, QueryForm
from catalog.forms.lists import ScheduleForm, StatsForm, TeamForm
from catalog.services import anilibria
from catalog.services.credits import credits_of
from catalog.services.errors import UpstreamNotFound
from catalog.services.media import media_url
from catalog.services.seeders import seeders
from catalog.templatetags.catalog import ROLES, number, poster_file, title_meta

ANILIBRIA = "AniLibria"
RUSSIAN = "ru"
TITLE_FIELDS = (*anilibria.CARD_FIELDS, "description")


def catalogue(form: CatalogForm) -> Listing:
    """Titles that match; one that is updated is a new entry."""
    answer = found_titles(form, fields=TITLE_FIELDS, description="html")
    return Listing(
        title=named(gettext("Titles")),
        description=_asked_for(form) or gettext("Latest updates"),
        author=ANILIBRIA,
        entries=tuple(map(title_entry, answer.value)),
        language=RUSSIAN,
        **told(answer, form),
    )


def feed(form: QueryForm) -> Listing:
    """Updated titles and clips."""
    answer = anilibria.feed(**window(form), fields=TITLE_FIELDS, description="html")
    return Listing(
        title=named(gettext("New episodes and clips")),
        description=gettext("What came out, the newest first."),
        author=ANILIBRIA,
        entries=tuple(map(_feed_entry, answer.value)),
        language=RUSSIAN,
        **told(answer, form),
    )


def clips(form: QueryForm) -> Listing:
    answer = anilibria.clips(**window(form))
    return Listing(
        title=named(gettext("Clips")),
        description=gettext("Clips of the team’s YouTube channels."),
        author=ANILIBRIA,
        entries=tuple(map(_clip_entry, answer.value)),
        language=RUSSIAN,
        **told(answer, form),
    )


def schedule(form: ScheduleForm) -> Listing:
    """This week's episodes; a calendar also shows next week's."""
    answer, now = anilibria.schedule(), timezone.now()
    week = this_week(answer.value, now)
    today = next(day for day in week if day.today)
    return Listing(
        title=named(gettext("This week")),
        description=gettext("Days are days in Moscow; AniLibria announces the day, not the hour."),
        author=ANILIBRIA,
        entries=airing_entries(form.shown(week), today),
        coming=airing_entries(form.shown(week_after(week)), today),
        language=RUSSIAN,
        stale=answer.stale,
        changed_at=max(answer.fetched_at, today.begins),
    )


def team(form: TeamForm) -> Listing:
    answer = anilibria.team()
    roles: dict[str, list[str]] = {}
    for role in form.values["role"] or ROLES:
        for nick in getattr(answer.value, role):
            roles.setdefault(nick, []).append(str(ROLES[role]))
    return Listing(
        title=named(gettext("Team")),
        description=gettext("Everyone who ever worked on a title."),
        author=ANILIBRIA,
        entries=tuple(
            Entry(
                key=f"team/{nick}",
                title=nick,
                url=links.person_url(nick),
                summary=prose(conditional_escape(", ".join(held))),
                tags=tuple(held),
            )
            for nick, held in roles.items()
        ),
        **told(answer),
    )


def person(form: QueryForm, nick: str) -> Listing:
    """What somebody worked on; whichever role cannot be asked for makes the list one that cannot be had."""
    answers = [demanded(block) for block in credits_of(nick, ENTRIES, TITLE_FIELDS).values()]
    titles = {title.id: title for answer in answers for title in answer.value}
    if not titles:
        raise UpstreamNotFound("anilibria", f"team member {nick}")
    newest = sorted(titles.values(), key=lambda title: -(title.updated_at.timestamp() if title.updated_at else 0))
    return Listing(
        title=named(nick),
        description=gettext("Titles that %(nick)s worked on.") % {"nick": nick},
        author=ANILIBRIA,
        entries=tuple(map(title_entry, newest[:ENTRIES])),
        language=RUSSIAN,
        stale=any(answer.stale for answer in answers),
        changed_at=max(answer.fetched_at for answer in answers),
    )


def stats(form: StatsForm) -> Listing:
    answer = seeders(**form.asked, **window(form))
    return Listing(
        title=named(gettext("Tracker")),
        description=gettext("What the tracker’s users gave and took."),
        author=ANILIBRIA,
        entries=tuple(map(_stat_entry, answer.value)),
        **told(answer, form),
    )


def title_entry(title: Title) -> Entry:
    """The key has the moment of the latest release, so that an update is read as news."""
    updated = int(title.updated_at.timestamp()) if title.updated_at else 0
    return Entry(
        key=f"title/{title.id}/{updated}",
        title=_with_episode(title.name, title.player.range.last),
        url=links.title_url(title),
        summary=prose(
            conditional_escape(title_meta(title)),
            conditional_escape(", ".join(title.genres)),
            conditional_escape(title.announce or ""),
            title.description.html or linebreaks(title.description.plain or "", autoescape=True),
        ),
        published=title.updated_at,
        image=poster_file(title),
        language=RUSSIAN if title.names.ru else None,
        tags=title.genres,
    )


def airing_entries(days: Iterable[Day], today: Day) -> tuple[Entry, ...]:
    monday = today.begins - timedelta(days=today.weekday)
    return tuple(_airing_entry(airing, day, monday) for day in days for airing in day.airings)


def _feed_entry(item: FeedItem) -> Entry:
    return title_entry(item.title) if item.title else _clip_entry(item.clip)  # type: ignore[arg-type]


def _clip_entry(clip: Clip) -> Entry:
    return Entry(
        key=f"clip/{clip.id}",
        title=clip.name,
        url=links.clip_url(clip),
        published=clip.published_at,
        image=media_url(clip.image_url),
        language=RUSSIAN,
    )


def _airing_entry(airing: Airing, day: Day, monday: datetime) -> Entry:
    """One entry per title and day, whatever becomes of its number; expected ones are news of the week's beginning."""
    title = airing.title
    state = gettext("Out") if airing.out else gettext("Expected")
    return Entry(
        key=f"schedule/{title.id}/{day.date.isoformat()}",
        title=_with_episode(title.name, airing.number),
        url=links.title_url(title),
        summary=prose(conditional_escape(state), conditional_escape(title.announce or "")),
        published=title.updated_at if airing.out else monday,
        day=day.date,
        image=poster_file(title),
        language=RUSSIAN if title.names.ru else None,
        tags=title.genres,
    )


def _stat_entry(stat: SeedStat) -> Entry:
    up, down = filesizeformat(stat.uploaded), filesizeformat(stat.downloaded)
    return Entry(
        key=f"stats/{stat.user}",
        title=stat.user,
        url=f"{reverse('catalog:stats')}?{urlencode({'users': stat.user})}",
        summary=prose(conditional_escape(gettext("Uploaded %(up)s, downloaded %(down)s.") % {"up": up, "down": down})),
    )


def _with_episode(name: str, last: Number | None) -> str:
    if last is None:
        return name
    return gettext("%(name)s, ep. %(number)s") % {"name": name, "number": number(last)}


def _asked_for(form: CatalogForm) -> str:
    """The words and filters of the query."""
    return ", ".join(str(word) for word in (form.values["q"], *(chip.value for chip in form.picked)) if word)
