"""The demo's process: ``python -m catalog.demo``, usually started by ``manage.py demo``."""

from __future__ import annotations

import os
import socket
import sys
from argparse import ArgumentParser

HOST = "127.0.0.1"


def main() -> None:
    parser = ArgumentParser(prog="catalog.demo", description="The three demo APIs and their media on loopback.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--latency", type=int, default=0, help="milliseconds")
    parser.add_argument("--fail", type=float, default=0.0, help="share of answers, 0 to 1")
    parser.add_argument("--lazy", action="store_true", help="build a file only when it is asked for")
    options = parser.parse_args()

    listener = _listen(options.port)  # first of all: who asks while the rest is loading waits, and is not refused
    os.environ["DJANGO_SETTINGS_MODULE"] = "catalog.demo.settings"
    os.environ["DEMO_ORIGIN"] = f"http://{HOST}:{options.port}"
    import django
    import uvicorn

    django.setup()
    from catalog.demo.server import application

    app = application(latency=options.latency / 1000, fail=options.fail, lazy=options.lazy)
    config = uvicorn.Config(
        app, log_level="warning", ws="websockets-sansio", ws_ping_interval=30, timeout_graceful_shutdown=2
    )
    print(f"demo upstream: {os.environ['DEMO_ORIGIN']}/", flush=True)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as exc:
        sys.exit(f"animesite: port {port} cannot be used: {exc}; choose another with --port")
    return listener


if __name__ == "__main__":
    main()
