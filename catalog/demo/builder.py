"""Builds the demo's media beside its server: ``python -m catalog.demo.builder``, which ends with its parent."""

from __future__ import annotations

import os
import sys
import threading

import django
from tqdm import tqdm


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalog.demo.settings")
    django.setup()
    from catalog.demo import site

    threading.Thread(target=_end_with_parent, daemon=True).start()
    store = site.media()
    with tqdm(desc="demo stills", unit="file", mininterval=1) as bar:
        store.build_stills(bar)
    with tqdm(desc="demo moving pictures", unit="file", mininterval=5) as bar:
        store.build_moving(bar)


def _end_with_parent() -> None:
    """Our standard input is a pipe that the parent never writes to: it ends when the parent does."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
