from __future__ import annotations

import pytest

from catalog.descriptions import described

ORDER = '<b>Порядок просмотра:</b><br>\n1. <a href="/release/first.html">Первый</a><br>\n2. Второй'


def test_story_and_view_order_part_where_the_source_parts_them():
    found = described(f"Раз.<br>\nДва &amp; три.<br>\n<br>\nЧетыре.<br>\n<br>\n{ORDER}", "Раз.\nДва & три.\n\nЧетыре.")
    assert found.story == "<p>Раз.<br>Два &amp; три.</p><p>Четыре.</p>"
    link = '<a href="/title/first/" rel="noopener noreferrer">Первый</a>'
    assert found.view_order == f"<p><b>Порядок просмотра:</b><br>1. {link}<br>2. Второй</p>"
    assert found.plain == "Раз. Два & три. Четыре."


def test_an_order_alone_has_no_story():
    found = described(ORDER, "")
    assert found.story == ""
    assert found.plain == ""
    assert "Второй" in found.view_order


def test_without_the_sources_word_nothing_is_parted():
    found = described(f"Раз.<br>{ORDER}", None)
    assert "Раз." in found.story
    assert "Второй" in found.story
    assert found.view_order == ""


def test_nothing_is_nothing():
    assert described(None, None) == described("", "")
    assert described(None, None).plain == ""


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="//evil.example/">x</a>',
        '<a href="/admin/logout/">x</a>',
        '<b onclick="alert(1)" style="position:fixed">x',
        '<iframe src="https://evil.example/"></iframe>',
        '<p><a href="https://e.example/<br>">x</p>',
        "<svg><style><!--</style><a id='--><img src=x onerror=alert(1)>'>",
    ],
)
def test_markup_is_only_ever_words_and_links(hostile):
    for found in (described(hostile, None).story, described(hostile, "").view_order):
        for sign in ("<script", "<img", "<iframe", "<svg", "<style", "onclick", "javascript:", 'href="/', "style="):
            assert sign not in found
        assert found.count("<b>") == found.count("</b>")


def test_links_to_other_places_stay():
    found = described('<a href="https://example.org/?a=1">там</a>', None).story
    assert 'href="https://example.org/?a=1"' in found
    assert 'rel="noopener noreferrer"' in found
