"""What a machine sees in the demo's loops, and the collections that people made of them."""

from __future__ import annotations

from zlib import crc32

from catalog.domain.loops import LoopCollection, LoopTag

TAGGER = "illustration2vec"

_GENERAL: dict[str, tuple[str, ...]] = {
    "stage": ("stage", "multiple girls", "spotlight"),
    "train": ("train interior", "window", "scenery"),
    "cumulus": ("sky", "cloud", "power lines"),
    "eye": ("close-up", "eyes", "1girl"),
    "rain": ("rain", "umbrella", "city"),
    "vinyl": ("no humans", "record player"),
    "koi": ("fish", "water", "no humans"),
    "crossing": ("railroad crossing", "sunset", "scenery"),
    "hanabi": ("fireworks", "night sky", "festival"),
    "cat": ("cat", "no humans", "sitting"),
    "sea": ("ocean", "sunset", "bird"),
    "ferris": ("ferris wheel", "scenery"),
    "ramen": ("food", "noodles", "steam"),
    "speed": ("speed lines", "running"),
    "petals": ("cherry blossoms", "petals", "wind"),
    "stars": ("starry sky", "mountain", "night"),
    "night": ("city lights", "night", "building"),
    "grass": ("grass", "wind", "field"),
    "furin": ("wind chime", "summer"),
    "fan": ("electric fan", "summer", "indoors"),
}
_CHARACTERS: dict[str, tuple[str, ...]] = {
    "lovelive": ("nishikino maki", "ayase eli"),
    "shigatsu": ("miyazono kawori",),
    "little-witch": ("kagari atsuko",),
    "one-punch": ("saitama",),
}

COLLECTIONS = (
    LoopCollection(
        id=1080,
        name="rainy_days",
        title="Rainy days",
        description="Water, in every form that can be drawn",
        user_id=1002,
    ),
    LoopCollection(
        id=1081, name="last_train", title="The last train", description="Everything that runs on rails", user_id=1002
    ),
    LoopCollection(
        id=1111, name="blink", title="Blink", description="Loops that are over before you notice", user_id=1017
    ),
)
_MEMBERS: dict[int, frozenset[str]] = {
    1080: frozenset({"rain", "koi", "sea"}),
    1081: frozenset({"train", "crossing", "night"}),
    1111: frozenset({"speed", "fan", "stage", "eye", "cat"}),
}


def collected(collection_id: int, scene: str) -> bool:
    """Whether the loops of ``scene`` belong to a collection; to one that does not exist, none does."""
    return scene in _MEMBERS.get(collection_id, frozenset())


def tags_of(loop_id: str, scene: str, series: str) -> tuple[LoopTag, ...]:
    values = [
        *(("general", value) for value in _GENERAL[scene]),
        *(("character", value) for value in _CHARACTERS.get(series, ())),
        ("safe", "safe"),
    ]
    return tuple(_tag(loop_id, type, value) for type, value in values)


def _tag(loop_id: str, type: str, value: str) -> LoopTag:
    draw = crc32(f"{loop_id}:{type}:{value}".encode())
    return LoopTag(
        id=f"59e5b1f1{draw:08x}{crc32(value.encode()):08x}",
        loop_id=loop_id,
        type=type,
        value=value,
        source=TAGGER,
        confidence=0.5 + draw / 2**33,
    )
