"""Figures for Prometheus, where METRICS asks for them; otherwise nothing is counted, and the library not loaded.

With a folder in PROMETHEUS_MULTIPROC_DIR, which settings name, every process counts into files of its own there, and
whoever is asked adds them up.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
TASK_SECONDS = (0.01, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0)


class _Figures:
    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self.registry = own = CollectorRegistry()
        self.calls = Histogram(
            "animesite_upstream_seconds",
            "Exchanges with an upstream: how each ended, and how long it took.",
            ["upstream", "outcome"],
            buckets=SECONDS,
            registry=own,
        )
        self.answers = Counter(
            "animesite_answers",
            "What the site had to say of an upstream's data: fresh, stale, missing or refused.",
            ["upstream", "kind"],
            registry=own,
        )
        self.pages = Counter("animesite_pages", "Answers to readers.", ["route", "status"], registry=own)
        self.tasks = Histogram(
            "animesite_task_seconds",
            "Background tasks: how each ended, and how long it took.",
            ["task", "outcome"],
            buckets=TASK_SECONDS,
            registry=own,
        )


@cache
def _figures() -> _Figures | None:
    return _Figures() if settings.METRICS else None


def called(upstream: str, outcome: str, seconds: float) -> None:
    """``outcome``: a class of statuses such as "2xx", or "failed" where nothing whole came back."""
    if figures := _figures():
        figures.calls.labels(upstream, outcome).observe(seconds)


def answered(upstream: str, kind: str) -> None:
    """``kind``: fresh, stale, missing or refused."""
    if figures := _figures():
        figures.answers.labels(upstream, kind).inc()


def page(route: str, status: int) -> None:
    if figures := _figures():
        figures.pages.labels(route, str(status)).inc()


def task(name: str, outcome: str, seconds: float) -> None:
    if figures := _figures():
        figures.tasks.labels(name, outcome).observe(seconds)


def exposition() -> tuple[bytes, str] | None:
    """All processes' figures in Prometheus' text format, and its content type; None where nothing is counted."""
    figures = _figures()
    if figures is None:
        return None
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    return generate_latest(_together() or figures.registry), CONTENT_TYPE_LATEST


def _together() -> CollectorRegistry | None:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return None
    from prometheus_client import CollectorRegistry, multiprocess

    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def ended(pid: int) -> None:
    """A process has ended: what it counted stays, what it alone measured goes."""
    if settings.METRICS:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]


def begin() -> None:
    """Delete what processes of an earlier run counted: counters begin again, as they do after any restart."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not settings.METRICS or not folder:
        return
    running = set(os.listdir("/proc")) if os.path.isdir("/proc") else None
    for path in Path(folder).glob("*_*.db"):
        if running is not None and path.stem.rpartition("_")[2] not in running:
            path.unlink(missing_ok=True)
