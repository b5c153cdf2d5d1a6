"""Two web processes that share a Redis and a database, and no folder and no port."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
import redis
import requests

from catalog.tests.external import REDIS_URL, absent
from catalog.tests.live.conftest import Sites
from catalog.tests.live.processes import environment, running, wait_until
from catalog.tests.live.test_upstreams import LOOP, SERIES, TITLE, VIDEO

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.services, pytest.mark.processes]

PAGES_DB, ANSWERS_DB = f"{REDIS_URL}/1", f"{REDIS_URL}/2"
ID = 8500
HOST = {"Host": "localhost"}  # what both are called behind one proxy
OLD, NEW = "Nanatsu no Taizai: Kamigami no Gekirin", "Nanatsu no Taizai: Another Name"
SOON = 5.0  # seconds, for a machine that has other things to do; a process looks every 0.4
CHANGED = f"from catalog.services import live; assert live.renew([live.Changed({ID}, {TITLE.split('/')[2]!r})])"
KNOWN = f"""
from django.utils import timezone
from catalog.models import StoredPoster
StoredPoster.objects.create(kind="title", subject="{ID}", source_url="http://none", stored_at=timezone.now())
"""


@pytest.fixture
def variables(relay, tmp_path) -> Iterator[dict[str, str]]:
    """The environment of both, their one database with the answer that the title has no poster to wait for."""
    stores = [redis.Redis.from_url(url, socket_connect_timeout=3) for url in (PAGES_DB, ANSWERS_DB)]
    try:
        for store in stores:
            store.flushdb()
    except redis.RedisError:
        absent("Redis")
    shared = {"CACHE_URL": PAGES_DB, "UPSTREAM_CACHE_URL": ANSWERS_DB, "DATABASE_URL": f"sqlite:///{tmp_path}/both.db"}
    env = environment(tmp_path / "third", **relay.environment, **shared)
    log = tmp_path / "log"
    for step in (["migrate", "--verbosity", "0"], ["shell", "--no-imports", "-c", KNOWN]):
        with running("manage.py", *step, env=env, log=log) as process:
            assert process.wait(180) == 0, log.read_text()
    yield env
    for store in stores:
        store.flushdb()
        store.close()


@pytest.fixture
def two(sites, variables) -> Iterator[tuple[str, str]]:
    elsewhere = sites.folder / "elsewhere"
    elsewhere.mkdir()
    with ExitStack() as stack:
        other = Sites(elsewhere, stack)
        shared = {name: value for name, value in variables.items() if name.endswith("_URL")}
        yield sites.start(**shared), other.start(**shared, STATIC_ROOT=str(sites.folder / "static"))


def get(url: str) -> requests.Response:
    return requests.get(url, headers=HOST, timeout=20)


def test_what_nobody_asked_for_yet_is_asked_for_once_by_both(two, relay):
    relay.latency = 0.3
    for path in ("/", TITLE, LOOP, SERIES, VIDEO, "/schedule/"):
        relay.asked.clear()
        with ThreadPoolExecutor(24) as visitors:
            answers = list(visitors.map(get, [base + path for base in two] * 12))
        assert {answer.status_code for answer in answers} == {200}
        assert relay.asked or path == "/schedule/", "the page was not cold"
        assert set(relay.asked.values()) <= {1}, relay.asked


def test_a_page_kept_by_one_is_answered_by_the_other_until_both_purge_it(two, relay, variables, tmp_path):
    one, other = two
    kept = get(one + TITLE)
    assert OLD in kept.text
    with redis.Redis.from_url(ANSWERS_DB) as answers:
        answers.flushdb()  # whoever renders it now has to ask
    relay.edits[OLD.encode()] = NEW.encode()
    relay.asked.clear()
    for base in (other, one):
        assert get(base + TITLE).content == kept.content
    assert not relay.asked

    with running("manage.py", "shell", "--no-imports", "-c", CHANGED, env=variables, log=tmp_path / "log") as step:
        assert step.wait(60) == 0, (tmp_path / "log").read_text()
    for base in two:
        wait_until(lambda base=base: NEW in get(base + TITLE).text, SOON)
        assert OLD not in get(base + TITLE).text
    assert relay.asked


CURATED = """
from django.contrib.auth import get_user_model
from django.utils import timezone
from catalog.models import Collection
get_user_model().objects.create_superuser("curator", password="open sesame 8")
Collection.objects.create(slug="autumn", name_en="Autumn", published_from=timezone.now())
"""


def test_a_favourite_saved_on_one_is_seen_on_the_other(two, variables, tmp_path):
    log = tmp_path / "log"
    with running("manage.py", "shell", "--no-imports", "-c", CURATED, env=variables, log=log) as step:
        assert step.wait(60) == 0, log.read_text()
    first, second = two
    curator, add = requests.Session(), f"{first}/admin/catalog/favourite/add/"
    login = {"username": "curator", "password": "open sesame 8", "next": "/admin/catalog/favourite/add/"}
    for url, fields in ((f"{first}/admin/login/", login), (add, {"collection": 1, "text": f"{ID}", "published": "on"})):
        curator.get(url, timeout=20)
        token = {"csrfmiddlewaretoken": curator.cookies["csrftoken"]}
        answer = curator.post(url, data=fields | token, timeout=20, allow_redirects=False)
        assert answer.status_code == 302, answer.text
    for base in (second, first):
        assert f'href="{TITLE}"' in get(f"{base}/favourites/autumn/").text
