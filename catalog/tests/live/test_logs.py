"""What processes say of themselves: a line per task and per failed request, each with an id."""

from __future__ import annotations

import json
import time

import pytest
import requests

from catalog.tests.live.processes import environment, running

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]


def test_a_task_is_one_line_with_its_id_and_name(tmp_path):
    env = environment(tmp_path, SECRET_KEY="x" * 50, LOG_FORMAT="json")
    for folder in ("messages", "control"):
        (tmp_path / "queue" / folder).mkdir(parents=True)
    log = tmp_path / "worker.log"
    send = "from catalog.tasks.answers import forget_expired_answers as task; task.apply_async(queue='logs')"
    worker = ("-m", "celery", "--app", "animesite", "worker", "--pool", "threads", "--queues", "logs")
    with running("manage.py", "shell", "--no-imports", "-c", send, env=env, log=log) as step:
        assert step.wait(60) == 0, log.read_text()
    with running(*worker, env=env, log=log):
        ends = time.monotonic() + 60
        while "task_succeeded" not in log.read_text():
            assert time.monotonic() < ends, log.read_text()
            time.sleep(0.1)
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    said, done = (line for line in lines if line.get("task") == "catalog.tasks.answers.forget_expired_answers")
    assert said["event"].startswith("forgot 0")
    assert done["event"] == "task_succeeded"
    assert said["task_id"] == done["task_id"]
    assert done["duration_ms"] >= 0


def test_what_failed_for_a_request_carries_its_id(sites):
    base = sites.start(ANILIBRIA_URL="http://127.0.0.1:9/v2", LOG_FORMAT="json")
    assert requests.get(f"{base}/title/ranma/", timeout=20).status_code == 503
    lines = [json.loads(line) for line in sites.log.read_text().splitlines() if line.startswith("{")]
    failed = [line for line in lines if "/title/ranma/" in line.get("request", "")]
    assert [line["code"] for line in failed] == [503]
    assert any("getTitle" in line["event"] and line.get("request_id") == failed[0]["request_id"] for line in lines), (
        lines
    )
