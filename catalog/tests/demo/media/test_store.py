"""The store: every kind of file, built once, whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import av
import pytest
from PIL import Image

from catalog.demo.media import store as store_module
from catalog.demo.media.films import Film, Shot
from catalog.demo.media.products import FilmVideo, Product
from catalog.demo.media.store import MOVING_NICENESS, MediaStore
from catalog.demo.media.workshop import PROCESSES, Workshop
from catalog.tests.demo.media.conftest import CATALOGUE, LOOP, VIDEO

SMALL = CATALOGUE.loops[1].path("mp4_360p")
LARGE = LOOP.path("mp4_1080p")


class Bar:
    """Counts like tqdm's."""

    total: float | None = None
    done = 0.0

    def update(self, n: float = 1) -> None:
        self.done += n


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> MediaStore:
    """A store whose files the tests below only read."""
    return MediaStore(tmp_path_factory.mktemp("filled"), CATALOGUE)


@pytest.fixture(scope="module", autouse=True)
def _close(filled: MediaStore):
    yield
    filled.close()


def got(store: MediaStore, path: str) -> Path:
    found = store.get(path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/upload/release/350x500/8500.jpg", (350, 500)),
        ("/files/anilist/19111/image_large.jpg", (350, 500)),
        ("/vi/dQw4w9WgXcQ/0.jpg", (480, 360)),
        ("/loops/media/avatars/24.jpg", (160, 160)),
        (LOOP.path("jpg_360p"), (640, 360)),
        (LOOP.path("jpg_1080p"), (1920, 1080)),
        (VIDEO.thumbnail_path, (324, 576)),
    ],
)
def test_stills(filled, path, size):
    with Image.open(got(filled, path)) as image:
        image.load()
        assert (image.format, image.size) == ("JPEG", size)


@pytest.mark.parametrize("size", ["360p", "720p", "1080p"])
def test_loop_videos_last_what_the_data_says(filled, size):
    with av.open(str(got(filled, LOOP.path(f"mp4_{size}")))) as container:
        assert f"{container.streams.video[0].height}p" == size
        assert container.duration / 1e6 == LOOP.seconds


def test_loop_gif(filled):
    with Image.open(got(filled, LOOP.path("gif_360p"))) as image:
        assert (image.format, image.size) == ("GIF", (640, 360))


def test_clip_lasts_what_the_data_says_and_has_sound(filled):
    with av.open(str(got(filled, VIDEO.video_path))) as container:
        video = container.streams.video[0]
        assert (video.width, video.height) == VIDEO.source.size
        assert container.duration / 1e6 == VIDEO.source.seconds
        assert len(container.streams.audio) == 1


def test_playlist_leads_to_segments_that_play(filled):
    playlist = got(filled, "/videos/ts/8500/0001-sd/playlist.m3u8").read_text().splitlines()
    assert playlist[0] == "#EXTM3U"
    assert playlist[-1] == "#EXT-X-ENDLIST"
    durations = [float(line.removeprefix("#EXTINF:").rstrip(",")) for line in playlist if line.startswith("#EXTINF:")]
    names = [line for line in playlist if not line.startswith("#")]
    target = next(int(line.partition(":")[2]) for line in playlist if line.startswith("#EXT-X-TARGETDURATION"))
    assert len(names) == len(durations) >= 3
    assert max(durations) <= target
    with av.open(str(got(filled, f"/videos/ts/8500/0001-sd/{names[0]}")), format="mpegts") as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (854, 480)
        assert sum(1 for _ in container.decode(video=0)) / 12 == durations[0]


def test_what_the_demo_does_not_have_is_none(filled):
    assert filled.get("/upload/release/350x500/404.jpg") is None
    assert filled.get("/videos/ts/404/0001/playlist.m3u8") is None


