"""``manage.py bench search``: how fast and how right the search is, what it weighs, and what a page costs.

``manage.py bench pages``: how long a page takes that nobody asked for yet, over a slow upstream.

``manage.py bench index``: how soon a new site has read the whole catalogue of a slow upstream.

``manage.py bench start``: how soon a new site shows stored posters on its first pages.

``manage.py bench prefetch``: how fast posters are fetched, beside curl, and stored.

``manage.py bench idle``: what the whole site takes while nobody visits it, the demo left out.

``manage.py bench embed``: what a widget weighs, how often it asks, and how soon its first frame is there.
"""

from __future__ import annotations

import gc
import json
import lzma
import random
import statistics
import time
import tracemalloc
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from tqdm import tqdm

from catalog.domain.titles import Names, Season, Status, Team, Title, TitleType
from catalog.management import cold_pages, embed_cost, first_index, first_pictures, idle, prefetch
from catalog.models import IndexState, TitleRow
from catalog.services import index
from catalog.services.anilibria import parse_title
from catalog.services.index.state import source
from catalog.services.search import Engine
from catalog.services.search.generated import generated_names
from catalog.services.search.slips import SLIPS

SMALL, LARGE = 2000, 40000
SEED = 11
TOP = 10
TYPOS = ("1 edit", "2 edits")
SHORTEST = 5  # letters of a name to make slips of
TYPED = (1, 2, 3, 4, 6, 8)  # letters typed so far
GENRES = [f"жанр {number}" for number in range(40)]
PEOPLE = [f"nick{number}" for number in range(60)]
PAGES = (
    "", "genre=жанр 3", "genre=жанр 3&genre=жанр 7&year=2020", "status=1&status=2&sort=name", "sort=popular&page=5",
    "type=0&weekday=3&sort=new", "voice=nick4", "q=сот", "q=karo", "letter=С&sort=name",
)  # fmt: skip
ROUNDS = 7

Titles = Mapping[int, tuple[str, ...]]


class Result(NamedTuple):
    """Seconds of every search, of the clock and of the processor; ``hits``: those that found the title meant."""

    wall: list[float]
    cpu: list[float]
    hits: int


