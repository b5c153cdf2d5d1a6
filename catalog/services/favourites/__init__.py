"""Collections that curators fill, drawn from what was told of their favourites, so that they outlive their sources."""

from catalog.services.favourites.adding import (
    AlreadyThere,
    NothingThere,
    NotUnderstood,
    add,
    already_there,
    look_up,
    tell,
)
from catalog.services.favourites.offline import NotKnownHere, known
from catalog.services.favourites.ordering import append, arranging, change, drag, move, moves, renumber
from catalog.services.favourites.refreshing import broken, refresh, refresh_one
from catalog.services.favourites.searching import candidates
from catalog.services.favourites.sheet import sheet
from catalog.services.favourites.shelves import any_shelf, as_shown, first_shelf, names, shelf, shelves
from catalog.services.favourites.subjects import Subject
from catalog.services.favourites.undoing import AddressTaken, CollectionGone, bring_back, called, deleted, noted

__all__ = [
    "AddressTaken",
    "AlreadyThere",
    "CollectionGone",
    "NotKnownHere",
    "NotUnderstood",
    "NothingThere",
    "Subject",
    "add",
    "already_there",
    "any_shelf",
    "append",
    "arranging",
    "as_shown",
    "bring_back",
    "broken",
    "called",
    "candidates",
    "change",
    "deleted",
    "drag",
    "first_shelf",
    "known",
    "look_up",
    "move",
    "moves",
    "names",
    "noted",
    "refresh",
    "refresh_one",
    "renumber",
    "sheet",
    "shelf",
    "shelves",
    "tell",
]