def test_asked_by_many_at_once_a_file_is_built_once(open_store, monkeypatch):
    stores, made, make = [open_store(), open_store()], [], Workshop.make

    def counted(self: Workshop, product: Product, target: Path, partial: Path) -> None:
        made.append(product)
        make(self, product, target, partial)

    monkeypatch.setattr(Workshop, "make", counted)
    threads = [threading.Thread(target=got, args=(stores[number % 2], SMALL)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_a_file_once_built_is_found_by_the_next_process(open_store):
    first = got(open_store(), SMALL)
    built_at = first.stat().st_mtime_ns
    assert got(open_store(), SMALL) == first
    assert first.stat().st_mtime_ns == built_at


def _ask(directory: Path, path: str) -> None:
    MediaStore(directory, CATALOGUE).get(path)


def _build_moving(directory: Path) -> None:
    MediaStore(directory, CATALOGUE).build_moving(Bar())


@pytest.fixture
def started() -> Iterator[Callable[..., Started]]:
    """Runs a function in a process of its own and says when its workers are there; kills them all in the end."""
    running: list[Started] = []

    def start(function: Callable[..., None], *arguments: object) -> Started:
        process = multiprocessing.get_context("spawn").Process(target=function, args=arguments)
        process.start()
        assert process.pid is not None
        pid = process.pid
        _wait_for(lambda: len(_workers_of(pid)) >= PROCESSES)
        running.append(Started(process, (pid, *_workers_of(pid))))
        return running[-1]

    yield start
    for each in running:
        each.signal(signal.SIGKILL)
        each.process.join()


@dataclass(frozen=True)
class Started:
    """``pids``: the process and its workers."""

    process: BaseProcess
    pids: tuple[int, ...]

    def signal(self, number: signal.Signals) -> None:
        for pid in self.pids:
            with suppress(ProcessLookupError):
                os.kill(pid, number)


@pytest.mark.processes
def test_a_killed_builder_leaves_no_half_file_and_no_worker(tmp_path, started):
    builder = started(_ask, tmp_path, LARGE)
    time.sleep(0.3)
    owner, *workers = builder.pids
    os.kill(owner, signal.SIGKILL)
    builder.process.join()
    _wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert [file for file in tmp_path.rglob("*.mp4") if file.parent.name == "loops"] == []

    after = MediaStore(tmp_path, CATALOGUE)
    with av.open(str(got(after, LARGE))) as container:
        assert container.duration / 1e6 == LOOP.seconds
    after.close()


def test_who_asks_does_not_wait_for_a_starved_background(tmp_path, store, started):
    background = started(_build_moving, tmp_path)
    background.signal(signal.SIGSTOP)
    first = LOOP.path("mp4_360p")
    assert store.unbuilt()[len(store.stills())] == store.moving()[0]
    with av.open(str(got(store, first))) as container:
        assert container.duration / 1e6 == LOOP.seconds


def test_a_killed_worker_is_replaced(store):
    got(store, SMALL)
    for worker in multiprocessing.active_children():
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
    with Image.open(got(store, VIDEO.thumbnail_path)) as image:
        image.load()


def test_stills_are_built_with_progress_and_older_versions_go(tmp_path, open_store):
    (tmp_path / "v0").mkdir()
    (tmp_path / "v0" / "old.jpg").write_bytes(b"old")
    bar, store = Bar(), open_store()
    store.build_stills(bar)
    assert bar.done == bar.total == len(store.stills()) == 2 + 1 + 6 + 2 + 2
    assert len(list(tmp_path.rglob("*.jpg"))) == bar.total
    assert not (tmp_path / "v0").exists()
    assert set(store.unbuilt()) == set(store.moving())
    assert set(store.weights()) == {"posters", "stills", "avatars"}
    assert store.weights().total() == sum(file.stat().st_size for file in tmp_path.rglob("*.jpg"))


@pytest.mark.processes
def test_moving_files_are_built_with_progress_at_low_priority(tmp_path, monkeypatch):
    film = Film("trial", 220, (Shot("sea", 0, 12, 4), Shot("cat", 0, 12, 4)))
    monkeypatch.setattr(store_module, "FILMS", (film,))
    priorities: set[int] = set()

    class Watching(Bar):
        def update(self, n: float = 1) -> None:
            super().update(n)
            workers = [worker.pid for worker in multiprocessing.active_children() if worker.pid]
            priorities.update(os.getpriority(os.PRIO_PROCESS, worker) for worker in workers)

    bar, store = Watching(), MediaStore(tmp_path, replace(CATALOGUE, loops=CATALOGUE.loops[1:]))
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    store.build_moving(bar)
    assert bar.done == bar.total == len(store.moving())
    assert set(store.unbuilt()) == set(store.stills())
    assert FilmVideo(film, "hd") in store.moving()
    assert {path.suffix for path in tmp_path.rglob("*.*") if path.is_file()} >= {".mp4", ".gif", ".ts", ".m3u8"}
    assert priorities == {min(19, ours + MOVING_NICENESS)}


def _workers_of(pid: int) -> list[int]:
    """Linux only, as the demo's tests are."""
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def _wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
