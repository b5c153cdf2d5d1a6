"""What a curator did can be taken back, by whoever may do it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from catalog.domain.titles import Names
from catalog.models import Collection, Favourite
from catalog.services import favourites
from catalog.tests.factories import CollectionFactory, FavouriteFactory, TitleFactory

pytestmark = pytest.mark.django_db
FAVOURITES = reverse("admin:catalog_favourite_deleted")
COLLECTIONS = reverse("admin:catalog_collection_deleted")


def version(row: Favourite | Collection, number: int = 0) -> str:
    """The page of one of its versions, the first one first."""
    line = row.history.order_by("history_id")[number]
    return reverse(f"admin:catalog_{row._meta.model_name}_simple_history", args=[row.pk, line.pk])


def rights(client, *names: str) -> None:
    user = User.objects.create_user("-".join(names), password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)


def removed(client, row: Favourite | Collection) -> int:
    """As a curator deletes it; the line of history that is left."""
    url = reverse(f"admin:catalog_{row._meta.model_name}_delete", args=[row.pk])
    assert client.post(url, {"post": "yes"}).status_code == 302
    return type(row).history.filter(id=row.pk).latest().pk


def bring_back(client, url: str, *lines: object) -> str:
    return client.post(url, {"line": lines}, follow=True).text


class TestVersions:
    def test_the_form_of_an_older_version_goes_back_to_it(self, curator):
        first, second = CollectionFactory.create(), CollectionFactory.create()
        favourite = FavouriteFactory.create(collection=first, order=1, note_en="Before")
        favourite.note_en, favourite.collection = "After", second
        favourite.save()
        page = curator.get(version(favourite))
        assert page.context["adminform"].form.initial["note_en"] == "Before"
        given = {"collection": first.pk, "order": 1, "note_en": "Before", "note_ru": "", "published": "on"}
        assert curator.post(version(favourite), given).status_code == 302
        favourite.refresh_from_db()
        assert (favourite.note_en, favourite.collection, favourite.order) == ("Before", first, 1)
        assert favourite.history.latest().history_user.username == "curator"

    def test_who_may_only_look_cannot_go_back(self, client):
        favourite = FavouriteFactory.create(note_en="Now")
        rights(client, "view_favourite")
        assert client.get(version(favourite)).status_code == 200
        given = {"collection": favourite.collection_id, "order": 1, "note_en": "Then"}
        assert client.post(version(favourite), given).status_code == 403
        rights(client, "view_collection")
        assert client.get(version(favourite)).status_code == 403
        favourite.refresh_from_db()
        assert favourite.note_en == "Now"

    def test_of_what_was_deleted_it_leads_to_the_list(self, curator):
        favourite = FavouriteFactory.create()
        url = version(favourite)
        removed(curator, favourite)
        for response in (curator.get(url, follow=True), curator.post(url, {}, follow=True)):
            assert response.redirect_chain == [(FAVOURITES, 302)]
            assert "here it can be brought back" in response.text
        assert not Favourite.objects.exists()

    @pytest.mark.parametrize("key", ["x", "²", "9" * 30, "-1"])
    def test_addresses_of_nothing_are_pages_of_their_own(self, curator, key):
        for kind in ("favourite", "collection"):
            for path in (f"{key}/history/", f"{key}/history/1/", f"1/history/{key}/"):
                assert curator.get(f"/admin/catalog/{kind}/{path}", follow=True).status_code in (200, 404)


class TestDeleted:
    def test_a_favourite_comes_back_to_its_place(self, curator):
        collection = CollectionFactory.create()
        rows = [FavouriteFactory.create(collection=collection, order=order, note_en=f"n{order}") for order in (1, 2, 3)]
        line = removed(curator, rows[1])
        page = curator.get(FAVOURITES).text
        assert "n2" in page
        assert "n1" not in page
        assert ">curator<" in page
        assert "Brought back: " in bring_back(curator, FAVOURITES, line)
        assert [row.pk for row in collection.favourites.all()] == [row.pk for row in rows]
        back = collection.favourites.get(pk=rows[1].pk)
        assert (back.note_en, back.subject) == ("n2", rows[1].subject)
        latest = back.history.latest()
        assert (latest.history_user.username, latest.history_change_reason) == ("curator", "Brought back")
        assert "Nothing was deleted that is still away." in curator.get(FAVOURITES).text

    @pytest.mark.parametrize("whole", [True, False])
    def test_what_its_source_has_no_more_comes_back_as_it_was_told(self, curator, whole):
        told = {"state": "gone", "keep_when_gone": True, "tried_at": timezone.now()}
        favourite = FavouriteFactory.create(item=TitleFactory.build(names=Names(ru="Сказка")), **told)
        shelf = favourites.any_shelf(favourite.collection_id)
        deleted, url = (favourite.collection, COLLECTIONS) if whole else (favourite, FAVOURITES)
        line = removed(curator, deleted)
        assert "Сказка" in curator.get(FAVOURITES).text
        bring_back(curator, url, line)
        assert favourites.any_shelf(favourite.collection_id).favourites == (
            replace(shelf.favourites[0], shown_at=Favourite.objects.get().created_at),
        )
        assert Favourite.objects.get().tried_at is None

    @pytest.mark.parametrize("whole", [True, False])
    def test_what_comes_back_is_as_old_as_it_was(self, curator, time_machine, whole):
        time_machine.move_to("2026-11-01T09:00Z", tick=False)
        favourite = FavouriteFactory.create(published=False)
        collection = favourite.collection
        time_machine.move_to("2026-11-02T09:00Z", tick=False)
        favourite.published = True
        favourite.save()
        hidden = FavouriteFactory.create(collection=collection, published=False)
        ages = [Collection.objects.values("created_at"), Favourite.objects.values("created_at", "published_at")]
        before = [list(rows.order_by("pk")) for rows in ages]
        time_machine.move_to("2026-11-09T09:00Z", tick=False)
        for deleted, url in [(collection, COLLECTIONS)] if whole else [(favourite, FAVOURITES), (hidden, FAVOURITES)]:
            bring_back(curator, url, removed(curator, deleted))
        assert [list(rows.order_by("pk")) for rows in ages] == before

    def test_only_of_what_was_deleted_the_history_keeps_what_was_told(self, curator):
        favourite = FavouriteFactory.create()
        removed(curator, favourite)
        assert [bool(line.snapshot) for line in Favourite.history.order_by("history_id")] == [False, True]

    def test_a_collection_comes_back_with_what_stood_in_it(self, curator):
        collection = CollectionFactory.create(name_en="Autumn", slug="autumn")
        rows = [FavouriteFactory.create(collection=collection, order=order) for order in (1, 2)]
        earlier = FavouriteFactory.create(collection=collection, order=3)
        earlier_line = removed(curator, earlier)
        Favourite.history.filter(pk=earlier_line).update(history_date="2020-01-01T00:00:00Z")
        collection.cover = rows[1]
        collection.save()
        line = removed(curator, collection)
        assert "its collection was deleted; bring that back" in bring_back(curator, FAVOURITES, earlier_line)
        assert "Autumn" in curator.get(COLLECTIONS).text
        bring_back(curator, COLLECTIONS, line)
        back = Collection.objects.get(pk=collection.pk)
        assert (back.slug, back.published_from) == ("autumn", collection.published_from)
        assert [row.pk for row in back.favourites.all()] == [row.pk for row in rows]
        bring_back(curator, FAVOURITES, earlier_line)
        assert back.favourites.count() == 3

    def test_of_what_was_deleted_twice_the_later_comes_back_with_its_collection(self, curator):
        collection = CollectionFactory.create()
        for note in ("First", "Second"):
            item = TitleFactory.build(id=5)
            latest = FavouriteFactory.create(collection=collection, item=item, note_en=note)
            if note == "First":
                removed(curator, latest)
        bring_back(curator, COLLECTIONS, removed(curator, collection))
        assert [(one.pk, one.note_en) for one in Favourite.objects.all()] == [(latest.pk, "Second")]

    def test_what_is_there_again_is_not_doubled(self, curator):
        favourite = FavouriteFactory.create(item=TitleFactory.build(id=5, names=Names(ru="Сказка")))
        line = removed(curator, favourite)
        again = FavouriteFactory.create(collection=favourite.collection, item=TitleFactory.build(id=5))
        assert "is in this collection already" in bring_back(curator, FAVOURITES, line)
        assert Favourite.objects.get() == again

    def test_an_address_that_is_taken_is_told(self, curator):
        collection = CollectionFactory.create(slug="autumn")
        line = removed(curator, collection)
        CollectionFactory.create(slug="autumn")
        assert "another collection has the address autumn" in bring_back(curator, COLLECTIONS, line)
        assert Collection.objects.count() == 1

    def test_twice_deleted_is_listed_once(self, curator):
        favourite = FavouriteFactory.create()
        bring_back(curator, FAVOURITES, removed(curator, favourite))
        line = removed(curator, favourite)
        assert [one.pk for one in curator.get(FAVOURITES).context["page"]] == [line]

    @pytest.mark.parametrize(("at", "name", "note"), [("/ru", "Осень", "Почему"), ("", "Autumn", "Why")])
    def test_in_the_language_of_who_reads(self, curator, at, name, note):
        collection = CollectionFactory.create(name_en="Autumn", name_ru="Осень")
        FavouriteFactory.create(collection=collection, note_en="Why", note_ru="Почему")
        collection.delete()
        assert [called for _, called, _ in curator.get(at + COLLECTIONS).context["listed"]] == [name]
        assert f'<div class="help">{note}</div>' in curator.get(at + FAVOURITES).text

    def test_only_of_one_collection(self, curator):
        kept, other = FavouriteFactory.create(), FavouriteFactory.create()
        lines = [removed(curator, row) for row in (kept, other)]
        listed = curator.get(FAVOURITES, {"collection": kept.collection_id}).context["page"]
        assert [one.pk for one in listed] == lines[:1]

    def test_hostile_input_brings_nothing(self, curator):
        removed(curator, FavouriteFactory.create())
        bring_back(curator, FAVOURITES, "x", "9" * 30, "²", "-1", 0)
        assert not Favourite.objects.exists()
        for query in ({"collection": "x"}, {"collection": "9" * 30}, {"p": "x"}):
            assert curator.get(FAVOURITES, query).status_code == 200

    def test_who_may(self, curator, client):
        line = removed(curator, FavouriteFactory.create())
        rights(client, "view_favourite")
        page = client.get(FAVOURITES).text
        assert 'name="line"' not in page
        assert client.post(FAVOURITES, {"line": line}).status_code == 403
        rights(client, "view_collection")
        assert client.get(FAVOURITES).status_code == 403
        rights(client, "add_favourite")
        assert client.get(FAVOURITES).status_code == 403
        client.post(FAVOURITES, {"line": line})
        assert Favourite.objects.exists()
        Collection.objects.all().delete()
        line = Collection.history.latest().pk
        rights(client, "view_collection", "add_collection")
        assert 'name="line"' not in client.get(COLLECTIONS).text
        assert client.post(COLLECTIONS, {"line": line}).status_code == 403
        assert not Collection.objects.exists()
        client.logout()
        assert client.get(FAVOURITES).status_code == 302

    def test_a_longer_list_asks_no_more_often(self, curator, django_assert_num_queries):
        FavouriteFactory.create().delete()
        with django_assert_num_queries(6):
            curator.get(FAVOURITES)
        FavouriteFactory.create_batch(5)
        Favourite.objects.all().delete()
        with django_assert_num_queries(6):
            curator.get(FAVOURITES)
