"""What a guest is answered instead of data."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

RATE_LIMIT_PER_MINUTE = 60


class Refusal(Exception):
    """``body`` is what a client that accepts JSON is sent with ``status``; others get an HTML page."""

    status = 400
    reason = "Bad Request"

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message

    def body(self) -> Mapping[str, Any] | None:
        """``None`` where even a client that accepts JSON gets HTML."""
        return {"data": [], "error": {"code": self.status, "message": self.message}}

    def headers(self) -> dict[str, str]:
        return {}


class Missing(Refusal):
    status = 404
    reason = "Not Found"

    def __init__(self, message: str = "Record not found.") -> None:
        super().__init__(message)


class UnknownRoute(Missing):
    def __init__(self) -> None:
        super().__init__("Not Found.")

    def body(self) -> Mapping[str, Any]:
        return {"message": self.message}


class WrongMethod(Refusal):
    status = 405
    reason = "Method Not Allowed"

    def __init__(self, method: str, path: str) -> None:
        super().__init__(
            f"The {method} method is not supported for route {path.strip('/')}. Supported methods: GET, HEAD."
        )

    def body(self) -> Mapping[str, Any]:
        return {"message": self.message}

    def headers(self) -> dict[str, str]:
        return {"Allow": "GET, HEAD"}


class Forbidden(Refusal):
    status = 403
    reason = "Forbidden"

    def __init__(self) -> None:
        super().__init__("This resource is not available")


class Suspended(Refusal):
    """The author is suspended."""

    def __init__(self) -> None:
        super().__init__("This resource is not available")


class Unavailable(Refusal):
    """A single video of an author who is suspended."""

    def __init__(self) -> None:
        super().__init__("Resource not available")

    def body(self) -> Mapping[str, Any]:
        return {"message": self.message}


class Invalid(Refusal):
    """A parameter has a value that it must not have."""

    status = 422
    reason = "Unprocessable Content"

    def __init__(self, field: str) -> None:
        super().__init__(f"The selected {field} is invalid.")
        self.field = field

    def body(self) -> Mapping[str, Any]:
        return {"message": self.message, "errors": {self.field: [self.message]}}


class Throttled(Refusal):
    status = 429
    reason = "Too Many Requests"

    def __init__(self, retry_after: int) -> None:
        """``retry_after`` in seconds."""
        super().__init__("Too Many Attempts.")
        self.retry_after = retry_after

    def body(self) -> Mapping[str, Any]:
        return {"message": self.message, "retry_after": self.retry_after}

    def headers(self) -> dict[str, str]:
        return {
            "Retry-After": str(self.retry_after),
            "X-RateLimit-Limit": str(RATE_LIMIT_PER_MINUTE),
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(int(time.time()) + self.retry_after),
        }


class FrontPage(Refusal):
    """A page where data should be, with a success's status: what a misled proxy or a notice before the site sends."""

    status = 200
    reason = "Loops"

    def body(self) -> None:
        return None
