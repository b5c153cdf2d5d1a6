"""The strict readers: a wrong value stops the start with one sentence that names the variable."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from animesite import environment


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("DEBUG", "maybe"),
        ("UPSTREAM_TTL_SCALE", "0"),
        ("UPSTREAM_TTL_SCALE", "-1"),
        ("UPSTREAM_TTL_SCALE", "fast"),
        ("UPSTREAM_TTL_SCALE", "nan"),
        ("UPSTREAM_TTL_SCALE", "inf"),
        ("LOOP_FILES_MB", "0"),
        ("ANILIBRIA_SUBSCRIBE", "{season"),
        ("ANILIBRIA_SUBSCRIBE", "[1]"),
        ("ANILIBRIA_URL", "api.anilibria.tv/v2"),
        ("ANILIBRIA_STATIC_URL", "ftp://static.example"),
        ("ANILIBRIA_SITE_URL", "http://"),
        ("ANIMELOOP_URL", "http://host:port/api"),
        ("LOOPS_URL", "https://loops.example/?page=1"),
        ("CACHE_URL", "memcached://127.0.0.1"),
        ("UPSTREAM_CACHE_URL", "mongodb://127.0.0.1"),
        ("CELERY_BROKER_URL", "sqs://"),
        ("DATABASE_URL", "oracle-ish://x"),
        ("MEDIA_HOSTS", "https://libria.fun/path"),
        ("MEDIA_HOSTS", "*"),
        ("LOG_FORMAT", "yaml"),
        ("LOG_LEVEL", "loud"),
        ("MEDIA_BUCKET_URL", "s3://store.example"),
        ("MEDIA_URL", "cdn.example"),
    ],
)
def test_a_wrong_value_is_one_clear_line_at_start(name, value, tmp_path):
    clean = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env=clean | {"DATA_DIR": str(tmp_path), "MEDIA_BUCKET": "posters", name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_addresses_lose_their_trailing_slash(monkeypatch):
    monkeypatch.setenv("ANILIBRIA_URL", "http://127.0.0.1:9000/v2/")
    assert environment.http_url("ANILIBRIA_URL", "https://api.example") == "http://127.0.0.1:9000/v2"


@pytest.mark.parametrize("value", ["", "   "])
def test_an_empty_variable_is_an_unset_one(monkeypatch, value):
    monkeypatch.setenv("ANILIBRIA_URL", value)
    monkeypatch.setenv("PORT", value)
    monkeypatch.setenv("DEBUG", value)
    assert environment.http_url("ANILIBRIA_URL", "https://api.example/v2") == "https://api.example/v2"
    assert environment.number("PORT", 8000, at_least=1, at_most=65535) == 8000
    assert environment.flag("DEBUG", False) is False


def test_words_are_split_and_stripped(monkeypatch):
    monkeypatch.setenv("MEDIA_HOSTS", "libria.fun, 127.0.0.1:9000,, cdn.example")
    assert environment.hosts("MEDIA_HOSTS", []) == ["libria.fun", "127.0.0.1:9000", "cdn.example"]


def test_a_service_address_keeps_its_credentials_out_of_the_message(monkeypatch):
    monkeypatch.setenv("CACHE_URL", "http://user:hunter2@cache.example")
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.service_url("CACHE_URL", "locmem://", schemes=("redis",))
    assert "hunter2" not in str(caught.value)
