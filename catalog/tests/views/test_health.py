from __future__ import annotations

import platform

import django
import pytest
import requests
import requests_mock
from django.conf import settings


def test_tells_the_versions_whatever_the_upstreams_do(client, upstream):
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "versions": {
            "site": settings.VERSION,
            "python": platform.python_version(),
            "django": django.get_version(),
        },
    }
    assert "no-store" in response["Cache-Control"]
    assert not upstream.called


@pytest.mark.parametrize("path", ["/ru/healthz", "/healthz/"])
def test_has_one_address(client, path):
    assert client.get(path).status_code == 404
