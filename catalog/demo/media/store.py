"""The media store: builds the demo's files, keeps them on disk and finds them by address."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from catalog.demo.media.addresses import Addresses
from catalog.demo.media.catalogue import MediaCatalogue
from catalog.demo.media.films import FILMS
from catalog.demo.media.products import FilmPlaylist, FilmSegment, FilmVideo, Product, file_of
from catalog.demo.media.workshop import PROCESSES, Workshop

VERSION = 1  # of drawing and encoding: another number builds every file anew
STILLS_NICENESS, MOVING_NICENESS = 5, 15  # whoever waits for a file goes first
PATIENCE_SECONDS = 0.5  # with the background, which works on one file at a time but may hardly get to run
ABANDONED_SECONDS = 600  # an unfinished file this old has lost its maker


class Progress(Protocol):
    """What a tqdm bar offers."""

    total: float | None

    def update(self, n: float = 1) -> object: ...


class MediaStore:
    """Several processes may use one ``directory``: a file is built once, and seen only when it is whole."""

    def __init__(self, directory: Path, catalogue: MediaCatalogue) -> None:
        self._directory = directory / f"v{VERSION}"
        self._addresses = Addresses(catalogue)
        self._workshop = Workshop()
        for folder in ("locks", "partial"):
            (self._directory / folder).mkdir(parents=True, exist_ok=True)

    def get(self, url_path: str) -> Path | None:
        """The file at this address, built now if need be; ``None``: the demo has no such file."""
        product = self._addresses.product(url_path)
        if product is None:
            return None
        path = self._path(product)
        if not path.exists():
            with self._lock(path, "asked for"):
                self._build(product, self._workshop, PATIENCE_SECONDS)
        return path

    def warm_up(self) -> None:
        """Start the workers now: otherwise the first to ask waits a second longer."""
        self._workshop.warm_up()

    def stills(self) -> tuple[Product, ...]:
        """In the order of building, each once."""
        return tuple(dict.fromkeys(self._addresses.stills.values()))

    def moving(self) -> tuple[Product, ...]:
        """In the order of building: the gallery's small loops, clips, films, the large loops."""
        found = self._addresses
        shelves = (found.small_loops.values(), found.clips.values(), _films(), found.large_loops.values())
        return tuple(dict.fromkeys(product for shelf in shelves for product in shelf))

    def build_stills(self, progress: Progress) -> None:
        """On all processors: the first pages show these."""
        self._discard_leftovers()
        products = self.stills()
        progress.total = len(products)
        workshop = Workshop(STILLS_NICENESS)
        with ThreadPoolExecutor(PROCESSES + 1) as threads:
            for _ in threads.map(lambda product: self._build(product, workshop), products):
                progress.update()
        workshop.close()

    def build_moving(self, progress: Progress) -> None:
        """One after the other, leaving the processors to whoever needs them."""
        products = self.moving()
        progress.total = len(products)
        workshop = Workshop(MOVING_NICENESS)
        for product in products:
            self._build(product, workshop)
            progress.update()
        workshop.close()

    def unbuilt(self) -> tuple[Product, ...]:
        return tuple(product for product in (*self.stills(), *self.moving()) if not self._path(product).exists())

    def weights(self) -> Counter[str]:
        """Bytes on disk, by folder."""
        weights: Counter[str] = Counter()
        for path in map(self._path, (*self.stills(), *self.moving())):
            if path.exists():
                weights[path.parent.name] += path.stat().st_size
        return weights

    def close(self) -> None:
        self._workshop.close()

    def _path(self, product: Product) -> Path:
        return self._directory / file_of(product)

    def _build(self, product: Product, workshop: Workshop, patience_seconds: float = -1) -> None:
        """One at a time, unless the other one takes longer than our patience; below 0 that has no end."""
        path = self._path(product)
        if path.exists():
            return
        lock = self._lock(path, "in work")
        with suppress(Timeout):
            lock.acquire(timeout=patience_seconds)
        try:
            if not path.exists():
                path.parent.mkdir(exist_ok=True)
                workshop.make(product, path, self._directory / "partial")
        finally:
            lock.release()

    def _lock(self, path: Path, state: str) -> FileLock:
        return FileLock(self._directory / "locks" / f"{path.parent.name} {path.name} {state}")

    def _discard_leftovers(self) -> None:
        """What other versions built, and what a killed process left half done."""
        for other in self._directory.parent.glob("v*"):
            if other != self._directory:
                shutil.rmtree(other, ignore_errors=True)
        for unfinished in (self._directory / "partial").iterdir():
            with suppress(FileNotFoundError):
                if time.time() - unfinished.stat().st_mtime > ABANDONED_SECONDS:
                    unfinished.unlink()


def _films() -> list[Product]:
    """Film by film, so that each shot is drawn once for all that is made of it."""
    products: list[Product] = []
    for film in FILMS:
        products.append(FilmPlaylist(film))
        for quality in ("hd", "fhd", "sd"):
            products += [FilmSegment(film, quality, index) for index in range(len(film.shots))]
        products += [FilmVideo(film, "hd"), FilmVideo(film, "sd")]
    return products
