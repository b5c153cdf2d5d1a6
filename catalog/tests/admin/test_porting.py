"""Shelves leave as files and come back, all rows or none, and nobody's source is asked."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from catalog.admin.favourites.porting import MOST_BYTES
from catalog.admin.favourites.resources import MOST_ROWS
from catalog.domain.titles import Names
from catalog.models import Collection, Favourite
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upstream")]  # which refuses whoever asks
CSV, JSON = 0, 1
HEAD = "collection,kind,what,note_en,note_ru,order,published,keep_when_gone"
AWKWARD = ["=1+1", "+7", "-", "@x", "\ttab", "'quoted'", "'=x", "one\r\ntwo", 'a,"b";c', " spaced ", "Ёлка 🎄", "'"]


def url(model: type[Model], name: str) -> str:
    return reverse(f"admin:catalog_{model._meta.model_name}_{name}")


def taken_out(client, kind: int, model: type[Model] = Favourite, query: str = "") -> bytes:
    response = client.post(url(model, "export") + query, {"format": kind})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return response.content


def tried(client, content: bytes | str, kind: int = CSV, model: type[Model] = Favourite):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("shelves.csv", content)
    return client.post(url(model, "import"), {"import_file": file, "format": kind})


def confirmed(client, trial, model: type[Model] = Favourite):
    return client.post(url(model, "process_import"), trial.context["confirm_form"].initial, follow=True)


def reasons(trial) -> dict[int, str]:
    return {row.number: " ".join(row.error.messages) for row in trial.context["result"].invalid_rows}


def refused(trial) -> str:
    """Why, where there is nothing to confirm."""
    assert "confirm_form" not in trial.context
    return trial.text


@pytest.fixture
def shelf():
    """Favourites of every kind, with notes that spreadsheets and programs stumble over."""
    shelf = CollectionFactory.create(slug="autumn")
    items = [TitleFactory.build(), LoopFactory.build(), LoopFactory.build().series, VideoFactory.build()]
    items += TitleFactory.build_batch(len(AWKWARD))
    notes = ["Why", "", "x" * 1000, "~", *AWKWARD]
    for order, (item, note) in enumerate(zip(items, notes, strict=True), 1):
        published = bool(order % 2)
        FavouriteFactory.create(
            collection=shelf, item=item, order=order, note_en=note, note_ru=note[::-1], published=published
        )
    return shelf


def everything() -> list[Any]:
    return list(Favourite.objects.order_by("pk").values())


class TestRoundTrip:
    @pytest.mark.parametrize("kind", [CSV, JSON])
    def test_what_left_comes_back_without_a_change(self, curator, shelf, kind):
        before = everything()
        trial = tried(curator, taken_out(curator, kind), kind)
        assert dict(trial.context["result"].totals) | {"skip": 0} == dict.fromkeys(trial.context["result"].totals, 0)
        assert trial.context["result"].totals["skip"] == len(before)
        confirmed(curator, trial)
        assert everything() == before

    @pytest.mark.parametrize("kind", [CSV, JSON])
    def test_a_shelf_that_was_emptied_is_filled_again(self, curator, shelf, kind):
        left = [
            (one.kind, one.subject, one.note_en, one.note_ru, one.order, one.published)
            for one in Favourite.objects.all()
        ]
        file = taken_out(curator, kind)
        Favourite.objects.all().delete()
        page = confirmed(curator, tried(curator, file, kind)).text
        assert f"Imported. Added: {len(left)}; changed: 0; as they were: 0." in page
        now = Favourite.objects.all()
        assert [(one.kind, one.subject, one.note_en, one.note_ru, one.order, one.published) for one in now] == left
        assert {one.state for one in now} == {"new"}

    @pytest.mark.parametrize("kind", [CSV, JSON])
    def test_collections_do_so_too(self, curator, kind):
        moment = datetime(2026, 1, 2, 3, 4, 5, 678901, UTC)
        CollectionFactory.create(slug="a", text_en="=x\r\ny", published_from=moment, order=1)
        CollectionFactory.create(slug="b", published_from=None, published_until=moment, order=2)
        before: list[Any] = list(Collection.objects.order_by("slug").values())
        file = taken_out(curator, kind, Collection)
        trial = tried(curator, file, kind, Collection)
        assert trial.context["result"].totals["skip"] == 2
        Collection.objects.all().delete()
        confirmed(curator, tried(curator, file, kind, Collection), Collection)
        after: list[Any] = list(Collection.objects.order_by("slug").values())
        own = ("slug", "name_en", "name_ru", "text_en", "text_ru", "order", "published_from", "published_until")
        assert [[row[name] for name in own] for row in after] == [[row[name] for name in own] for row in before]

    def test_no_cell_of_a_spreadsheet_is_a_formula(self, curator, shelf):
        rows = list(csv.reader(io.StringIO(taken_out(curator, CSV).decode("utf-8-sig"), newline="")))
        assert ",".join(rows[0]) == HEAD
        assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")[: len(cell)]]

    def test_programs_get_numbers_and_words(self, curator):
        FavouriteFactory.create(order=3, published=False, item=TitleFactory.build(id=5), collection__slug="a")
        expected = {"collection": "a", "kind": "title", "what": "5", "note_en": "", "note_ru": "", "order": 3}
        assert json.loads(taken_out(curator, JSON)) == [{**expected, "published": False, "keep_when_gone": False}]

    def test_what_the_list_is_filtered_by_leaves_alone(self, curator, shelf):
        assert len(json.loads(taken_out(curator, JSON, query="?kind__exact=loop"))) == 1


class TestTrying:
    def test_nothing_is_written_before_it_is_confirmed(self, curator, shelf):
        first = shelf.favourites.first()
        lines = [HEAD, f"autumn,{first.kind},{first.subject},Changed,,,,", "autumn,title,77,New,,,0,1"]
        before = everything()
        trial = tried(curator, "\n".join(lines))
        assert "Nothing is written yet." in trial.text
        assert "To add: 1. To change: 1. As they are: 0." in trial.text
        assert "<del>Why</del> <ins>Changed</ins>" in trial.text
        assert everything() == before
        confirmed(curator, trial)
        first.refresh_from_db()
        assert (first.note_en, first.note_ru, first.order, first.state) == ("Changed", "", 1, "fine")
        new = Favourite.objects.get(subject="77")
        assert (new.published, new.keep_when_gone, new.state, new.order) == (False, True, "new", len(before) + 1)
        for changed in (first, new):
            line = changed.history.first()
            assert (line.history_user.username, line.history_change_reason) == ("curator", "Imported from shelves.csv")

    def test_what_a_file_does_not_say_stays(self, curator):
        there = FavouriteFactory.create(item=TitleFactory.build(id=5), order=1, note_en="Stays", keep_when_gone=True)
        row = {"collection": there.collection.slug, "what": "5", "kind": "title", "note_ru": "Да"}
        confirmed(curator, tried(curator, json.dumps([row, {**row, "what": "6", "order": 1}]), JSON))
        there.refresh_from_db()
        assert (there.note_en, there.note_ru, there.keep_when_gone, there.order) == ("Stays", "Да", True, 2)
        assert Favourite.objects.get(subject="6").order == 1

    @pytest.mark.parametrize("said", [{}, {"order": 1}])
    def test_a_row_that_moves_comes_before_one_that_only_changes(self, curator, said):
        shelf = CollectionFactory.create()
        for number in (1, 2, 3):
            FavouriteFactory.create(collection=shelf, item=TitleFactory.build(id=number), order=number)
        changed, *moved = {"what": "1", "note_en": "New", **said}, {"what": "3", "order": 1}, {"what": "4", "order": 4}
        rows = [changed, {"what": "5"}, *moved]
        file = json.dumps([{"collection": shelf.slug, "kind": "title", **row} for row in rows])
        confirmed(curator, tried(curator, file, JSON))
        assert [one.subject for one in shelf.favourites.order_by("order")] == ["3", "1", "2", "4", "5"]

    @pytest.mark.parametrize("said", [{}, {"order": 1}])
    def test_so_does_a_collection(self, curator, said):
        for order, slug in enumerate("abc", 1):
            CollectionFactory.create(slug=slug, order=order)
        changed, *moved = {"slug": "a", "text_en": "New", **said}, {"slug": "c", "order": 1}, {"slug": "d", "order": 4}
        named = [{"name_en": "D", "name_ru": "Д", **row} for row in (changed, {"slug": "e"}, *moved)]
        confirmed(curator, tried(curator, json.dumps(named), JSON, Collection), Collection)
        assert [one.slug for one in Collection.objects.order_by("order")] == ["c", "a", "b", "d", "e"]

    def test_addresses_are_understood_without_asking(self, curator):
        CollectionFactory.create(slug="a")
        TitleRowFactory.create(id=8500, code="seven")
        series, loop, video = SeriesRowFactory.create(), LoopFactory.build(), VideoFactory.build()
        whats = ["https://www.anilibria.tv/release/seven.html", f"https://animeloop.org/loop/{loop.id}", series.id]
        whats += [f"https://loops.video/v/{video.shortcode}", "/title/other/", "zzz zzz", "f" * 24]
        trial = tried(curator, "\n".join(["collection,what", *(f"a,{what}" for what in whats[:4])]))
        why = reasons(tried(curator, "\n".join(["collection,what", *(f"a,{what}" for what in whats)])))
        assert list(why) == [5, 6, 7]
        assert "Only its source knows" in why[5]
        assert "no address or id" in why[6]
        assert "Only its source knows" in why[7]
        confirmed(curator, trial)
        understood = Favourite.objects.order_by("order").values_list("kind", "subject")
        assert list(understood) == [
            ("title", "8500"),
            ("loop", loop.id),
            ("series", series.id),
            ("video", video.shortcode),
        ]

    def test_semicolons_and_a_byte_order_mark_are_read(self, curator):
        CollectionFactory.create(slug="a")
        trial = tried(curator, "\ufeffcollection;kind;what;note_ru\r\na;title;5;Раз, два\r\n")
        assert trial.context["result"].totals["new"] == 1

    def test_of_200_rows_3_bad_ones_are_named_and_none_is_written(self, curator):
        CollectionFactory.create(slug="a")
        lines = [f"a,title,{number},,,,1,0" for number in range(1, 201)]
        lines[9], lines[99], lines[199] = "b,title,10,,,,1,0", "a,film,100,,,,1,0", "a,title,1,,,,1,0"
        trial = tried(curator, "\n".join([HEAD, *lines]))
        assert reasons(trial) == {
            10: "There is no collection of that address.",
            100: "It is none of title, loop, series, video.",
            200: "It is the same as row 1.",
        }
        assert Favourite.objects.count() == 0
        assert "confirm_form" not in trial.context

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("a,title,5,,,x,,", "“x” is no whole number"),
            ("a,title,5,,,1e999999999,,", "is no whole number"),
            ("a,title,5,,,-1,,", "is no whole number"),
            ("a,title,5,,,,maybe,", "“maybe” is neither 1 nor 0"),
            (f"a,title,5,{'x' * 1001},,,,", "at most 1000 characters"),
            ("a,title,,,,,,", "no address or id"),
            ("a,loop,5,,,,,", "no address or id"),
            ("a,title,5,a\0b,,,,", "signs in it that are no text"),
        ],
    )
    def test_a_bad_cell_is_told_why(self, curator, row, why):
        CollectionFactory.create(slug="a")
        assert why in reasons(tried(curator, f"{HEAD}\n{row}"))[1]

    @pytest.mark.parametrize(
        "cell", [{"note_en": ["x"]}, {"note_en": {}}, {"note_en": "a\0b"}, {"order": float("nan")}, {"order": True}]
    )
    def test_a_bad_value_is_told_why(self, curator, cell):
        CollectionFactory.create(slug="a")
        row = {"collection": "a", "kind": "title", "what": 5}
        assert reasons(tried(curator, json.dumps([row | cell]), JSON))[1]

    @pytest.mark.parametrize(
        ("content", "kind", "why"),
        [
            (b"\xff\xfe\x00", CSV, "not in UTF-8"),
            ("коллекция".encode("cp1251"), JSON, "not in UTF-8"),
            ("{", JSON, "not JSON: see line 1, sign 2"),
            ("[" * 100_000, JSON, "cannot be read"),
            ('{"a": 1}', JSON, "list of objects"),
            ("[1]", JSON, "list of objects"),
            (json.dumps([{"collection": "a", "what": "\ud800"}]), JSON, "signs in it that are no text"),
            (json.dumps([{"\ud800": "a"}]), JSON, "signs in it that are no text"),
            ("[]", JSON, "No valid data"),
            ("a\n1", CSV, "lacks the column collection"),
            ("<html>\n<b>", CSV, "lacks the column collection"),
            ("collection,what,colour\na,5,red", CSV, "“colour” is no column"),
            ("collection,what,what\na,5,5", CSV, "a column twice"),
            ("collection,what\na,5,5", CSV, "more cells than"),
            (HEAD, CSV, "No valid data"),
            ("\n".join([HEAD, *["a,title,5,,,,,"] * (MOST_ROWS + 1)]), CSV, f"at most {MOST_ROWS} come in"),
            ("x" * (MOST_BYTES + 1), CSV, "at most 1.0"),
        ],
    )
    def test_a_bad_file_is_told_why(self, curator, content, kind, why):
        assert why in re.sub(r"\s", " ", refused(tried(curator, content, kind)))

    def test_other_formats_are_not_read(self, curator):
        file = SimpleUploadedFile("x.csv", b"x")
        for kind in ("2", "x", "", "-1"):
            assert (
                "confirm_form"
                not in curator.post(url(Favourite, "import"), {"import_file": file, "format": kind}).context
            )

    def test_a_moment_without_a_zone_is_the_sites_whoever_imports_it(self, curator):
        curator.cookies["tz"] = "Asia/Vladivostok"
        file = "slug,name_en,name_ru,published_from\na,A,А,2030-01-31T18:00:00"
        confirmed(curator, tried(curator, file, model=Collection), Collection)
        assert Collection.objects.get().published_from == datetime(2030, 1, 31, 15, tzinfo=UTC)

    def test_a_new_collection_comes_last(self, curator):
        CollectionFactory.create(order=7)
        head = "slug,name_en,name_ru,order"
        confirmed(curator, tried(curator, f"{head}\na,A,А,\nb,B,Б,\nc,C,В,2", model=Collection), Collection)
        assert dict(Collection.objects.filter(slug__in="abc").values_list("slug", "order")) == {"a": 3, "b": 4, "c": 2}

    def test_collections_end_after_they_begin(self, curator):
        head, name = "slug,name_en,name_ru,published_from,published_until", "a,A,А"
        bad = [
            f"{name},1.2.2030,",
            f"{name},soon,",
            f"{name},2030-13-01T00:00:00Z,",
            "A b,A,А,,",
            "c,,,,",
        ]
        why = {row: reasons(tried(curator, f"{head}\n{row}", model=Collection))[1] for row in bad}
        assert "no date and time" in why[bad[0]]
        assert all(why.values())
        for far in ("9999-12-31T23:59:00-05:00,", ",0001-01-01T00:00:00+05:00"):
            trial = tried(curator, f"{head}\n{name},{far}", model=Collection)
            assert "The year has to be from 2000 to 9000." in reasons(trial)[1]
        end = tried(curator, f"{head}\n{name},2030-02-01T00:00:00Z,2030-01-01T00:00:00Z", model=Collection)
        assert "It has to end after it begins." in reasons(end)[1]


class TestConfirming:
    def trial(self, client):
        CollectionFactory.create(slug="a")
        return tried(client, "collection,kind,what\na,title,5\na,title,6")

    def test_what_changed_between_is_seen_and_nothing_written(self, curator):
        trial = self.trial(curator)
        Collection.objects.update(slug="b")
        page = confirmed(curator, trial).text
        assert "Nothing was written: try the file again." in page
        assert "Row 2: There is no collection of that address." in page
        assert Favourite.objects.count() == 0

    @pytest.mark.parametrize(
        "change", [{"import_file_name": "x"}, {"import_file_name": ""}, {"format": 7}, {"format": "x"}]
    )
    def test_what_was_not_tried_is_refused(self, curator, change):
        given = self.trial(curator).context["confirm_form"].initial | change
        response = curator.post(url(Favourite, "process_import"), given)
        assert response.status_code == 200
        assert Favourite.objects.count() == 0
        assert 'name="confirm"' not in response.text

    def test_a_trial_does_not_last(self, curator):
        given = self.trial(curator).context["confirm_form"].initial
        with time_machine.travel(timezone.now() + timedelta(hours=2), tick=True):
            assert "choose the file again" in curator.post(url(Favourite, "process_import"), given).text
        assert Favourite.objects.count() == 0

    def test_files_of_any_size_allowed_can_be_confirmed(self, curator):
        CollectionFactory.create(slug="a")
        rows = [f"a,title,{number},{'Ё' * 990}" for number in range(1, 400)]
        trial = tried(curator, "\n".join(["collection,kind,what,note_ru", *rows]))
        assert "Added: 399;" in confirmed(curator, trial).text


class TestRights:
    @pytest.mark.parametrize("model", [Favourite, Collection])
    @pytest.mark.parametrize(
        ("rights", "may"),
        [
            ((), {"import": 403, "process_import": 403, "export": 403}),
            (("view",), {"import": 403, "process_import": 403, "export": 200}),
            (("view", "change"), {"import": 403, "process_import": 403, "export": 200}),
            (("view", "change", "add"), {"import": 200, "process_import": 200, "export": 200}),
        ],
    )
    def test_who_may(self, client, model, rights, may):
        user = User.objects.create_user("somebody", password="x", is_staff=True)
        named = [f"{right}_{model._meta.model_name}" for right in rights]
        user.user_permissions.set(Permission.objects.filter(codename__in=named))
        client.force_login(user)
        for name, status in may.items():
            assert client.post(url(model, name)).status_code == status, name
        if rights:
            page = client.get(url(model, "changelist")).text
            assert ("import_link" in page) == (may["import"] == 200)
            assert "export_link" in page
        client.logout()
        for name in may:
            assert client.post(url(model, name)).status_code == 302


def test_a_longer_list_leaves_in_as_many_questions(curator, django_assert_max_num_queries):
    FavouriteFactory.create(collection=CollectionFactory.create())
    taken_out(curator, CSV)
    with django_assert_max_num_queries(12) as few:
        taken_out(curator, CSV)
    for _ in range(3):
        FavouriteFactory.create_batch(5, collection=CollectionFactory.create())
    with django_assert_max_num_queries(len(few)):
        taken_out(curator, CSV)


def test_names_of_things_do_no_harm_in_the_trial(curator):
    CollectionFactory.create(slug="a", name_en="<script>")
    FavouriteFactory.create(item=TitleFactory.build(names=Names(ru="<script>")))
    assert "<script>x" not in tried(curator, f"{HEAD}\na,title,5,<script>x,<script>x,,,").text
