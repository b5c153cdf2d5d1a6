"""How much is waiting, asked of each broker that the site can be given."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from catalog.tasks import queue
from catalog.tests import external
from catalog.tests.live.test_brokers import BROKERS, FILESYSTEM, _folders

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]


@pytest.mark.parametrize("url", BROKERS)
def test_what_waits_is_counted(tmp_path, monkeypatch, url):
    name = f"animesite-test-{uuid4().hex}"
    options = _folders(tmp_path) if url == FILESYSTEM else {}
    app = Celery(broker=url, broker_transport_options=options, set_as_current=False)
    app.conf.task_default_queue = name
    monkeypatch.setattr(queue, "current_app", app)
    with app.connection_for_write() as connection:
        try:
            connection.ensure_connection(max_retries=1, interval_start=1, timeout=3)
        except OperationalError:
            external.absent(url.partition(":")[0])
        assert queue.waiting() == 0, "a queue that nobody has made is empty"
        for number in range(3):
            app.send_task("some.task", (number,))
        ends = time.monotonic() + 10  # RabbitMQ counts a message when it has stored it
        while queue.waiting() != 3:
            assert time.monotonic() < ends
            time.sleep(0.05)
        channel = connection.default_channel
        channel.queue_purge(name)
        assert queue.waiting() == 0
        channel.queue_delete(name)
    app.close()


@pytest.mark.parametrize("url", ["redis://127.0.0.1:9/0", "amqp://guest:guest@127.0.0.1:9//"])
def test_a_broker_that_is_not_there_is_not_waited_for(monkeypatch, url):
    monkeypatch.setattr(queue, "current_app", Celery(broker=url, set_as_current=False))
    assert queue.waiting() is None
