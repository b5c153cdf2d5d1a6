"""Media in an S3-compatible store, chosen by environment variables alone."""

from __future__ import annotations

import boto3
import pytest
import requests
from moto.server import ThreadedMotoServer

from catalog.tests.live.processes import environment, running

BUCKET = "posters"
STORES = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as media
name = media.save("posters/ab/abcdef.webp", ContentFile(b"a picture"))
assert media.exists(name) and media.open(name).read() == b"a picture"
print(media.url(name))
"""


@pytest.fixture
def store(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1")
    client.create_bucket(Bucket=BUCKET, ACL="public-read")
    yield address
    server.stop()


def test_what_is_stored_is_served_from_the_bucket(store, tmp_path):
    env = environment(
        tmp_path,
        MEDIA_BUCKET=BUCKET,
        MEDIA_BUCKET_URL=store,
        AWS_ACCESS_KEY_ID="key",
        AWS_SECRET_ACCESS_KEY="secret",
    )
    log = tmp_path / "log"
    with running("manage.py", "shell", "--no-imports", "-c", STORES, env=env, log=log) as step:
        assert step.wait(60) == 0, log.read_text()
    url = log.read_text().split()[-1]
    assert url == f"{store}/{BUCKET}/posters/ab/abcdef.webp"
    answer = requests.get(url, timeout=5)
    assert answer.content == b"a picture"
    assert "immutable" in answer.headers["Cache-Control"]


def test_pages_may_show_the_bucket_and_the_cdn_before_it(tmp_path):
    env = environment(
        tmp_path, MEDIA_BUCKET=BUCKET, MEDIA_BUCKET_URL="https://store.example", MEDIA_URL="https://cdn.example/anime"
    )
    shows = """
from django.conf import settings
from django.core.files.storage import default_storage as media
print(media.url("a.webp"), *settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"])
"""
    log = tmp_path / "log"
    with running("manage.py", "shell", "--no-imports", "-c", shows, env=env, log=log) as step:
        assert step.wait(60) == 0, log.read_text()
    url, *sources = log.read_text().split()[-1000:]
    assert "https://cdn.example/anime/a.webp" in (url, *sources)
    assert "https://cdn.example" in sources
