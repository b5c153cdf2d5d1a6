"""The query strings of loops and videos."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from catalog.forms import LoopsForm, VideosForm
from catalog.services.animeloop import LoopFilter

SERIES, EPISODE = "59adb3f8c4c0bc6579431f49", "59adf789c4c0bc65794321fb"


def loops_form(query):
    return LoopsForm(QueryDict(query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", LoopFilter()),
        (f"series={SERIES}&episode={EPISODE}", LoopFilter(series=SERIES, episode=EPISODE)),
        (f"seriesid={SERIES.upper()}&episodeid={EPISODE}", LoopFilter(series=SERIES, episode=EPISODE)),
        ("collection=1080&source=automator", LoopFilter(collection=1080, source="automator")),
        ("collectionid=1080&source_from=upload", LoopFilter(collection=1080, source="upload")),
        ("collectionid=1080&collection=1111", LoopFilter(collection=1111)),
        ("series=&episode=&duration=&source=&collection=", LoopFilter()),
        ("duration=1,2.5", LoopFilter(duration=(1.0, 2.5))),
        ("duration=0,6", LoopFilter(duration=(0.0, 6.0))),
        ("duration=1.5&duration=2.5", LoopFilter(duration=(1.5, 2.5))),
        ("duration=0&duration=2", LoopFilter(duration=(0.0, 2.0))),
        ("duration=1&duration=6", LoopFilter(duration=(1.0, 3600.0))),
        ("duration=0&duration=6", LoopFilter()),
    ],
)
def test_filters_under_our_names_and_the_documents(query, expected):
    form = loops_form(query)
    assert form.where == expected
    assert form.ignored == []


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("series=x", ("Series", "x")),
        (f"episodeid={EPISODE}0", ("Episode", f"{EPISODE}0")),
        ("source=manual", ("Source", "manual")),
        ("collection=ten", ("Collection", "ten")),
        ("collection=-1", ("Collection", "-1")),
        ("collection=99999999999", ("Collection", "99999999999")),
        ("duration=1", ("Duration", "1")),
        ("duration=2,1", ("Duration", "2,1")),
        ("duration=1,2,3", ("Duration", "1,2,3")),
        ("duration=nan,2", ("Duration", "nan,2")),
        ("duration=1,inf", ("Duration", "1,inf")),
        ("duration=-1&duration=2", ("Duration", "-1,2")),
        ("page=0", ("Page", "0")),
        ("page=two", ("Page", "two")),
    ],
)
def test_what_cannot_be_is_named_and_ignored(query, ignored):
    form = loops_form(query)
    assert form.where == LoopFilter()
    assert form.values["page"] == 1
    assert form.ignored == [ignored]


def test_the_rest_of_an_address_is_followed():
    form = loops_form(f"series={SERIES}&duration=abc&page=2")
    assert form.where == LoopFilter(series=SERIES)
    assert form.query(page=3) == f"?page=3&series={SERIES}"


def test_links_keep_the_filters():
    form = loops_form(f"seriesid={SERIES}&duration=1.5&duration=2.5&source_from=automator&collectionid=7&page=4")
    assert form.query(page=1) == f"?series={SERIES}&duration=1.5%2C2.5&source=automator&collection=7"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"low": "0", "high": "6", "before": "0.00%", "after": "0.00%", "from": "", "to": ""}),
        (
            "duration=1.5,3",
            {"low": "1.5", "high": "3", "before": "25.00%", "after": "50.00%", "from": "1.5", "to": "3"},
        ),
        ("duration=8,9", {"low": "6", "high": "6", "before": "100.00%", "after": "0.00%", "from": "8", "to": "9"}),
        (
            "duration=2&duration=",
            {"low": "2", "high": "6", "before": "33.33%", "after": "0.00%", "from": "2", "to": ""},
        ),
    ],
)
def test_where_the_thumbs_are(query, expected):
    assert loops_form(query).slider == expected | {"end": "6"}


@pytest.mark.parametrize("account", ["1", "@dansup", "@sora@cels.example"])
def test_accounts_are_numbers_or_handles(account):
    query = QueryDict(mutable=True)
    query["account"] = account
    assert VideosForm(query).values["account"] == account


@pytest.mark.parametrize("account", ["dansup", "-1", "@", "1/2", "@a/b", "@a b", "9" * 21])
def test_other_accounts_are_ignored(account):
    query = QueryDict(mutable=True)
    query["account"] = account
    form = VideosForm(query)
    assert form.values["account"] == ""
    assert form.ignored == [("Account", account)]


def test_the_order_is_the_latest_unless_it_is_known():
    assert VideosForm(QueryDict("account=1")).values["sort"] == "Latest"
    assert VideosForm(QueryDict("account=1&sort=Popular")).values["sort"] == "Popular"
    unknown = VideosForm(QueryDict("account=1&sort=popular"))
    assert unknown.values["sort"] == "Latest"
    assert unknown.ignored == [("Order", "popular")]
