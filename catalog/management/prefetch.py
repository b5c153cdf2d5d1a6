"""How fast posters are fetched and stored, beside what curl fetches from the same server at the same concurrency.

As a program it is that server: ``python -m catalog.management.prefetch folder milliseconds`` prints its port, and
answers every address with one of the folder's files after so long, over connections that stay open.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HOST = "127.0.0.1"
DRAWN = 40  # different pictures
ROUNDS = 4  # of curl and of us in turn, so that what else the machine does is shared
WARMING = 8


class Measured(NamedTuple):
    """Posters a second; ``cpu``: processor seconds of our process for one poster."""

    curl: float
    fetched: float
    fetch_cpu: float
    stored: float
    stored_cpu: float
    failed: int

    def report(self) -> Iterator[tuple[str, str]]:
        yield "curl --parallel", f"{self.curl:.1f} posters/s"
        yield "fetch", f"{self.fetched:.1f} posters/s, {self.fetch_cpu * 1000:.1f} ms of processor each"
        yield "fetch to curl", f"{self.fetched / self.curl:.2f}"
        yield "end to end", f"{self.stored:.1f} posters/s, {self.stored_cpu * 1000:.0f} ms of processor each"
        yield "failed", str(self.failed)


def measure(posters: int, latency: int) -> Measured:
    """Needs a database that may be written to; every poster is different, and stored in a folder made for it."""
    from django.conf import settings
    from django.test import override_settings

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for part in ("drawn", "curl", "data"):
            (folder / part).mkdir()
        _draw(folder / "drawn")
        storages = settings.STORAGES | {"default": {"BACKEND": "animesite.storage.WholeFileStorage"}}
        with (
            _serving(folder / "drawn", latency) as origin,
            override_settings(
                DATA_DIR=folder / "data", MEDIA_ROOT=folder / "media", MEDIA_ORIGINS=[origin], STORAGES=storages
            ),
        ):
            return _measured(origin, posters, folder / "curl")


def _measured(origin: str, posters: int, folder: Path) -> Measured:
    curl = fetched = cpu = 0.0
    size = posters // ROUNDS
    _fetch([f"{origin}/warm/{number}.jpg" for number in range(WARMING)])
    for turn in range(ROUNDS):
        curl += _curl(f"{origin}/{turn}/", size, folder)
        started, worked = time.perf_counter(), time.process_time()
        _fetch([f"{origin}/{turn}/{number}.jpg" for number in range(1, size + 1)])
        fetched += time.perf_counter() - started
        cpu += time.process_time() - worked
    started, worked = time.perf_counter(), time.process_time()
    failed = _store([f"{origin}/stored/{number}.jpg" for number in range(posters)])
    stored, stored_cpu = time.perf_counter() - started, time.process_time() - worked
    asked = size * ROUNDS
    return Measured(asked / curl, asked / fetched, cpu / asked, posters / stored, stored_cpu / posters, failed)


def _curl(base: str, size: int, folder: Path) -> float:
    from catalog.services.posters.storing import FETCHES

    command = ["curl", "--silent", "--no-progress-meter", "--fail", "--parallel", "--parallel-max", str(FETCHES)]
    started = time.perf_counter()
    subprocess.run([*command, "--output", f"{folder}/#1.jpg", f"{base}[1-{size}].jpg"], check=True)
    return time.perf_counter() - started


def _fetch(urls: Sequence[str]) -> None:
    """As the task does it, without a look at what came."""
    from catalog.models import StoredPoster
    from catalog.services.posters.storing import FETCHES, fetch

    rows = [StoredPoster(kind="title", subject=url, source_url=url) for url in urls]
    with ThreadPoolExecutor(FETCHES) as threads:
        for found in threads.map(fetch, rows):
            assert found is not None


def _store(urls: Sequence[str]) -> int:
    """As the tasks do it, one batch after the other; return how many failed."""
    from catalog.models import StoredPoster
    from catalog.services import posters

    rows = [StoredPoster(kind="title", subject=str(number), source_url=url) for number, url in enumerate(urls)]
    StoredPoster.objects.bulk_create(rows)
    while ids := posters.due():
        posters.store_posters(ids)
    return StoredPoster.objects.filter(digest="").count()


def _draw(folder: Path) -> None:
    from catalog.art.posters import PosterSubject
    from catalog.art.raster import poster_jpeg

    for number in range(DRAWN):
        name = f"Название {number}"
        (folder / f"{number}.jpg").write_bytes(poster_jpeg(PosterSubject(id=number, code=f"t-{number}", name=name)))


@contextmanager
def _serving(folder: Path, latency: int) -> Iterator[str]:
    command = [sys.executable, __file__, str(folder), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield f"http://{HOST}:{server.stdout.readline().strip()}"
        finally:
            server.terminate()


async def serve(folder: Path, latency: float) -> None:
    files = [path.read_bytes() for path in sorted(folder.iterdir())]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                address = head.split(b" ", 2)[1]
                await asyncio.sleep(latency)
                body = files[hash(address) % len(files)] + address  # behind its end, so that each is different
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n")
                writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]) / 1000))
