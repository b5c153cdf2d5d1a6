"""What those who run the site see of it, and who may have work done now."""

from __future__ import annotations

import pytest
import requests
import requests_mock
from bs4 import BeautifulSoup
from celery import Celery
from django.contrib.auth.models import Permission, User
from django.test import Client

from animesite import celery_app
from catalog.models import StoredPoster, StoredTorrent
from catalog.services import task_notes
from catalog.services.errors import UpstreamError
from catalog.services.transport import Upstream, get
from catalog.tasks import by_hand, notes, queue
from catalog.tests.services.conftest import transport_folder, upstream  # noqa: F401

pytestmark = pytest.mark.django_db

PAGE = "/admin/status/"
RUN = "/admin/status/run/{}/"


@pytest.fixture(autouse=True)
def broker(settings, transport_folder, monkeypatch):
    """The embedded queue, in the test's folder."""
    folders = settings.DATA_DIR / "queue" / "messages", settings.DATA_DIR / "queue" / "control"
    for folder in folders:
        folder.mkdir(parents=True)
    messages, control = map(str, folders)
    options = {"data_folder_in": messages, "data_folder_out": messages, "control_folder": control}
    app = Celery("test", broker="filesystem://localhost", broker_transport_options=options, set_as_current=False)
    monkeypatch.setattr(by_hand, "current_app", app)
    monkeypatch.setattr(queue, "current_app", app)
    task_notes._shared.clear()
    yield app
    app.close()


@pytest.fixture
def staff(client) -> User:
    """Somebody who may enter the admin, and nothing more."""
    user = User.objects.create_user("staff", password="x", is_staff=True)
    client.force_login(user)
    return user


def may_run(user: User) -> None:
    user.user_permissions.add(Permission.objects.get(codename="run_tasks"))


def queued(settings) -> list[str]:
    """The names of the tasks whose messages are in the queue."""
    folder = settings.DATA_DIR / "queue" / "messages"
    return sorted(
        str(name)
        for run in by_hand.RUNS.values()
        for name in run.tasks
        for path in folder.iterdir()
        if f"catalog.tasks.{name}" in path.read_text()
    )


class TestWhoMaySeeIt:
    def test_nobody_who_is_not_staff(self, client):
        User.objects.create_user("reader", password="x")
        assert client.get(PAGE)["Location"].startswith("/admin/login/")
        client.login(username="reader", password="x")
        assert client.get(PAGE)["Location"].startswith("/admin/login/")
        assert client.post(RUN.format("warm"))["Location"].startswith("/admin/login/")

    def test_staff_without_the_right_see_it_without_the_buttons(self, client, staff):
        page = client.get(PAGE)
        assert page.status_code == 200
        assert "formaction" not in page.text

    def test_it_is_linked_from_the_first_page(self, client, staff):
        assert f'href="{PAGE}"' in client.get("/admin/").text


class TestRunning:
    def test_staff_without_the_right_are_refused(self, client, staff, settings):
        assert client.post(RUN.format("crawl")).status_code == 403
        assert queued(settings) == []

    def test_staff_with_the_right_are_not(self, client, staff, settings):
        may_run(staff)
        response = client.post(RUN.format("housekeeping"), follow=True)
        assert "has been put into the queue" in response.text
        assert queued(settings) == ["housekeeping.tidy"]

    @pytest.mark.parametrize("name", list(by_hand.RUNS))
    def test_every_button_enqueues_tasks_that_there_are(self, admin_client, settings, name):
        page = BeautifulSoup(admin_client.get(PAGE).content, "html.parser")
        assert page.select_one(f'button[formaction="{RUN.format(name)}"]')
        assert admin_client.post(RUN.format(name)).status_code == 302
        celery_app.loader.import_default_modules()
        assert queued(settings) == sorted(by_hand.RUNS[name].tasks)
        assert {f"catalog.tasks.{task}" for task in queued(settings)} <= set(celery_app.tasks)

    def test_only_by_a_form_of_ours(self, staff, settings):
        may_run(staff)
        client = Client(enforce_csrf_checks=True)
        client.force_login(staff)
        assert client.post(RUN.format("warm")).status_code == 403
        assert client.get(RUN.format("warm")).status_code == 405
        assert queued(settings) == []

    def test_what_there_is_not_is_not_found(self, admin_client):
        assert admin_client.post(RUN.format("everything")).status_code == 404

    def test_a_broker_that_is_down_is_a_message(self, admin_client, monkeypatch):
        down = Celery("down", broker="amqp://guest:guest@127.0.0.1:9//", set_as_current=False)
        monkeypatch.setattr(by_hand, "current_app", down)
        monkeypatch.setattr(queue, "current_app", down)
        response = admin_client.post(RUN.format("warm"), follow=True)
        assert response.status_code == 200
        assert "The queue does not take it" in response.text
        assert "The broker does not answer" in response.text


class TestWhatItShows:
    def test_how_many_tasks_wait(self, admin_client):
        assert "0 tasks wait" in admin_client.get(PAGE).text
        for name in ("warm", "crawl"):
            admin_client.post(RUN.format(name))
        assert "3 tasks wait" in admin_client.get(PAGE).text

    def test_why_posters_and_torrents_failed(self, admin_client):
        for number in range(3):
            StoredPoster.objects.create(
                kind="title", subject=str(number), source_url="http://x.test/", reason="<b>no picture", attempts=2
            )
        StoredTorrent.objects.create(id=1, title_id=1, state="refused", reason="a name with ..")
        page = admin_client.get(PAGE).text
        assert "&lt;b&gt;no picture" in page
        assert "q=%3Cb%3Eno%20picture" in page
        assert "a name with .." in page

    def test_why_an_upstream_does_not_answer(self, admin_client, upstream):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError("refused"))
        with pytest.raises(UpstreamError):
            get(Upstream("loops", "LOOPS_URL"), "/x", {}, endpoint="none", parse=str)
        page = admin_client.get(PAGE).text
        assert "does not answer" in page
        assert "ConnectionError: refused" in page

    def test_how_tasks_ended(self, admin_client):
        class Task:
            name = "catalog.tasks.some.thing"

        notes.begins(task_id="1")
        notes.ends(task_id="1", task=Task, state="FAILURE", retval=OSError("no room left"))
        assert "OSError: no room left" in admin_client.get(PAGE).text
        (failed,) = task_notes.notes()
        assert failed.failed
        notes.begins(task_id="2")
        notes.ends(task_id="2", task=Task, state="SUCCESS")
        (known,) = task_notes.notes()
        assert not known.failed
        assert known.reason == "OSError: no room left"
