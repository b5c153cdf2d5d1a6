"""One title, one episode of it, and a title by chance."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog import links
from catalog.domain.titles import Title
from catalog.http import render_page
from catalog.services import anilibria
from catalog.services.answer import Answer


@require_safe
def title(request: HttpRequest, slug: str) -> HttpResponse:
    answer = _asked_for(slug)
    if slug != links.title_slug(answer.value) and links.is_id(slug):
        return redirect(links.title_url(answer.value), permanent=True)
    context = {"answer": answer, "title": answer.value}
    return render_page(request, "catalog/title.html", "catalog/_title.html", context)


@require_safe
def episode(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    answer = _asked_for(slug)
    episodes = answer.value.player.episodes
    place = next((place for place, episode in enumerate(episodes) if episode.key == key), None)
    if place is None:
        raise Http404(f"{slug} has no episode {key}")
    if slug != links.title_slug(answer.value) and links.is_id(slug):
        return redirect(links.episode_url(answer.value, episodes[place]), permanent=True)
    context = {
        "answer": answer,
        "title": answer.value,
        "episode": episodes[place],
        "previous": episodes[place - 1] if place else None,
        "next": episodes[place + 1] if place + 1 < len(episodes) else None,
    }
    return render_page(request, "catalog/episode.html", "catalog/_episode.html", context)


@require_safe
@never_cache
def random(request: HttpRequest) -> HttpResponse:
    return redirect(links.title_url(anilibria.random_title(fields=("id", "code")).value))


def _asked_for(slug: str) -> Answer[Title]:
    return anilibria.title(int(slug) if links.is_id(slug) else slug)
