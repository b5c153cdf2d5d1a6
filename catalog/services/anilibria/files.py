"""The .torrent files on AniLibria's site."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from catalog.services.errors import UpstreamBadData
from catalog.services.transport import Upstream, get_file

SITE = Upstream("anilibria-site", "ANILIBRIA_SITE_URL")
TORRENT_TYPES = (
    "application/x-bittorrent",
    "application/octet-stream",
    "binary/octet-stream",
    "application/force-download",
)


def torrent_file(url: str, *, max_bytes: int) -> bytes:
    """The file at ``url``, a ``Torrent.url``. Raises an UpstreamError, also for an address off the configured site."""
    base = SITE.base_url()
    if not url.startswith(f"{base}/"):
        raise UpstreamBadData(SITE.name, urlsplit(url).hostname or url[:80], "it does not lie on the configured site")
    parts = urlsplit(url.removeprefix(base))
    return get_file(SITE, parts.path, dict(parse_qsl(parts.query)), max_bytes=max_bytes, types=TORRENT_TYPES).content
