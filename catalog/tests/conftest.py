"""What every test shares. Settings are those of production, with plain static files and a throw-away DATA_DIR."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

# Settings read the environment once, so a test run must not inherit the developer's site.
if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="animesite-tests-")


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Templates name static files without the manifest that only ``collectstatic`` makes."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real recordings and catalogue beside the checkout; tests that read it skip where it is absent."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no ../shared/data beside the checkout")
    return folder
