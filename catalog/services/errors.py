"""What can go wrong between us and an upstream."""

from __future__ import annotations


class UpstreamError(Exception):
    """Base of all of them; ``upstream`` is the source's name, ``subject`` what was asked for."""

    def __init__(self, upstream: str, subject: str, message: str = "", *, code: int | None = None) -> None:
        self.upstream = upstream
        self.subject = subject
        self.message = message
        self.code = code
        super().__init__(upstream, subject, message, code)

    def __str__(self) -> str:
        code = f" {self.code}" if self.code is not None else ""
        return f"{self.upstream}: {self.subject}:{code} {self.message}".rstrip(": ")


class UpstreamUnavailable(UpstreamError):
    """No answer in time, a 5xx, a 429, or the breaker is open: asking again later may help."""

    def __init__(
        self,
        upstream: str,
        subject: str,
        message: str = "",
        *,
        code: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(upstream, subject, message, code=code)
        self.retry_after = retry_after


class UpstreamNotFound(UpstreamError):
    """The upstream answered that there is no such thing. That is an answer, not an outage."""


class UpstreamRejected(UpstreamError):
    """The upstream understood us and refused: an unknown parameter, a bad value, no right to see it."""


class UpstreamBadData(UpstreamError):
    """The upstream answered 200 with something we cannot read."""
