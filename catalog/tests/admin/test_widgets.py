"""What an administrator can say about a widget, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import Widget
from catalog.services import impressions
from catalog.tests.factories import CollectionFactory, WidgetDayFactory, WidgetFactory

ADD = "/admin/catalog/widget/add/"
LIST = "/admin/catalog/widget/"

pytestmark = pytest.mark.django_db


def given(**changes: str) -> dict[str, str]:
    whole = {
        "name": "Blog", "slug": "blog", "enabled": "on", "hosts": "blog.example", "size": "auto", "theme": "dark",
        "fit": "cover", "controls": "on", "caption": "on", "refresh": "0", "link": "loop",
    }  # fmt: skip
    return whole | changes


def test_is_saved_with_its_hosts_one_a_line(admin_client):
    hosts = " Blog.Example \n\n*.shop.example\nhttps://sure.example:8443/\nпример.рф\nblog.example"
    response = admin_client.post(ADD, given(hosts=hosts, shortest="1", longest="2.5"))
    assert response.status_code == 302
    widget = Widget.objects.get(slug="blog")
    assert widget.hosts == ["blog.example", "*.shop.example", "https://sure.example:8443", "xn--e1afmkfd.xn--p1ai"]
    assert widget.query["duration"] == "1,2.5"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hosts": ""}, "hosts"),
        ({"hosts": "blog.example; script-src *"}, "hosts"),
        ({"hosts": "blog.example/path"}, "hosts"),
        ({"hosts": "https://"}, "hosts"),
        ({"hosts": "ftp://blog.example"}, "hosts"),
        ({"hosts": "blog.example:99999"}, "hosts"),
        ({"hosts": "*\nblog.example"}, "hosts"),
        ({"hosts": "'none'"}, "hosts"),
        ({"series": "x"}, "series"),
        ({"refresh": "3"}, "refresh"),
        ({"refresh": "9999"}, "refresh"),
        ({"shortest": "-1"}, "shortest"),
        ({"collection": "9999999999"}, "collection"),
        ({"slug": "a b"}, "slug"),
    ],
)
def test_what_no_browser_would_understand_is_refused(admin_client, changes, field):
    response = admin_client.post(ADD, given(**changes))
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert not Widget.objects.exists()


def test_the_shorter_length_comes_first(admin_client):
    response = admin_client.post(ADD, given(shortest="3", longest="2"))
    assert "The shorter length first." in response.text
    assert not Widget.objects.exists()


def test_shows_code_preview_and_views(admin_client):
    widget = WidgetFactory.create(slug="one", name="A & B", theme="light")
    WidgetDayFactory.create(widget=widget, views=7)
    page = admin_client.get(reverse("admin:catalog_widget_change", args=[widget.pk])).text
    assert "&lt;iframe src=&quot;http://testserver/embed/w/one/&quot;" in page
    assert "title=&quot;A &amp;amp; B&quot;" in page
    assert 'src="/embed/loop/?' in page
    assert "theme=light" in page
    assert "<td>7</td>" in page
    impressions.flush()
    assert widget.days.get().views == 7, "looking at it in the admin is no view"


def test_the_list_sums_views_and_can_switch_off(admin_client):
    widget = WidgetFactory.create(slug="one")
    WidgetDayFactory.create(widget=widget, views=7)
    WidgetDayFactory.create(widget=widget, views=100, day=timezone.now().date() - timedelta(days=31))
    page = admin_client.get(LIST).text
    assert '<td class="field-recent_views">7</td>' in page
    assert '<td class="field-all_views">107</td>' in page
    form = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(widget.pk), "_save": "Save"}
    assert admin_client.post(LIST, form).status_code == 302
    widget.refresh_from_db()
    assert not widget.enabled


class TestFavourites:
    def test_a_collection_can_be_chosen_and_cannot_vanish_under_a_widget(self, admin_client):
        collection = CollectionFactory.create(slug="autumn")
        assert admin_client.post(ADD, given(favourites=str(collection.pk))).status_code == 302
        assert Widget.objects.get().query["favourites"] == "autumn"
        page = admin_client.post(f"/admin/catalog/collection/{collection.pk}/delete/", {"post": "yes"}).text
        assert "Blog" in page
        assert Widget.objects.get().favourites == collection

    def test_not_together_with_a_collection_of_the_source(self, admin_client):
        collection = CollectionFactory.create()
        page = admin_client.post(ADD, given(favourites=str(collection.pk), collection="3")).text
        assert "Not together with favourites." in page
        assert not Widget.objects.exists()
