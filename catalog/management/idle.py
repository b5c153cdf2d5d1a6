"""What the whole site takes while nobody visits it: the processor, and memory counted once however many share it."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from catalog.management.commands.up import demo_addresses
from catalog.management.running import HOST, running

PORTS = (8796, 8797)
CPU_LIMIT = 0.02  # of a core
MEMORY_LIMIT = 400 * 2**20
SETTLED_BELOW = 0.02  # of a core: what a first start does is done ...
SETTLED_SECONDS = 60  # what the clock has done once a minute is in it
PATIENCE_SECONDS = 1800


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """``cpu``: the share of one core; ``memory``: PSS in bytes."""

    name: str
    cpu: float
    memory: int


def measure(seconds: float) -> list[Usage]:
    """Start the site over a demo of its own, wait until it is quiet, and measure each process for so long."""
    with tempfile.TemporaryDirectory() as folder, _running(Path(folder)) as pid:
        _wait_until_quiet(pid)
        return usage(pid, seconds)


def usage(pid: int, seconds: float) -> list[Usage]:
    """Of a process and all below it."""
    before = {each: _cpu_seconds(each) for each in family(pid)}
    time.sleep(seconds)
    return [
        Usage(name=_name(each), cpu=(_cpu_seconds(each) - spent) / seconds, memory=_pss(each))
        for each, spent in before.items()
        if Path(f"/proc/{each}").exists()
    ]


def family(pid: int) -> list[int]:
    """The process and its living descendants."""
    found = [pid]
    for each in found:
        with_children = Path(f"/proc/{each}/task").glob("*/children")
        found += [int(child) for path in with_children for child in path.read_text().split()]
    return found


@contextmanager
def _running(folder: Path) -> Iterator[int]:
    web, demo = PORTS
    addresses = demo_addresses(f"http://{HOST}:{demo}")
    data = folder / "site"
    data.mkdir()
    if settings.STATIC_ROOT.is_dir():
        shutil.copytree(settings.STATIC_ROOT, data / "static")
    environment = os.environ | addresses | {"DATA_DIR": str(data)}
    with (
        running("-m", "catalog.demo", "--lazy", "--port", str(demo), env=os.environ | {"DATA_DIR": str(folder)}),
        running("manage.py", "up", "--port", str(web), env=environment) as site,
    ):
        yield site.pid


def _wait_until_quiet(pid: int) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    time.sleep(SETTLED_SECONDS)
    while sum(each.cpu for each in usage(pid, SETTLED_SECONDS)) > SETTLED_BELOW and time.monotonic() < ends:
        continue


def _cpu_seconds(pid: int) -> float:
    """Its own time in user and kernel mode; 0 for a process that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _name(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return str(pid)
    known = ("supervisor", "gunicorn", "celery", "listen", "catalog.demo")
    return next((name for name in known if any(name in word for word in words)), words[0])
