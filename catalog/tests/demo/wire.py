"""The demo's APIs below the site's own services, with only the socket between them left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests_mock
from django.test import Client
from django.urls import URLPattern, include, path

from catalog.services import transport

ORIGIN = "http://127.0.0.1:9000"


@contextmanager
def wired(settings: Any, folder: Path, prefix: str, urls: Sequence[URLPattern]) -> Iterator[None]:
    """What the services ask at ``ORIGIN`` is answered by ``urls`` below ``prefix``; copies are saved in ``folder``."""
    settings.DATA_DIR = folder
    settings.MEDIA_ORIGINS = [ORIGIN]
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["*"]
    settings.ROOT_URLCONF = (path(prefix, include(list(urls))),)
    client = Client()

    def serve(request: Any, context: Any) -> bytes:
        response = client.get(request.url.removeprefix(ORIGIN), headers=dict(request.headers))
        context.status_code = response.status_code
        context.headers.update(response.headers)
        return response.content

    transport.reset()
    with requests_mock.Mocker(case_sensitive=True) as mocker:
        mocker.get(re.compile(re.escape(f"{ORIGIN}/")), content=serve)
        yield
        transport.reset()
