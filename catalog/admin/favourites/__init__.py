"""Collections and the favourites in them, for those who fill them."""

from catalog.admin.favourites import collection, favourite

__all__ = ["collection", "favourite"]
