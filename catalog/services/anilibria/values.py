"""AniLibria's scalars: what is absent, of another kind or absurd is ``None`` (a count is 0).

The document words absence as ``null`` for text and 0 for numbers; servers also send "", "0" and numbers as text.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from datetime import UTC, datetime
from typing import Any

from catalog.domain.titles import Number
from catalog.services import payload

NAME = "anilibria"

LARGEST = 2**63 - 1  # what databases keep
END_OF_TIME = datetime(2100, 1, 1, tzinfo=UTC).timestamp()

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_BREAK = re.compile(r"</?br ?/?>\n?", re.IGNORECASE)
_INFO_HASH = re.compile(r"[0-9a-f]{40}")


def text(value: Any) -> str | None:
    """Trimmed, with ``\\n`` as the only line end and no control characters."""
    found = payload.text(value)
    if found is None:
        return None
    return _CONTROL.sub("", found.replace("\r\n", "\n").replace("\r", "\n")).strip() or None


def plain(value: Any) -> str | None:
    """Text which servers send half escaped: "Akiba&#039;s Trip", "Готово!<br>Спасибо"."""
    found = text(value)
    if found is None:
        return None
    return text(_ENTITY.sub(lambda entity: html.unescape(entity[0]), _LINE_BREAK.sub("\n", found)))


def segment(value: Any) -> str | None:
    """Text that can be one segment of an address's path."""
    found = (payload.text(value) or "").strip()
    fits = found.isprintable() and not set(found) & set("/\\?#%\ufffd") and len(found) <= 255
    return found if fits and found.strip(".") else None


def whole(value: Any, low: int, high: int = LARGEST) -> int | None:
    """An integer from ``low`` to ``high``."""
    if (estimate := payload.number(value)) is None or not low <= estimate <= high:
        return None
    found = payload.whole(value)
    return found if found is not None and low <= found <= high else None


def count(value: Any) -> int:
    return whole(value, 0) or 0


def number(value: Any) -> Number | None:
    """An ordinal or a length in seconds, perhaps fractional or negative."""
    limit = 10**6
    if (found := whole(value, -limit, limit)) is not None:
        return found
    estimate = payload.number(value)
    return estimate if estimate is not None and abs(estimate) <= limit else None


def moment(value: Any) -> datetime | None:
    """A Unix timestamp; 0 and what lies before it is "unknown"."""
    seconds = payload.number(value)
    return datetime.fromtimestamp(int(seconds), UTC) if seconds is not None and 1 <= seconds < END_OF_TIME else None


def flag(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"0": False, "1": True, "false": False, "true": True}.get((text(value) or "").lower())


def year(value: Any) -> int | None:
    """Years such as 21111 were really sent."""
    return whole(value, 1900, 2100)


def weekday(value: Any) -> int | None:
    return whole(value, 0, 6)


def info_hash(value: Any) -> str | None:
    """Forty hexadecimal digits: the hash of a version 1 torrent."""
    found = (text(value) or "").lower()
    return found if _INFO_HASH.fullmatch(found) else None


def blob(value: Any) -> bytes | None:
    """A file in base64."""
    try:
        return base64.b64decode("".join((text(value) or "").split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def entries(value: Any) -> list[Any]:
    """The values of an array, also when the server rendered it as an object keyed by position."""
    if isinstance(value, dict):
        return list(value.values()) if all(key.isdecimal() for key in value) else []
    return value if isinstance(value, list) else []


def texts(value: Any) -> tuple[str, ...]:
    return tuple(found for found in map(text, entries(value)) if found is not None)
