"""The demo's AniLibria: titles over fifteen years, shows that run on every weekday, and everything around them."""

from catalog.demo.titles.catalogue import DemoTitles

__all__ = ["DemoTitles"]
