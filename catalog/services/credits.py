"""What somebody of the team worked on."""

from __future__ import annotations

from functools import partial
from typing import Any

from catalog.domain.titles import Title
from catalog.services import anilibria
from catalog.services.errors import UpstreamNotFound
from catalog.services.index import ROLES
from catalog.services.together import Block, together


def credits_of(
    nick: str, limit: int, fields: tuple[str, ...] = anilibria.CARD_FIELDS
) -> dict[str, Block[tuple[Title, ...]]]:
    """The titles of each role; a role that nobody of that name has is an empty one."""
    if "," in nick:  # which separates names, so that nobody can be asked for by it
        raise UpstreamNotFound("anilibria", f"team member {nick}", "no such name")
    calls: dict[str, dict[str, Any]] = {role: {role: [nick], "limit": limit, "fields": fields} for role in ROLES}
    return together(**{role: partial(anilibria.search, **asked) for role, asked in calls.items()})
