"""When made-up things happen: each its own hour, in the order of their numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


def moment(number: int) -> datetime:
    return EPOCH + timedelta(hours=number)
