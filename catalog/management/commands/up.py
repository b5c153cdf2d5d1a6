"""``manage.py up``: everything from an empty DATA_DIR to a served site, in one command."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from catalog.management.processes import Process, python, write_configuration
from catalog.management.sample_shelves import fill_empty_shelves

HOST = "127.0.0.1"
QUIET_AS_ROOT = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}  # a container's usual user
ALONE = {"WORKER_ALONE": "true"}
FRUGAL = {"MALLOC_ARENA_MAX": "2"}  # else each thread keeps a heap of its own, most of it empty
DEMO_PATHS = {  # API -> variable -> where the demo serves it
    "ANILIBRIA": {"ANILIBRIA_URL": "/anilibria/v2", "ANILIBRIA_STATIC_URL": "", "ANILIBRIA_SITE_URL": ""},
    "ANIMELOOP": {"ANIMELOOP_URL": "/animeloop/api/v2"},
    "LOOPS": {"LOOPS_URL": "/loops"},
}


class Command(BaseCommand):
    help = "Prepare DATA_DIR and run web, worker and, for each API whose address is not set, the demo upstream."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT, help="beats PORT; the demo takes the next one")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not 1 <= port <= 65534:
            raise CommandError(f"--port {port}: a port is a number from 1 to 65534")
        demo = demo_environment(f"http://{HOST}:{port + 1}")
        for wanted in (port, port + 1) if demo else (port,):
            require_free(wanted)
        self.prepare()
        if demo.keys() == demo_addresses("").keys():
            fill_empty_shelves()
        path = settings.DATA_DIR / "supervisor.ini"
        write_configuration(path, processes(port, demo), directory=settings.BASE_DIR)
        self.stdout.write(f"{settings.SITE_NAME}: http://{HOST}:{port}/")
        self.stdout.write(
            f"curator: http://{HOST}:{port}/admin/ (Russian: /ru/admin/) as curator, password {curator_password()}"
        )
        if demo:
            self.stdout.write(f"demo upstream: http://{HOST}:{port + 1}/ for {', '.join(sorted(demo))}")
        self.stdout.flush()
        os.execv(sys.executable, python("-m", "supervisor.supervisord", "-c", str(path)))  # noqa: S606  our own program

    def prepare(self) -> None:
        """Make the folders, the secret key, the tables, the curator and the static files."""
        for folder in ("queue/messages", "queue/control", "media"):
            (settings.DATA_DIR / folder).mkdir(parents=True, exist_ok=True)
        kept_secret("secret_key", length=50)
        with subprocess.Popen(
            python("manage.py", "collectstatic", "--noinput", "--verbosity", "0"), cwd=settings.BASE_DIR
        ) as files:
            call_command("migrate", verbosity=0, interactive=False)
            ensure_curator()
        if files.returncode:
            raise CommandError("the static files could not be collected")


def demo_addresses(origin: str, *apis: str) -> dict[str, str]:
    """The variables that make a site use the demo at ``origin`` for these APIs, or for all."""
    return {variable: origin + path for api in apis or DEMO_PATHS for variable, path in DEMO_PATHS[api].items()}


def demo_environment(origin: str) -> dict[str, str]:
    """The addresses of the demo, for the APIs whose own address is not set."""
    unset = [api for api in DEMO_PATHS if not os.environ.get(f"{api}_URL")]
    return demo_addresses(origin, *unset) if unset else {}


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as exc:
            raise CommandError(f"port {port} cannot be used: {exc.strerror}; choose another with --port") from exc


def kept_secret(name: str, *, length: int) -> str:
    """The secret of that name in DATA_DIR, made on first use and readable by its owner only."""
    path: Path = settings.DATA_DIR / name
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(length))
    return path.read_text().strip()


def curator_password() -> str:
    return kept_secret("curator_password", length=12)


def ensure_curator() -> None:
    """Create the first curator; one who exists keeps whatever password and rights they have by now."""
    from django.contrib.auth import get_user_model

    users = get_user_model()._default_manager
    if not users.filter(username="curator").exists():
        users.create_superuser(username="curator", password=curator_password())


def processes(port: int, demo: dict[str, str]) -> list[Process]:
    environment = demo | FRUGAL | {"PORT": str(port), "DJANGO_SETTINGS_MODULE": "animesite.settings"}
    web = python("-m", "gunicorn", "--config", "python:animesite.gunicorn_conf")
    worker = python(
        "-m", "celery", "--app", "animesite", "--quiet", "worker", "--pool", "threads", "--concurrency", "4",
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "warning",
    )  # fmt: skip
    wanted = [
        Process(name="web", command=web, environment=environment, priority=20),
        Process(name="worker", command=worker, environment=environment | QUIET_AS_ROOT | ALONE, priority=30),
    ]
    if demo:
        command = python("-m", "catalog.demo", "--port", str(port + 1))
        wanted.append(Process(name="demo", command=command, environment={}, restart=False, priority=10))
    return wanted
