"""What is inside torrents, and which titles' torrents have been looked at."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.domain.titles import TorrentFile, TorrentMetadata


class StoredTorrent(models.Model):
    """One torrent's metadata, or why there is none. ``id`` is the upstream's.

    ``url`` and ``declared_hash`` are what the upstream says of it: once it says otherwise, this is another torrent.
    ``info_hash`` is that of version 1, ``info_hash_v2`` that of version 2. ``files``: [path, bytes, offset] each.
    ``attempts`` counts the failures in a row.
    """

    class State(models.TextChoices):
        STORED = "stored", _("stored")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed, to be tried again")

    class Source(models.TextChoices):
        METADATA = "metadata", _("the upstream’s own list")
        FILE = "file", _("the .torrent file")

    id = models.BigIntegerField(_("number"), primary_key=True)
    title_id = models.BigIntegerField(_("title’s number"), db_index=True)
    url = models.TextField(_("address"), default="", blank=True)
    declared_hash = models.CharField(_("hash by the upstream"), max_length=64, default="", blank=True)

    state = models.CharField(_("state"), max_length=8, choices=State, db_index=True)
    reason = models.TextField(_("reason"), default="", blank=True)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.FILE)
    attempts = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), null=True, blank=True, db_index=True)
    looked_at = models.DateTimeField(_("last look"), default=timezone.now)

    version = models.CharField(_("version"), max_length=6, default="", blank=True)
    info_hash = models.CharField(_("hash, version 1"), max_length=40, default="", blank=True, db_index=True)
    info_hash_v2 = models.CharField(_("hash, version 2"), max_length=64, default="", blank=True)
    name = models.TextField(_("name"), default="", blank=True)
    trackers = models.JSONField(_("trackers"), default=list, blank=True)
    created_at = models.DateTimeField(_("made"), null=True, blank=True)
    files = models.JSONField(_("files"), default=list, blank=True)
    size = models.BigIntegerField(_("size"), default=0)

    class Meta:
        verbose_name = _("torrent’s metadata")
        verbose_name_plural = _("torrents’ metadata")

    def __str__(self) -> str:
        return self.name or gettext("torrent %(number)s") % {"number": self.id}

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
        verbose_name = _("look at a title’s torrents")
        verbose_name_plural = _("looks at titles’ torrents")

    def __str__(self) -> str:
        return f"title {self.title_id}"
