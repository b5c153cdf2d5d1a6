"""What a person may have done now, rather than when its time comes."""

from __future__ import annotations

from dataclasses import dataclass

from celery import current_app
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

PERMISSION = "catalog.run_tasks"
WORTH_SECONDS = 600  # nobody waits for it longer


class NoBroker(Exception):
    """The queue takes nothing now."""


@dataclass(frozen=True, slots=True)
class Run:
    """Work that a person can ask for, by the names of its tasks."""

    name: str
    label: Promise
    tasks: tuple[str, ...]


RUNS = {
    run.name: run
    for run in (
        Run("refresh", _("Look what has changed"), ("index.refresh_index", "loops.refresh_loop_index")),
        Run("crawl", _("Read everything anew"), ("index.crawl_index", "loops.crawl_loop_index")),
        Run("posters", _("Fetch missing posters"), ("posters.enqueue_posters",)),
        Run("torrents", _("Look into torrents"), ("torrents.enqueue_missing_torrents",)),
        Run("warm", _("Renew what pages are made of"), ("warm.keep_warm",)),
        Run("housekeeping", _("Tidy up"), ("housekeeping.tidy",)),
    )
}


def enqueue(run: Run) -> None:
    """Raises NoBroker."""
    for task in run.tasks:
        try:
            current_app.send_task(f"catalog.tasks.{task}", expires=WORTH_SECONDS, retry=False)
        except (OperationalError, OSError) as exc:
            raise NoBroker(str(exc)) from exc
