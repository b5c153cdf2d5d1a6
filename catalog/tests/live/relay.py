"""A relay before the demo upstream: it counts what is asked, can be slow, and can be gone."""

from __future__ import annotations

import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests


class Relay:
    """Serves ``target`` on a port of its own; ``asked`` counts the requests by path and query."""

    def __init__(self, target: str, port: int) -> None:
        self.target = target
        self.port = port
        self.latency = 0.0
        self.asked: Counter[str] = Counter()
        self.edits: dict[bytes, bytes] = {}  # what the target says -> what is said instead
        self.together = 0  # the most requests that were here at one time
        self._here = 0
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What makes a site use the relay for all three APIs."""
        origin = f"http://127.0.0.1:{self.port}"
        return {
            "ANILIBRIA_URL": f"{origin}/anilibria/v2",
            "ANILIBRIA_STATIC_URL": origin,
            "ANILIBRIA_SITE_URL": origin,
            "ANIMELOOP_URL": f"{origin}/animeloop/api/v2",
            "LOOPS_URL": f"{origin}/loops",
        }

    def open(self) -> None:
        relay = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with relay._lock:
                    relay.asked[self.path] += 1
                    relay._here += 1
                    relay.together = max(relay.together, relay._here)
                time.sleep(relay.latency)
                with relay._lock:
                    relay._here -= 1
                passed = {"Host": self.headers["Host"], "Accept": self.headers.get("Accept", "*/*")}
                answer = requests.get(relay.target + self.path, headers=passed, timeout=20, allow_redirects=False)
                content = answer.content
                for said, instead in relay.edits.items():
                    content = content.replace(said, instead)
                self.send_response(answer.status_code)
                for name in ("Content-Type", "API-Version", "Retry-After"):
                    if name in answer.headers:
                        self.send_header(name, answer.headers[name])
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                pass

        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
