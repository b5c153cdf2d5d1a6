"""What AniLibria's WebSocket sends -> domain objects."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from catalog.domain.titles import PlaylistChange, TitleChange
from catalog.services import transport
from catalog.services.anilibria.methods import ANILIBRIA
from catalog.services.anilibria.player import parse_player
from catalog.services.anilibria.titles import parse_title
from catalog.services.anilibria.values import NAME, number, text, whole
from catalog.services.errors import UpstreamBadData
from catalog.services.payload import mapping


def parse_title_change(value: Any) -> TitleChange:
    """``{hash, title}``, in later versions inside ``{type, title_update}`` and with a ``diff``."""
    notice = _unwrapped(value, "title_update")
    notice_hash = text(notice.get("hash"))
    if notice_hash is None:
        raise UpstreamBadData(NAME, "title change", f"it has no hash: {value!r:.80}")
    return TitleChange(hash=notice_hash, title=parse_title(notice.get("title")))


def parse_playlist_change(value: Any, *, hls_host: str | None = None, mp4_host: str | None = None) -> PlaylistChange:
    """``{id, serie, playlist}``: it names no host, so that without the title's own hosts no address is known.

    Later versions send ``player`` with its host instead.
    """
    notice = _unwrapped(value, "playlist_update")
    title_id, episode_number = whole(notice.get("id"), 1), number(notice.get("serie"))
    player = mapping(notice.get("player")) or {
        "hosts": {"hls": hls_host, "mp4": mp4_host},
        "playlist": notice.get("playlist"),
    }
    if title_id is None or episode_number is None or not isinstance(player.get("playlist"), (dict, list)):
        raise UpstreamBadData(NAME, f"playlist change {title_id or ''}".strip(), f"{value!r:.80}")
    return PlaylistChange(title_id=title_id, episode_number=episode_number, episodes=parse_player(player).episodes)


def notices(
    subscribe: Sequence[Any] = (), connected: Callable[[], None] = lambda: None, stop: threading.Event | None = None
) -> Iterator[Any]:
    """What the WebSocket sends, for the functions above; see ``transport.notices``."""
    return transport.notices(ANILIBRIA, "/ws/", subscribe=subscribe, connected=connected, stop=stop)


def _unwrapped(value: Any, kind: str) -> Mapping[str, Any]:
    notice = mapping(value)
    return mapping(notice.get(kind)) or mapping(notice.get("data")) or notice
