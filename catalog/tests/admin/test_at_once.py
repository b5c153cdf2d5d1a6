"""Curators at the very same moment, each with a connection to a real database: a file of SQLite's, or PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import requests_mock
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalog.models import Collection, Favourite
from catalog.services import favourites
from catalog.tests.admin.forms import numbered, shown
from catalog.tests.admin.test_favourites import ADD, COLLECTIONS, FAVOURITES, change
from catalog.tests.admin.test_older_pages import dragged, form_of, standing
from catalog.tests.factories import CollectionFactory, FavouriteFactory
from catalog.tests.services.conftest import transport_folder, upstream  # noqa: F401

DRAG = f"{COLLECTIONS}adminsortable2_update/"
LOOP_AT = "https://animeloop.org/loop/"
ROUNDS = 2
COPY = "at_once"


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path) -> Iterator[None]:
    """A copy of the tests' own, so that what is written here for good is written nowhere else."""
    with django_db_blocker.unblock():
        swap = _file if connection.vendor == "sqlite" else _clone
        with swap(tmp_path):
            yield


class _file:
    """Threads would share a database in memory, and its transactions."""

    def __init__(self, folder) -> None:
        self.name, self.path = connection.settings_dict["NAME"], folder / "database.sqlite3"

    def __enter__(self) -> None:
        connection.ensure_connection()
        self.memory = connection.connection
        with sqlite3.connect(self.path) as file:
            self.memory.backup(file)
        file.close()
        connection.connection = None
        connection.settings_dict["NAME"] = str(self.path)

    def __exit__(self, *error: object) -> None:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = self.memory, self.name


class _clone:
    def __init__(self, folder) -> None:
        self.name = connection.settings_dict["NAME"]

    def __enter__(self) -> None:
        connection.close()
        connection.creation.clone_test_db(suffix=COPY, verbosity=0)
        connection.settings_dict["NAME"] = connection.creation.get_test_db_clone_settings(COPY)["NAME"]

    def __exit__(self, *error: object) -> None:
        connection.close()
        connection.settings_dict["NAME"] = self.name
        connection.creation.destroy_test_db(suffix=COPY, verbosity=0)


@pytest.fixture(autouse=True)
def down(db, upstream) -> requests_mock.Mocker:
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    return upstream


@pytest.fixture
def collection() -> Collection:
    collection = CollectionFactory.create(order=1)
    for order in range(1, 7):
        FavouriteFactory.create(collection=collection, order=order)
    return collection


@pytest.fixture
def curators() -> list[Client]:
    clients = []
    for number in range(6):
        clients.append(Client())
        clients[-1].force_login(User.objects.create_superuser(f"curator {number}", password="x"))
    return clients


