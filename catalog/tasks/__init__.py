"""Background work. A task calls one service function, is idempotent, and may be lost: beat asks again."""

from catalog.tasks import answers, index, loops, posters, torrents

__all__ = ["answers", "index", "loops", "posters", "torrents"]
