"""A disk that is full under everything ``up`` runs: a small one of its own, filled to the last byte."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from catalog.tests.live.processes import pid_of, wait_until
from catalog.tests.live.test_crashes import all_there, database, rows, site, sound, static, wait_for_the_index
from catalog.tests.live.test_upstreams import PAGES

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]

__all__ = ["static"]

MEGABYTES = 64
SECONDS_FULL = 15
LATER = ["/title/fate-apocrypha/", "/loops/591446445f6e5e51d937e118/", "/ru/schedule/"]  # visited once it is full
FREQUENT = {"UPSTREAM_TTL_SCALE": "0.05"}


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=700", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a disk cannot be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Until not a single byte more goes into it."""
    with (folder / "filler").open("ab", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


def assert_whole(media: Path) -> None:
    """Each picture that there is can be decoded to its end."""
    for path in (media / "posters").glob("*/*"):
        with Image.open(BytesIO(path.read_bytes())) as picture:
            picture.load()


def test_a_disk_that_is_full_costs_nothing_that_was_there(small_disk, relay, static):
    """Lost: nothing. Pages go on, those too that nobody asked for before; no file is half there; and once there is
    space again all goes on by itself, with a worker that was started anew meanwhile.
    """
    with site(small_disk, **relay.environment, **static, **FREQUENT) as (up, base):
        all_there(base)
        wait_for_the_index(base)
        wait_until(lambda: any((small_disk / "media" / "posters").glob("*/*.avif")), 60)
        before = rows(small_disk)
        fill(small_disk)
        full = time.monotonic()
        os.kill(worker := pid_of("celery", up), signal.SIGKILL)
        while time.monotonic() - full < SECONDS_FULL:
            fill(small_disk)
            all_there(base, [*PAGES, *LATER, "/healthz"])
        wait_until(lambda: pid_of("celery", up) != worker, 60)
        assert_whole(small_disk / "media")

        (small_disk / "filler").unlink()
        free = datetime.now(UTC).replace(tzinfo=None)
        wait_until(lambda: refreshed_at(small_disk) > free, 120)
        wait_until(lambda: not kept_out(small_disk), 120)
        assert_whole(small_disk / "media")
        assert not any((small_disk / "media" / "partial").iterdir())
        all_there(base, LATER)
        after = rows(small_disk)
        assert {name: number for name, number in before.items() if after[name] < number} == {}
        relay.close()
        all_there(base, [*PAGES, *LATER])  # what came while the disk was full has been saved since
        assert sound(small_disk)
    said = (small_disk.parent / "up.log").read_text()
    assert "Unrecoverable" not in said, "a worker ended because of half a message"


def refreshed_at(folder: Path) -> datetime:
    with database(folder) as connection:
        return datetime.fromisoformat(connection.execute("SELECT refreshed_at FROM catalog_indexstate").fetchone()[0])


def kept_out(folder: Path) -> list[str]:
    """The posters that could not be stored because the disk was full."""
    with database(folder) as connection:
        return connection.execute("SELECT subject FROM catalog_storedposter WHERE reason LIKE '%Errno 28%'").fetchall()
