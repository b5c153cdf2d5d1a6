"""Vertical short videos and the accounts that post them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SHORTCODE_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
SHORTCODE_MAX_LENGTH = 10


def shortcode(video_id: str) -> str:
    """The name of a video in its page's address: its number in base 64, without leading zeros."""
    if not (video_id.isascii() and video_id.isdigit()):
        raise ValueError(f"not a video's number: {video_id!r}")
    number = int(video_id)
    code = SHORTCODE_ALPHABET[number % 64]
    while number := number // 64:
        code = SHORTCODE_ALPHABET[number % 64] + code
    return code


def video_id(code: str) -> str:
    """The number that ``code`` stands for; a ``ValueError`` where it cannot stand for one."""
    if not 1 <= len(code) <= SHORTCODE_MAX_LENGTH or not set(code) <= set(SHORTCODE_ALPHABET):
        raise ValueError(f"not a shortcode: {code!r}")
    number = 0
    for letter in code:
        number = number * 64 + SHORTCODE_ALPHABET.index(letter)
    return str(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """``username`` is the handle, ``user@host`` for a remote account."""

    id: str
    username: str
    name: str | None = None
    avatar_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoMedia:
    """``duration`` in seconds, ``width`` and ``height`` in pixels."""

    thumbnail_url: str | None = None
    src_url: str | None = None
    hls_url: str | None = None
    alt_text: str | None = None
    duration: float | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """``start`` and ``end`` are Python string offsets into the caption, the ``@`` included."""

    username: str
    start: int
    end: int
    profile_id: str | None = None
    is_local: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoPermissions:
    can_comment: bool = False
    can_download: bool = False
    can_duet: bool = False
    can_stitch: bool = False
    can_embed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoAudio:
    has_audio: bool = False
    id: str | None = None
    count: int = 0
    key: str | None = None
    sound_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """One video. What depends on who asks (owner, liked, bookmarked) is kept as sent for an anonymous reader."""

    id: str
    account: Account
    caption: str | None = None
    url: str | None = None
    shortcode: str = ""
    media: VideoMedia = VideoMedia()
    is_owner: bool = False
    is_sensitive: bool = False
    is_local: bool = True
    pinned: bool = False
    likes: int = 0
    shares: int = 0
    comments: int = 0
    bookmarks: int = 0
    has_liked: bool = False
    has_bookmarked: bool = False
    is_edited: bool = False
    lang: str | None = None
    tags: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    permissions: VideoPermissions = VideoPermissions()
    audio: VideoAudio = VideoAudio()
    contains_ai: bool = False
    contains_ad: bool = False
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoPage:
    """One page of a feed; the cursors are ``None`` at either end.

    ``total``: how many videos the whole feed has, where the upstream says; ``is_nsfw``: it is withheld from guests.
    """

    videos: tuple[Video, ...]
    next_cursor: str | None = None
    prev_cursor: str | None = None
    total: int | None = None
    is_nsfw: bool = False
