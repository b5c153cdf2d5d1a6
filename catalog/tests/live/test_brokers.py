"""A real worker takes a real task from each broker that the site can be given."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from catalog.tests import external
from catalog.tests.live.processes import environment, running

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]

FILESYSTEM = "filesystem://localhost"
DEFAULT_QUEUE = "celery"
BROKERS = [
    pytest.param(FILESYSTEM, id="filesystem"),
    pytest.param(f"{external.REDIS_URL}/3", id="redis", marks=pytest.mark.services),
    pytest.param(external.RABBITMQ_URL, id="rabbitmq", marks=pytest.mark.services),
]


@pytest.mark.parametrize("url", BROKERS)
def test_a_task_is_run(tmp_path, url):
    queue = f"animesite-test-{uuid4().hex}"
    sender = Celery(broker=url, broker_transport_options=_folders(tmp_path) if url == FILESYSTEM else {})
    with sender.connection_for_write() as connection:
        try:
            connection.ensure_connection(max_retries=1, interval_start=1, timeout=3)
        except OperationalError:
            external.absent(url.partition(":")[0])
    before = waiting(sender)
    worker = (
        "-m", "celery", "--app", "animesite", "worker", "--pool", "threads", "--concurrency", "1", "--queues", queue,
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "info",
    )  # fmt: skip
    log = tmp_path / "worker.log"
    with running(*worker, env=environment(tmp_path, CELERY_BROKER_URL=url, SECRET_KEY="x" * 50), log=log):
        sender.send_task("catalog.tasks.answers.forget_expired_answers", queue=queue)
        ends = time.monotonic() + 60
        while "expired answers" not in log.read_text():
            assert time.monotonic() < ends, log.read_text()
            time.sleep(0.1)
    leave_nothing(sender, queue, before)
    sender.close()


def waiting(sender: Celery) -> int:
    """How many messages stand in the queue that a worker writes to when it is ready."""
    with sender.connection_for_write() as connection:
        try:
            return connection.default_channel.queue_declare(DEFAULT_QUEUE, passive=True).message_count
        except connection.channel_errors:
            return 0


def leave_nothing(sender: Celery, queue: str, before: int) -> None:
    """Delete the queue, and what the worker sent to others; where messages of somebody else stood, those stay."""
    with sender.connection_for_write() as connection:
        connection.default_channel.queue_delete(queue)
        if not before:
            connection.default_channel.queue_purge(DEFAULT_QUEUE)


def _folders(data: Path) -> dict[str, object]:
    """The embedded queue's, as settings name them below DATA_DIR."""
    messages, control = data / "queue" / "messages", data / "queue" / "control"
    for folder in (messages, control):
        folder.mkdir(parents=True)
    return {"data_folder_in": str(messages), "data_folder_out": str(messages), "control_folder": str(control)}
