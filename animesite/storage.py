"""Where media is kept when no bucket is named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

PARTIAL = "partial"


class WholeFileStorage(FileSystemStorage):
    """A folder in which a file is seen only when it is whole, and replaced in one go.

    Unfinished files are in ``partial``; one that a killed process left there is nobody's.
    """

    def __init__(self, *, allow_overwrite: bool = True, **options: Any) -> None:
        super().__init__(allow_overwrite=allow_overwrite, **options)

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        unfinished = Path(self.path(PARTIAL)) / uuid4().hex
        for folder in (unfinished.parent, target.parent):
            folder.mkdir(parents=True, exist_ok=True)
        try:
            with unfinished.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
            unfinished.chmod(0o644)
            os.replace(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)
        return name
