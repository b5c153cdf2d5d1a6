"""The demo's videos behind the API's source protocol."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from catalog.api.loopsvideo.refusals import Forbidden, FrontPage, Refusal, Suspended, Throttled
from catalog.api.loopsvideo.source import POPULAR_LIKES, POPULAR_POOL, DeadVideo, Entry, Tag
from catalog.demo.media.catalogue import VideoSpec
from catalog.demo.videos.accounts import accounts
from catalog.demo.videos.posts import DOCUMENTED, DOCUMENTED_ID, ORPHAN, POSTS, Post
from catalog.demo.videos.sketches import sketches
from catalog.domain.videos import (
    Account,
    Mention,
    Video,
    VideoAudio,
    VideoMedia,
    VideoPermissions,
    shortcode,
)

DOCUMENTED_AT = datetime(2025, 1, 18, 0, 15, 42, tzinfo=UTC)
ID_EPOCH = DOCUMENTED_AT - timedelta(milliseconds=int(DOCUMENTED_ID) >> 22)
ID_REFERENCE = datetime(2026, 11, 20, tzinfo=UTC)  # numbers are made as if this were today, so that they never change
TRENDING_TAGS = 12
RETRY_AFTER_SECONDS = 5  # a well-behaved client leaves the whole server alone for that long
SENSITIVE_TAGS = frozenset({"spoilers"})

# Numbers and handles that are answered with a refusal, so that anyone can see how the site takes it.
REFUSALS: dict[str, Callable[[], Refusal]] = {
    "200": FrontPage,
    "400": Suspended,
    "403": Forbidden,
    "429": lambda: Throttled(retry_after=RETRY_AFTER_SECONDS),
    "666": Suspended,
}
REFUSED_HANDLES = {
    "front.page": "200",
    "suspended": "400",
    "members.only": "403",
    "rate.limited": "429",
    "gone.by.morning": "666",
}

_HANDLE = re.compile(r"@([\w.]*\w(?:@[\w.]*\w)?)")


def all_posts() -> tuple[Post, ...]:
    """The living ones, the newest first."""
    return (*sorted((*POSTS, *sketches()), key=lambda post: post.age), DOCUMENTED)


def video_specs() -> tuple[VideoSpec, ...]:
    return tuple(VideoSpec(number_of(post), post.clip) for post in (*all_posts(), ORPHAN))


def number_of(post: Post) -> str:
    """A snowflake: milliseconds since the instance's first day, then 22 bits of its own."""
    if post is DOCUMENTED:
        return DOCUMENTED_ID
    milliseconds = (ID_REFERENCE - post.age - ID_EPOCH) // timedelta(milliseconds=1)
    return str(milliseconds << 22 | crc32(f"{post.account}:{post.age}".encode()) >> 10)


