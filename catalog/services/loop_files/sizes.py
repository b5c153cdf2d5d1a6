"""How large the files of a loop are: what is on disk here, or what their server says of them, remembered for long."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from django.core.cache import caches

from catalog.domain.loops import Loop, LoopFile
from catalog.services.errors import UpstreamError
from catalog.services.loop_files import FILES, shelf
from catalog.services.media import media_url
from catalog.services.transport import size_of

Sizes = Mapping[str, int]  # bytes by the document's name of the file

REMEMBERED_SECONDS = 30 * 86400  # a file never changes
DOUBTED_SECONDS = 600  # until a server that said nothing is asked again
PATIENCE_SECONDS = 3.0
UNKNOWN = 0


def known(loop: Loop) -> Sizes:
    """Without asking anybody; 0 where somebody was asked in vain."""
    found = caches["default"].get_many([_place(loop, file.key) for file in loop.files])
    sizes = {file.key: found[place] for file in loop.files if (place := _place(loop, file.key)) in found}
    for file in loop.files:
        if not sizes.get(file.key) and (kept := shelf.find(loop.id, file.key)):
            sizes[file.key] = kept.size
    return sizes


def asked(loop: Loop) -> Sizes:
    """What is not known is asked for, all at the same time; what cannot be had stays unknown."""
    sizes = dict(known(loop))
    missing = [file for file in loop.files if file.key not in sizes]
    if missing:
        with ThreadPoolExecutor(len(missing)) as pool:
            futures = [pool.submit(_size, file) for file in missing]
        for file, future in zip(missing, futures, strict=True):
            sizes[file.key] = future.result()
            lifetime = REMEMBERED_SECONDS if sizes[file.key] else DOUBTED_SECONDS
            caches["default"].set(_place(loop, file.key), sizes[file.key], lifetime)
    return sizes


def _size(file: LoopFile) -> int:
    url = media_url(file.url)
    try:
        return size_of(FILES, url, seconds=PATIENCE_SECONDS) if url else UNKNOWN
    except UpstreamError:
        return UNKNOWN


def _place(loop: Loop, key: str) -> str:
    return f"size-{key}-{loop.id}"
