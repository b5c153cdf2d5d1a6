"""The project: settings, addresses and the entry points of web and worker."""

from animesite.celery import app as celery_app

__all__ = ["celery_app"]
