from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from catalog.tests.live.processes import environment, free_port, running, wait_for
from catalog.tests.live.relay import Relay


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Iterator[str]:
    """The origin of a demo upstream that runs for the whole session."""
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    with running("manage.py", "demo", "--lazy", "--port", str(port), env=environment(folder), log=folder / "log"):
        wait_for(f"{origin}/anilibria/v2/getYears", 120)
        yield origin


@pytest.fixture
def relay(demo) -> Iterator[Relay]:
    relay = Relay(demo, free_port())
    relay.open()
    yield relay
    relay.close()


class Sites:
    """Starts web processes that share one DATA_DIR, all asking the same upstream."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.log = folder / "web.log"
        self._stack = stack

    def start(self, **variables: str) -> str:
        port = free_port()
        env = environment(self.folder, PORT=str(port), SECRET_KEY="x" * 50, **variables)
        self._stack.enter_context(
            running("-m", "gunicorn", "--config", "python:animesite.gunicorn_conf", env=env, log=self.log)
        )
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/healthz", 120)
        return base


@pytest.fixture
def sites(tmp_path) -> Iterator[Sites]:
    with site_on(tmp_path) as sites:
        yield sites


@contextmanager
def site_on(folder: Path) -> Iterator[Sites]:
    with ExitStack() as stack:
        # Web processes need the manifest of static files; the database only matters to the admin.
        with running("manage.py", "collectstatic", "--noinput", env=environment(folder), log=folder / "log") as step:
            assert step.wait(180) == 0, (folder / "log").read_text()
        yield Sites(folder, stack)
