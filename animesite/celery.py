"""The Celery application; its configuration is the ``CELERY_*`` part of settings."""

import os
from typing import Any

import structlog
from celery import Celery
from celery.signals import setup_logging
from django.dispatch import receiver
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep

from animesite import queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "animesite.settings")
queue.register()

app = Celery("animesite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def leave_logging_as_it_is(**_: Any) -> None:
    """Whoever listens to this signal keeps Celery from setting up its own."""


@receiver(bind_extra_task_metadata)
def name_the_task(task: Any, **_: Any) -> None:
    structlog.contextvars.bind_contextvars(task=task.name)
