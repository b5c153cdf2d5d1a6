"""One title, one episode of it, and a title by chance."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from catalog import links
from catalog.descriptions import Description, described
from catalog.domain import releases
from catalog.domain.streams import master_playlist, streams
from catalog.domain.titles import ScheduleDay, Title
from catalog.http import Page, render_page
from catalog.services import anilibria, asked, similar, torrents
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamUnavailable
from catalog.services.loops_of import loops_of
from catalog.services.together import Block, together

NEIGHBOURS = 7  # cards of a row
LOOPS = 8


@require_safe
def title(request: HttpRequest, slug: str) -> HttpResponse:
    blocks = together(**asked.title(_key(slug)))
    answer = _had(blocks["title"]).map(torrents.completed)
    shown = answer.value
    if slug != links.title_slug(shown) and links.is_id(slug):
        return redirect(links.title_url(shown), permanent=True)
    order = request.GET.get("torrents", "")
    context = blocks | {
        "answer": answer,
        "title": shown,
        "description": _description(shown, blocks["without_order"]),
        "torrents": releases.in_order(shown.torrents, order),
        "order": order,
        "same_day": _same_day(shown, blocks["schedule"].value or ())[:NEIGHBOURS],
        "around": similar.around(shown, NEIGHBOURS),
    }
    return render_page(request, "catalog/title.html", "catalog/_title.html", context)


@require_safe
def title_loops(request: HttpRequest, slug: str) -> HttpResponse:
    """A block of the title's page, and a page of its own for who follows the link."""
    answer = _asked_for(slug)
    found = together(loops=lambda: loops_of(answer.value.id, LOOPS))["loops"]
    context = {"answer": answer, "title": answer.value, "found": found}
    return render_page(request, "catalog/title_loops.html", "catalog/_title_loops.html", context)


@require_safe
def episode(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    answer = _asked_for(slug).map(torrents.completed)
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
@xframe_options_exempt
def frame(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """An episode's film alone, for cards on other people's pages; its address outlives the film's."""
    answer = _asked_for(slug)
    found = answer.value.player.episodes[_place(answer.value, slug, key)]
    if answer.value.is_blocked or not streams(found):
        raise Http404(f"{slug} has nothing to show of episode {key}")
    response = render(request, "catalog/frame.html", {"title": answer.value, "episode": found})
    response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
    patch_cache_control(response, public=True, max_age=0, s_maxage=int(settings.PAGE_TTL_SECONDS))
    return response


@require_safe
@never_cache
def random(request: HttpRequest) -> HttpResponse:
    return redirect(links.title_url(anilibria.random_title(fields=("id", "code")).value))


def _asked_for(slug: str) -> Answer[Title]:
    return asked.one_title(_key(slug))


def _key(slug: str) -> int | str:
    return int(slug) if links.is_id(slug) else slug


def _had(block: Block[Title]) -> Answer[Title]:
    """The page's own subject, without which there is no page."""
    if block.answer is None:
        raise block.error or UpstreamUnavailable("anilibria", "title", "no answer")
    return block.answer


def _description(title: Title, without_order: Block[Title]) -> Description:
    told = without_order.value
    return described(title.description.html, (told.description.no_view_order or "") if told else None)


def _same_day(title: Title, days: tuple[ScheduleDay, ...]) -> tuple[Title, ...]:
    """What comes out on the same weekday, if the title is on this week's board at all."""
    for day in days:
        if any(other.id == title.id for other in day.titles):
            return tuple(other for other in day.titles if other.id != title.id)
    return ()


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
