"""Real processes for live tests: the demo upstream and the site, on free loopback ports."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from django.conf import settings


def free_port() -> int:
    """A port whose neighbour is free too: ``up`` gives that one to the demo."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return int(port)
    raise RuntimeError("no two neighbouring ports are free")


def environment(data_dir: Path, **extra: str) -> dict[str, str]:
    """An empty environment but for what every process needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DATA_DIR": str(data_dir)} | extra


@contextmanager
def running(*arguments: str, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process of the project in a process group of its own, ended with all its children."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(url: str, seconds: float = 30) -> requests.Response:
    """The first answer of ``url`` below 500."""
    ends = time.monotonic() + seconds
    while True:
        try:
            response = requests.get(url, timeout=10)
            if response.status_code < 500:
                return response
        except (requests.ConnectionError, requests.Timeout):
            pass
        if time.monotonic() > ends:
            raise AssertionError(f"{url} did not answer within {seconds} s")
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    """All living descendants of a process."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in table.splitlines()]
    found, todo = [], [pid]
    while todo:
        parent = todo.pop()
        below = [child for child, its_parent in parents if its_parent == parent]
        found += below
        todo += below
    return found


def commands_below(pid: int) -> dict[int, str]:
    found = {}
    for child in children(pid):
        try:
            found[child] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
    return found


def pid_of(word: str, pid: int) -> int:
    """The oldest process below ``pid`` whose command says ``word``."""
    return min(child for child, command in commands_below(pid).items() if word in command)


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except ValueError:  # nothing of that name runs just now
            pass
        assert time.monotonic() < ends, "it did not come true in time"
        time.sleep(0.1)
