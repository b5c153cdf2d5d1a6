"""The queue in a folder: kombu's, but a message is seen only once it is whole.

Kombu writes it under its own name, so that a full disk or a killed process leaves half a message; a worker that reads
one ends.
"""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **options: Any) -> None:  # type: ignore[override]
        whole = Path(self.data_folder_out, f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg")
        unfinished = whole.with_suffix(".unfinished")
        try:
            unfinished.write_text(dumps(payload))
            unfinished.replace(whole)
        except OSError as exc:
            unfinished.unlink(missing_ok=True)
            raise ChannelError(f"Cannot add file {whole.name!r} to directory") from exc


class Transport(filesystem.Transport):
    Channel = Channel


def register() -> None:
    """Have ``filesystem://`` mean this one."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
