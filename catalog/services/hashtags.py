"""The videos of a hashtag, from the two places that have some."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from catalog.domain.videos import VideoPage
from catalog.services import loopsvideo
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamNotFound
from catalog.services.together import together


def hashtag(name: str, cursor: str | None = None) -> Answer[VideoPage]:
    """Those in fashion, of which guests see more, and the newest few that any hashtag has; each video once.

    What is withheld from guests stays so. Where neither can be had, the error is that of the newest.
    """
    if cursor:
        return loopsvideo.tag(name, cursor)
    blocks = together(newest=partial(loopsvideo.tag, name), trending=partial(loopsvideo.trending_tag, name))
    newest, trending = blocks["newest"].answer, blocks["trending"].answer
    if newest is None or trending is None:
        answer: Answer[VideoPage] | None = newest or trending
        if answer is None:
            raise blocks["newest"].error or UpstreamNotFound("loops", f"tag {name}")
        return answer
    if newest.value.is_nsfw:
        return newest
    videos = {video.id: video for video in (*trending.value.videos, *newest.value.videos)}
    page = replace(newest.value, videos=tuple(videos.values()))
    return Answer(page, min(newest.fetched_at, trending.fetched_at), newest.stale or trending.stale)
