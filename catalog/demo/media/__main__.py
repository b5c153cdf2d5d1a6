"""What the demo's media weighs on this machine: ``python -m catalog.demo.media``. Fails above the limit."""

from __future__ import annotations

import os
import sys

import django

LIMIT_BYTES = 80_000_000


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalog.demo.settings")
    django.setup()
    from catalog.demo import site

    store = site.media()
    weights = store.weights()
    for folder, weight in sorted(weights.items()):
        print(f"{weight / 1e6:8.1f} MB  {folder}")
    total = weights.total()
    print(f"{total / 1e6:8.1f} MB  in all; {len(store.unbuilt())} files still to be built")
    if total > LIMIT_BYTES:
        sys.exit(f"the demo's media is heavier than {LIMIT_BYTES / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
