"""An upstream of as many titles as one likes, in a process of its own: ``python -m catalog.management.library``.

The titles are those of a recorded catalogue, or have made-up names; our own API serves them.
"""

from __future__ import annotations

import json
import lzma
import os
import random
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from catalog.domain.titles import CachingNode, Clip, SeedStat, Team, Title

HOST = "127.0.0.1"
SEED = 11
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
GENRES = ("драма", "комедия", "магия", "романтика", "фантастика", "экшен")


class Library:
    """What the API asks of a source; nothing here ever changes."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self._titles = titles

    def titles(self) -> Sequence[Title]:
        return self._titles

    def team(self) -> Team:
        from catalog.domain.titles import Team

        return Team(voice=("Kari",))

    def clips(self) -> Sequence[Clip]:
        return ()

    def seed_stats(self) -> Sequence[SeedStat]:
        return ()

    def caching_nodes(self) -> Sequence[CachingNode]:
        return ()

    def poster_file(self, title_id: int) -> bytes | None:
        return None

    def torrent_file(self, torrent_id: int) -> bytes | None:
        return None


def recorded(path: Path) -> list[Title]:
    """Titles of a file with one JSON document a line, perhaps packed with xz."""
    from catalog.services.anilibria import parse_title

    with lzma.open(path, "rt") if path.suffix == ".xz" else path.open() as lines:
        return [parse_title(json.loads(line)) for line in lines]


def made_up(amount: int) -> list[Title]:
    from catalog.domain.titles import Names, Season, Status, Team, Title, TitleType
    from catalog.services.search.generated import generated_names

    rnd = random.Random(SEED)
    return [
        Title(
            id=number,
            code=f"title-{number}",
            names=Names(ru=russian, en=romaji),
            status=Status(code=rnd.randint(1, 4)),
            type=TitleType(code=rnd.randint(0, 5), episodes=12),
            genres=tuple(rnd.sample(GENRES, 2)),
            team=Team(voice=("Kari",)),
            season=Season(code=rnd.randint(1, 4), year=rnd.randint(1995, 2026), weekday=rnd.randint(0, 6)),
            in_favourites=rnd.randint(0, 10_000),
            updated_at=EPOCH + timedelta(minutes=number),
            changed_at=EPOCH + timedelta(minutes=number),
        )
        for number, (russian, romaji) in generated_names(amount).items()
    ]


def application(titles: Sequence[Title], latency: float) -> Any:
    """AniLibria's API below ``/anilibria/``, as an ASGI application that lets every answer wait."""
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.urls import include, path

    from catalog.api.anilibria.urls import urls
    from catalog.demo.weather import Weather

    settings.ROOT_URLCONF = (path("anilibria/", include(urls(Library(titles)))),)
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = [HOST]
    site: Any = get_asgi_application()  # Django and Starlette write ASGI's types differently
    return Weather(site, latency=latency, fail=0.0)


def main() -> None:
    parser = ArgumentParser(prog="catalog.management.library")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--titles", type=int, default=2000, help="how many, where no catalogue is given")
    parser.add_argument("--catalogue", type=Path)
    parser.add_argument("--latency", type=int, default=0, help="milliseconds")
    options = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "animesite.settings")
    import django
    import uvicorn

    django.setup()
    titles = recorded(options.catalogue) if options.catalogue else made_up(options.titles)
    uvicorn.run(application(titles, options.latency / 1000), host=HOST, port=options.port, log_level="warning")


if __name__ == "__main__":
    main()
