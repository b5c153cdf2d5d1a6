"""Visitors' own lists: what their entries stand for, and the addresses that some of them asked for."""

from catalog.services.lists.addresses import (
    UNREAD_DAYS,
    UNUSED_DAYS,
    NoRoom,
    NoTitles,
    Subscription,
    is_there,
    make,
    public_id,
    remove_unused,
    renew,
    revoke,
    subscription,
    token,
)
from catalog.services.lists.drawing import last_episodes, latest, listed, titles

__all__ = [
    "UNREAD_DAYS",
    "UNUSED_DAYS",
    "NoRoom",
    "NoTitles",
    "Subscription",
    "is_there",
    "last_episodes",
    "latest",
    "listed",
    "make",
    "public_id",
    "remove_unused",
    "renew",
    "revoke",
    "subscription",
    "titles",
    "token",
]
