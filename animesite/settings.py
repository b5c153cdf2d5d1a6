"""All settings. What a deployment may change is an environment variable, listed in the README."""

from __future__ import annotations

import logging
import os
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from animesite import csp, logs
from animesite import environment as env
from animesite.lifetimes import DAY, FRESH, HOUR, MINUTE

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR") or BASE_DIR / "var").resolve()
VERSION = "0.1.0"

DEBUG = env.flag("DEBUG", False)
SITE_NAME = env.text("SITE_NAME", "animesite")
PORT = env.number("PORT", 8000, at_least=1, at_most=65535)


def _secret_key() -> str:
    """The variable, else the key that ``manage.py up`` keeps in DATA_DIR, else one for commands and tests only."""
    key_file = DATA_DIR / "secret_key"
    if key := env.text("SECRET_KEY"):
        return key
    if key_file.is_file():
        return key_file.read_text().strip()
    serves = any(name in sys.argv[0] for name in ("gunicorn", "celery"))
    if serves and not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is not set, and DATA_DIR has none: run `manage.py up` once, or set it")
    return "only-for-commands-and-tests-" + "0" * 40


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

# Applications

INSTALLED_APPS = [
    "catalog",
    "animesite.apps.CuratorsAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "django_structlog",
    "adminsortable2",
    "simple_history",
    "import_export",
]

MIDDLEWARE = [
    "django_structlog.middlewares.RequestMiddleware",
    "catalog.middleware.count_pages",
    "django.middleware.security.SecurityMiddleware",
    "catalog.pulse.pulse",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "catalog.stored_files.StoredFiles",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "catalog.middleware.count_visits",
    "catalog.page_cache.PageCache",
    "catalog.middleware.GZip",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "catalog.middleware.language_of_path",
    "catalog.middleware.zone_of_reader",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "catalog.middleware.UpstreamErrors",
]

CSRF_FAILURE_VIEW = "catalog.views.errors.csrf_failed"
ROOT_URLCONF = "animesite.urls"
WSGI_APPLICATION = "animesite.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "catalog.http.site",
            ],
        },
    },
]

# Languages: plain paths are English, /ru/ is Russian

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "catalog" / "locale"]
TIME_ZONE = "Europe/Moscow"
USE_I18N = True
USE_TZ = True

# Database, caches, queue, media: all below DATA_DIR until an address says otherwise

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'database.sqlite3'}")}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;",
        "transaction_mode": "IMMEDIATE",
    }

CACHE_URL = env.service_url("CACHE_URL", "locmem://", schemes=("locmem", "redis", "rediss"))


def _cache(name: str, max_entries: int) -> dict[str, object]:
    if CACHE_URL.startswith("locmem"):
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": max_entries}}
    backend = "animesite.cache.OptionalRedisCache"
    return {"BACKEND": backend, "LOCATION": CACHE_URL, "KEY_PREFIX": name}


CACHES = {"default": _cache("default", 1000), "pages": _cache("pages", 400)}

CELERY_BROKER_URL = env.service_url(
    "CELERY_BROKER_URL",
    "filesystem://localhost",
    schemes=("filesystem", "redis", "rediss", "amqp", "amqps", "memory"),
)
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "queue" / "messages"),
        "data_folder_out": str(DATA_DIR / "queue" / "messages"),
        "control_folder": str(DATA_DIR / "queue" / "control"),
        "polling_interval": 0.1,
    }
WORKER_ALONE = env.flag("WORKER_ALONE", False)  # the one worker there is: it keeps the clock and listens as well
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # however long the broker is away, nobody has to start the worker again
CELERY_TIMEZONE = TIME_ZONE

# Logs: a line per task and per request that failed, each with its id

LOGGING = logs.configuration(
    env.choice("LOG_FORMAT", "text", logs.FORMATS), env.choice("LOG_LEVEL", "info", logs.LEVELS)
)
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = False
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = DJANGO_STRUCTLOG_STATUS_2XX_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_DEFAULT_LOG_LEVEL = DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_5XX_LOG_LEVEL = logging.WARNING
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = logging.DEBUG

# Figures for Prometheus at /metrics: every process counts into files of its own, which are added up there

METRICS = env.flag("METRICS", False)
METRICS_DIR = DATA_DIR / "metrics"
if METRICS:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(METRICS_DIR))
    Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)

# Upstreams. ANILIBRIA_STATIC_URL serves posters, ANILIBRIA_SITE_URL serves .torrent files.

ANILIBRIA_URL = env.http_url("ANILIBRIA_URL", "https://api.anilibria.tv/v2")
ANILIBRIA_STATIC_URL = env.http_url("ANILIBRIA_STATIC_URL", "https://static.anilibria.tv")
ANILIBRIA_SITE_URL = env.http_url("ANILIBRIA_SITE_URL", "https://www.anilibria.tv")
ANILIBRIA_SUBSCRIBE = env.filters("ANILIBRIA_SUBSCRIBE")  # to which of the live notices; none is all of them
ANIMELOOP_URL = env.http_url("ANIMELOOP_URL", "https://animeloop.org/api/v2")
LOOPS_URL = env.http_url("LOOPS_URL", "https://loops.video")
LOOPS_TOKEN = env.text("LOOPS_TOKEN")

# What pages may load media from: hosts (with their subdomains) and the origins configured above.
MEDIA_HOSTS = env.hosts("MEDIA_HOSTS", ["libria.fun", "cdn.animeloop.org", "loopsusercontent.com"])
MEDIA_ORIGINS = sorted(
    {
        f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"
        for url in (ANILIBRIA_URL, ANILIBRIA_STATIC_URL, ANILIBRIA_SITE_URL, ANIMELOOP_URL, LOOPS_URL)
    }
)

