"""The API as a client sees it."""

from __future__ import annotations

from typing import Any

from django.test import Client


class ApiClient:
    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, path: str, **parameters: Any) -> Any:
        return self._client.get(f"/anilibria/{path}", parameters)

    def json(self, method: str, **parameters: Any) -> Any:
        response = self.get(f"v2/{method}", **parameters)
        assert response.status_code == 200, response.content
        return response.json()

    def error(self, method: str, **parameters: Any) -> tuple[int, int, str]:
        response = self.get(f"v2/{method}", **parameters)
        assert response["Content-Type"] == "application/json; charset=utf-8"
        assert response["API-Version"] == "2.8.3"
        body = response.json()
        assert list(body) == ["error"]
        assert list(body["error"]) == ["code", "message"]
        return response.status_code, body["error"]["code"], body["error"]["message"]
