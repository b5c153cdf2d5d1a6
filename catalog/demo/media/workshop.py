"""Processes that draw and encode: drawing holds Python's lock, so threads of a server must not do it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from uuid import uuid4

from catalog.demo.media.drawing import Reel, draw_frame
from catalog.demo.media.products import Pictures, Product

PROCESSES = min(4, os.cpu_count() or 1)
FRAMES_PER_TASK = 2
REELS_KEPT = 6  # about 3 MB each: a loop's two sizes, or a film's shots in all qualities, are drawn once


class Workshop:
    """``PROCESSES`` workers, started at the first order; they end with the process that owns them."""

    def __init__(self, niceness: int = 0) -> None:
        self._niceness = niceness
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._reels: OrderedDict[Reel, Pictures] = OrderedDict()

    def warm_up(self) -> None:
        """Have the workers ready before the first order; does not wait for them."""
        self._workers().submit(os.getpid)

    def make(self, product: Product, target: Path, partial: Path) -> None:
        """Write ``target`` whole or not at all; ``partial`` is a folder beside it for unfinished files."""
        try:
            self._make(product, target, partial)
        except BrokenProcessPool:  # somebody killed a worker: start afresh, once
            self._make(product, target, partial)

    def close(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
            self._reels.clear()
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def _make(self, product: Product, target: Path, partial: Path) -> None:
        pool = self._workers()
        try:
            drawn = tuple(self._drawn(reel, pool) for reel in product.reels)
            pool.submit(_write, product, drawn, target, partial / uuid4().hex).result()
        except BrokenProcessPool:
            with self._lock:
                if self._pool is pool:
                    self._pool = None
            raise

    def _drawn(self, reel: Reel, pool: ProcessPoolExecutor) -> Pictures:
        with self._lock:
            kept = self._reels.get(reel)
        if kept is not None:
            return kept
        frames = range(reel.frames)
        pictures = tuple(pool.map(draw_frame, [reel] * reel.frames, frames, chunksize=FRAMES_PER_TASK))
        with self._lock:
            self._reels[reel] = pictures
            while len(self._reels) > REELS_KEPT:
                self._reels.popitem(last=False)
        return pictures

    def _workers(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    PROCESSES,
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=_begin_work,
                    initargs=(self._niceness,),
                )
            return self._pool


def _begin_work(niceness: int) -> None:
    """Ctrl-C is the owner's business; should the owner be killed, its workers must not stay behind."""
    os.nice(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_owner, daemon=True).start()


def _end_with_owner() -> None:
    owner = multiprocessing.parent_process()
    if owner is not None:
        wait([owner.sentinel])
        os._exit(1)


def _write(product: Product, drawn: tuple[Pictures, ...], target: Path, unfinished: Path) -> None:
    try:
        product.write(unfinished, drawn)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
