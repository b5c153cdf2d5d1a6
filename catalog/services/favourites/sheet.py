"""One picture of a whole shelf, made of the pictures stored of what stands on it."""

from __future__ import annotations

import logging
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from catalog.domain.favourites import Favourite, Shelf
from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.domain.videos import Video
from catalog.services import posters
from catalog.services.posters import Stored
from catalog.services.posters.files import names

log = logging.getLogger(__name__)

SIZE = (1200, 630)  # what those who show links to pages expect
MOST = 4


def sheet(shelf: Shelf) -> bytes | None:
    """A JPEG of up to MOST pictures side by side; None while nothing of the shelf is stored."""
    stored = list(dict.fromkeys(found for one in shelf.cover_first if (found := _stored(one))))[:MOST]
    pictures = [picture for one in stored if (picture := _opened(one))]
    if not pictures:
        return None
    whole = Image.new("RGB", SIZE)
    width = SIZE[0] // len(pictures)
    for place, picture in enumerate(pictures):
        whole.paste(ImageOps.fit(picture, (width, SIZE[1])), (place * width, 0))
    written = BytesIO()
    whole.save(written, "JPEG", quality=82, progressive=True)
    return written.getvalue()


def _stored(favourite: Favourite) -> Stored | None:
    match favourite.item:
        case Title() as title:
            return posters.of_title(title)
        case LoopSeries() as series:
            return posters.of_series(series)
        case Loop() as loop:
            return posters.of_loop(loop)
        case Video() as video if not video.is_sensitive:
            return posters.of_video(video)
        case _:
            return None


def _opened(stored: Stored) -> Image.Image | None:
    [name] = (name for name in names(stored.digest, stored.width) if name.endswith(".jpg"))
    try:
        with default_storage.open(name) as file, Image.open(file) as picture:
            return picture.convert("RGB")
    except OSError as exc:
        log.warning("%s cannot be opened: %s", name, exc)
        return None
