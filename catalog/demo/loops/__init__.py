"""The demo's Animeloop: 40 loops cut from 24 series."""

from catalog.demo.loops.source import DemoLoops, cover_specs, loop_specs

__all__ = ["DemoLoops", "cover_specs", "loop_specs"]
