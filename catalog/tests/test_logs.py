"""What no log line says, whoever writes it."""

from __future__ import annotations

import logging.config

import structlog

from animesite import logs


def test_the_address_of_a_list_is_in_no_line(capsys):
    before = structlog.get_config()
    configuration = logs.configuration("json", "info")
    try:
        logger = logging.getLogger("catalog.tests.logs")
        logger.propagate = False
        logging.config.dictConfig(
            {**configuration, "root": {}, "loggers": {logger.name: {"handlers": ["stderr"], "level": "INFO"}}}
        )
        logger.warning("Service Unavailable: %s", "/my/feed/abc~def.rss?lang=ru")
        structlog.get_logger(logger.name).warning("request_failed", request="GET /my/feed/abc~def.ics")
    finally:
        structlog.configure(**before)
    said = capsys.readouterr().err
    assert "abc" not in said
    assert said.count("/my/feed/…") == 2
