"""The lists of loops: the wall, filtered or not, and a series'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from functools import partial

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.translation import gettext

from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.week import MOSCOW
from catalog.feeds.listing import ENTRIES, Attachment, Entry, Listing, demanded, named, prose, told
from catalog.forms import LoopsForm, QueryForm, SeriesForm
from catalog.services import animeloop, gallery
from catalog.services.animeloop import LoopFilter
from catalog.services.answer import Answer
from catalog.services.together import together
from catalog.templatetags.loops import clip, names, season_of, still

ANIMELOOP = "Animeloop"


def loops(form: LoopsForm) -> Listing:
    answer = _found(form.where, form)
    return Listing(
        title=named(gettext("Loops")),
        description=gettext("Seamless loops cut from anime."),
        author=ANIMELOOP,
        entries=tuple(map(loop_entry, answer.value)),
        **told(answer, form),
    )


def all_series(form: SeriesForm) -> Listing:
    answer = gallery.series_list(**form.asked, limit=ENTRIES)
    return Listing(
        title=named(gettext("Series with loops")),
        description=gettext("Series that loops were cut from."),
        author=ANIMELOOP,
        entries=tuple(map(_series_entry, answer.value)),
        **told(answer, form),
    )


def series(form: QueryForm, id: str) -> Listing:
    """Only of a series that exists; an unknown one has no loops either."""
    blocks = together(series=partial(animeloop.series, id), loops=partial(_found, LoopFilter(series=id), form))
    name, answer = names(demanded(blocks["series"]).value)[0], demanded(blocks["loops"])
    return Listing(
        title=named(gettext("Loops from %(series)s") % {"series": name.text}),
        description=gettext("Seamless loops cut from this series."),
        author=ANIMELOOP,
        entries=tuple(map(loop_entry, answer.value)),
        **told(answer, form),
    )


def of_the_day(form: QueryForm) -> Listing:
    answer = gallery.days(ENTRIES)
    return Listing(
        title=named(gettext("Loop of the day")),
        description=gettext("One loop each day."),
        author=ANIMELOOP,
        entries=tuple(_of_day(day, loop) for day, loop in answer.value),
        **told(answer),
    )


def _of_day(day: date, loop: Loop) -> Entry:
    """Dated by its day; the same loop on another day is another entry."""
    midnight = datetime.combine(day, time(), MOSCOW)
    return replace(loop_entry(loop), key=f"loop-of-the-day/{day.isoformat()}", published=midnight)


def _series_entry(series: LoopSeries) -> Entry:
    name, *others = names(series)
    facts = (series.type, season_of(series.season), *(other.text for other in others))
    return Entry(
        key=f"series/{series.id}",
        title=name.text,
        url=reverse("catalog:series", args=[series.id]),
        summary=prose(conditional_escape(", ".join(filter(None, facts)))),
        image=series.cover_url,
        language=name.lang or None,
        tags=series.genres,
    )


def _found(where: LoopFilter, form: QueryForm) -> Answer[tuple[Loop, ...]]:
    if where.favourites is not None:
        return gallery.wall(where, page=form.values["page"], limit=ENTRIES)
    return animeloop.loops(where, full=True, page=form.values["page"], limit=ENTRIES)


def loop_entry(loop: Loop) -> Entry:
    name = names(loop.series)[0] if loop.series else None
    film = clip(loop)
    words = {"seconds": f"{loop.duration:g}", "number": loop.episode.number if loop.episode else None}
    length = gettext("%(seconds)s s") % words
    episode = gettext("Episode %(number)s") % words if words["number"] else ""
    return Entry(
        key=f"loop/{loop.id}",
        title=f"{name.text}, {length}" if name else gettext("Loop %(id)s") % {"id": loop.id[:8]},
        url=reverse("catalog:loop", args=[loop.id]),
        summary=prose(conditional_escape(", ".join(filter(None, (episode, length))))),
        published=loop.uploaded_at,
        image=still(loop),
        language=name.lang or None if name else None,
        tags=loop.series.genres if loop.series else (),
        attachment=Attachment(url=film, media_type="video/mp4", seconds=loop.duration) if film else None,
    )
