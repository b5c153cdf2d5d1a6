"""Loops' API: vertical short videos and the accounts that post them, as an anonymous reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import quote

from catalog.domain.videos import Account, Video, VideoPage, shortcode, video_id
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamNotFound
from catalog.services.loopsvideo.parsing import (
    NAME,
    account_payload,
    error_of,
    read_account,
    read_page,
    read_tags,
    read_video,
)
from catalog.services.transport import Upstream, get, keep

__all__ = [
    "Sort",
    "account",
    "account_feed",
    "embed_url",
    "feed",
    "tag",
    "trending_tag",
    "trending_tags",
    "video",
    "video_by_shortcode",
]

LOOPS = Upstream(NAME, "LOOPS_URL", error_of, "LOOPS_TOKEN")

TAKEN_BACK = (400, 403)  # of a suspended author, of a video that is private now

Sort = Literal["Latest", "Popular", "Oldest"]


def embed_url(video: Video) -> str | None:
    """The server's own player for other pages, which it has for what may be embedded and is kept there."""
    if not (video.permissions.can_embed and video.is_local and not video.is_sensitive):
        return None
    return f"{LOOPS.base_url()}/embed/{video.shortcode}"


def video(id: str) -> Answer[Video]:
    """One video. A suspended author is an ``UpstreamRejected`` with code 400, a private video one with 403."""
    path, parse = f"/api/v1/video/{_known(id)}", read_video(f"video {id}")
    answer = get(LOOPS, path, {}, endpoint="loops.video", parse=parse, refusals=TAKEN_BACK)
    _note_authors(answer, [answer.value])
    return answer


def video_by_shortcode(code: str) -> Answer[Video]:
    """No address of the upstream takes a shortcode. What cannot be one is an ``UpstreamNotFound`` without a request."""
    try:
        id = video_id(code)
    except ValueError as exc:
        raise UpstreamNotFound(NAME, f"video {code}", str(exc)) from exc
    if shortcode(id) != code:
        raise UpstreamNotFound(NAME, f"video {code}", f"{shortcode(id)} with leading zeros")
    return video(id)


def feed() -> Answer[VideoPage]:
    """At most ten well-liked local videos, shuffled by the upstream; there is no next page."""
    return _page(get(LOOPS, "/api/web/feed", {}, endpoint="loops.feed", parse=read_page("feed")))


def account_feed(account_id: str, sort: Sort = "Latest", cursor: str | None = None) -> Answer[VideoPage]:
    """Ten videos of an account; the first page of the latest begins with up to three pinned ones."""
    path = f"/api/v1/feed/account/{_known(account_id)}"
    params = {"sort": sort, "cursor": cursor}
    parse = read_page(f"videos of account {account_id}")
    answer = _page(get(LOOPS, path, params, endpoint="loops.account_feed", parse=parse, refusals=TAKEN_BACK))
    # the latest of later pages have the pinned ones again, which were on the first
    return answer.map(_without_pinned) if cursor and sort == "Latest" else answer


def account(username: str) -> Answer[Account]:
    """The account behind a handle.

    Guests may ask a hundred times a day: it lives long, and whoever posted a video that was shown is known without.
    """
    username = username.removeprefix("@")
    parse = read_account(f"account {username}")
    return get(LOOPS, _account_path(username), {}, endpoint="loops.account", parse=parse, refusals=TAKEN_BACK)


def tag(name: str, cursor: str | None = None) -> Answer[VideoPage]:
    """Videos with a hashtag, in the compact shape: no media file, no counts of permissions, tags or mentions."""
    path = f"/api/v1/tags/video/{_segment(name.removeprefix('#'))}"
    return _page(get(LOOPS, path, {"cursor": cursor}, endpoint="loops.tag", parse=read_page(f"tag {name}")))


def trending_tag(name: str) -> Answer[VideoPage]:
    """More videos of a hashtag than ``tag`` has for a guest; one that is not trending is an ``UpstreamNotFound``."""
    path = f"/api/v1/explore/tag-feed/{_segment(name.removeprefix('#'))}"
    return _page(get(LOOPS, path, {}, endpoint="loops.tag", parse=read_page(f"trending tag {name}")))


def trending_tags() -> Answer[tuple[str, ...]]:
    return get(LOOPS, "/api/v1/explore/tags", {}, endpoint="loops.tags", parse=read_tags)


def _page(answer: Answer[VideoPage]) -> Answer[VideoPage]:
    _note_authors(answer, answer.value.videos)
    return answer


def _note_authors(answer: Answer[Any], videos: Iterable[Video]) -> None:
    """Keep whose handle is whose, so that nobody need ask."""
    for account in {video.account.username: video.account for video in videos}.values():
        with suppress(UpstreamNotFound):  # a handle that no address can hold
            keep(
                LOOPS,
                _account_path(account.username),
                {},
                account_payload(account),
                endpoint="loops.account",
                parse=read_account(f"account {account.username}"),
                fetched_at=answer.fetched_at,
            )


def _account_path(username: str) -> str:
    return f"/api/v1/account/username/{_segment(username)}"


def _without_pinned(page: VideoPage) -> VideoPage:
    return replace(page, videos=tuple(video for video in page.videos if not video.pinned))


def _known(id: str) -> str:
    """An id as the upstream spells it; what is no number names nothing."""
    if not (id.isascii() and id.isdigit()):
        raise UpstreamNotFound(NAME, id, "an id is a number")
    return id


def _segment(name: str) -> str:
    """``name`` as one segment of a path."""
    if not name or name in (".", ".."):
        raise UpstreamNotFound(NAME, name, "not a name")
    return quote(name, safe="")
