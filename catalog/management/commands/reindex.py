"""``manage.py reindex``: read the whole catalogue into the index now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog.services import index
from catalog.services.errors import UpstreamError


class Command(BaseCommand):
    help = "Read every title of the upstream into the catalogue index, and remove those that are gone."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" titles", desc="Indexing", file=self.stderr, disable=None, leave=False) as bar:

            def report(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                index.rebuild(report)
            except (UpstreamError, index.Busy) as exc:
                raise CommandError(f"the index is not complete: {exc}") from exc
        self.stdout.write(f"indexed {index.progress().done} titles")
