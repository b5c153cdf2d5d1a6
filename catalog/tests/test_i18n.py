"""Every string of ours is in Russian, in every plural form, with the same placeholders."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.template import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")
MARKERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}


@pytest.fixture(scope="module")
def russian() -> Catalog:
    with (settings.LOCALE_PATHS[0] / "ru" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_has_three_plural_forms(russian):
    assert russian.num_plurals == 3


def test_nothing_is_missing_or_in_doubt(russian):
    unfinished = [message.id for message in russian if message.id and (message.fuzzy or not all(forms(message)))]
    assert unfinished == []
    assert [message.id for message in russian if message.pluralizable and len(forms(message)) != 3] == []


def test_placeholders_and_markup_survive(russian):
    for message in russian:
        if message.id:
            source = message.id[-1] if message.pluralizable else message.id
            for form in forms(message):
                assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(source)), message.id


def in_templates() -> Iterator[str]:
    engine = Engine.get_default()
    for folder in engine.dirs:
        for file in Path(folder).rglob("*.html"):
            nodes: Any = engine.get_template(file.relative_to(folder).as_posix()).nodelist
            for node in nodes.get_nodes_by_type(TranslateNode):
                yield node.filter_expression.var.literal
            for node in nodes.get_nodes_by_type(BlockTranslateNode):
                yield node.render_token_list(node.singular)[0]


def in_python() -> Iterator[str]:
    for file in (Path(settings.BASE_DIR) / "catalog").rglob("*.py"):
        if not {"tests", "demo", "api"} & set(file.parts):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKERS:
                    yield ast.literal_eval(node.args[0])


def test_every_marked_string_is_in_the_catalogue(russian):
    known = {message.id[0] if message.pluralizable else message.id for message in russian}
    marked = {*in_templates(), *in_python()}
    assert len(marked) > 200
    assert marked - known == set()
