"""Descriptions: two to five sentences put together by genre."""

from __future__ import annotations

from html import escape

from catalog.demo.titles.phrases import CLOSINGS, LIFE, NAMES, OPENINGS, PLACES, THEMES, TURNS
from catalog.demo.titles.plan import dice
from catalog.domain.titles import Description

ViewOrder = tuple[tuple[str, str], ...]


def described(title_id: int, genres: tuple[str, ...], order: ViewOrder = ()) -> Description:
    return in_all_forms(_story(title_id, genres), order)


def in_all_forms(text: str | None, order: ViewOrder = ()) -> Description:
    """``order``: the names and codes of what should be watched before and after."""
    if not order:
        return Description(plain=text, html=_marked_up(text), no_view_order=text)
    plain = "\n".join(f"{place}. {name}" for place, (name, _) in enumerate(order, 1))
    links = "<br>\n".join(
        f'{place}. <a href="/release/{code}.html">{escape(name)}</a>' for place, (name, code) in enumerate(order, 1)
    )
    return Description(
        plain="\n\n".join(filter(None, (text, f"Порядок просмотра:\n{plain}"))),
        html="<br>\n<br>\n".join(filter(None, (_marked_up(text), f"<b>Порядок просмотра:</b><br>\n{links}"))),
        no_view_order=text,
    )


def _marked_up(text: str | None) -> str | None:
    return escape(text, quote=False).replace("\n", "<br>\n") if text else None


def _story(title_id: int, genres: tuple[str, ...]) -> str:
    draw = dice("story", title_id)
    themes = list(dict.fromkeys(THEMES[genre] for genre in genres)) or [LIFE]
    hero, *others = draw.sample(NAMES, 6)
    where, whither = draw.choice(PLACES)
    turns = [draw.choice(TURNS[theme]) for theme in themes[::-1]][: draw.randint(1, 3)]
    closings = draw.sample(CLOSINGS, draw.choice((0, 1, 1, 1)))
    sentences = [draw.choice(OPENINGS[themes[0]]), *turns, *closings]
    return " ".join(
        sentence.format(hero=hero, other=other, where=where, where_capital=where.capitalize(), whither=whither)
        for sentence, other in zip(sentences, others, strict=False)
    )
