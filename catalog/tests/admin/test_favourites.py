"""What curators can do with collections and favourites, and what others cannot."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
import requests
import requests_mock
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.admin.favourites import collection as collection_admin
from catalog.domain.titles import Names
from catalog.models import Collection, Favourite
from catalog.services import favourites, index
from catalog.tests.factories import (
    CollectionFactory,
    FavouriteFactory,
    LoopFactory,
    SeriesRowFactory,
    TitleFactory,
    TitleRowFactory,
    VideoFactory,
)
from catalog.tests.services.conftest import transport_folder, upstream  # noqa: F401
from catalog.tests.services.favourites.test_adding import LOOP, SERIES, sources  # noqa: F401
from catalog.tests.services.loopsvideo.samples import SHORTCODE
from catalog.tests.views.conftest import anilibria, everything  # noqa: F401

pytestmark = pytest.mark.django_db
COLLECTIONS = reverse("admin:catalog_collection_changelist")
FAVOURITES = reverse("admin:catalog_favourite_changelist")
ADD = reverse("admin:catalog_favourite_add")
FIVE = [
    "https://www.anilibria.tv/release/nanatsu-no-taizai.html",
    "/title/ranma/",
    f"https://animeloop.org/loop/{LOOP}",
    SERIES,
    f"https://loops.video/v/{SHORTCODE}",
]


@pytest.fixture(autouse=True)
def no_index():
    index.forget()
    yield
    index.forget()


def form_of(collection: Collection, **changes: object) -> dict[str, object]:
    rows = list(collection.favourites.all())
    data: dict[str, object] = {
        "name_en": collection.name_en, "name_ru": collection.name_ru, "slug": collection.slug,
        "text_en": "", "text_ru": "", "cover": "", "order": collection.order, "added": "",
        "published_from_0": "", "published_from_1": "", "published_until_0": "", "published_until_1": "",
        "favourites-TOTAL_FORMS": len(rows), "favourites-INITIAL_FORMS": len(rows),
    }  # fmt: skip
    for place, row in enumerate(rows):
        prefix = f"favourites-{place}-"
        data |= {f"{prefix}id": row.pk, f"{prefix}collection": collection.pk, f"{prefix}order": row.order}
        data |= {f"{prefix}note_en": "", f"{prefix}note_ru": "", f"{prefix}published": "on"}
    return data | changes


def change(collection: Collection) -> str:
    return reverse("admin:catalog_collection_change", args=[collection.pk])


class TestRights:
    def test_the_group_has_exactly_what_it_needs(self):
        held = Group.objects.get(name="Curators").permissions.values_list("codename", flat=True)
        does = ("add", "change", "delete", "view")
        assert set(held) == {f"{action}_{model}" for action in does for model in ("collection", "favourite")}

    @pytest.mark.parametrize("path", [COLLECTIONS, FAVOURITES, ADD, f"{FAVOURITES}search/?words=x"])
    def test_a_curator_may_and_others_may_not(self, curator, path):
        assert curator.get(path).status_code == 200
        assert curator.get("/admin/catalog/widget/").status_code == 403
        assert curator.get("/admin/auth/user/").status_code == 403
        curator.force_login(User.objects.create_user("nobody", password="x", is_staff=True))
        assert curator.get(path).status_code == 403
        curator.logout()
        assert curator.get(path).status_code == 302

    def test_who_may_not_add_favourites_adds_none_to_a_collection_either(self, curator, sources):
        collection = CollectionFactory.create()
        user = User.objects.create_user("editor", password="x", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=["view_collection", "change_collection"]))
        curator.force_login(user)
        page = curator.get(change(collection)).text
        assert 'name="added"' not in page
        assert 'id="words"' not in page
        given = form_of(collection, name_en="Renamed", added=FIVE[0], found=f"loop:{LOOP}")
        assert curator.post(change(collection), given).status_code == 302
        collection.refresh_from_db()
        assert (collection.name_en, collection.favourites.count()) == ("Renamed", 0)

    def test_a_preview_is_for_curators(self, curator):
        url = reverse("admin:catalog_collection_preview", args=[CollectionFactory.create(published_from=None).pk])
        assert curator.get(url).status_code == 200
        curator.force_login(User.objects.create_user("nobody", password="x", is_staff=True))
        assert curator.get(url).status_code == 403
        curator.logout()
        assert curator.get(url).status_code == 302


class TestAdding:
    def test_five_kinds_of_address_at_once(self, curator, sources):
        collection = CollectionFactory.create()
        lines = [*FIVE, "", "8500", "no words please", "https://www.anilibria.tv/release/none.html"]
        response = curator.post(change(collection), form_of(collection, added="\n".join(lines)), follow=True)
        assert [one.kind for one in collection.favourites.all()] == ["title", "title", "loop", "series", "video"]
        said = response.text
        assert "Added: Семь смертных грехов" in said
        assert "is in this collection already" in said
        assert "is no address or id" in said
        assert "its source has nothing of that name" in said

    def test_many_lines_take_no_longer_than_there_is_time(self, curator, upstream, monkeypatch):
        monkeypatch.setattr(collection_admin, "PASTING_SECONDS", 0.2)

        def slow(request, context):
            time.sleep(0.4)
            raise requests.ConnectionError

        upstream.get(requests_mock.ANY, text=slow)
        collection = CollectionFactory.create()
        lines = [FIVE[2], "https://animeloop.org/loop/" + "a" * 24, FIVE[4]]
        page = curator.post(change(collection), form_of(collection, added="\n".join(lines)), follow=True).text
        assert [one.subject for one in collection.favourites.all()] == [LOOP]
        assert f"not added: {lines[1]}, {lines[2]}" in page

    @pytest.mark.parametrize("text", FIVE)
    def test_one(self, curator, sources, text):
        collection = CollectionFactory.create()
        given = {"collection": collection.pk, "text": text, "published": "on", "note_en": "Why"}
        assert curator.post(ADD, given).status_code == 302
        favourite = Favourite.objects.get()
        assert (favourite.state, favourite.order, favourite.note_en) == ("fine", 1, "Why")
        assert favourite.history.get().history_user.username == "curator"

    def test_a_second_time_is_refused_kindly(self, curator, sources):
        there = favourites.add(CollectionFactory.create(), "8500")
        page = curator.post(ADD, {"collection": there.collection_id, "text": FIVE[0]}).text
        assert "“Семь смертных грехов” is in this collection already" in page
        assert f'href="/admin/catalog/favourite/{there.pk}/change/"' in page
        assert Favourite.objects.count() == 1

    @pytest.mark.parametrize(
        "given", [{}, {"text": "a b"}, {"found": "title:"}, {"found": "x:y"}, {"text": "x" * 3000}]
    )
    def test_nothing_of_use_is_refused(self, curator, sources, given):
        response = curator.post(ADD, {"collection": CollectionFactory.create().pk, **given})
        assert response.status_code == 200
        assert response.context["adminform"].form.errors

    def test_by_name(self, curator, sources):
        TitleRowFactory.create(id=8500, names=Names(ru="Семь смертных грехов"))
        SeriesRowFactory.create(id=SERIES, title_romaji="Семь <b>")
        page = curator.get(f"{FAVOURITES}search/", {"words": "смертных грехов"}).text
        assert 'value="title:8500"' in page
        page = curator.get(f"{FAVOURITES}search/", {"words": "семь <b>"}).text + page
        assert "<b>" not in page
        curator.post(ADD, {"collection": CollectionFactory.create().pk, "text": "x y", "found": "title:8500"})
        assert Favourite.objects.get().subject == "8500"

    def test_without_a_script_the_form_itself_searches(self, curator, sources):
        collection = CollectionFactory.create()
        page = curator.get(ADD, {"words": FIVE[2]}).text
        assert f'type="radio" name="found" value="loop:{LOOP}"' in page
        assert "Loop, Animeloop" in page
        page = curator.get(change(collection), {"words": FIVE[2]}).text
        assert f'type="checkbox" name="found" value="loop:{LOOP}"' in page
        given = form_of(collection, found=[f"loop:{LOOP}", f"series:{SERIES}", "loop:5"])
        page = curator.post(change(collection), given, follow=True).text
        assert [one.subject for one in collection.favourites.all()] == [LOOP, SERIES]
        assert "“loop:5” is no address or id" in page

    def test_a_form_that_is_saved_asks_nobody_for_what_was_searched_for(self, curator, upstream):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        collection = CollectionFactory.create()
        page = curator.post(f"{change(collection)}?words=x5", form_of(collection, name_en="")).text
        assert 'value="x5"' in page
        assert upstream.call_count == 0

    def test_a_search_for_nothing_finds_nothing(self, curator, upstream):
        assert "Nothing is called that." in curator.get(f"{FAVOURITES}search/").text

    def test_a_search_says_who_does_not_answer(self, curator, upstream):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        page = curator.get(f"{FAVOURITES}search/", {"words": "#anime"}).text
        assert "Loops does not answer" in page
        assert "Nothing is called that." not in page

    def test_while_the_sources_are_down(self, curator, upstream):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        collection = CollectionFactory.create()
        page = curator.post(ADD, {"collection": collection.pk, "text": FIVE[0]}).text
        assert "its source does not answer" in page
        assert curator.post(ADD, {"collection": collection.pk, "text": FIVE[2]}).status_code == 302
        assert Favourite.objects.get().state == "new"
        assert "Not told yet" in curator.get(FAVOURITES).text
        assert curator.get(f"{FAVOURITES}search/", {"words": "x"}).status_code == 200


class TestOrder:
    def test_numbers_move_rows_and_ties_go_to_who_moved(self, curator):
        collection = CollectionFactory.create()
        a, b, c = (FavouriteFactory.create(collection=collection, order=order) for order in (1, 2, 3))
        curator.post(change(collection), form_of(collection, **{"favourites-2-order": 1}))
        assert list(collection.favourites.values_list("pk", "order")) == [(c.pk, 1), (a.pk, 2), (b.pk, 3)]

    def test_two_curators_at_once_lose_and_double_nothing(self, curator):
        collection = CollectionFactory.create()
        rows = [FavouriteFactory.create(collection=collection, order=order) for order in (1, 2, 3, 4)]
        first = form_of(collection, **{"favourites-3-order": 1})
        second = form_of(collection, **{"favourites-0-order": 4})
        curator.post(change(collection), first)
        curator.post(change(collection), second)
        held = list(collection.favourites.values_list("pk", "order"))
        assert sorted(pk for pk, _ in held) == sorted(row.pk for row in rows)
        assert [order for _, order in held] == [1, 2, 3, 4]

    def test_collections_are_dragged(self, curator):
        first, second = (CollectionFactory.create(order=order) for order in (1, 2))
        moved = {"updatedItems": [[second.pk, 1], [first.pk, 2]]}
        url = f"{COLLECTIONS}adminsortable2_update/"
        assert curator.post(url, moved, content_type="application/json").status_code == 200
        assert list(Collection.objects.all()) == [second, first]
        curator.force_login(User.objects.create_user("nobody", password="x", is_staff=True))
        assert curator.post(url, moved, content_type="application/json").status_code == 403


class TestActions:
    def act(self, client, action, *rows, **more):
        given = {"action": action, "_selected_action": [row.pk for row in rows], **more}
        return client.post(COLLECTIONS if isinstance(rows[0], Collection) else FAVOURITES, given, follow=True)

    def test_publish_and_hide_with_a_line_of_history(self, curator):
        favourite = FavouriteFactory.create()
        self.act(curator, "hide", favourite)
        favourite.refresh_from_db()
        assert not favourite.published
        self.act(curator, "publish", favourite)
        favourite.refresh_from_db()
        assert favourite.published
        assert {line.history_user.username for line in favourite.history.all()[:2]} == {"curator"}

    def test_move_leaves_what_is_there_already(self, curator):
        target = CollectionFactory.create()
        there = FavouriteFactory.create(collection=target, item=TitleFactory.build(id=5))
        twin, other = FavouriteFactory.create(item=TitleFactory.build(id=5)), FavouriteFactory.create()
        page = self.act(curator, "move", twin, other, to=target.pk).text
        assert "stays: that collection has it already." in page
        assert "1 favourite moved." in page
        assert list(target.favourites.all()) == [there, other]
        assert "0 favourites moved." in self.act(curator, "move", there, other, to=target.pk).text
        assert "Choose the collection" in self.act(curator, "move", twin, to="").text

    def test_many_are_moved_and_what_is_left_is_numbered_once(self, curator):
        left, target = CollectionFactory.create(), CollectionFactory.create()
        rows = [FavouriteFactory.create(collection=left, order=order) for order in range(1, 13)]
        shifted = re.compile(rf'UPDATE "{Favourite._meta.db_table}" SET "order" = \(?CASE')
        with CaptureQueriesContext(connection) as asked:
            self.act(curator, "move", *rows[:10], to=target.pk)
        assert len([query for query in asked if shifted.match(query["sql"])]) == 1
        assert list(left.favourites.values_list("pk", "order")) == [(rows[10].pk, 1), (rows[11].pk, 2)]
        assert list(target.favourites.all()) == rows[:10]

    def test_publish_and_take_back_a_collection(self, curator):
        collection = CollectionFactory.create(published_from=None)
        self.act(curator, "publish", collection)
        collection.refresh_from_db()
        assert collection.is_published
        self.act(curator, "withdraw", collection)
        collection.refresh_from_db()
        assert not collection.is_published

    def test_what_is_published_early_ends_when_it_was_to_end_unless_that_is_over(self, curator):
        now, day = timezone.now(), timedelta(days=1)
        coming = CollectionFactory.create(published_from=now + day, published_until=now + 5 * day)
        over = CollectionFactory.create(published_until=now - day)
        self.act(curator, "publish", coming, over)
        for collection in (coming, over):
            collection.refresh_from_db()
            assert collection.is_published
        assert (coming.published_until, over.published_until) == (now + 5 * day, None)

    def test_to_publish_what_is_shown_already_changes_nothing(self, curator):
        ends = timezone.now() + timedelta(days=5)
        collection = CollectionFactory.create(published_until=ends)
        began = collection.published_from
        self.act(curator, "publish", collection)
        collection.refresh_from_db()
        assert (collection.published_from, collection.published_until) == (began, ends)
        assert collection.history.count() == 1

    def test_what_is_gone_is_kept_or_let_go(self, curator):
        gone = FavouriteFactory.create(state=Favourite.State.GONE)
        assert "Gone from its source</strong> (hidden)" in self.act(curator, "keep", FavouriteFactory.create()).text
        assert "Gone from its source</strong> (still shown)" in self.act(curator, "keep", gone).text
        gone.refresh_from_db()
        assert gone.keep_when_gone
        page = curator.get(change(gone.collection)).text
        assert "Gone from its source</strong> (still shown)" in page
        self.act(curator, "let_go", gone)
        gone.refresh_from_db()
        assert not gone.keep_when_gone
        assert [line.history_user.username for line in gone.history.all()[:2]] == ["curator", "curator"]

    def test_many_collections_are_scheduled_at_once(self, curator):
        chosen = [CollectionFactory.create(published_from=None) for _ in range(3)]
        other = CollectionFactory.create(published_from=None)
        page = self.act(curator, "schedule", *chosen).text
        assert all(f'name="_selected_action" value="{one.pk}"' in page for one in chosen)
        when = {"published_from_0": "2030-01-02", "published_from_1": "10:00"}
        until = {"published_until_0": "2030-01-01", "published_until_1": "10:00"}
        page = self.act(curator, "schedule", *chosen, apply=1, **when, **until).text
        assert "It has to end after it begins." in page
        page = self.act(curator, "schedule", *chosen, apply=1, **when | {"published_from_1": "noon"}).text
        assert "Enter a valid time." in page
        for far in ("9999-12-31", "0001-01-01"):
            page = self.act(curator, "schedule", *chosen, apply=1, **when | {"published_from_0": far}).text
            assert "The year has to be from 2000 to 9000." in page
            page = curator.post(change(other), form_of(other, published_until_0=far, published_until_1="23:59")).text
            assert "The year has to be from 2000 to 9000." in page
        assert not Collection.objects.exclude(published_from=None).exists()
        until["published_until_0"] = "2030-02-01"
        assert "3 collections scheduled." in self.act(curator, "schedule", *chosen, apply=1, **when, **until).text
        for collection in chosen:
            collection.refresh_from_db()
            assert (collection.published_from.month, collection.published_until.month) == (1, 2)
            line = collection.history.first()
            assert (line.history_user.username, line.published_from) == ("curator", collection.published_from)
        other.refresh_from_db()
        assert other.published_from is None
        assert 'value="2030-01-02"' in self.act(curator, "schedule", *chosen).text

    def test_ask_again(self, curator):
        favourite = FavouriteFactory.create()
        self.act(curator, "ask_again", favourite)
        favourite.refresh_from_db()
        assert favourite.tried_at is None


def test_a_new_collection_is_asked_for_nothing_that_it_cannot_have(curator):
    last = CollectionFactory.create(order=4)
    page = curator.get(f"{COLLECTIONS}add/").text
    assert 'name="slug"' in page
    assert 'name="order"' not in page
    assert 'name="cover"' not in page
    assert 'name="cover"' in curator.get(change(last)).text
    words = {"name_en": "B", "name_ru": "Б", "slug": "b", "added": ""}
    none = {"favourites-TOTAL_FORMS": "0", "favourites-INITIAL_FORMS": "0"}
    assert curator.post(f"{COLLECTIONS}add/", words | none).status_code == 302
    assert list(Collection.objects.order_by("order").values_list("slug", "order")) == [(last.slug, 1), ("b", 2)]


def test_scheduling_ends_after_it_begins(curator):
    collection = CollectionFactory.create()
    when = {"published_from_0": "2030-01-02", "published_from_1": "10:00", "published_until_0": "2030-01-01"}
    page = curator.post(change(collection), form_of(collection, **when, published_until_1="10:00")).text
    assert "It has to end after it begins." in page
    curator.post(
        change(collection), form_of(collection, **when | {"published_until_0": "2030-02-01"}, published_until_1="10:00")
    )
    collection.refresh_from_db()
    assert collection.published_from.year == 2030


def test_a_draft_can_be_previewed_in_both_languages_and_is_not_kept(curator):
    collection = CollectionFactory.create(published_from=None, name_en="Drafted", name_ru="Набросок")
    FavouriteFactory.create(collection=collection, item=TitleFactory.build(names=Names(ru="Внутри")))
    url = reverse("admin:catalog_collection_preview", args=[collection.pk])
    response = curator.get(url)
    assert "Drafted" in response.text
    assert "Внутри" in response.text
    assert "Readers do not see this yet." in response.text
    assert "no-store" in response["Cache-Control"]
    assert "Набросок" in curator.get(f"{url}?language=ru").text
    curator.logout()
    assert "Drafted" not in curator.get("/favourites/").text


def test_history_takes_a_change_back(curator):
    collection = CollectionFactory.create(name_en="Before")
    curator.post(change(collection), form_of(collection, name_en="After"))
    page = curator.get(reverse("admin:catalog_collection_history", args=[collection.pk])).text
    assert "curator" in page
    assert "Before" in page
    first = collection.history.earliest()
    url = reverse("admin:catalog_collection_simple_history", args=[collection.pk, first.history_id])
    assert curator.get(url).status_code == 200
    assert curator.post(url, form_of(collection, name_en="Before")).status_code == 302
    collection.refresh_from_db()
    assert collection.name_en == "Before"


def test_history_of_a_favourite_keeps_what_was_told(curator):
    favourite = FavouriteFactory.create(note_en="Before")
    favourite.note_en = "After"
    favourite.save()
    url = reverse(
        "admin:catalog_favourite_simple_history", args=[favourite.pk, favourite.history.earliest().history_id]
    )
    given = {"collection": favourite.collection_id, "order": 1, "note_en": "Before", "published": "on"}
    assert curator.post(url, given).status_code == 302
    favourite.refresh_from_db()
    assert (favourite.note_en, bool(favourite.snapshot), favourite.state) == ("Before", True, "fine")


@pytest.mark.parametrize(
    "query", ["kind__exact=loop", "state__exact=gone", "published__exact=1", "collection__id__exact=1", "q=x"]
)
def test_filters(curator, query):
    FavouriteFactory.create()
    assert curator.get(f"{FAVOURITES}?{query}").status_code == 200


def test_broken_ones_are_sifted_out(curator):
    fine = FavouriteFactory.create(collection__name_en="Whole")
    gone = FavouriteFactory.create(state=Favourite.State.GONE, collection__name_en="Gone")
    silent = FavouriteFactory.create(state=Favourite.State.SILENT, collection__name_en="Silent")
    new = FavouriteFactory.create(state=Favourite.State.NEW, collection__name_en="New")
    late = FavouriteFactory.create(state=Favourite.State.NEW, collection__name_en="Late")
    Favourite.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(days=1))

    def listed(path, query):
        return set(curator.get(f"{path}?{query}").context["cl"].result_list)

    assert listed(FAVOURITES, "broken=yes") == {gone, silent, late}
    assert listed(FAVOURITES, "broken=no") == {fine, new}
    assert listed(FAVOURITES, "broken=x") == {fine, gone, silent, new, late}
    assert listed(COLLECTIONS, "broken=yes") == {gone.collection, silent.collection, late.collection}
    assert listed(COLLECTIONS, "broken=no") == {fine.collection, new.collection}
    page = curator.get(COLLECTIONS).text
    assert f'href="{FAVOURITES}?broken=yes&amp;collection__id__exact={gone.collection_id}">1</a>' in page
    assert f"broken=yes&amp;collection__id__exact={fine.collection_id}" not in page


def test_every_kind_is_previewed(curator):
    for item in (TitleFactory.build(), LoopFactory.build(), VideoFactory.build()):
        favourite = FavouriteFactory.create(item=item)
        page = curator.get(reverse("admin:catalog_favourite_change", args=[favourite.pk])).text
        assert f"/{favourite.kind}" in page
        assert ("<video" in page) == (favourite.kind == "loop")


@pytest.mark.parametrize("path", [FAVOURITES, COLLECTIONS])
def test_lists_ask_no_more_often_for_more(curator, path, posters_at_rest, django_assert_max_num_queries):
    FavouriteFactory.create(collection=CollectionFactory.create(order=1))
    curator.get(path)
    with django_assert_max_num_queries(30) as few:
        curator.get(path)
    collections = [CollectionFactory.create() for _ in range(5)]
    for collection in collections * 4:
        FavouriteFactory.create(collection=collection)
    with django_assert_max_num_queries(len(few)):
        curator.get(path)


def test_the_form_of_a_collection_asks_no_more_often_for_more(curator, posters_at_rest, django_assert_max_num_queries):
    collection = CollectionFactory.create()
    FavouriteFactory.create(collection=collection)
    curator.get(change(collection))
    with django_assert_max_num_queries(30) as few:
        curator.get(change(collection))
    for _ in range(20):
        FavouriteFactory.create(collection=collection)
    with django_assert_max_num_queries(len(few)):
        assert curator.get(change(collection)).status_code == 200
