"""Everyone who ever worked on a title, and what one of them worked on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from catalog.forms import QueryForm
from catalog.forms.lists import TeamForm
from catalog.http import render_page
from catalog.services import anilibria
from catalog.services.credits import credits_of
from catalog.services.index import ROLES
from catalog.templatetags.catalog import ROLES as ROLE_NAMES

TITLES_A_ROLE = 12


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.GET)
    answer = anilibria.team()
    shown = form.values["role"] or ROLES
    context = {
        "form": form,
        "answer": answer,
        "roles": [(role, ROLE_NAMES[role], sorted(getattr(answer.value, role), key=str.casefold)) for role in shown],
        "choices": [(role, ROLE_NAMES[role], form.query(role=[role])) for role in ROLES],
    }
    return render_page(request, "catalog/team.html", "catalog/_team.html", context)


@require_safe
def person(request: HttpRequest, nick: str) -> HttpResponse:
    """Role by role; one that cannot be asked for takes out its own block, and all of them the page."""
    form = QueryForm(request.GET)
    blocks = credits_of(nick, TITLES_A_ROLE + 1)
    errors = [block.error for block in blocks.values() if block.error]
    if len(errors) == len(blocks):
        raise errors[0]
    if not errors and not any(block.value for block in blocks.values()):
        raise Http404(f"nobody is called {nick}")
    roles = [
        (ROLE_NAMES[role], block, f"{reverse('catalog:catalog')}?{urlencode({role: nick})}")
        for role, block in blocks.items()
        if block.error or block.value
    ]
    context = {"form": form, "nick": nick, "roles": roles, "shown": TITLES_A_ROLE, **blocks}
    return render_page(request, "catalog/person.html", "catalog/_person.html", context)
