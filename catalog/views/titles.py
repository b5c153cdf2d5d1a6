"""One title, one episode of it, and a title by chance."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog import links
from catalog.domain.streams import master_playlist
from catalog.domain.titles import Title
from catalog.http import Page, render_page
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
    place = _place(answer.value, slug, key)
    episodes = answer.value.player.episodes
    if slug != links.title_slug(answer.value) and links.is_id(slug):
        return redirect(links.episode_url(answer.value, episodes[place]), permanent=True)
    framed = request.GET.get("player") == "other" and answer.value.player.alternative_url is not None
    context = {
        "answer": answer,
        "title": answer.value,
        "episode": episodes[place],
        "previous": episodes[place - 1] if place else None,
        "next": episodes[place + 1] if place + 1 < len(episodes) else None,
        "framed": framed and not answer.value.is_blocked,
    }
    response = render_page(request, "catalog/episode.html", "catalog/_episode.html", context)
    return _framing(response, answer.value) if context["framed"] else response


@require_safe
def stream(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All qualities of an episode as one HLS stream, for players that choose by themselves."""
    answer = _asked_for(slug)
    found = answer.value.player.episodes[_place(answer.value, slug, key)]
    playlist = None if answer.value.is_blocked else master_playlist(found.hls)
    if playlist is None:
        raise Http404(f"{slug} has no stream of episode {key}")
    response = HttpResponse(playlist, content_type="application/vnd.apple.mpegurl")
    patch_cache_control(response, public=True, max_age=0, s_maxage=int(settings.PAGE_TTL_SECONDS))
    return response


@require_safe
@never_cache
def random(request: HttpRequest) -> HttpResponse:
    return redirect(links.title_url(anilibria.random_title(fields=("id", "code")).value))


def _asked_for(slug: str) -> Answer[Title]:
    return anilibria.title(int(slug) if links.is_id(slug) else slug)


def _place(title: Title, slug: str, key: str) -> int:
    place = next((place for place, episode in enumerate(title.player.episodes) if episode.key == key), None)
    if place is None:
        raise Http404(f"{slug} has no episode {key}")
    return place


def _framing(response: HttpResponse, title: Title) -> HttpResponse:
    """Let this one answer frame the other player's host. Not stored: a 304 to it would narrow its policy again."""
    address = urlsplit(title.player.alternative_url or "")
    response._csp_update = {"frame-src": [f"{address.scheme}://{address.netloc}"]}  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "private, no-store"
    if isinstance(response, Page):
        response.settled = False
    return response