# How long we keep what we were told. UPSTREAM_TTL_SCALE multiplies every lifetime of ours.

UPSTREAM_TTL_SCALE = env.positive("UPSTREAM_TTL_SCALE", 1)


def scaled(seconds: float) -> float:
    return seconds * UPSTREAM_TTL_SCALE


UPSTREAM_TTLS = {endpoint: scaled(seconds) for endpoint, seconds in FRESH.items()}
UPSTREAM_NOT_FOUND_TTL = scaled(5 * MINUTE)
UPSTREAM_STALE_SECONDS = 30 * DAY  # how long a saved copy outlives a dead upstream
UPSTREAM_DEADLINE_SECONDS = 5.0  # one call, connection to last byte
PAGE_DEADLINE_SECONDS = 6.0  # everything a page asks for
UPSTREAM_MAX_BYTES = 16 * 1024 * 1024
UPSTREAM_BREAKER_FAILURES = 3  # in a row, then the upstream is left alone ...
UPSTREAM_BREAKER_SECONDS = 10.0  # ... for this long
PAGE_TTL_SECONDS = scaled(30)
INDEX_REFRESH_SECONDS = max(2.0, scaled(MINUTE))  # how often the index asks what changed ...
INDEX_STALE_SECONDS: float = 5 * INDEX_REFRESH_SECONDS  # ... and how long without an answer until pages say its age
INDEX_CRAWL_SECONDS = scaled(DAY)  # then the whole catalogue is read again
LOOP_INDEX_REFRESH_SECONDS = max(5.0, scaled(5 * MINUTE))  # the same for loops, of which new ones are rare
LOOP_INDEX_STALE_SECONDS: float = 5 * LOOP_INDEX_REFRESH_SECONDS
MEGABYTE = 1024 * 1024
DATA_DIR_MAX_BYTES = env.number("DATA_DIR_MAX_MB", 5000, at_least=100, at_most=1024 * 1024) * MEGABYTE
UPSTREAM_CACHE_MAX_BYTES = env.number("UPSTREAM_CACHE_MB", 1000, at_least=10, at_most=1024 * 1024) * MEGABYTE
LOOP_FILES_MAX_BYTES = env.number("LOOP_FILES_MB", 512, at_least=1, at_most=1024 * 1024) * 1024 * 1024
FAVOURITES_REFRESH_SECONDS = max(5.0, scaled(15 * MINUTE))  # how old what is told of a favourite may get ...
FAVOURITES_RETRY_SECONDS = max(2.0, scaled(MINUTE))  # ... and how soon a silent source is asked again
POSTERS_LOOK_SECONDS = 5.0  # how often somebody looks which posters are missing
WARM_SECONDS = max(2.0, scaled(10))  # how often the worker looks which pages' answers to renew
UPSTREAM_CACHE_URL = env.service_url("UPSTREAM_CACHE_URL", "sqlite://", schemes=("sqlite", "redis", "rediss"))
USER_AGENT = f"{SITE_NAME}/{VERSION} (animesite; a Django front end with a cache)"

# What the worker does by the clock


def _every(seconds: float, task: str) -> dict[str, object]:
    """A worker that was away has one look to take, not a hundred."""
    return {"task": f"catalog.tasks.{task}", "schedule": timedelta(seconds=seconds), "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE = {
    "keep-warm": _every(WARM_SECONDS, "warm.keep_warm"),
    "enqueue-missing-torrents": _every(MINUTE, "torrents.enqueue_missing_torrents"),
    "tidy": _every(HOUR, "housekeeping.tidy"),
    "refresh-index": _every(INDEX_REFRESH_SECONDS, "index.refresh_index"),
    "refresh-loop-index": _every(LOOP_INDEX_REFRESH_SECONDS, "loops.refresh_loop_index"),
    "match-series": _every(INDEX_REFRESH_SECONDS, "loops.match_series"),
    "refresh-favourites": _every(FAVOURITES_RETRY_SECONDS, "favourites.refresh_favourites"),
    "enqueue-posters": _every(POSTERS_LOOK_SECONDS, "posters.enqueue_posters"),
}

# Static and media files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing is asked for by its plain name, so half need not be compressed
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "animesite.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "animesite.staticfiles.ModuleStorage"},
}
MEDIA_BUCKET = env.text("MEDIA_BUCKET")  # its key and secret are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
if MEDIA_BUCKET:
    MEDIA_BUCKET_URL = env.http_url("MEDIA_BUCKET_URL", "https://s3.amazonaws.com")
    MEDIA_URL = env.http_url("MEDIA_URL", f"{MEDIA_BUCKET_URL}/{MEDIA_BUCKET}") + "/"
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_BUCKET,
            "endpoint_url": MEDIA_BUCKET_URL,
            "region_name": env.text("MEDIA_BUCKET_REGION", "us-east-1"),
            "addressing_style": "path",
            "custom_domain": MEDIA_URL.partition("://")[2].rstrip("/"),
            "url_protocol": f"{urlsplit(MEDIA_URL).scheme}:",
            "querystring_auth": False,
            "default_acl": None,
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},  # names follow content
        },
    }

# Security

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a shelf's form has a dozen for each favourite
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
HTTPS = env.flag("HTTPS", False)  # readers come over https, through a proxy that says so in X-Forwarded-Proto
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # what other names of the domain serve is not ours to say
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

_BUCKET = ["{0.scheme}://{0.netloc}".format(urlsplit(MEDIA_URL))] if MEDIA_BUCKET else []
CONTENT_SECURITY_POLICY = csp.policy(MEDIA_HOSTS, [*MEDIA_ORIGINS, *_BUCKET])
