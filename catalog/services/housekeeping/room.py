"""Holding DATA_DIR to its size: what can be had again goes, in the order in which pages would miss it least."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from catalog.services import posters, transport
from catalog.services.loop_files import shelf

log = logging.getLogger(__name__)

ROOM = 0.9  # of the size, once something has to go, so that it need not go again tomorrow

Step = tuple[str, Callable[[int], object]]

STEPS: tuple[Step, ...] = (
    ("answers", transport.make_room),
    ("files of loops", shelf.make_room),
    ("posters", posters.make_room),
)


def used_bytes(folder: Path) -> int:
    """What the files below take of the disk; one under two names counts once."""
    seen: set[tuple[int, int]] = set()
    total = 0
    for name, _, files in os.walk(folder):
        for file in files:
            try:
                stat = os.lstat(os.path.join(name, file))
            except OSError:
                continue
            if (stat.st_dev, stat.st_ino) not in seen:
                seen.add((stat.st_dev, stat.st_ino))
                total += stat.st_blocks * 512
    return total


def hold() -> int:
    """Free what is used beyond DATA_DIR_MAX_BYTES; return how many bytes that were."""
    folder, most = Path(settings.DATA_DIR), settings.DATA_DIR_MAX_BYTES
    before = now = used_bytes(folder)
    if before <= most:
        return 0
    went: list[str] = []
    for name, make_room in STEPS:
        if now <= most * ROOM:
            break
        make_room(now - int(most * ROOM))
        left = used_bytes(folder)
        went += [f"{filesizeformat(now - left)} of {name}"] if left < now else []
        now = left
    say = log.warning if now > most else log.info
    say(
        "DATA_DIR takes %s of %s: %s went, %s are left",
        filesizeformat(before), filesizeformat(most), ", ".join(went) or "nothing", filesizeformat(now),
    )  # fmt: skip
    return max(0, before - now)