def at_once(*calls: Callable[[], HttpResponse]) -> list[HttpResponse]:
    """None begins before all are ready."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], HttpResponse]) -> HttpResponse:
        barrier.wait(10)
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        responses = list(threads.map(run, calls))
    assert {response.status_code for response in responses} <= {200, 302}
    return responses


def collections_stand() -> list[int]:
    held = list(Collection.objects.values_list("pk", "order"))
    assert [order for _, order in held] == list(range(1, len(held) + 1))
    return [pk for pk, _ in held]


def add(client: Client, collection: Collection, loop: str) -> Callable[[], Any]:
    return lambda: client.post(ADD, {"collection": collection.pk, "text": LOOP_AT + loop, "published": "on"})


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_drag_different_rows_and_both_are_where_they_were_put(collection, curators, _round):
    a, b, c, d, e, f = standing(collection)
    forms = [form_of(client, collection) for client in curators[:2]]
    sent = [dragged(forms[0], f, a, b, c, d, e), dragged(forms[1], b, c, d, e, a, f)]
    at_once(*(lambda n=n: curators[n].post(change(collection), sent[n]) for n in range(2)))
    assert standing(collection) in ([f, b, c, d, a, e], [f, b, c, d, e, a])


def test_many_number_rows_in_the_form_and_in_the_list(collection, curators):
    keys = standing(collection)
    forms = [form_of(client, collection) for client in curators[:3]]
    lists = [shown(client, FAVOURITES, "changelist-form") for client in curators[3:]]
    at_once(
        *(
            lambda n=n: curators[n].post(
                change(collection), forms[n] | {numbered(forms[n], keys[n], "order"): "6"}
            )
            for n in range(3)
        ),
        *(
            lambda n=n: curators[3 + n].post(
                FAVOURITES, lists[n] | {numbered(lists[n], keys[3 + n], "order"): "1", "_save": "Save"}
            )
            for n in range(3)
        ),
    )  # fmt: skip
    held = standing(collection)
    assert sorted(held) == sorted(keys)
    assert set(held[:3]) == set(keys[3:])


def test_everybody_adds_and_each_has_a_place(collection, curators):
    empty = CollectionFactory.create(order=2)
    at_once(
        *(add(client, empty, f"{number:024x}") for number, client in enumerate(curators[:3])),
        *(
            lambda client=client, number=number: client.post(
                change(empty), form_of(client, empty) | {"added": f"{LOOP_AT}{number:024x}\n{LOOP_AT}{number:023x}f"}
            )
            for number, client in enumerate(curators[3:], 3)
        ),
    )
    assert len(standing(empty)) == 9


def test_everybody_adds_the_same_and_it_is_there_once(collection, curators):
    responses = at_once(*(add(client, collection, "a" * 24) for client in curators))
    assert [response.status_code for response in responses].count(302) == 1
    assert sum("is in this collection already" in response.text for response in responses) == len(curators) - 1
    assert len(standing(collection)) == 7


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_moves_away_what_another_removes_and_a_third_drags(collection, curators, _round):
    keys, target = standing(collection), CollectionFactory.create(order=2)
    old = form_of(curators[0], collection)
    moving = {"action": "move", "_selected_action": keys[:3], "to": target.pk}
    removing = {"action": "delete_selected", "_selected_action": keys[2:4], "post": "yes"}
    at_once(
        lambda: curators[0].post(change(collection), dragged(old, *keys[::-1])),
        lambda: curators[1].post(FAVOURITES, moving),
        lambda: curators[2].post(FAVOURITES, removing),
    )
    assert sorted(standing(collection) + standing(target)) in (keys[:2] + keys[4:], keys[:3] + keys[4:])
    assert set(keys[:2]) <= set(standing(target))
    assert standing(collection) in (keys[4:], keys[:3:-1])


def test_two_move_the_same_into_two_collections_and_it_is_in_one(collection, curators):
    key, targets = standing(collection)[2], [CollectionFactory.create(order=order) for order in (2, 3)]
    given = [{"action": "move", "_selected_action": [key], "to": target.pk} for target in targets]
    at_once(*(lambda n=n: curators[n].post(FAVOURITES, given[n]) for n in range(2)))
    assert sorted(len(standing(target)) for target in targets) == [0, 1]
    assert len(standing(collection)) == 5


def test_collections_are_dragged_numbered_made_and_removed(collection, curators):
    others = [CollectionFactory.create(order=order) for order in range(2, 7)]
    keys = collections_stand()
    number = form_of(curators[0], others[2])
    new = {
        "name_en": "New", "name_ru": "Новая", "slug": "new", "order": "0", "added": "",
        "favourites-TOTAL_FORMS": "0", "favourites-INITIAL_FORMS": "0",
    }  # fmt: skip
    drags = [[key, place] for place, key in enumerate(reversed(keys), 1)]
    at_once(
        lambda: curators[0].post(change(others[2]), number | {"order": "1"}),
        lambda: curators[1].post(DRAG, {"updatedItems": drags}, content_type="application/json"),
        lambda: curators[2].post(DRAG, {"updatedItems": drags[2:5]}, content_type="application/json"),
        lambda: curators[3].post(reverse("admin:catalog_collection_add"), new),
        lambda: curators[4].post(reverse("admin:catalog_collection_add"), new | {"slug": "newer"}),
        lambda: curators[5].post(
            COLLECTIONS, {"action": "delete_selected", "_selected_action": [others[0].pk], "post": "yes"}
        ),
    )
    assert len(collections_stand()) == 7


def test_files_come_in_while_others_drag_and_add(collection, curators):
    keys = standing(collection)
    rows = "".join(f"{collection.slug},loop,{number:024x}\n" for number in range(20))
    file = SimpleUploadedFile("x.csv", f"collection,kind,what\n{rows}".encode())
    url = reverse("admin:catalog_favourite_import")
    tried = curators[0].post(url, {"format": "0", "import_file": file})
    confirm = {name: tried.context["confirm_form"][name].value() for name in tried.context["confirm_form"].fields}
    old = form_of(curators[1], collection)
    at_once(
        lambda: curators[0].post(reverse("admin:catalog_favourite_process_import"), confirm),
        lambda: curators[1].post(change(collection), dragged(old, *keys[::-1])),
        add(curators[2], collection, "f" * 24),
        add(curators[3], collection, f"{7:024x}"),
    )
    held = standing(collection)
    assert len(held) in (26, 27)  # all rows or none: the file may have come after one of its rows
    assert [key for key in held if key in keys] == keys[::-1]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_who_write_different_notes_of_one_row_both_have_written(collection, curators, _round):
    key = standing(collection)[0]
    forms = [form_of(client, collection) for client in curators[:2]]
    for form, language in zip(forms, ("en", "ru"), strict=True):
        form[numbered(form, key, f"note_{language}")] = language
    at_once(*(lambda n=n: curators[n].post(change(collection), forms[n]) for n in range(2)))
    favourite = Favourite.objects.get(pk=key)
    assert (favourite.note_en, favourite.note_ru) == ("en", "ru")


def test_a_slow_source_holds_up_nobody_else(collection, curators, down):
    held, mine = [], connections[DEFAULT_DB_ALIAS]  # sources are asked in another thread

    def answer(request: object, context: object) -> str:
        held.append(mine.in_atomic_block)
        raise requests.ConnectionError

    down.get(requests_mock.ANY, text=answer)
    form = form_of(curators[0], collection)
    curators[0].post(change(collection), form | {"added": LOOP_AT + "a" * 24})
    add(curators[0], collection, "b" * 24)()
    assert len(standing(collection)) == 8
    assert held
    assert not any(held)


def test_sources_are_silenced_while_rows_are_dragged(collection, curators):
    keys = standing(collection)
    forms = [form_of(client, collection) for client in curators[:2]]
    collection.favourites.update(tried_at=None)

    def refresh() -> HttpResponse:
        favourites.refresh()
        return HttpResponse()

    at_once(
        *(lambda n=n: curators[n].post(change(collection), dragged(forms[n], *keys[::-1])) for n in range(2)), refresh
    )
    assert standing(collection) == keys[::-1]
    assert set(collection.favourites.values_list("state", flat=True)) == {"silent"}
