from __future__ import annotations

import pytest

from catalog.domain.titles import Names, Title
from catalog.services.loops_of import loops_of
from catalog.tests.views import samples

SERIES = "59adb3f8c4c0bc6579431f49"


def series(**names: str) -> dict[str, str]:
    return {"id": SERIES, **names}


def title(**names: str) -> Title:
    return Title(id=1, code="a", names=Names(**names))


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({"title_romaji": "Nanatsu no Taizai: Kamigami no Gekirin"}, {"en": "Nanatsu no Taizai - Kamigami no Gekirin"}),
        ({"title_english": "The Seven Deadly Sins"}, {"en": "Seven", "alternative": "The Seven Deadly Sins"}),
        ({"title": "七つの大罪", "title_romaji": "NANATSU NO TAIZAI"}, {"en": "Nanatsu no Taizai"}),
    ],
)
def test_are_those_of_the_series_of_that_name(upstream, known, asked):
    found = [series(title_romaji="Something else entirely"), series(**known)]
    upstream.get(f"{samples.ANIMELOOP}/search/series", json=samples.animeloop(found))
    upstream.get(f"{samples.ANIMELOOP}/loop?seriesid={SERIES}&limit=8", json=samples.animeloop([samples.loop()]))
    answer = loops_of(title(**asked), 8).value
    assert answer.series is not None
    assert len(answer.loops) == 1


@pytest.mark.parametrize("known", ["Nanatsu no Taizai: Imashime no Fukkatsu", "Nanatsu", "!!!", ""])
def test_a_series_of_another_name_is_none(upstream, known):
    upstream.get(f"{samples.ANIMELOOP}/search/series", json=samples.animeloop([series(title_romaji=known)]))
    assert loops_of(title(en="Nanatsu no Taizai"), 8).value == (None, ())


def test_an_unknown_title_has_none(upstream):
    upstream.get(f"{samples.ANIMELOOP}/search/series", json=samples.animeloop([]))
    assert loops_of(title(ru="Блич"), 8).value == (None, ())
