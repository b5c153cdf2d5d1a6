"""How the site is, for those who run it: what waits, what failed and why, and having work done now."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.services import failures
from catalog.services.status import status as state_of_things
from catalog.services.task_notes import notes
from catalog.tasks import by_hand, queue


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": _("How the site is"),
        "status": state_of_things(),
        "waiting": queue.waiting(),
        "tasks": notes(),
        "failed_posters": failures.of_posters(),
        "failed_torrents": failures.of_torrents(),
        "runs": by_hand.RUNS.values() if request.user.has_perm(by_hand.PERMISSION) else (),
    }
    return TemplateResponse(request, "admin/status.html", context)


@require_POST
def run(request: HttpRequest, name: str) -> HttpResponse:
    """Enqueue the work of that name, and back to what there is to see of it."""
    if not request.user.has_perm(by_hand.PERMISSION):
        raise PermissionDenied
    wanted = by_hand.RUNS.get(name)
    if wanted is None:
        raise Http404(_("There is no such work."))
    try:
        by_hand.enqueue(wanted)
    except by_hand.NoBroker as exc:
        messages.error(request, _("The queue does not take it: %s") % exc)
    else:
        messages.success(request, _("“%s” has been put into the queue.") % wanted.label)
    return redirect("admin_status")
