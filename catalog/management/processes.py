"""The processes of ``manage.py up``, written down as a configuration for supervisord."""

from __future__ import annotations

import getpass
import shlex
import sys
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path

STOP_SECONDS = 7  # then SIGKILL, so that everything has gone within 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """``restart``: start it anew whenever it ends, waiting one second longer after each start that fails."""

    name: str
    command: list[str]
    environment: dict[str, str]
    restart: bool = True
    priority: int = 100


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def write_configuration(path: Path, processes: list[Process], *, directory: Path) -> None:
    """Write what ``supervisord -c`` reads. All output goes to our own standard output."""
    config = RawConfigParser()
    config["supervisord"] = {
        "nodaemon": "true",
        "silent": "true",
        "user": getpass.getuser(),
        "directory": _literal(str(directory)),
        "pidfile": _literal(str(path.with_suffix(".pid"))),
        "logfile": _literal(str(path.with_suffix(".log"))),
        "logfile_maxbytes": "1MB",
        "logfile_backups": "1",
    }
    # One group: supervisord ends groups one after the other, and the processes of a group all at once.
    config["group:site"] = {"programs": ",".join(process.name for process in processes)}
    for process in processes:
        config[f"program:{process.name}"] = {
            "command": _literal(shlex.join(process.command)),
            "environment": ",".join(f'{name}="{_literal(value)}"' for name, value in process.environment.items()),
            "priority": str(process.priority),
            "autorestart": "true" if process.restart else "false",
            "startsecs": "2" if process.restart else "0",
            "startretries": "1000000",
            "stopwaitsecs": str(STOP_SECONDS),
            "stopasgroup": "true",
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": "/dev/fd/1",
            "stdout_logfile_maxbytes": "0",
        }
    with path.open("w") as file:
        config.write(file)


def _literal(value: str) -> str:
    """Supervisor expands %(names)s in values."""
    return value.replace("%", "%%")
