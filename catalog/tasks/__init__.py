"""Background work. A task calls one service function, is idempotent, and may be lost: beat asks again."""

from catalog.tasks import answers, favourites, housekeeping, index, live, loops, notes, posters, torrents, warm, worker

__all__ = [
    "answers",
    "favourites",
    "housekeeping",
    "index",
    "live",
    "loops",
    "notes",
    "posters",
    "torrents",
    "warm",
    "worker",
]
