"""What is inside torrents, and which titles' torrents have been looked at."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from catalog.domain.titles import TorrentFile, TorrentMetadata


class StoredTorrent(models.Model):
    """One torrent's metadata, or why there is none. ``id`` is the upstream's.

    ``url`` and ``declared_hash`` are what the upstream says of it: once it says otherwise, this is another torrent.
    ``info_hash`` is that of version 1, ``info_hash_v2`` that of version 2. ``files``: [path, bytes, offset] each.
    ``attempts`` counts the failures in a row.
    """

    class State(models.TextChoices):
        STORED = "stored"
        REFUSED = "refused"
        FAILED = "failed", "failed, to be tried again"

    class Source(models.TextChoices):
        METADATA = "metadata", "the upstream’s own list"
        FILE = "file", "the .torrent file"

    id = models.BigIntegerField(primary_key=True)
    title_id = models.BigIntegerField(db_index=True)
    url = models.TextField(default="", blank=True)
    declared_hash = models.CharField(max_length=64, default="", blank=True)

    state = models.CharField(max_length=8, choices=State, db_index=True)
    reason = models.TextField(default="", blank=True)
    source = models.CharField(max_length=8, choices=Source, default=Source.FILE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True, db_index=True)
    looked_at = models.DateTimeField(default=timezone.now)

    version = models.CharField(max_length=6, default="", blank=True)
    info_hash = models.CharField(max_length=40, default="", blank=True, db_index=True)
    info_hash_v2 = models.CharField(max_length=64, default="", blank=True)
    name = models.TextField(default="", blank=True)
    trackers = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(null=True, blank=True)
    files = models.JSONField(default=list, blank=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "torrent’s metadata"
        verbose_name_plural = "torrents’ metadata"

    def __str__(self) -> str:
        return self.name or f"torrent {self.id}"

    @property
    def metadata(self) -> TorrentMetadata:
        return TorrentMetadata(
            info_hash=self.info_hash or None,
            info_hash_v2=self.info_hash_v2 or None,
            name=self.name or None,
            trackers=tuple(self.trackers),
            created_at=self.created_at,
            files=tuple(TorrentFile(name=name, size=size, offset=offset) for name, size, offset in self.files),
        )


class TorrentLook(models.Model):
    """When a title's torrents were last looked at, and at which of its releases.

    ``claimed_until``: the lease of whoever is looking, which ends by itself.
    """

    title_id = models.BigIntegerField(primary_key=True)
    seen_updated_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(default="", blank=True)
    next_try_at = models.DateTimeField(null=True, db_index=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "look at a title’s torrents"
        verbose_name_plural = "looks at titles’ torrents"

    def __str__(self) -> str:
        return f"title {self.title_id}"
