"""docs/coverage.md walked over the demo: every field of the Video resource stands where its row says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from catalog import links
from catalog.demo.videos.posts import DOCUMENTED_ID
from catalog.domain.videos import Video
from catalog.services import loopsvideo
from catalog.templatetags import catalog as tags
from catalog.templatetags.videos import language_name
from catalog.tests.walk import Count, Subject, Walker, Wire, demo_below, demo_urls, problems, rows

ROWS = [row for row in rows() if row.section == "Loops: fields"]

# Who posted what is hard to show: an essay, emoji, silence, squares, right to left, no file, no words, every mark.
AUTHORS = ("1", "24", "57", "103", "118", "205", "420", "512", "640", "733", "808", "9001", "9002")
OURS = DOCUMENTED_ID  # the demo knows no reader, and so never says what a video is to one


def as_a_reader_who_is_known_is_told(payload: dict[str, Any]) -> dict[str, Any]:
    video = payload["data"]
    media = video["media"] | {"hls_url": video["media"]["src_url"].replace(".mp4", ".m3u8")}
    ours = {"is_owner": True} if video["id"] == OURS else {"has_liked": True, "has_bookmarked": True}
    return {"data": video | ours | {"media": media, "audio": video["audio"] | {"count": len(video["id"])}}}


def yes(is_so: bool, owner: object) -> str:
    return "yes" if is_so else "no"


# What the pages say of a value that they do not say as it is
SPOKEN = {
    "Account.username": lambda username, account: f"@{username}",
    "Mention.username": lambda username, mention: links.account_url(username),
    "Mention.start": lambda start, mention: f"@{mention.username}",
    "Mention.end": lambda end, mention: f"@{mention.username}",
    "Mention.profile_id": lambda number, mention: f"account {number}",
    "Mention.is_local": lambda is_so, mention: None if is_so else "From another server",
    "Video.is_owner": lambda is_so, video: "its own" if is_so else None,
    "Video.has_liked": lambda is_so, video: "liked" if is_so else None if video.is_owner else "none",
    "Video.has_bookmarked": lambda is_so, video: "bookmarked" if is_so else None if video.is_owner else "none",
    "Video.is_sensitive": lambda is_so, video: "Sensitive" if is_so else None,
    "Video.is_local": lambda is_so, video: "this server of Loops" if is_so else "another server",
    "Video.pinned": lambda is_so, video: "Pinned" if is_so else None,
    "Video.is_edited": lambda is_so, video: "edited" if is_so else None,
    "VideoMedia.thumbnail_url": lambda url, media: url if media.src_url else None,
    "VideoMedia.alt_text": lambda text, media: text if media.src_url else None,
    "VideoMedia.duration": lambda seconds, media: tags.clock(seconds),
    "VideoMedia.width": lambda width, media: f"{width} × {media.height}",
    "VideoMedia.height": lambda height, media: f"{media.width} × {height}",
    "Video.likes": lambda count, video: f"{count:,}",
    "Video.shares": lambda count, video: f"{count:,}",
    "Video.comments": lambda count, video: f"{count:,}" if video.permissions.can_comment else None,
    "Video.bookmarks": lambda count, video: f"{count:,}",
    "Video.lang": lambda code, video: language_name(code),
    "VideoPermissions.can_comment": yes,
    "VideoPermissions.can_download": yes,
    "VideoPermissions.can_duet": yes,
    "VideoPermissions.can_stitch": yes,
    "VideoPermissions.can_embed": yes,
    "VideoAudio.has_audio": lambda is_so, audio: "yes" if is_so else "no sound",
    "VideoAudio.count": lambda count, audio: f"yes, in {count} other videos" if count and audio.has_audio else None,
    "Video.contains_ai": lambda is_so, video: "Contains AI" if is_so else None,
    "Video.contains_ad": lambda is_so, video: "Paid promotion" if is_so else None,
    "VideoPage.videos": lambda videos, page: Count(len(videos)),
    "VideoPage.next_cursor": lambda cursor, page: urlencode({"cursor": cursor}),
    "VideoPage.prev_cursor": lambda cursor, page: urlencode({"cursor": cursor}),
    "VideoPage.total": lambda total, page: f"{total} video" if total == 1 else f"{total} videos",
    "VideoPage.is_nsfw": lambda is_so, page: "only to grown-ups who are signed in" if is_so else None,
}


@pytest.fixture
def wire(settings, tmp_path) -> Iterator[Wire]:
    with demo_below(settings, tmp_path, demo_urls()) as wire:
        yield wire


def of_video(video: Video) -> Iterator[Subject]:
    where = {"shortcode": video.shortcode}
    parts = (video, video.account, video.media, video.permissions, video.audio, *video.mentions)
    yield from ((part, where) for part in parts)


def videos(wire: Wire) -> Iterator[Video]:
    """Each as its page has it."""
    known = [video.id for author in AUTHORS for video in loopsvideo.account_feed(author).value.videos]
    liked = next(id for id in known if id != OURS)
    for id in (OURS, liked):
        wire.amended[id] = as_a_reader_who_is_known_is_told
    yield from (loopsvideo.video(id).value for id in known)


def pages() -> Iterator[Subject]:
    first = loopsvideo.account_feed("24").value
    second = loopsvideo.account_feed("24", cursor=first.next_cursor).value
    queries = ("", f"?{urlencode({'cursor': first.next_cursor})}")
    for page, query in zip((first, second), queries, strict=True):
        yield page, {"username": "sora.cels", "query": query}


def hashtags() -> Iterator[Subject]:
    for name in ("гуашь", "spoilers", "html"):
        yield loopsvideo.tag(name).value, {"name": name}


def test_every_field_of_a_video_is_shown_where_its_row_says(wire, client):
    subjects = [subject for video in videos(wire) for subject in of_video(video)]
    named = [row for row in ROWS if "VideoPage" not in row.service]
    assert len(named) == 13
    assert problems(named, subjects, Walker(client), SPOKEN) == []


def test_every_field_of_a_list_is_shown_where_its_row_says(wire, client):
    of_accounts, of_hashtags = (row for row in ROWS if "VideoPage" in row.service)
    assert problems([of_accounts], list(pages()), Walker(client), SPOKEN) == []
    assert problems([of_hashtags], list(hashtags()), Walker(client), SPOKEN) == []
