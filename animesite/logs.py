"""What a log line looks like: words for a terminal or JSON for a collector, with the request's or task's id."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

LEVELS = ("debug", "info", "warning", "error")
FORMATS = ("text", "json")

TOKEN = re.compile(r"(?<=/my/feed/)[^ ?]+")


def _hide_tokens(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Who reads the address of a visitor's list in a log could read the list."""
    return {name: TOKEN.sub("…", said) if isinstance(said, str) else said for name, said in line.items()}


_EVERY_LINE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.UnicodeDecoder(),
    _hide_tokens,
]


def configuration(format: str, level: str) -> dict[str, Any]:
    """``LOGGING`` for Django: all loggers, ours and libraries', in one format on standard error."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_EVERY_LINE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    ends: dict[str, list[Any]] = {
        "json": [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)],
        "text": [
            structlog.dev.ConsoleRenderer(
                colors=False, pad_event_to=0, pad_level=False, exception_formatter=structlog.dev.plain_traceback
            )
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _EVERY_LINE,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ends[format]],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # beat says each task that it sends, workers each that they take; the line at its end says all that
            "celery": {"level": "WARNING"},
            "celery.app.trace": {"level": "CRITICAL"},
            "kombu": {"level": "WARNING"},
            "amqp": {"level": "WARNING"},
            "botocore": {"level": "WARNING"},
            "PIL": {"level": "WARNING"},
        },
    }
