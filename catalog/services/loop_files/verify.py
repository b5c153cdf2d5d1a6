"""Whether bytes are what their type says: pictures are decoded, films are walked box by box."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

FORMATS = {"jpg": "JPEG", "gif": "GIF"}
MOST_PIXELS = 3840 * 2160
MOST_FRAMES = 2000
BOX_HEADER = 8
LONG_BOX_HEADER = 16


def is_whole(content: bytes, type: str) -> bool:
    """``type`` is "jpg", "gif" or "mp4"."""
    return _is_film(content) if type == "mp4" else _is_picture(content, FORMATS[type])


def _is_picture(content: bytes, format: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[format]) as image:
                if image.width * image.height > MOST_PIXELS or getattr(image, "n_frames", 1) > MOST_FRAMES:
                    return False
                image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return False
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return True


def _is_film(content: bytes) -> bool:
    """ISO 14496-12: boxes from the first byte to the last, ``ftyp`` in front, and what describes and holds the film."""
    kinds, place = [], 0
    while place < len(content):
        size, kind = _box(content, place)
        if size is None or place + size > len(content):
            return False
        kinds.append(kind)
        place += size
    return kinds[:1] == [b"ftyp"] and {b"moov", b"mdat"} <= set(kinds)


def _box(content: bytes, place: int) -> tuple[int | None, bytes]:
    """How long the box is that begins there, and its kind; without a length where it is none."""
    header = content[place : place + LONG_BOX_HEADER]
    size, kind = int.from_bytes(header[:4]), header[4:BOX_HEADER]
    least = BOX_HEADER
    if size == 0:  # to the end of the file
        size = len(content) - place
    elif size == 1:
        size, least = int.from_bytes(header[BOX_HEADER:]), LONG_BOX_HEADER
    return (size if size >= least and len(kind) == 4 else None), kind
