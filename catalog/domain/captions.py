"""A video's caption taken apart: plain words, mentions and hashtags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.domain.videos import Mention, Video

_HASHTAG = re.compile(r"(?<![\w&/#])#(\w+)")


@dataclass(frozen=True, slots=True)
class CaptionPart:
    """``text`` as it stands in the caption; at most one of ``mention`` and ``tag`` is set."""

    text: str
    mention: Mention | None = None
    tag: str | None = None


def caption_parts(video: Video) -> tuple[CaptionPart, ...]:
    """The whole caption in order. Only what the upstream itself calls a hashtag is one: "#1" may be a place."""
    caption, parts, end = video.caption or "", [], 0
    tags = {tag.casefold(): tag for tag in video.tags}
    for mention in video.mentions:
        parts += _with_tags(caption[end : mention.start], tags)
        parts.append(CaptionPart(caption[mention.start : mention.end], mention=mention))
        end = mention.end
    return (*parts, *_with_tags(caption[end:], tags))


def tags_beside_caption(video: Video) -> tuple[str, ...]:
    """The hashtags that the caption itself does not show."""
    shown = {part.tag for part in caption_parts(video)}
    return tuple(tag for tag in video.tags if tag not in shown)


def _with_tags(text: str, tags: dict[str, str]) -> list[CaptionPart]:
    parts, end = [], 0
    for match in _HASHTAG.finditer(text):
        if tag := tags.get(match[1].casefold()):
            if match.start() > end:
                parts.append(CaptionPart(text[end : match.start()]))
            parts.append(CaptionPart(match[0], tag=tag))
            end = match.end()
    if end < len(text):
        parts.append(CaptionPart(text[end:]))
    return parts
