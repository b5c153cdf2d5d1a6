"""Strict readers for the environment: a wrong value is one clear sentence at start, never a guess."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate

_env = Env()


def _read(reader: Any, name: str, default: Any, **options: Any) -> Any:
    try:
        return reader(name, default, **options)
    except EnvError as exc:
        raise ImproperlyConfigured(str(exc)) from exc


def text(name: str, default: str = "") -> str:
    return str(_read(_env.str, name, default)).strip()


def flag(name: str, default: bool) -> bool:
    return bool(_read(_env.bool, name, default))


def number(name: str, default: int, *, at_least: int, at_most: int) -> int:
    return int(_read(_env.int, name, default, validate=validate.Range(min=at_least, max=at_most)))


def positive(name: str, default: float) -> float:
    return float(
        _read(_env.float, name, default, validate=validate.Range(min=0, min_inclusive=False, max=1e6))
    )


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list; an empty variable is an empty list."""
    return [word.strip() for word in _read(_env.list, name, default) if word.strip()]


def http_url(name: str, default: str) -> str:
    """An absolute http(s) address without query, fragment or trailing slash."""
    return _url(name, text(name) or default, schemes=("http", "https")).rstrip("/")


def service_url(name: str, default: str, *, schemes: tuple[str, ...]) -> str:
    """The address of a cache or broker, one of ``schemes``."""
    return _url(name, text(name) or default, schemes=schemes)


def _url(name: str, value: str, *, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(value)
    local = parts.scheme in {"filesystem", "locmem", "sqlite", "memory"}
    try:
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        port_is_valid = False
    if parts.scheme not in schemes or not port_is_valid or not (parts.hostname or local):
        raise ImproperlyConfigured(
            f"{name}={value!r} is not an address that begins with {' or '.join(f'{s}://' for s in schemes)}"
        )
    if schemes == ("http", "https") and (parts.query or parts.fragment):
        raise ImproperlyConfigured(f"{name}={value!r} must not have a query or a fragment")
    return value