class DemoVideos:
    """A ``VideoSource``. ``origin`` serves the files; posts are dated relative to ``now``'s day."""

    def __init__(self, origin: str, now: Callable[[], datetime]) -> None:
        self.origin = origin
        self.now = now
        self._accounts = accounts(origin)
        self._by_handle = {account.username: account for account in self._accounts.values()}
        self._posts = {number_of(post): post for post in all_posts()}

    def video(self, video_id: str) -> Video | None:
        _refuse(video_id)
        if video_id == number_of(ORPHAN):
            raise Suspended
        post = self._posts.get(video_id)
        return self._video(post) if post else None

    def popular(self) -> Sequence[Entry]:
        videos = sorted(self._videos(), key=lambda video: video.likes, reverse=True)
        liked = [
            video for video in videos if video.is_local and not video.is_sensitive and video.likes >= POPULAR_LIKES
        ]
        return [*liked[: POPULAR_POOL - 2], *self._dead()]

    def account(self, username: str) -> Account | None:
        _refuse(REFUSED_HANDLES.get(username, ""))
        return self._by_handle.get(username)

    def account_videos(self, account_id: str) -> Sequence[Video] | None:
        _refuse(account_id)
        if account_id not in {account.id for account in self._accounts.values()}:
            return None
        return [video for video in self._videos() if video.account.id == account_id]

    def trending_tags(self) -> Sequence[Tag]:
        return [tag for tag in self._tags() if not tag.is_sensitive][:TRENDING_TAGS]

    def tag(self, name: str) -> Tag | None:
        return next((tag for tag in self._tags() if tag.name == name), None)

    def tagged(self, name: str) -> Sequence[Entry]:
        """The dead ones stand right behind the newest that carries their tag."""
        found: list[Entry] = [video for video in self._videos() if name in video.tags]
        return [*found[:1], *self._dead(), *found[1:]] if name in ORPHAN.tags else found

    def _videos(self) -> list[Video]:
        return [self._video(post) for post in self._posts.values()]

    def _dead(self) -> tuple[DeadVideo, ...]:
        return DeadVideo(self._video(ORPHAN)), DeadVideo()

    def _tags(self) -> list[Tag]:
        """The most used first."""
        counts = Counter(tag for post in self._posts.values() for tag in post.tags)
        return [
            Tag(id=crc32(name.encode()), name=name, count=count, is_sensitive=name in SENSITIVE_TAGS)
            for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]

    def _video(self, post: Post) -> Video:
        number = number_of(post)
        account = self._accounts[post.account]
        comments_are_on = "comments" not in post.off
        video = Video(
            id=number,
            account=account,
            caption=post.caption,
            url=f"{self.origin}/loops/v/{shortcode(number)}",
            shortcode=shortcode(number),
            media=self._media(number, post),
            is_sensitive="sensitive" in post.on,
            is_local="@" not in account.username,
            pinned="pinned" in post.on,
            likes=post.likes,
            shares=_share(post, "shares", 17),
            comments=_share(post, "comments", 29) if comments_are_on else 0,
            bookmarks=_share(post, "bookmarks", 8),
            is_edited="edited" in post.on,
            lang=post.lang,
            tags=post.tags,
            mentions=self._mentions(post.caption or ""),
            permissions=VideoPermissions(
                can_comment=comments_are_on,
                can_download="download" in post.on,
                can_duet="duet" in post.on,
                can_stitch="stitch" in post.on,
                can_embed="embed" not in post.off and "sensitive" not in post.on,
            ),
            audio=_audio(number, post),
            contains_ai="ai" in post.on,
            contains_ad="ad" in post.on,
            created_at=datetime.combine(self.now().astimezone(UTC), time.min, UTC) - post.age,
        )
        return _as_documented(video) if post is DOCUMENTED else video

    def _media(self, number: str, post: Post) -> VideoMedia:
        spec = VideoSpec(number, post.clip)
        has_size = "size" not in post.off
        return VideoMedia(
            thumbnail_url=self.origin + spec.thumbnail_path,
            src_url=None if "file" in post.off else self.origin + spec.video_path,
            alt_text=post.alt,
            duration=None if "duration" in post.off else round(spec.source.seconds),
            width=spec.source.width if has_size else None,
            height=spec.source.height if has_size else None,
        )

    def _mentions(self, caption: str) -> tuple[Mention, ...]:
        """Every handle of somebody who exists."""
        return tuple(
            Mention(
                username=account.username,
                start=match.start(),
                end=match.end(),
                profile_id=account.id,
                is_local="@" not in account.username,
            )
            for match in _HANDLE.finditer(caption)
            if (account := self._by_handle.get(match[1]))
        )


def _as_documented(video: Video) -> Video:
    """The figures of the document's example, which was fetched by its author: its viewer's flags are true."""
    return replace(
        video,
        media=replace(video.media, width=720, height=1278),
        is_owner=True,
        shares=23,
        comments=50,
        bookmarks=6,
        has_liked=True,
        has_bookmarked=True,
        audio=VideoAudio(
            has_audio=True,
            id=f"at:{DOCUMENTED_ID}",
            key="80cf38c3-cd9c-4e75-8e24-a955c79c883b",
            sound_id="248936263126653225",
        ),
        created_at=DOCUMENTED_AT,
    )


def _audio(number: str, post: Post) -> VideoAudio:
    has_audio = VideoSpec(number, post.clip).source.has_audio
    return VideoAudio(
        has_audio=has_audio,
        id=f"at:{number}",
        key=str(uuid5(NAMESPACE_URL, number)),
        sound_id=None if "sound" in post.off or not has_audio else str(int(number) + 4096),
    )


def _share(post: Post, kind: str, of: int) -> int:
    """About one in ``of`` of those who like it."""
    draw = crc32(f"{kind}:{post.account}:{post.age}".encode()) % 60
    return post.likes * (70 + draw) // (100 * of)


def _refuse(number: str) -> None:
    refusal = REFUSALS.get(number)
    if refusal is not None:
        raise refusal()
