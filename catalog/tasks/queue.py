"""How much is waiting to be done, whatever the broker is."""

from __future__ import annotations

from typing import Any

from celery import current_app
from kombu.exceptions import ChannelError, OperationalError

TIMEOUT_SECONDS = 2
NO_SUCH_QUEUE = 404


def waiting() -> int | None:
    """Tasks that no worker has taken yet; None where the broker does not answer."""
    app = current_app
    unreachable: tuple[type[Exception], ...] = (OperationalError, OSError, *_errors(app))
    try:
        with app.connection_for_read(connect_timeout=TIMEOUT_SECONDS, transport_options=_soon(app)) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=TIMEOUT_SECONDS)
            return _length(connection, app.conf.task_default_queue)
    except unreachable:
        return None


def _length(connection: Any, name: str) -> int:
    """Asking for a queue without making it says how long it is; an empty one may not be there at all."""
    missing: tuple[type[Exception], ...] = (ChannelError, *connection.channel_errors)
    try:
        return int(connection.default_channel.queue_declare(queue=name, passive=True).message_count)
    except missing as exc:
        if str(NO_SUCH_QUEUE) in str(exc):
            return 0
        raise


def _soon(app: Any) -> dict[str, Any]:
    redis = str(app.conf.broker_url).startswith("redis")
    return {"socket_timeout": TIMEOUT_SECONDS, "socket_connect_timeout": TIMEOUT_SECONDS} if redis else {}


def _errors(app: Any) -> tuple[type[Exception], ...]:
    connection = app.connection_for_read()
    return (*connection.connection_errors, *connection.channel_errors)
