from __future__ import annotations

import pytest
from django.urls import reverse

from catalog.domain.titles import Names, Season
from catalog.models import SeriesRow
from catalog.services import index
from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory, TitleRowFactory

pytestmark = pytest.mark.django_db

SERIES = LoopSeriesFactory.build(title_romaji="Hyouka", season="2012-4")
LIST = reverse("admin:catalog_seriesrow_changelist")
FORM = reverse("admin:catalog_seriesrow_change", args=[SERIES.id])


@pytest.fixture(autouse=True)
def series():
    index.forget()
    LoopRowFactory.create(series=SERIES)
    yield
    index.forget()


@pytest.fixture
def title():
    return TitleRowFactory.create(names=Names(en="Hyouka"), season=Season(year=2012, code=2))


def held() -> tuple[int | None, bool]:
    row = SeriesRow.objects.get()
    return row.title_id, row.title_is_chosen


def test_the_list_names_series_loops_and_titles(admin_client, title):
    SeriesRow.objects.update(title_id=title.id)
    page = admin_client.get(LIST).text
    assert "Hyouka" in page
    assert f'<a href="/title/{title.code}/">' in page
    assert '<td class="field-loops_held">1</td>' in page


def test_naming_a_title_is_choosing_it(admin_client, title):
    other = TitleRowFactory.create()
    response = admin_client.post(FORM, {"title": other.id})
    assert response.status_code == 302
    assert held() == (other.id, True)


def test_that_it_is_none_can_be_chosen_too(admin_client, title):
    SeriesRow.objects.update(title_id=title.id)
    admin_client.post(FORM, {"title": ""})
    assert held() == (None, True)


def test_what_is_no_title_is_refused(admin_client):
    response = admin_client.post(FORM, {"title": 999999})
    assert response.status_code == 200
    assert held() == (None, False)


def test_giving_a_choice_up_finds_the_title_again(admin_client, title, django_capture_on_commit_callbacks):
    other = TitleRowFactory.create()
    SeriesRow.objects.update(title_id=other.id, title_is_chosen=True)
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(FORM, {"title": other.id})
    assert held() == (title.id, False)


def test_so_does_the_action(admin_client, title, django_capture_on_commit_callbacks):
    SeriesRow.objects.update(title_id=None, title_is_chosen=True)
    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(LIST, {"action": "find_again", "_selected_action": [SERIES.id]}, follow=True)
    assert "The title of 1 series is found anew." in response.text
    assert held() == (title.id, False)


def test_what_the_upstream_says_is_not_to_be_changed(admin_client):
    admin_client.post(FORM, {"title": "", "name_romaji": "Other"})
    assert SeriesRow.objects.get().name_romaji == "Hyouka"
    assert admin_client.get(reverse("admin:catalog_seriesrow_add")).status_code == 403


def test_a_title_that_left_the_index_can_still_be_seen(admin_client):
    SeriesRow.objects.update(title_id=12345, title_is_chosen=True)
    assert admin_client.get(FORM).status_code == 200
    assert "12345" in admin_client.get(LIST).text
