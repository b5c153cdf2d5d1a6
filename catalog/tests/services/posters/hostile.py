"""Pictures that nobody should trust, made on the spot; run as a program, how much memory refusing them takes."""

from __future__ import annotations

import struct
import sys
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

MEBIBYTE = 1024 * 1024


def drawn(width: int = 350, height: int = 500, mode: str = "RGB") -> Image.Image:
    """A quarter each of red, green, blue and white, from the upper left to the lower right."""
    picture = Image.new("RGB", (2, 2))
    picture.putdata([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)])
    return picture.resize((width, height), Image.Resampling.NEAREST).convert(mode)


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *, packed: bytes = b"", before: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """Half a gigapixel in half a megabyte."""
    packer = zlib.compressobj(9)
    row = b"\0" * 25001
    packed = b"".join(packer.compress(row) for _ in range(20000)) + packer.flush()
    return png(25000, 20000, packed=packed)


def talkative() -> bytes:
    """A small picture with 200 MB of words packed into it."""
    words = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b" " * 200 * MEBIBYTE, 9))
    return png(100, 140, packed=zlib.compress((b"\0" + b"\x80" * 100) * 140), before=words)


def short_of_pixels() -> bytes:
    """Says 2800 × 2800 and has one row."""
    return png(2800, 2800, packed=zlib.compress(b"\0" * 2801))


def animated(frames: int = 3, side: int = 400) -> bytes:
    pictures = [Image.new("P", (side, side), number) for number in range(frames)]
    return saved(pictures[0], "GIF", save_all=True, append_images=pictures[1:])


REFUSED = {
    "a bomb": (bomb, "decompression bomb"),
    "a small bomb": (lambda: png(5000, 5000), "more than"),
    "words packed tight": (talkative, "cannot be decoded"),
    "truncated": (lambda: saved(drawn())[:4000], "cannot be decoded"),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not a picture"),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "not a picture"),
    "tiff": (lambda: saved(drawn(), "TIFF"), "not a picture"),
    "bmp": (lambda: saved(drawn(), "BMP"), "not a picture"),
    "icon": (lambda: saved(drawn(64, 64), "ICO"), "not a picture"),
    "avif": (lambda: saved(drawn(), "AVIF"), "not a picture"),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 350 500\n", "not a picture"),
    "html before a picture": (lambda: b"<script>alert(1)</script>" + saved(drawn()), "not a picture"),
    "one pixel": (lambda: saved(Image.new("RGB", (1, 1)), "PNG"), "too small"),
    "a ribbon": (lambda: saved(Image.new("RGB", (4000, 60)), "PNG"), "shape"),
    "nothing": (lambda: b"", "not a picture"),
    "noise": (lambda: b"\xff\xd8\xff" + bytes(range(256)) * 40, "not a picture"),
}


def with_exif() -> bytes:
    """Lies on its side, and says where it was taken and by what."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it clockwise
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (55.0, 45.0, 21.0)  # north
    return saved(drawn(500, 350), exif=exif, comment=b"a secret comment")


def with_a_tail() -> bytes:
    return saved(drawn()) + b"PK\x03\x04<script>alert('secret')</script>"


CLEANED = {
    "a tail of something else": with_a_tail,
    "exif with a place": with_exif,
    "animated": animated,
    "many frames": lambda: animated(300, 1000),
    "cmyk": lambda: saved(drawn(mode="CMYK")),
    "sixteen bits": lambda: saved(drawn(mode="L").convert("I;16"), "PNG"),
    "grey with alpha": lambda: saved(drawn(mode="LA"), "PNG"),
    "palette with transparency": lambda: saved(drawn(mode="P"), "PNG", transparency=3),
    "webp": lambda: saved(drawn(mode="RGBA"), "WEBP"),
    "fewer pixels than it says": short_of_pixels,
    "large and lossless": lambda: saved(drawn(2300, 3400), "PNG"),
    "large with alpha": lambda: saved(drawn(2300, 3400, "RGBA"), "WEBP", quality=20),
    "interlaced by progress": lambda: saved(drawn(2300, 3400), progressive=True, quality=50),
}


def peak_mebibytes() -> int:
    """Of this process alone: getrusage would begin with what the one that started it had."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def main() -> None:
    """Look at the files on standard input, each after its size; say how many are good, and our peak of memory."""
    from concurrent.futures import ThreadPoolExecutor

    import django

    django.setup()
    from catalog.services.posters.pictures import Unusable, pictures_of

    def look(content: bytes) -> bool:
        try:
            return bool(pictures_of(content).files)
        except Unusable:
            return False

    stream, contents = sys.stdin.buffer, []
    while size := stream.read(4):
        contents.append(stream.read(struct.unpack(">I", size)[0]))
    with ThreadPoolExecutor(2) as threads:
        good = sum(threads.map(look, contents))
    print(good, peak_mebibytes())


if __name__ == "__main__":
    main()
