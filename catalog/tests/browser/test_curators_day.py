"""What curators do all day, from pasting to taking back, and who may not."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from catalog.models import Collection, Favourite
from catalog.tests.browser.test_curators import collection, curator, names, signed_in  # noqa: F401
from catalog.tests.services.favourites.test_adding import LOOP, SERIES, sources  # noqa: F401
from catalog.tests.services.loopsvideo.samples import SHORTCODE

pytestmark = pytest.mark.browser
HEAD = "collection,kind,what,note_en"


def change(row: Collection | Favourite) -> str:
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def act(page, action: str) -> None:
    """Choose everything in the list and do this with it."""
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(action)
    with page.expect_navigation():
        page.locator(".actions button[type=submit]").first.click()


def upload(page, lines: list[str]) -> None:
    page.goto(reverse("admin:catalog_favourite_import"))
    file = {"name": "shelf.csv", "mimeType": "text/csv", "buffer": "\n".join([HEAD, *lines]).encode()}
    page.locator("#id_import_file").set_input_files(file)
    expect(page.locator("#id_format")).to_have_value("0")  # guessed by the name
    with page.expect_navigation():
        page.locator(".submit-row input[type=submit]").click()


def test_five_kinds_of_address_are_pasted(curator, collection, complaints, sources):
    collection.favourites.all().delete()
    five = ["/title/ranma/", "https://www.anilibria.tv/release/nanatsu-no-taizai.html"]
    five += [f"https://animeloop.org/loop/{LOOP}", f"https://loops.video/v/{SHORTCODE}", SERIES]
    curator.goto(change(collection))
    curator.get_by_label("Add:").fill("\n".join(five))
    with curator.expect_navigation():
        curator.get_by_role("button", name="Save and continue editing").click()
    assert [row.kind for row in collection.favourites.all()] == ["title", "title", "loop", "video", "series"]
    assert curator.get_by_text("Added:").count() == 5
    assert curator.locator("tr.has_original").count() == 5
    assert complaints == []


def test_what_is_found_is_ticked_with_the_keyboard(curator, collection, complaints, sources):
    collection.favourites.all().delete()
    curator.goto(change(collection))
    curator.locator("#words").fill(f"https://animeloop.org/loop/{LOOP}")
    found = curator.locator("#found input[type=checkbox]")
    found.first.wait_for()
    curator.evaluate("document.querySelector('#found li').className = 'earlier'")
    curator.locator("#words").press("Enter")  # searches, and sends no other form
    expect(curator.locator("#found li:not(.earlier)")).to_have_count(1)
    found.first.focus()
    found.first.press("Space")
    expect(found.first).to_be_checked()
    with curator.expect_navigation():
        curator.get_by_role("button", name="Save and continue editing").press("Enter")
    assert [row.subject for row in collection.favourites.all()] == [LOOP]
    assert complaints == []


def test_what_was_ticked_of_one_search_stays_when_another_follows(curator, collection, complaints, sources):
    collection.favourites.all().delete()
    curator.goto(change(collection))
    found, chosen = curator.locator("#found input"), curator.locator("#chosen input")
    loop, video = f"https://animeloop.org/loop/{LOOP}", f"https://loops.video/v/{SHORTCODE}"
    for kept, words in enumerate((loop, video)):
        curator.locator("#words").fill(words)
        expect(chosen).to_have_count(kept)
        found.check()
    curator.locator("#words").fill(loop)
    expect(chosen).to_have_count(2)
    expect(found).to_have_count(0)
    with curator.expect_navigation():
        curator.get_by_role("button", name="Save and continue editing").click()
    assert {row.kind for row in collection.favourites.all()} == {"loop", "video"}
    assert complaints == []


def test_collections_are_scheduled(curator, collection, complaints):
    curator.goto(reverse("admin:catalog_collection_changelist"))
    act(curator, "schedule")
    for name, value in (("from_0", "2030-02-01"), ("from_1", "10:00"), ("until_0", "2030-01-01"), ("until_1", "10:00")):
        curator.locator(f"#id_published_{name}").fill(value)
    curator.get_by_role("button", name="Set these dates").click()
    curator.get_by_text("It has to end after it begins.").wait_for()
    curator.locator("#id_published_until_0").fill("2030-03-01")
    curator.locator("#id_published_until_0").press("Enter")
    curator.get_by_text("1 collection scheduled.").wait_for()
    collection.refresh_from_db()
    assert (collection.published_from.month, collection.published_until.month) == (2, 3)
    assert complaints == []


def test_of_200_rows_3_bad_ones_are_named_and_once_they_are_right_all_come_in(curator, collection, complaints):
    collection.favourites.all().delete()
    right = [f"autumn,title,{number},Note {number}" for number in range(1, 201)]
    wrong = {6: "winter,title,7,", 99: "autumn,film,100,", 199: "autumn,title,1,"}
    upload(curator, [wrong.get(place, line) for place, line in enumerate(right)])
    named = curator.locator("#bad-rows tbody tr")
    assert [named.nth(place).locator("th").inner_text() for place in range(named.count())] == ["7", "100", "200"]
    assert curator.get_by_role("button", name="Confirm import").count() == 0
    assert collection.favourites.count() == 0
    upload(curator, right)
    curator.get_by_text("To add: 200. To change: 0. As they are: 0.").wait_for()
    assert collection.favourites.count() == 0
    curator.get_by_role("button", name="Confirm import").click()
    curator.get_by_text("Imported. Added: 200; changed: 0; as they were: 0.").wait_for()
    assert [row.order for row in collection.favourites.all()] == list(range(1, 201))
    assert complaints == []


def test_a_change_is_taken_back_through_history(curator, collection, complaints):
    favourite = collection.favourites.first()
    curator.goto(change(favourite))
    curator.get_by_label("Note in English:").fill("A mistake")
    with curator.expect_navigation():
        curator.get_by_role("button", name="Save", exact=True).click()
    favourite.refresh_from_db()
    assert favourite.note_en == "A mistake"
    curator.goto(change(favourite))
    curator.get_by_role("link", name="History").click()
    curator.locator("#change-history tbody tr").last.get_by_role("link").first.click()
    with curator.expect_navigation():
        curator.get_by_role("button", name="Revert").first.click()
    favourite.refresh_from_db()
    assert (favourite.note_en, favourite.order) == ("", 1)
    assert names(collection) == ["Alpha", "Beta", "Gamma"]
    assert complaints == []


def test_what_was_deleted_is_brought_back(curator, collection, complaints):
    deleted = collection.favourites.all()[1]
    curator.goto(reverse("admin:catalog_favourite_delete", args=[deleted.pk]))
    with curator.expect_navigation():
        curator.get_by_role("button", name="Yes").click()
    assert names(collection) == ["Alpha", "Gamma"]
    curator.goto(change(collection))
    curator.get_by_role("link", name="Deleted from it").click()
    curator.locator("input[name=line]").check()
    curator.get_by_role("button", name="Bring back").click()
    curator.get_by_text("Brought back:").wait_for()
    assert [row.pk for row in collection.favourites.all()][1] == deleted.pk
    assert complaints == []


@pytest.mark.parametrize("is_staff", [True, False])
def test_a_person_of_no_rights_is_refused(page, origin, collection, is_staff):
    user = User.objects.create_user("nobody", password="x", is_staff=is_staff)
    signed_in(page, origin, user)
    favourite = collection.favourites.first()
    paths = [
        reverse("admin:catalog_collection_preview", args=[collection.pk]),
        reverse("admin:catalog_favourite_search"),
    ]
    for row in (collection, favourite):
        kind = f"admin:catalog_{row._meta.model_name}"
        paths += [reverse(f"{kind}_{name}") for name in ("changelist", "add", "import", "export", "deleted")]
        paths += [reverse(f"{kind}_{name}", args=[row.pk]) for name in ("change", "delete", "history")]
        paths.append(reverse(f"{kind}_simple_history", args=[row.pk, row.history.latest().pk]))
    for path in paths:
        answer = page.request.get(path, max_redirects=0)
        if is_staff:
            assert answer.status == 403, path
        else:
            assert (answer.status, "login" in answer.headers["location"]) == (302, True), path
