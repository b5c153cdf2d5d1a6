"""The poster that is drawn for a title without one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog import links
from catalog.art.posters import PosterSubject, poster_svg, subject_of
from catalog.domain.titles import Title
from catalog.services import anilibria, index
from catalog.services.errors import UpstreamBadData, UpstreamUnavailable

WEEK_SECONDS = 7 * 86400
UNNAMED_SECONDS = 60


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Drawn from the title's names; from the address alone, and not for long, where nobody tells them."""
    try:
        subject = subject_of(_title(int(slug) if links.is_id(slug) else slug))
        seconds = WEEK_SECONDS
    except (UpstreamUnavailable, UpstreamBadData):
        subject, seconds = PosterSubject(id=0, code=slug, name="", name_en=slug.replace("-", " ")), UNNAMED_SECONDS
    return HttpResponse(
        poster_svg(subject), content_type="image/svg+xml", headers={"Cache-Control": f"public, max-age={seconds}"}
    )


def _title(asked: int | str) -> Title:
    """From the index where it is there: a page of new titles asks for many."""
    return index.card(asked) or anilibria.title(asked, fields=anilibria.CARD_FIELDS, include=()).value
