"""What every test shares: the settings of production, with plain static files and a throw-away DATA_DIR."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from playwright.sync_api import Browser, sync_playwright

from catalog.services import posters
from catalog.services.transport import patience
from catalog.tests.external import absent

REFRESH_WAIT_SECONDS = patience.REFRESH_WAIT_SECONDS  # in production
CHROMIUM = "chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def apart_from_the_site(settings, tmp_path_factory):
    """Keep tests away from the developer's DATA_DIR, and from the manifest that only ``collectstatic`` makes."""
    settings.DATA_DIR = tmp_path_factory.mktemp("data")
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    settings.STATIC_ROOT = settings.DATA_DIR / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The half second that a password costs is for those who guess it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A quick upstream is one on a busy machine too; a test with a slow one has ``impatient``."""
    monkeypatch.setattr(patience, "REFRESH_WAIT_SECONDS", 10.0)


@pytest.fixture
def impatient(patient, monkeypatch):
    """A saved copy waits for its refresh no longer than it does in production."""
    monkeypatch.setattr(patience, "REFRESH_WAIT_SECONDS", REFRESH_WAIT_SECONDS)


@pytest.fixture(autouse=True)
def no_kept_pages():
    caches["pages"].clear()


@pytest.fixture(autouse=True)
def nothing_counted():
    """What a test counted is not written down in another one's database."""
    yield
    from catalog.services import impressions, visits

    impressions.forget()
    visits.forget()


@pytest.fixture(autouse=True)
def no_posters_at_hand():
    posters.forget()


@pytest.fixture
def posters_at_rest(monkeypatch):
    """No process looks again which posters are stored: by the clock it would ask the database once more."""
    monkeypatch.setattr("catalog.services.posters.held.LOOK_SECONDS", 3600.0)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real recordings and catalogue beside the checkout; tests that read it skip where it is absent."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no ../shared/data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which(CHROMIUM)
    if path is None:
        absent("Chromium", demanded_by="REQUIRE_BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()
