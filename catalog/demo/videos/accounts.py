"""Who posts the demo's videos."""

from __future__ import annotations

from catalog.demo.media.catalogue import AvatarSpec
from catalog.domain.videos import Account

_ROWS = (  # key, number, handle, name
    ("dansup", "1", "dansup", "dansup"),
    ("sora", "24", "sora.cels", "Sora"),
    ("needle", "57", "needle_drop", "Needle Drop"),
    ("bowl", "103", "kissa.bowl", "Kissa Bowl"),
    ("matsuri", "118", "matsuri_cam", "Matsuri Cam"),
    ("frame", "205", "frame.by.frame", "Frame by Frame"),
    ("rail", "311", "railfan_88", "Railfan"),
    ("neko", "420", "neko.na.okne", "Нэко на окне"),
    ("taipei", "512", "taipei.frames", "台北影格"),
    ("hoshi", "640", "hoshi_mi", "星見"),
    ("layout", "733", "layout.hell", "Layout <Hell>"),
    ("quiet", "808", "quiet.minutes", "user808"),
    ("mika", "9001", "mika@tube.example", "Mika 🌸"),
    ("lena", "9002", "lena.k@fedi.example", "Лена К."),
    ("gone", "666", "gone.by.morning", "Gone by Morning"),
)


def accounts(origin: str) -> dict[str, Account]:
    """By key; ``origin`` serves the avatars."""
    return {
        key: Account(id=number, username=handle, name=name, avatar_url=origin + AvatarSpec(number).path)
        for key, number, handle, name in _ROWS
    }


def avatar_specs() -> tuple[AvatarSpec, ...]:
    return tuple(AvatarSpec(number) for _, number, _, _ in _ROWS)
