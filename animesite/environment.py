"""Strict readers for the environment: a wrong value is one clear sentence at start, never a guess.

An empty variable counts as one that is not set.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate

_env = Env()
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is none of {', '.join(allowed)}")
    return value


def flag(name: str, default: bool) -> bool:
    return bool(_read(_env.bool, name, default))


def number(name: str, default: int, *, at_least: int, at_most: int) -> int:
    return int(_read(_env.int, name, default, validate=validate.Range(min=at_least, max=at_most)))


def positive(name: str, default: float) -> float:
    value = float(_read(_env.float, name, default))
    if not (math.isfinite(value) and value > 0):
        raise ImproperlyConfigured(f"{name}={value} is not a number above zero")
    return value


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, ",".join(default)).split(",") if word.strip()]


def hosts(name: str, default: list[str]) -> list[str]:
    """Bare host names, each perhaps with a port."""
    found = words(name, default)
    for host in found:
        if not _HOST.fullmatch(host):
            raise ImproperlyConfigured(f"{name}: {host!r} is not a bare host name such as cdn.example.org")
    return found


def filters(name: str) -> list[dict[str, Any]]:
    """A JSON list of objects; a single object is a list of one."""
    try:
        found = json.loads(text(name, "[]"))
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name} is not JSON: {exc}") from exc
    listed = found if isinstance(found, list) else [found]
    if not all(isinstance(entry, dict) for entry in listed):
        raise ImproperlyConfigured(f'{name} is not a list of objects such as [{{"season": {{"year": 2026}}}}]')
    return listed


def http_url(name: str, default: str) -> str:
    """An absolute http(s) address without query, fragment or trailing slash."""
    value = _url(name, default, schemes=("http", "https"))
    if "?" in value or "#" in value:
        raise ImproperlyConfigured(f"{name}={value!r} must have neither a query nor a fragment")
    return value.rstrip("/")


def service_url(name: str, default: str, *, schemes: tuple[str, ...]) -> str:
    """The address of a cache or broker. The schemes of embedded defaults need no host."""
    return _url(name, default, schemes=schemes, hostless=(urlsplit(default).scheme,))


def database(name: str, default: str) -> dict[str, Any]:
    try:
        return dict(dj_database_url.parse(text(name, default), conn_max_age=60))
    except (ValueError, KeyError) as exc:
        raise ImproperlyConfigured(f"{name} is not an address such as postgres://user:password@host/database") from exc


def _read(reader: Callable[..., Any], name: str, default: Any, **options: Any) -> Any:
    if not text(name):
        return default
    try:
        return reader(name, **options)
    except EnvError as exc:
        raise ImproperlyConfigured(f"{name}: {exc}") from exc


def _url(name: str, default: str, *, schemes: tuple[str, ...], hostless: tuple[str, ...] = ()) -> str:
    value = text(name, default)
    try:
        parts = urlsplit(value)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        port_is_valid = False
    if not port_is_valid or parts.scheme not in schemes or not (parts.hostname or parts.scheme in hostless):
        raise ImproperlyConfigured(
            f"{name} is not an address that begins with {' or '.join(f'{s}://' for s in schemes)}"
        )
    return value
