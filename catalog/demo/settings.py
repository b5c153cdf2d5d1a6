"""Django settings of the demo's own process: the served APIs, no database, no session, no middleware."""

from animesite.settings import BASE_DIR, DATA_DIR, TIME_ZONE, USE_TZ

__all__ = ["BASE_DIR", "DATA_DIR", "TIME_ZONE", "USE_TZ"]

SECRET_KEY = "the demo signs nothing"  # noqa: S105  no secret
ALLOWED_HOSTS = ["*"]
DEBUG = False
ROOT_URLCONF = "catalog.demo.urls"
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
APPEND_SLASH = False
DEFAULT_CHARSET = "utf-8"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"django.request": {"level": "ERROR"}},  # a 404 or a planned 500 is part of the show
}
