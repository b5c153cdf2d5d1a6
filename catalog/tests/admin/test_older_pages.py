"""Two curators with the same page open: what the later one did not change is as the earlier one left it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from catalog.models import Collection, Favourite
from catalog.tests.admin.forms import Fields, numbered, shown
from catalog.tests.admin.test_favourites import COLLECTIONS, FAVOURITES, change
from catalog.tests.factories import CollectionFactory, FavouriteFactory, TitleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection() -> Collection:
    return CollectionFactory.create(order=1)


@pytest.fixture
def rows(collection) -> list[Favourite]:
    return [FavouriteFactory.create(collection=collection, order=order, note_en="Old") for order in (1, 2, 3, 4)]


def form_of(client, collection: Collection) -> Fields:
    return shown(client, change(collection), "collection_form")


def save(client, collection: Collection, fields: Fields) -> str:
    response = client.post(change(collection), fields, follow=True)
    assert response.redirect_chain, "refused"
    return response.text


def dragged(fields: Fields, *keys: int) -> Fields:
    """All rows numbered anew in this order, as dragging does it."""
    return fields | {numbered(fields, key, "order"): str(place) for place, key in enumerate(keys, 1)}


def standing(collection: Collection) -> list[int]:
    """Their keys in order, which has neither gaps nor twins."""
    held = list(collection.favourites.values_list("pk", "order"))
    assert [order for _, order in held] == list(range(1, len(held) + 1))
    return [pk for pk, _ in held]


class TestOrder:
    def test_each_ones_own_moves_are_kept(self, curator, collection, rows):
        a, b, c, d = (row.pk for row in rows)
        first, second = form_of(curator, collection), form_of(curator, collection)
        save(curator, collection, dragged(first, d, a, b, c))
        assert standing(collection) == [d, a, b, c]
        save(curator, collection, dragged(second, a, c, b, d))
        assert standing(collection) in ([d, c, a, b], [d, a, c, b])

    def test_the_later_one_wins_where_both_moved_the_same(self, curator, collection, rows):
        a, b, c, d = (row.pk for row in rows)
        first, second = form_of(curator, collection), form_of(curator, collection)
        save(curator, collection, dragged(first, b, c, d, a))
        save(curator, collection, dragged(second, b, c, a, d))
        assert standing(collection) == [b, c, a, d]

    def test_so_it_is_with_numbers(self, curator, collection, rows):
        a, b, c, d = (row.pk for row in rows)
        first, second = form_of(curator, collection), form_of(curator, collection)
        save(curator, collection, first | {numbered(first, d, "order"): "1"})
        save(curator, collection, second | {numbered(second, a, "order"): "4"})
        assert standing(collection) == [d, b, c, a]

    def test_saving_without_a_change_changes_nothing(self, curator, collection, rows):
        a, b, c, d = (row.pk for row in rows)
        first, second = form_of(curator, collection), form_of(curator, collection)
        save(curator, collection, dragged(first, d, c, b, a))
        lines = Favourite.history.count()
        save(curator, collection, second)
        assert standing(collection) == [d, c, b, a]
        assert Favourite.history.count() == lines

    def test_what_came_meanwhile_stays(self, curator, collection, rows):
        a, b, c, d = (row.pk for row in rows)
        old = form_of(curator, collection)
        new = FavouriteFactory.create(collection=collection, order=5).pk
        save(curator, collection, dragged(old, d, a, b, c))
        assert standing(collection) == [d, a, b, c, new]

    @pytest.mark.parametrize("who", ["itself", "another"])
    def test_what_is_removed_was_counted_by_whoever_dragged(self, curator, collection, rows, who):
        a, b, c, d = (row.pk for row in rows)
        fields = dragged(form_of(curator, collection), a, c, b, d)
        if who == "itself":
            fields[numbered(fields, a, "DELETE")] = "on"
        else:
            rows[0].delete()
        save(curator, collection, fields)
        assert standing(collection) == [c, b, d]

    def test_numbers_of_a_list_are_meant_together(self, curator, collection, rows):
        a, b, c, d = (row.pk for row in rows)
        e = FavouriteFactory.create(collection=collection, order=5).pk
        other = FavouriteFactory.create(collection=CollectionFactory.create(order=2), order=1)
        fields = dragged(shown(curator, FAVOURITES, "changelist-form"), d, c, a, b, e)
        curator.post(FAVOURITES, fields | {numbered(fields, other.pk, "order"): "1", "_save": "Save"})
        assert standing(collection) == [d, c, a, b, e]

    @pytest.mark.parametrize("number", ["", "0", "999999999"])
    def test_numbers_that_are_no_place_come_to_an_end(self, curator, collection, rows, number):
        a, b, c, d = (row.pk for row in rows)
        fields = form_of(curator, collection)
        save(curator, collection, fields | {numbered(fields, b, "order"): number})
        assert standing(collection) == {"": [a, b, c, d], "0": [b, a, c, d]}.get(number, [a, c, d, b])

    def test_in_the_list_of_favourites_a_number_is_a_place(self, curator, collection, rows):
        a, b, c, d = (row.pk for row in rows)
        first, second = (shown(curator, FAVOURITES, "changelist-form") for _ in range(2))
        curator.post(FAVOURITES, first | {numbered(first, d, "order"): "1", "_save": "Save"})
        assert standing(collection) == [d, a, b, c]
        published = second.copy()
        del published[numbered(second, b, "published")]
        curator.post(FAVOURITES, published | {numbered(second, c, "order"): "1", "_save": "Save"})
        assert standing(collection) == [c, d, a, b]
        assert [row.published for row in Favourite.objects.order_by("pk")] == [True, False, True, True]

    def test_in_the_list_of_collections_dragging_moves_what_was_dragged(self, curator, collection):
        b, c, d = (CollectionFactory.create(order=order) for order in (2, 3, 4))
        url = f"{COLLECTIONS}adminsortable2_update/"
        for moved in (
            [[d.pk, 1], [collection.pk, 2], [b.pk, 3], [c.pk, 4]],
            [[c.pk, 1], [collection.pk, 2], [b.pk, 3], [0, 9]],
        ):
            response = curator.post(url, {"updatedItems": moved}, content_type="application/json")
            assert response.status_code == 200
        held = list(Collection.objects.values_list("pk", "order"))
        assert held == [(d.pk, 1), (c.pk, 2), (collection.pk, 3), (b.pk, 4)]

    @pytest.mark.parametrize("body", ["", "[]", "{}", '{"updatedItems": [[1]]}', '{"updatedItems": [["x", {}]]}'])
    def test_what_is_no_order_is_refused(self, curator, collection, body):
        response = curator.post(f"{COLLECTIONS}adminsortable2_update/", body, content_type="application/json")
        assert response.status_code == 400

    def test_the_number_of_a_collection_is_its_place(self, curator, collection):
        b, c = (CollectionFactory.create(order=order) for order in (2, 3))
        fields = form_of(curator, c)
        save(curator, c, fields | {"order": "1"})
        assert list(Collection.objects.values_list("pk", "order")) == [(c.pk, 1), (collection.pk, 2), (b.pk, 3)]
        save(curator, c, fields | {"name_en": "Renamed"})
        assert Collection.objects.get(order=1) == c


class TestRemoved:
    SAID = "1 favourite of this page was removed or moved meanwhile; it stays so."

    @pytest.mark.parametrize("place", range(4))
    def test_is_not_there_again_and_all_else_is_written(self, curator, collection, rows, place):
        old = form_of(curator, collection)
        gone, other = rows[place], rows[place - 1]
        curator.post(reverse("admin:catalog_favourite_delete", args=[gone.pk]), {"post": "yes"})
        page = save(curator, collection, old | {numbered(old, other.pk, "note_en"): "New"})
        assert self.SAID in page
        assert standing(collection) == [row.pk for row in rows if row is not gone]
        assert [one.note_en for one in collection.favourites.order_by("note_en")] == ["New", "Old", "Old"]

    def test_so_it_is_in_the_list_of_favourites(self, curator, collection, rows):
        old = shown(curator, FAVOURITES, "changelist-form")
        rows[0].delete()
        page = curator.post(
            FAVOURITES, old | {numbered(old, rows[3].pk, "order"): "1", "_save": "Save"}, follow=True
        ).text
        assert self.SAID in page
        assert standing(collection) == [rows[3].pk, rows[1].pk, rows[2].pk]

    def test_what_was_moved_elsewhere_stays_there(self, curator, collection, rows):
        old, target = form_of(curator, collection), CollectionFactory.create()
        given = {"action": "move", "_selected_action": [rows[1].pk], "to": target.pk}
        curator.post(FAVOURITES, given)
        assert standing(collection) == [rows[0].pk, rows[2].pk, rows[3].pk]
        assert self.SAID in save(curator, collection, old | {numbered(old, rows[1].pk, "note_en"): "Lost"})
        assert standing(target) == [rows[1].pk]
        rows[1].refresh_from_db()
        assert rows[1].note_en == "Old"

    def test_removing_closes_the_gap_wherever_it_is_done(self, curator, collection, rows):
        fields = form_of(curator, collection)
        save(curator, collection, fields | {numbered(fields, rows[1].pk, "DELETE"): "on"})
        assert standing(collection) == [rows[0].pk, rows[2].pk, rows[3].pk]
        given = {"action": "delete_selected", "_selected_action": [rows[0].pk], "post": "yes"}
        curator.post(FAVOURITES, given)
        assert standing(collection) == [rows[2].pk, rows[3].pk]
        others = [CollectionFactory.create(order=order) for order in (2, 3)]
        curator.post(reverse("admin:catalog_collection_delete", args=[others[0].pk]), {"post": "yes"})
        assert list(Collection.objects.values_list("order", flat=True)) == [1, 2]

    def test_a_form_that_lies_about_its_rows_is_no_crash(self, curator, collection, rows):
        fields = form_of(curator, collection)
        for lie in ({"favourites-TOTAL_FORMS": "x"}, {"favourites-0-id": "x"}, {"favourites-0-id": ""}):
            assert curator.post(change(collection), fields | lie).status_code in (200, 302)
        assert standing(collection) == [row.pk for row in rows]


class TestWords:
    def test_notes_of_others_are_not_taken_back(self, curator, collection, rows):
        first, second = form_of(curator, collection), form_of(curator, collection)
        save(curator, collection, first | {numbered(first, rows[0].pk, "note_en"): "First\r\nline"})
        changed = {numbered(second, rows[0].pk, "note_ru"): "Вторая", numbered(second, rows[1].pk, "note_en"): ""}
        save(curator, collection, second | changed)
        for row in rows:
            row.refresh_from_db()
        assert (rows[0].note_en, rows[0].note_ru) == ("First\r\nline", "Вторая")
        assert rows[1].note_en == ""

    def test_of_two_who_write_the_same_note_the_later_one_has_it(self, curator, collection, rows):
        fields = form_of(curator, collection)
        note = numbered(fields, rows[0].pk, "note_en")
        for text in ("First", "Second"):
            save(curator, collection, fields | {note: text})
        rows[0].refresh_from_db()
        assert rows[0].note_en == "Second"

    def test_so_it_is_with_a_collections_own_words(self, curator, collection):
        first, second = form_of(curator, collection), form_of(curator, collection)
        until = {"published_until_0": "2050-01-01", "published_until_1": "10:00"}
        save(curator, collection, first | {"name_en": "Renamed", **until})
        save(curator, collection, second | {"text_ru": "Осень"})
        collection.refresh_from_db()
        assert (collection.name_en, collection.text_ru) == ("Renamed", "Осень")
        assert collection.published_until.year == 2050

    def test_so_it_is_on_a_favourites_own_page(self, curator, collection, rows):
        url = reverse("admin:catalog_favourite_change", args=[rows[2].pk])
        first, second = (shown(curator, url, "favourite_form") for _ in range(2))
        curator.post(url, first | {"note_en": "New", "order": "1"})
        del second["published"]
        curator.post(url, second)
        rows[2].refresh_from_db()
        assert (rows[2].note_en, rows[2].published, rows[2].order) == ("New", False, 1)
        assert standing(collection)[0] == rows[2].pk

    def test_what_was_told_meanwhile_is_not_untold(self, curator, collection, rows):
        fields = form_of(curator, collection)
        collection.favourites.update(state="gone")
        save(curator, collection, fields | {numbered(fields, rows[0].pk, "note_en"): "New"})
        rows[0].refresh_from_db()
        assert (rows[0].note_en, rows[0].state) == ("New", "gone")

    def test_a_long_shelf_can_be_saved(self, curator, collection):
        item = TitleFactory.build()
        Favourite.objects.bulk_create(
            FavouriteFactory.build(collection=collection, item=item, subject=str(number), order=number)
            for number in range(1, 121)
        )
        fields = form_of(curator, collection)
        last = collection.favourites.last().pk
        save(curator, collection, fields | {numbered(fields, last, "order"): "1"})
        assert standing(collection)[0] == last


class TestAnotherCollection:
    def test_is_chosen_on_a_favourites_page_and_it_comes_to_its_end(self, curator, collection, rows):
        target = CollectionFactory.create()
        there = FavouriteFactory.create(collection=target, order=1)
        url = reverse("admin:catalog_favourite_change", args=[rows[0].pk])
        curator.post(url, shown(curator, url, "favourite_form") | {"collection": str(target.pk)})
        assert standing(target) == [there.pk, rows[0].pk]
        assert standing(collection) == [row.pk for row in rows[1:]]

    def test_that_has_it_already_is_refused_kindly(self, curator, collection):
        item, target = TitleFactory.build(), CollectionFactory.create()
        mine, there = (FavouriteFactory.create(collection=one, item=item) for one in (collection, target))
        url = reverse("admin:catalog_favourite_change", args=[mine.pk])
        page = curator.post(url, shown(curator, url, "favourite_form") | {"collection": str(target.pk)}).text
        assert "is in this collection already" in page
        assert f"/admin/catalog/favourite/{there.pk}/change/" in page


def test_history_takes_back_what_a_favourite_was_and_its_place(curator, collection, rows):
    url = reverse("admin:catalog_favourite_change", args=[rows[3].pk])
    first = rows[3].history.earliest().history_id
    curator.post(url, shown(curator, url, "favourite_form") | {"note_en": "New", "order": "1"})
    back = reverse("admin:catalog_favourite_simple_history", args=[rows[3].pk, first])
    curator.post(back, shown(curator, back, "historicalfavourite_form"))
    rows[3].refresh_from_db()
    assert rows[3].note_en == "Old"
    assert standing(collection) == [row.pk for row in rows]
