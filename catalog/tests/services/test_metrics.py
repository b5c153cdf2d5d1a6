"""What is counted for Prometheus where that is asked for, and that nothing is where it is not."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

import pytest
import requests_mock
from django.conf import settings as django_settings

from catalog.services import metrics
from catalog.services.errors import UpstreamError
from catalog.tasks import notes
from catalog.tests.live.processes import environment
from catalog.tests.services.transport.source import BASE, SOURCE, number


@pytest.fixture
def counting(settings):
    settings.METRICS = True
    metrics._figures.cache_clear()
    yield
    metrics._figures.cache_clear()


def text() -> str:
    found = metrics.exposition()
    assert found is not None
    return found[0].decode()


def fetch(path: str) -> None:
    from catalog.services.transport import get

    get(SOURCE, path, {}, endpoint="thing", parse=number)


def test_calls_and_answers_are_counted_by_upstream_and_outcome(counting, upstream, settings):
    settings.ANILIBRIA_URL, settings.UPSTREAM_TTLS = BASE, {"thing": 60.0}
    upstream.get(f"{BASE}/good", json={"number": 1})
    upstream.get(f"{BASE}/bad", status_code=503)
    upstream.get(f"{BASE}/gone", status_code=404)
    for path in ("/good", "/good", "/bad", "/gone"):
        with suppress(UpstreamError):
            fetch(path)
    found = text()
    for line in (
        'animesite_upstream_seconds_count{outcome="2xx",upstream="anilibria"} 1.0',
        'animesite_upstream_seconds_count{outcome="5xx",upstream="anilibria"} 1.0',
        'animesite_upstream_seconds_count{outcome="4xx",upstream="anilibria"} 1.0',
        'animesite_answers_total{kind="fresh",upstream="anilibria"} 2.0',
        'animesite_answers_total{kind="refused",upstream="anilibria"} 1.0',
        'animesite_answers_total{kind="missing",upstream="anilibria"} 1.0',
    ):
        assert line in found


def test_a_call_without_an_answer_has_failed(counting, upstream, settings):
    settings.ANILIBRIA_URL, settings.UPSTREAM_TTLS = BASE, {"thing": 60.0}
    upstream.get(requests_mock.ANY, exc=ConnectionError)
    with pytest.raises(UpstreamError):
        fetch("/one")
    assert 'animesite_upstream_seconds_count{outcome="failed",upstream="anilibria"} 1.0' in text()


def test_tasks_are_counted_by_name_and_outcome(counting):
    class Task:
        name = "catalog.tasks.some.thing"

    notes.begins(task_id="1")
    notes.ends(task_id="1", task=Task, state="SUCCESS")
    notes.begins(task_id="2")
    notes.ends(task_id="2", task=Task, state="FAILURE", retval=ValueError("why"))
    found = text()
    assert 'animesite_task_seconds_count{outcome="success",task="catalog.tasks.some.thing"} 1.0' in found
    assert 'animesite_task_seconds_count{outcome="failure",task="catalog.tasks.some.thing"} 1.0' in found


def test_a_new_run_begins_with_what_still_runs(tmp_path, counting, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    (tmp_path / "counter_99999999.db").touch()
    (tmp_path / "counter_1.db").touch()
    metrics.begin()
    assert [path.name for path in tmp_path.iterdir()] == ["counter_1.db"]


def test_where_nobody_asks_there_is_no_page_and_the_library_is_not_loaded(client, tmp_path):
    assert client.get("/metrics").status_code == 404
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns\n"
        "from catalog.services import metrics; metrics.answered('a', 'fresh'); metrics.begin(); metrics.ended(1)\n"
        "print('prometheus_client' in sys.modules)"
    )
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="animesite.settings")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=django_settings.BASE_DIR, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
