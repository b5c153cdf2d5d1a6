"""Posters kept here: fetched once, verified by decoding them, encoded for the widths that pages use.

Which are wanted is derived from the index (``keep_up``), ``due`` names those to fetch next and ``store_posters``
does it; pages ask ``of_title`` and its like what there is.
"""

from catalog.services.posters import held, wanted
from catalog.services.posters.files import Stored, remove_unused
from catalog.services.posters.held import noting, of_loop, of_series, of_title, of_video
from catalog.services.posters.room import make_room
from catalog.services.posters.storing import ask_again, due, store_posters
from catalog.services.posters.wanted import keep_up, note_wanted

__all__ = [
    "Stored",
    "ask_again",
    "due",
    "forget",
    "keep_up",
    "make_room",
    "note_wanted",
    "noting",
    "of_loop",
    "of_series",
    "of_title",
    "of_video",
    "remove_unused",
    "store_posters",
]


def forget() -> None:
    """Begin as a new process would."""
    held.forget()
    wanted.forget()
