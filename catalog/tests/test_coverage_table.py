"""docs/coverage.md against the code: nothing in it is made up, and no field is left out."""

from __future__ import annotations

import importlib
import re
from dataclasses import fields, is_dataclass

import pytest
from django.urls import Resolver404, resolve

from catalog.domain import loops, titles, videos
from catalog.tests.walk import rows

ROWS = rows()
SERVED_ONLY = {"LoopTag", "LoopCollection"}  # the API serves them; the document of loops has no use for them in pages
TYPES = {
    name: thing
    for module in (titles, loops, videos)
    for name, thing in vars(module).items()
    if is_dataclass(thing) and thing.__module__ == module.__name__ and name not in SERVED_ONLY
}
SAMPLE = {"<code>": "a-title", "<id>": "591446445f6e5e51d937e118", "<episode>": "1", "<shortcode>": "5YvxWOxcRa"}
SAMPLE |= {"<username>": "sora.cels", "<name>": "neon", "<series>": "59adb3f8c4c0bc6579431f49"}


@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_a_row_names_a_function_and_a_page_that_exist(row):
    assert row.what
    assert row.page
    module, function = re.match(r"`(\w+)\.(\w+)`", row.service).groups()
    assert callable(getattr(importlib.import_module(f"catalog.services.{module}"), function))
    for name in row.fields + row.around:
        assert hasattr(TYPES[name[0]], name[1]), name
    assert row.places.count(";") in {0, len(row.fields) - 1}
    for address in row.addresses:
        path = re.sub(r"<\w+>", lambda match: SAMPLE[match[0]], address)
        try:
            resolve(path)
        except Resolver404:
            pytest.fail(f"{address} is not an address of the site")


def test_every_field_of_every_domain_object_has_a_row():
    named = {name for row in ROWS for name in row.fields + row.around}
    missing = {
        f"{name}.{field.name}"
        for name, thing in TYPES.items()
        for field in fields(thing)
        if (name, field.name) not in named
    }
    assert not missing
