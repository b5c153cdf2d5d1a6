"""How gunicorn serves the site, under ``manage.py up`` and in a container."""

import gc
import os
from importlib import import_module
from typing import Any

from animesite import environment as env

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
wsgi_app = "animesite.wsgi"
workers = env.number("WEB_WORKERS", 2, at_least=1, at_most=64)
threads = env.number("WEB_THREADS", 8, at_least=1, at_most=256)
timeout = 30
graceful_timeout = 5
loglevel = "warning"
worker_tmp_dir = os.environ.get("DATA_DIR") or None
control_socket_disable = True
preload_app = True  # what both processes know alike is in memory once


def post_worker_init(worker: object) -> None:
    """Read the index into this process before anybody asks for it."""
    from catalog.services import index

    index.warm()


def child_exit(server: object, worker: Any) -> None:
    from catalog.services import metrics

    metrics.ended(worker.pid)


def when_ready(server: object) -> None:
    """Load what the first request would load, while there is one process, and have it stay where it is."""
    import_module("animesite.urls")
    import_module("catalog.services.metrics").begin()
    gc.collect()
    gc.freeze()
    print(f"ready: http://{bind}/", flush=True)
