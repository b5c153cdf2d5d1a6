"""A process of visitors, for tests that need a second one: ``python -m …visitors THREADS [fork]``.

It says "ready", waits for a line, lets all threads ask at once and prints what they got: ``[[value, stale], …]``,
an error by its name. With ``fork`` it asks once first and forks, and the child does the rest.
"""

from __future__ import annotations

import json
import os
import sys
import threading

import django

django.setup()

from django.conf import settings  # noqa: E402

from catalog.services.errors import UpstreamError  # noqa: E402
from catalog.services.transport import patience  # noqa: E402
from catalog.tests.services.transport.source import ask  # noqa: E402


def main(threads: int, fork: bool) -> None:
    settings.UPSTREAM_TTLS = {"thing": float(os.environ["LIFETIME"])}
    settings.UPSTREAM_DEADLINE_SECONDS = float(os.environ["DEADLINE"])
    patience.REFRESH_WAIT_SECONDS = float(os.environ.get("REFRESH_WAIT", patience.REFRESH_WAIT_SECONDS))
    if fork:
        ask(before="fork")
        if child := os.fork():
            os.waitpid(child, 0)
            print(json.dumps(visits(1)), flush=True)
            return
    else:
        print("ready", flush=True)
        sys.stdin.readline()
    print(json.dumps(visits(threads)), flush=True)


def visits(threads: int) -> list[list[object]]:
    outcomes: list[list[object]] = []
    barrier = threading.Barrier(threads)

    def visit() -> None:
        barrier.wait()
        try:
            answer = ask()
            outcomes.append([answer.value, answer.stale])
        except UpstreamError as exc:
            outcomes.append([type(exc).__name__, False])

    started = [threading.Thread(target=visit) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return outcomes


if __name__ == "__main__":
    main(int(sys.argv[1]), "fork" in sys.argv)
