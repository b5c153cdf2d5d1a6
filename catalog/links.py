"""Where our own pages are. An upstream's code or key is text: it can hold what no path can."""

from __future__ import annotations

from django.urls import reverse

from catalog.domain.titles import Episode, Title


def title_slug(title: Title) -> str:
    """The code, or the id where a path cannot carry the code or would read its digits as an id."""
    code = title.code
    unfit = code in {"", ".", ".."} or "/" in code or (code.isascii() and code.isdigit())
    return str(title.id) if unfit else code


def title_url(title: Title) -> str:
    return reverse("catalog:title", args=[title_slug(title)])


def episode_url(title: Title, episode: Episode) -> str:
    """The episode's page, or its title's where a browser would fold the key away as a path segment."""
    if episode.key in {"", ".", ".."}:
        return title_url(title)
    return reverse("catalog:episode", args=[title_slug(title), episode.key])
