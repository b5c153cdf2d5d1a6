"""Where a title's pages are. Codes and keys come from the services fit to be one segment of a path."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from catalog.domain.titles import Clip, Episode, Title

LONGEST_ID = 9  # digits


def is_id(slug: str) -> bool:
    return slug.isascii() and slug.isdigit() and len(slug) <= LONGEST_ID


def title_slug(title: Title) -> str:
    """The code, or the id where a code of digits would read as another title's id."""
    return str(title.id) if is_id(title.code) else title.code


def title_url(title: Title) -> str:
    return reverse("catalog:title", args=[title_slug(title)])


def episode_url(title: Title, episode: Episode) -> str:
    return reverse("catalog:episode", args=[title_slug(title), episode.key])


def person_url(nick: str) -> str:
    """The page of somebody of the team; the team's own for a name that no address can hold."""
    try:
        return reverse("catalog:person", args=[nick])
    except NoReverseMatch:
        return reverse("catalog:team")


def account_url(username: str) -> str:
    """The videos of an account by its handle; all of them for a handle that no address can hold."""
    try:
        return reverse("catalog:video_account", args=[username])
    except NoReverseMatch:
        return reverse("catalog:videos")


def tag_url(name: str) -> str:
    """The videos with a hashtag; all of them for one that no address can hold."""
    try:
        return reverse("catalog:video_tag", args=[name])
    except NoReverseMatch:
        return reverse("catalog:videos")


def clip_url(clip: Clip) -> str:
    return f"https://www.youtube.com/watch?v={clip.youtube_id}"