class Command(BaseCommand):
    help = "Measure the search. Pages are measured over a database made for it and thrown away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["search", "pages", "index", "start", "embed", "idle", "prefetch"])
        parser.add_argument("--latency", type=int, help="milliseconds, of the upstream: 500, of a poster 50")
        parser.add_argument("--posters", type=int, default=1000)
        parser.add_argument("--titles", type=int, help=f"{LARGE} for search, {SMALL} for index")
        parser.add_argument("--seconds", type=float, default=60, help="under idle")
        parser.add_argument("--queries", type=int, default=500, help="of each kind")
        parser.add_argument("--views", type=int, default=10, help="of the widget under embed")
        parser.add_argument("--catalogue", type=Path, help="titles whose names come first: JSON lines, .xz")

    def handle(self, *args: Any, what: str, latency: int | None, **options: Any) -> None:
        if what == "prefetch":
            with throwaway_database():
                for name, figure in prefetch.measure(options["posters"], 50 if latency is None else latency).report():
                    self.say(name, figure)
            return
        if what == "start":
            self.start(first_pictures.measure())
            return
        latency = 500 if latency is None else latency
        if what == "idle":
            self.idle(options["seconds"])
            return
        if what == "pages":
            for path, seconds in cold_pages.measure(latency):
                self.stdout.write(f"{seconds:6.2f} s  {path}")
        elif what == "index":
            self.index(first_index.measure(options["titles"] or SMALL, options["catalogue"], latency), latency)
        elif what == "embed":
            for name, figure in embed_cost.report(embed_cost.measure(options["views"])):
                self.say(name, figure)
        else:
            self.search(options["titles"] or LARGE, options["queries"], options["catalogue"])

    def index(self, measured: first_index.Measured, latency: int) -> None:
        self.say("upstream", f"{latency} ms an answer")
        self.say("first page", f"{measured.served:.1f} s after the start")
        for seconds, done, total in measured.seen:
            self.say(f"  {seconds:.1f} s", f"indexed {done} of {total}")
        self.say("indexed", f"{measured.titles} titles, {measured.complete:.1f} s after the start")

    def start(self, measured: first_pictures.Measured) -> None:
        """Fail where the first stored posters come too late."""
        self.say("first page", f"{measured.served:.1f} s after the start")
        for page, seconds in measured.first.items():
            self.say(page, f"first stored poster after {seconds:.1f} s, the last after {measured.whole[page]:.1f} s")
        if max(measured.first.values()) > first_pictures.LIMIT_SECONDS:
            raise CommandError(f"no stored posters within {first_pictures.LIMIT_SECONDS:.0f} s")

    def idle(self, seconds: float) -> None:
        """Fail where the site takes more than its limits while nobody visits it."""
        found = idle.measure(seconds)
        cpu, memory = sum(each.cpu for each in found), sum(each.memory for each in found)
        for each in [*found, idle.Usage(name="together", cpu=cpu, memory=memory)]:
            self.say(each.name, f"{each.cpu:6.2%} of a core, {each.memory / 2**20:6.1f} MiB PSS")
        if cpu > idle.CPU_LIMIT or memory > idle.MEMORY_LIMIT:
            raise CommandError(f"more than {idle.CPU_LIMIT:.0%} of a core or {idle.MEMORY_LIMIT // 2**20} MiB")

    def search(self, titles: int, queries: int, catalogue: Path | None) -> None:
        names = named(titles, catalogue)
        started = time.perf_counter()
        engine = Engine.of(names)
        self.say("titles", f"{len(names)}, {sum(map(len, names.values()))} names")
        self.say("build", f"{time.perf_counter() - started:.2f} s")
        self.say("memory", f"{weight(names) / 2**20:.1f} MiB")
        results = {kind: searches(engine, names, kind, queries) for kind in tqdm(SLIPS, disable=None, leave=False)}
        everything = Result(
            [seconds for result in results.values() for seconds in result.wall],
            [seconds for result in results.values() for seconds in result.cpu],
            sum(result.hits for result in results.values()),
        )
        self.say("latency", times(everything))
        self.say("as you type", times(typing(engine, names, queries)))
        typos = sum(results[kind].hits for kind in TYPOS) / (len(TYPOS) * queries)
        self.say(f"recall@{TOP}", f"{typos:.1%} of typos of 1-2 edits")
        for kind, result in results.items():
            self.say(f"  {kind}", f"{result.hits / queries:6.1%}  {times(result)}")
        self.pages(names)

    def pages(self, names: Titles) -> None:
        with throwaway_database():
            small = cost(names, SMALL)
            large = cost(names, len(names))
        self.say("page", f"{small * 1000:.2f} ms at {SMALL} titles, {large * 1000:.2f} ms at {len(names)}")
        self.say("page ratio", f"{large / small:.2f}")

    def say(self, what: str, figure: str) -> None:
        self.stdout.write(f"{what + ':':24}{figure}")


def named(amount: int, catalogue: Path | None) -> Titles:
    real: list[tuple[str, ...]] = []
    if catalogue is not None:
        with lzma.open(catalogue, "rt") as lines:
            titles = (parse_title(json.loads(line)) for line in lines)
            real = [tuple(filter(None, (title.names.ru, title.names.en))) for title in titles]
    made = generated_names(max(0, amount - len(real))).values()
    return dict(enumerate([*real, *made][:amount], 1))


def weight(names: Titles) -> int:
    """Bytes of an engine, counted while one is made."""
    gc.collect()
    tracemalloc.start()
    engine = Engine.of(names)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(engine) == len(names)
    return size


