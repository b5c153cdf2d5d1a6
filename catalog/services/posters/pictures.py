"""A file from elsewhere into pictures of ours: decoded to be sure of it, encoded anew with nothing but its pixels."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

RECIPE = b"1"  # of what follows: another number gives every file another name
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 8_000_000
LARGE_PIXELS = 1_000_000  # from here on one at a time
SMALLEST_SIDE = 32
LONGEST_TO_SHORTEST = 5
WIDTHS = (120, 240, 360, 480, 720)  # thumbnails, cards and a title's page, at one and two pixels a point
AVIF: dict[str, Any] = {"quality": 55, "speed": 8, "subsampling": "4:2:0", "max_threads": 1}
WEBP: dict[str, Any] = {"quality": 78, "method": 4}
JPEG: dict[str, Any] = {"quality": 82, "progressive": True, "optimize": True}
WHITE = (255, 255, 255)
SMOOTH = {"L", "LA", "RGB", "RGBA", "CMYK"}  # can be made smaller as they are
QUARTER_TURNS = {5, 6, 7, 8}
DEEP = {"I", "I;16", "I;16B", "I;16L", "I;16N"}
MAX_PROFILE_BYTES = 1024 * 1024

UNDECODABLE = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, MemoryError, struct.error,
    zlib.error, Image.DecompressionBombError,
)  # fmt: skip

_large = threading.Lock()


class Unusable(Exception):
    """The file is no picture that may be shown; says why."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """``files`` by the end of their names, such as ``240.avif``; ``colour``: the mean, as ``#rrggbb``."""

    width: int
    height: int
    colour: str
    files: dict[str, bytes]


def digest_of(content: bytes) -> str:
    """The name of what is made of ``content``."""
    return blake2b(RECIPE + content, digest_size=16).hexdigest()


def widths(width: int) -> tuple[int, ...]:
    """The widths that are made of a picture this wide, the largest last."""
    largest = min(width, WIDTHS[-1])
    return (*(one for one in WIDTHS if one < largest), largest)


def scaled_height(width: int, height: int, to: int) -> int:
    return max(1, round(height * to / width))


def endings(width: int) -> tuple[str, ...]:
    """What the names of a picture's files end with: AVIF and WebP of every width, JPEG of the largest."""
    sizes = widths(width)
    return (*(f"{size}.{kind}" for size in sizes for kind in ("avif", "webp")), f"{sizes[-1]}.jpg")


def pictures_of(content: bytes) -> Pictures:
    """Decode and encode; raises Unusable."""
    picture = _decoded(content)
    whole = picture.size
    files: dict[str, bytes] = {}
    for ending in reversed(endings(whole[0])):  # the largest first: each is made of the one before it
        size, _, kind = ending.partition(".")
        if picture.width != int(size):
            picture = picture.resize(
                (int(size), scaled_height(*whole, int(size))), Image.Resampling.LANCZOS, reducing_gap=3.0
            )
        files[ending] = _encoded(picture, kind)
    mean = picture.resize((1, 1), Image.Resampling.BOX).tobytes()
    return Pictures(*whole, f"#{mean.hex()}", files)


def _decoded(content: bytes) -> Image.Image:
    """Upright, in sRGB, no wider than the widest that is kept, and without a word about itself."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as file:
            _check_size(file)
            with _alone(file.width * file.height > LARGE_PIXELS):
                file.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
                flat = _flat(_in_srgb(_upright(_shrunk(file))))
                flat.info = {}
                return flat
    except UnidentifiedImageError as exc:
        raise Unusable(f"not a picture in {', '.join(FORMATS)}") from exc
    except UNDECODABLE as exc:
        raise Unusable(f"cannot be decoded: {exc}"[:200]) from exc


def _check_size(file: Image.Image) -> None:
    """Before a single pixel is unpacked."""
    width, height = file.size
    if width * height > MAX_PIXELS:
        raise Unusable(f"{width} × {height} is more than {MAX_PIXELS:,} pixels")
    if min(width, height) < SMALLEST_SIDE:
        raise Unusable(f"{width} × {height} is too small")
    if max(width, height) > LONGEST_TO_SHORTEST * min(width, height):
        raise Unusable(f"{width} × {height} has no shape of a poster")


@contextmanager
def _alone(large: bool) -> Iterator[None]:
    if not large:
        yield
        return
    with _large:
        yield


def _shrunk(file: Image.Image) -> Image.Image:
    """First of all, so that no later step needs a large copy."""
    file.load()
    picture = file if file.mode in SMOOTH else _flat(file)
    factor = WIDTHS[-1] / (picture.height if _lies(file) else picture.width)
    if factor >= 1:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    smaller = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    smaller.info = file.info
    return smaller


def _lies(file: Image.Image) -> bool:
    """Whether it says that it is shown turned by a quarter."""
    with suppress(*UNDECODABLE):
        return file.getexif().get(ExifTags.Base.Orientation) in QUARTER_TURNS
    return False


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except UNDECODABLE:  # the pixels are good, what the file says of itself is not
        return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if profile and len(profile) <= MAX_PROFILE_BYTES and picture.mode in ("RGB", "CMYK"):
        with suppress(*UNDECODABLE, ImageCms.PyCMSError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, srgb, outputMode="RGB")
            return converted or picture
    return picture


def _flat(picture: Image.Image) -> Image.Image:
    """RGB of eight bits, on white where it is transparent."""
    if picture.mode in DEEP:
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.has_transparency_data:
        deep = picture.convert("RGBA")
        ground = Image.new("RGB", deep.size, WHITE)
        ground.paste(deep, mask=deep.getchannel("A"))
        return ground
    return picture.convert("RGB") if picture.mode != "RGB" else picture.copy()


def _encoded(picture: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    options = {"avif": AVIF, "webp": WEBP, "jpg": JPEG}[kind]
    picture.save(file, "JPEG" if kind == "jpg" else kind.upper(), **options)
    return file.getvalue()
