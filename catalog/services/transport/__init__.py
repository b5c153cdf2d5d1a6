"""How the site asks: deadlines, saved copies, one request for one answer, and leaving a dead upstream alone.

``get`` is the way in. Above the wire (requests) lies the durable copy (requests-cache), above that the parsed objects
in memory; a stale copy is answered at once and refreshed in the background, once, whatever the number of processes.
"""

from catalog.services.transport.calls import (
    FetchedFile,
    api_version,
    changes,
    get,
    get_file,
    keep,
    make_room,
    mark_changed,
    mark_stale,
    prune,
)
from catalog.services.transport.files import Download, download, size_of
from catalog.services.transport.marks import newest, note, noting_subjects
from catalog.services.transport.patience import NotReady, insisting, settle, within, without_waiting
from catalog.services.transport.process import reset
from catalog.services.transport.renewal import Renewal, older_than, past_share, renewing
from catalog.services.transport.upstream import Param, Upstream, is_loopback
from catalog.services.transport.watch import Health, health
from catalog.services.transport.websocket import notices
from catalog.services.transport.wire import Unacceptable

__all__ = [
    "Download",
    "FetchedFile",
    "Health",
    "NotReady",
    "Param",
    "Renewal",
    "Unacceptable",
    "Upstream",
    "api_version",
    "changes",
    "download",
    "get",
    "get_file",
    "health",
    "insisting",
    "is_loopback",
    "keep",
    "make_room",
    "mark_changed",
    "mark_stale",
    "newest",
    "note",
    "notices",
    "noting_subjects",
    "older_than",
    "past_share",
    "prune",
    "renewing",
    "reset",
    "settle",
    "size_of",
    "within",
    "without_waiting",
]