def searches(engine: Engine, names: Titles, kind: str, amount: int) -> Result:
    rnd = random.Random(f"{SEED} {kind}")
    result, hits = Result([], [], 0), 0
    ids = list(names)
    while len(result.wall) < amount:
        title_id = rnd.choice(ids)
        name = rnd.choice(names[title_id])
        if len(name) <= SHORTEST:
            continue
        hits += title_id in timed(engine, SLIPS[kind](name, rnd), result)
    return result._replace(hits=hits)


def typing(engine: Engine, names: Titles, amount: int) -> Result:
    """What is searched for after each of the first letters."""
    rnd = random.Random(SEED)
    result = Result([], [], 0)
    for name in rnd.sample([name for of_title in names.values() for name in of_title], amount // len(TYPED)):
        for letters in TYPED:
            timed(engine, name[:letters], result)
    return result


def timed(engine: Engine, query: str, result: Result) -> list[int]:
    wall, cpu = time.perf_counter(), time.thread_time()
    found = engine.find(query, TOP)
    result.cpu.append(time.thread_time() - cpu)
    result.wall.append(time.perf_counter() - wall)
    return [hit.title_id for hit in found]


def times(result: Result) -> str:
    shares = [
        (label, statistics.quantiles(values, n=20)) for label, values in (("", result.wall), ("cpu ", result.cpu))
    ]
    return ", ".join(
        f"{label}p50 {share[9] * 1000:.2f} ms, {label}p95 {share[18] * 1000:.2f} ms" for label, share in shares
    )


def cost(names: Titles, amount: int) -> float:
    """Processor seconds of a page of the catalogue, nothing of which was asked before: the mean over PAGES."""
    fill(names, amount)
    index.forget()
    while (catalogue := index.catalogue(index.progress())) is None:
        time.sleep(0.1)
    client, best = Client(SERVER_NAME="localhost"), dict.fromkeys(PAGES, float("inf"))
    gc.collect()
    for turn in range(ROUNDS):
        for query in PAGES:
            catalogue.forget_answers()
            started = time.thread_time()
            response = client.get(f"/catalog/?{query}&measured={amount}-{turn}")  # an address that no kept page has
            best[query] = min(best[query], time.thread_time() - started)
            assert response.status_code == 200
    return statistics.fmean(best.values())


def fill(names: Titles, amount: int) -> None:
    TitleRow.objects.all().delete()
    rnd, now = random.Random(SEED), timezone.now()
    rows = [
        TitleRow.of(made_up(rnd, title_id, names[title_id]), seen_at=now, revision=1)
        for title_id in list(names)[:amount]
    ]
    TitleRow.objects.bulk_create(rows, batch_size=500)
    IndexState.objects.all().delete()
    IndexState.objects.create(source=source(), revision=1, done=amount, total=amount, crawled_at=now, refreshed_at=now)


def made_up(rnd: random.Random, title_id: int, names: tuple[str, ...]) -> Title:
    people = [tuple(rnd.sample(PEOPLE, rnd.randint(0, 4))) for _ in range(5)]
    return Title(
        id=title_id,
        code=f"title-{title_id}",
        names=Names(ru=names[0], en=names[-1]),
        status=Status(code=rnd.randint(1, 4)),
        type=TitleType(code=rnd.randint(0, 5), episodes=rnd.randint(1, 26)),
        genres=tuple(rnd.sample(GENRES, rnd.randint(1, 5))),
        team=Team(**dict(zip(index.ROLES, people, strict=True))),
        season=Season(code=rnd.randint(1, 4), year=rnd.randint(1995, 2026), weekday=rnd.randint(0, 6)),
        in_favourites=rnd.randint(0, 10000),
        updated_at=timezone.now() - timedelta(minutes=rnd.randint(0, 10**6)),
    )


@contextmanager
def throwaway_database() -> Iterator[None]:
    name = connection.settings_dict["NAME"]
    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(ALLOWED_HOSTS=["localhost"], STORAGES=static):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
            index.forget()
