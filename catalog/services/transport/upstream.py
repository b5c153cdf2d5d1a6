"""Who can be asked, and one thing that can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

Param = str | int | float | bool | None

DEFAULT_PORTS = {"http": 80, "https": 443}


def no_wording(payload: Any) -> tuple[int | None, str]:
    """For an upstream whose error bodies say nothing of use."""
    return None, ""


def no_subjects(path: str, params: Mapping[str, str]) -> tuple[str, ...]:
    """For an upstream that never says what changed."""
    return ()


@dataclass(frozen=True, slots=True)
class Upstream:
    """A source of answers.

    ``setting`` and ``token_setting`` name settings, so that an override counts at once. ``read_error`` takes the
    decoded body of a failed call (any JSON shape) and returns the upstream's own error code and message. ``subjects``
    takes the path and the parameters of a call and returns what its answer is about, in the words of ``mark_changed``.
    """

    name: str
    setting: str
    read_error: Callable[[Any], tuple[int | None, str]] = no_wording
    token_setting: str | None = None
    subjects: Callable[[str, Mapping[str, str]], tuple[str, ...]] = no_subjects

    def base_url(self) -> str:
        return str(getattr(settings, self.setting))

    def headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if self.token_setting and (token := getattr(settings, self.token_setting)):
            headers["Authorization"] = f"Bearer {token}"
        return headers


@dataclass(frozen=True)
class Call:
    """One GET, or one HEAD; ``base`` is the upstream's address when it was made.

    ``refusals``: the statuses by which the upstream, in words of its own, takes back what it said before.
    """

    upstream: Upstream
    base: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    refusals: frozenset[int] = field(default=frozenset(), compare=False)
    method: str = "GET"

    @classmethod
    def to(cls, upstream: Upstream, path: str, params: Mapping[str, Param], refusals: Iterable[int] = ()) -> Call:
        return cls(upstream, upstream.base_url(), path, in_words(params), frozenset(refusals))

    @cached_property
    def subject(self) -> str:
        """The address without the host: what errors and logs name."""
        return f"{self.path}?{urlencode(self.params)}" if self.params else self.path

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        return self.upstream.subjects(self.path, dict(self.params))

    @property
    def url(self) -> str:
        return self.base + self.subject

    @cached_property
    def key(self) -> str:
        """Names the saved copy and the lock."""
        return blake2b(self.url.encode(), digest_size=16).hexdigest()


def in_words(params: Mapping[str, Param]) -> tuple[tuple[str, str], ...]:
    """The parameters as they go into the query: sorted, so that their order makes no second copy."""
    return tuple(
        sorted(
            (name, ("true" if value else "false") if isinstance(value, bool) else str(value))
            for name, value in params.items()
            if value is not None
        )
    )


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def origin(url: str) -> str:
    """Scheme, host and port in one spelling; raises ValueError for what is no address."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError(f"no host in {url!r}")
    return f"{parts.scheme}://{parts.hostname}:{parts.port or DEFAULT_PORTS.get(parts.scheme, 0)}"
