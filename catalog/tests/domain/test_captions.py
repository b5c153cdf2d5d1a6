"""A caption comes apart into words, mentions and hashtags, and nothing of it is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.captions import CaptionPart, caption_parts, tags_beside_caption
from catalog.domain.videos import Account, Mention, Video

DANSUP = Account(id="1", username="dansup")


def video(caption, tags=(), mentions=()):
    return Video(id="1", account=DANSUP, caption=caption, tags=tags, mentions=mentions)


def test_mentions_and_hashtags_stand_where_they_were():
    sora = Mention(username="sora", start=4, end=9)
    parts = caption_parts(video("Для @sora: #Гуашь!\n#фоны", tags=("гуашь", "фоны"), mentions=(sora,)))
    assert parts == (
        CaptionPart("Для "),
        CaptionPart("@sora", mention=sora),
        CaptionPart(": "),
        CaptionPart("#Гуашь", tag="гуашь"),
        CaptionPart("!\n"),
        CaptionPart("#фоны", tag="фоны"),
    )


def test_only_what_the_upstream_calls_a_tag_is_one():
    assert caption_parts(video("We are #1, see a/#fan and &#39;", tags=("fan", "39"))) == (
        CaptionPart("We are #1, see a/#fan and &#39;"),
    )


def test_tags_that_the_caption_lacks_are_listed_beside_it():
    assert tags_beside_caption(video("#one and two", tags=("one", "two"))) == ("two",)


def test_no_caption_has_no_parts():
    assert caption_parts(video(None, tags=("one",))) == ()


@given(st.text(), st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), max_size=3))
def test_nothing_of_a_caption_is_lost(words, tags):
    caption = words + "".join(f" #{tag}" for tag in tags)
    assert "".join(part.text for part in caption_parts(video(caption, tags=tuple(tags)))) == caption
