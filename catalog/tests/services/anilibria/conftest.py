from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def production_addresses(settings):
    """Addresses as they are in production, whatever the environment of the test run says."""
    settings.ANILIBRIA_URL = "https://api.anilibria.tv/v2"
    settings.ANILIBRIA_STATIC_URL = "https://static.anilibria.tv"
    settings.ANILIBRIA_SITE_URL = "https://www.anilibria.tv"
    settings.MEDIA_HOSTS = ["libria.fun"]
    settings.MEDIA_ORIGINS = [settings.ANILIBRIA_STATIC_URL, settings.ANILIBRIA_SITE_URL]
