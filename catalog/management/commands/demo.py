"""``manage.py demo``: the demo upstream alone."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from catalog.management.processes import python


class Command(BaseCommand):
    help = "Serve the three demo APIs and their media on loopback."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT + 1)
        parser.add_argument("--latency", type=_milliseconds, default=0, metavar="MS", help="delay every answer")
        parser.add_argument("--fail", type=_share, default=0.0, metavar="P", help="share of answers that fail, 0 to 1")

        parser.add_argument("--lazy", action="store_true", help="build a media file only when it is asked for")

    def handle(self, *args: Any, port: int, latency: int, fail: float, lazy: bool, **options: Any) -> None:
        """Become the demo's own process: it has Django settings of its own."""
        os.environ["DATA_DIR"] = str(settings.DATA_DIR)
        arguments = ["--port", str(port), "--latency", str(latency), "--fail", str(fail)] + ["--lazy"] * lazy
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, python("-m", "catalog.demo", *arguments))  # noqa: S606  our own program


def _milliseconds(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 60_000:
        raise ArgumentTypeError("a number of milliseconds from 0 to 60000")
    return number


def _share(value: str) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise ArgumentTypeError("a share from 0 to 1")
    return number
