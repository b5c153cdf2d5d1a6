"""The stored files: named after what they were made of, so that an address never means another picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from animesite.storage import PARTIAL
from catalog.models import StoredPoster
from catalog.services.posters.pictures import Pictures, endings, scaled_height, widths

FOLDER = "posters"
KEPT_UNUSED = timedelta(days=2)  # pages that are kept somewhere still name them
UNFINISHED = timedelta(hours=1)
DIGEST_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Stored:
    """The pictures stored of one poster; ``width`` and ``height`` of the largest, ``colour`` the mean, ``#rrggbb``."""

    digest: str
    width: int
    height: int
    colour: str

    def srcset(self, kind: str) -> str:
        """``kind``: avif or webp."""
        stem = default_storage.url(f"{_stem(self.digest)}-")
        return ", ".join(f"{stem}{width}.{kind} {width}w" for width in widths(self.width))

    def url(self, width: int, kind: str = "webp") -> str:
        """The narrowest that is at least so wide, else the widest."""
        sizes = widths(self.width)
        return self._url(f"{next((size for size in sizes if size >= width), sizes[-1])}.{kind}")

    @property
    def jpeg_url(self) -> str:
        """The largest, for programs that know no other kind."""
        return self._url(f"{widths(self.width)[-1]}.jpg")

    def height_at(self, width: int) -> int:
        return scaled_height(self.width, self.height, width)

    def _url(self, ending: str) -> str:
        return default_storage.url(f"{_stem(self.digest)}-{ending}")


def names(digest: str, width: int) -> tuple[str, ...]:
    return tuple(f"{_stem(digest)}-{ending}" for ending in endings(width))


def save(digest: str, pictures: Pictures) -> int:
    """Store each whole or not at all; return how many bytes there are. Raises OSError, or what a bucket raises."""
    for ending, content in pictures.files.items():
        default_storage.save(f"{_stem(digest)}-{ending}", ContentFile(content))
    return sum(map(len, pictures.files.values()))


def are_there(digest: str, width: int) -> bool:
    return all(map(default_storage.exists, names(digest, width)))


def remove_unused() -> int:
    """Delete the files that no poster has been made of for two days; return how many there were."""
    used = set(StoredPoster.objects.exclude(digest="").values_list("digest", flat=True))
    before, removed = timezone.now() - KEPT_UNUSED, 0
    for name in _all_names():
        digest = name.rpartition("/")[2][:DIGEST_LENGTH]
        if digest not in used and default_storage.get_modified_time(name) < before:
            if StoredPoster.objects.filter(digest=digest).exists():  # since we looked
                continue
            default_storage.delete(name)
            removed += 1
    _remove_unfinished()
    return removed


def _all_names() -> Iterator[str]:
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for folder in folders:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"


def _remove_unfinished() -> None:
    """What killed processes left half-written."""
    if not isinstance(default_storage, FileSystemStorage) or not default_storage.exists(PARTIAL):
        return
    for name in default_storage.listdir(PARTIAL)[1]:
        unfinished = f"{PARTIAL}/{name}"
        with suppress(FileNotFoundError):
            if default_storage.get_modified_time(unfinished) < timezone.now() - UNFINISHED:
                default_storage.delete(unfinished)


def _stem(digest: str) -> str:
    return f"{FOLDER}/{digest[:2]}/{digest}"
