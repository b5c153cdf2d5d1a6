from __future__ import annotations

import pytest
from django.urls import reverse

from catalog.models import StoredTorrent, TorrentLook
from catalog.tasks.torrents import enqueue_missing_torrents, look_at_torrents
from catalog.tests.factories import TitleRowFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:catalog_storedtorrent_changelist")


@pytest.fixture(autouse=True)
def refused():
    TorrentLook.objects.create(title_id=8500)
    reason = "an absolute path: '<script>'"
    return StoredTorrent.objects.create(id=7, title_id=8500, state="refused", reason=reason)


@pytest.fixture
def enqueued(monkeypatch):
    """Which titles were enqueued, with which options."""
    calls: list[tuple[list[int], dict[str, object]]] = []
    monkeypatch.setattr(look_at_torrents, "apply_async", lambda args, **options: calls.append((args[0], options)))
    monkeypatch.setattr(look_at_torrents, "delay", lambda ids: calls.append((ids, {})))
    return calls


def test_the_list_says_why_a_torrent_is_refused(admin_client):
    page = admin_client.get(LIST).text
    assert "an absolute path: &#x27;&lt;script&gt;&#x27;" in page
    assert "<script>'" not in page


def test_refused_can_be_picked_out_and_found(admin_client):
    StoredTorrent.objects.create(id=8, title_id=8501, state="stored", name="Hyouka")
    assert "8501" not in admin_client.get(f"{LIST}?state__exact=refused").text
    assert "8501" in admin_client.get(f"{LIST}?q=hyouka").text
    assert "8500" in admin_client.get(f"{LIST}?q=absolute").text


def test_nothing_can_be_written_by_hand(admin_client, refused):
    assert admin_client.get(reverse("admin:catalog_storedtorrent_add")).status_code == 403
    page = admin_client.get(reverse("admin:catalog_storedtorrent_change", args=[refused.pk]))
    assert page.status_code == 200
    assert 'name="_save"' not in page.text


def test_looking_again_forgets_and_enqueues(admin_client, refused, enqueued):
    page = admin_client.post(LIST, {"action": "look_again", "_selected_action": [refused.pk]}, follow=True)
    assert "The torrents of 1 title will be looked into." in page.text
    assert enqueued == [([8500], {})]
    assert not StoredTorrent.objects.exists()
    assert not TorrentLook.objects.exists()


def test_what_is_missing_is_enqueued_ten_titles_at_a_time(enqueued):
    ids = [TitleRowFactory.create().id for _ in range(23)][::-1]
    enqueue_missing_torrents()
    assert [part for part, _ in enqueued] == [ids[:10], ids[10:20], ids[20:]]
    assert all(options["expires"] for _, options in enqueued)
