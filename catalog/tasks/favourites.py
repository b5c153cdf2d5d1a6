"""What curators put on shelves."""

from __future__ import annotations

from celery import shared_task

from catalog.services import favourites


@shared_task
def refresh_favourites() -> None:
    """Ask the sources again about favourites that were not told of lately; mark what is gone."""
    favourites.refresh()
