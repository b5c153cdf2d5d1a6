"""Visitors' own lists: what their entries stand for, and the addresses that some of them asked for."""

from catalog.services.lists.drawing import last_episodes, listed

__all__ = ["last_episodes", "listed"]
