"""Titles of the catalogue for programs: chosen by the index once there is one, told by the upstream."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Unpack

from catalog.domain.titles import Title
from catalog.feeds.listing import window
from catalog.forms import TEAM_ROLES, CatalogForm
from catalog.services import anilibria, index
from catalog.services.anilibria.fields import Shape
from catalog.services.answer import Answer
from catalog.services.together import together

Titles = Answer[tuple[Title, ...]]


def found_titles(form: CatalogForm, **shape: Unpack[Shape]) -> Titles:
    """What the catalogue's page shows for the same query, with as much of each as ``shape`` says."""
    progress = index.progress()
    catalogue = index.catalogue(progress)
    if catalogue is None:
        _without_index(form)
        return anilibria.search(**form.asked, **window(form), **shape)
    form.learn_vocabulary(catalogue.facets.vocabulary)
    place = window(form)
    return _told(catalogue.find(form.wanted(), place["after"], place["limit"]).ids, progress, shape)


def titles_called(words: str, limit: int, **shape: Unpack[Shape]) -> Titles:
    """The titles that ``words`` may mean; without words those updated last."""
    progress = index.progress()
    catalogue = index.catalogue(progress)
    if catalogue is None:
        return anilibria.search(words, limit=limit, **shape)
    return _told(catalogue.find(index.Wanted(text=words), 0, limit).ids, progress, shape)


def _without_index(form: CatalogForm) -> None:
    """Name what only the index can filter by; of the rest, ignore what the upstream has nothing of."""
    form.postpone()
    if any(form.values[name] for name in ("year", "genre", *TEAM_ROLES)):
        known = together(years=anilibria.years, genres=partial(anilibria.genres, by_rating=True), team=anilibria.team)
        form.learn(known["years"].value, known["genres"].value, known["team"].value)
        form.postpone()
    form.ignored += form.postponed


def _told(ids: tuple[int, ...], progress: index.Progress, shape: Shape) -> Titles:
    """The list is as old as the index, of which one that changed makes another list of the same titles."""
    answer = anilibria.titles(ids=ids, **shape)
    indexed_at = progress.refreshed_at or answer.fetched_at
    return replace(answer, fetched_at=max(answer.fetched_at, indexed_at), stale=answer.stale or progress.stale)
