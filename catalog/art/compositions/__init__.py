"""The poster's pictures: each fills a :class:`Stage` with shapes in three inks."""

from __future__ import annotations

from catalog.art.compositions import landscapes, patterns, strokes, wheels
from catalog.art.compositions.stage import Clips, Composition, Stage

__all__ = ["COMPOSITIONS", "Clips", "Composition", "Stage"]

# Seeded choices index this table: its order is part of every poster.
COMPOSITIONS: dict[str, Composition] = {
    "sunsea": landscapes.sunsea,
    "seigaiha": patterns.seigaiha,
    "rays": strokes.rays,
    "orb": wheels.orb,
    "kanji": strokes.kanji,
    "speed": strokes.speed,
    "peaks": landscapes.peaks,
    "fuji": landscapes.fuji,
    "quarters": patterns.quarters,
    "rings": wheels.rings,
    "tower": landscapes.tower,
    "rail": landscapes.rail,
    "petals": wheels.petals,
    "blade": strokes.blade,
    "eye": wheels.eye,
    "torii": landscapes.torii,
    "umbrella": wheels.umbrella,
    "discs": patterns.discs,
    "stamp": strokes.stamp,
    "phases": patterns.phases,
    "fan": wheels.fan,
    "wave": landscapes.wave,
    "vinyl": wheels.vinyl,
    "steps": landscapes.steps,
    "asanoha": patterns.asanoha,
}
