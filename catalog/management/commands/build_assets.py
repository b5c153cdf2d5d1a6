"""Make the browser's assets from npm's packages: fonts cut down to the site's alphabets, and the player's library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import copyfile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = (
    *range(0x20, 0x7F),
    *map(ord, "\N{NO-BREAK SPACE}©«®°±·»½×ÄÉÖÜßàáäçèéêíñóöúüı"),
    *map(ord, "\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}–—‘’‚“”„•…′″‹›€™↑↓−"),
)
CYRILLIC = (*range(0x410, 0x450), *map(ord, "ЁёЄєІіЇїҐґЎў№"))
ALPHABETS = {"latin": LATIN, "cyrillic": CYRILLIC}


@dataclass(frozen=True, slots=True)
class Family:
    """``source`` is the npm package, ``name`` what the built files start with; weights and features to keep."""

    source: str
    name: str
    weights: tuple[int, int]
    features: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return settings.BASE_DIR / "node_modules" / "@fontsource-variable" / self.source

    def inputs(self) -> dict[str, Path]:
        """Built file's name -> the file it is made of."""
        return {
            f"{self.name}-{alphabet}.woff2": self.folder / "files" / f"{self.source}-{alphabet}-wght-normal.woff2"
            for alphabet in ALPHABETS
        } | {f"{self.name}-OFL.txt": self.folder / "LICENSE"}


FAMILIES = (
    Family("sofia-sans-extra-condensed", "sofia-xc", (500, 900), ("kern", "ccmp", "tnum", "liga")),
    Family("onest", "onest", (400, 700), ("kern", "ccmp", "tnum")),
)


PLAYER = {  # built file's name -> the file of the package; as they are but for the names
    "hls.light.min.mjs": "dist/hls.light.min.mjs",
    "hls.worker.mjs": "dist/hls.worker.js",
    "hls-LICENSE.txt": "LICENSE",
}


class Command(BaseCommand):
    help = "Build static/fonts and static/vendor from node_modules; does nothing when they are up to date."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        fonts, vendor = settings.BASE_DIR / "static" / "fonts", settings.BASE_DIR / "static" / "vendor"
        package = settings.BASE_DIR / "node_modules" / "hls.js"
        families = {fonts / name: (family, file) for family in FAMILIES for name, file in family.inputs().items()}
        copies = {vendor / name: package / file for name, file in PLAYER.items()}
        sources = [*(file for _, file in families.values()), *copies.values()]
        if missing := [source for source in sources if not source.is_file()]:
            raise CommandError(f"{missing[0].relative_to(settings.BASE_DIR)} is missing: run `npm ci` first")
        if _up_to_date([*families, *copies], sources):
            self.stdout.write("Assets are up to date.")
            return
        for folder in (fonts, vendor):
            folder.mkdir(parents=True, exist_ok=True)
        for built, (family, file) in families.items():
            _build(family, file, built)
        for built, file in copies.items():
            _copy(file, built)
        for built in (*families, *copies):
            self.stdout.write(f"{built.name}: {built.stat().st_size:,} bytes")


def _up_to_date(built: Iterable[Path], sources: Iterable[Path]) -> bool:
    inputs = [*sources, Path(__file__)]
    return all(file.is_file() for file in built) and (
        min(file.stat().st_mtime for file in built) >= max(file.stat().st_mtime for file in inputs)
    )


def _build(family: Family, source: Path, built: Path) -> None:
    """Write whole or not at all: a half-written file would pass for an up-to-date one."""
    if built.suffix != ".woff2":
        _copy(source, built)
        return
    unfinished = built.with_suffix(".part")
    unfinished.write_bytes(subset_font(source, built.stem.rpartition("-")[2], family))
    unfinished.replace(built)


def _copy(source: Path, built: Path) -> None:
    unfinished = built.with_suffix(".part")
    copyfile(source, unfinished)
    unfinished.replace(built)


def subset_font(source: Path, alphabet: str, family: Family) -> bytes:
    """The variable font with the alphabet's characters only; the same input gives the same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    if alphabet == "cyrillic":
        prefer_russian_forms(font)
    font = instantiateVariableFont(font, {"wght": family.weights})
    font = _reloaded(font)  # the subsetter trips over tables that the instancer left half-parsed
    options = Options(
        layout_features=list(family.features),
        hinting=False,
        desubroutinize=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=ALPHABETS[alphabet])
    subsetter.subset(font)
    font.flavor = "woff2"
    return _saved(font)


def _saved(font: TTFont) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def _reloaded(font: TTFont) -> TTFont:
    font.flavor = None
    return TTFont(BytesIO(_saved(font)), recalcTimestamp=False)


def prefer_russian_forms(font: TTFont) -> None:
    """Map characters straight to what the font's Russian ``locl`` feature would substitute.

    Sofia Sans draws Bulgarian letters by default; a name whose ``lang`` was forgotten must still read as Russian.
    """
    if "GSUB" not in font:
        return
    russian = _russian_substitutions(font["GSUB"].table)
    for table in font["cmap"].tables:
        table.cmap.update({code: russian[glyph] for code, glyph in table.cmap.items() if glyph in russian})


def _russian_substitutions(gsub: Any) -> dict[str, str]:
    languages = [
        record.LangSys
        for script in gsub.ScriptList.ScriptRecord
        for record in script.Script.LangSysRecord
        if record.LangSysTag.strip() == "RUS"
    ]
    features = [gsub.FeatureList.FeatureRecord[index] for language in languages for index in language.FeatureIndex]
    lookups = [
        gsub.LookupList.Lookup[index]
        for feature in features
        if feature.FeatureTag == "locl"
        for index in feature.Feature.LookupListIndex
    ]
    substitutions: dict[str, str] = {}
    for lookup in lookups:
        for subtable in lookup.SubTable:
            # an extension wraps the real table; only single substitutions have a mapping
            substitutions |= getattr(getattr(subtable, "ExtSubTable", subtable), "mapping", {})
    return substitutions
