"""``manage.py up``, as real processes on an empty DATA_DIR."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests
from django.conf import settings

from catalog.tests.live.processes import (
    children,
    commands_below,
    environment,
    free_port,
    gone,
    pid_of,
    running,
    wait_for,
    wait_until,
)

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]


def test_an_empty_folder_becomes_a_site_that_restarts_what_dies_and_leaves_nothing(tmp_path):
    port, log = free_port(), tmp_path / "up.log"
    data = tmp_path / "data"
    with running("manage.py", "up", "--port", str(port), env=environment(data, PORT="1"), log=log) as up:
        base = f"http://127.0.0.1:{port}"
        health = wait_for(f"{base}/healthz", 60)
        assert health.status_code == 200
        assert wait_for(f"http://127.0.0.1:{port + 1}/anilibria/v2/getYears").json()
        said = log.read_text()
        assert f"{base}/" in said
        assert "curator" in said
        assert (data / "curator_password").read_text().strip() in said
        for secret in ("secret_key", "curator_password"):
            assert (data / secret).stat().st_mode & 0o077 == 0

        wait_until(lambda: "For a rainy evening" in requests.get(f"{base}/", timeout=10).text, 60)

        web = pid_of("gunicorn", up.pid)
        worker = pid_of("celery", up.pid)
        demo = pid_of("catalog.demo", up.pid)
        for pid in (web, worker):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: pid_of("gunicorn", up.pid) not in {web} and pid_of("celery", up.pid) not in {worker})
        wait_for(f"{base}/healthz")

        os.kill(demo, signal.SIGKILL)
        wait_until(lambda: gone(demo))
        time.sleep(3)
        assert not any("catalog.demo" in command for command in commands_below(up.pid).values())
        assert wait_for(f"{base}/healthz").status_code == 200  # children of the killed one may have answered so far

        below = children(up.pid)
        started = time.monotonic()
        up.send_signal(signal.SIGTERM)
        up.wait(15)
        assert time.monotonic() - started < 10
        wait_until(lambda: all(gone(pid) for pid in below), 3)
    assert "Traceback" not in log.read_text()


def test_ctrl_c_stops_everything(tmp_path):
    port, log = free_port(), tmp_path / "up.log"
    with running("manage.py", "up", "--port", str(port), env=environment(tmp_path / "data"), log=log) as up:
        wait_for(f"http://127.0.0.1:{port}/healthz", 60)
        below = children(up.pid)
        os.killpg(up.pid, signal.SIGINT)  # a terminal sends it to the whole group
        up.wait(10)
        wait_until(lambda: all(gone(pid) for pid in below), 3)


@pytest.mark.parametrize("neighbour", [0, 1], ids=["the site's port", "the demo's port"])
def test_a_taken_port_is_one_clear_line(tmp_path, neighbour):
    port = free_port()
    with socket.create_server(("127.0.0.1", port + neighbour)):
        done = subprocess.run(
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=environment(tmp_path / "data"),
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(port + neighbour) in done.stderr
