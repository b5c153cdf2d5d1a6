"""The two formats that shelves leave and come in, and how a file waits to be confirmed."""

from __future__ import annotations

import csv
import json
from typing import Any

import tablib
from django.core import signing
from django.utils.translation import gettext
from import_export.formats.base_formats import CSV, JSON
from import_export.tmp_storages import BaseStorage
from tablib.exceptions import InvalidDimensions

FORMULA = "=+-@\t\r"  # what a cell begins with that a spreadsheet would work out
GUARD = "'"
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for something else
CONFIRM_SECONDS = 60 * 60
ABSENT = object()  # the cell of a JSON object that has no such key


class Unreadable(ValueError):
    """With a sentence for whoever sent the file."""


class GuardedCSV(CSV):
    """No cell is a formula when it leaves, and none has lost or gained a sign when it comes back."""

    def export_data(self, dataset: Any, **options: Any) -> str:
        guarded = tablib.Dataset(*([_guarded(cell) for cell in row] for row in dataset), headers=dataset.headers)
        return BYTE_ORDER_MARK + str(super().export_data(guarded, **options))

    def create_dataset(self, in_stream: bytes, **options: Any) -> Any:
        text = in_stream.decode(self.encoding)
        head = text.partition("\n")[0]
        delimiter = ";" if head.count(";") > head.count(",") else ","  # as spreadsheets in Russian write it
        try:
            read = super().create_dataset(text, delimiter=delimiter)
        except csv.Error as exc:
            raise Unreadable(gettext("The file is not CSV.")) from exc
        except InvalidDimensions as exc:
            raise Unreadable(gettext("A row has more cells than the first line has names.")) from exc
        return tablib.Dataset(*([_plain(cell) for cell in row] for row in read), headers=read.headers)


class NamedJSON(JSON):
    """A list of objects, whose keys may come in any order; tablib's own goes by their places."""

    def create_dataset(self, in_stream: bytes, **options: Any) -> Any:
        try:
            rows = json.loads(in_stream.decode(self.encoding))
        except json.JSONDecodeError as exc:
            place = {"line": exc.lineno, "column": exc.colno}
            raise Unreadable(gettext("The file is not JSON: see line %(line)s, sign %(column)s.") % place) from exc
        try:
            json.dumps(rows, ensure_ascii=False).encode()
        except UnicodeEncodeError as exc:  # an escape of half a sign
            raise Unreadable(gettext("The file has signs in it that are no text.")) from exc
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Unreadable(gettext("The file has to be a list of objects."))
        names = list(dict.fromkeys(name for row in rows for name in row))
        return tablib.Dataset(*([row.get(name, ABSENT) for name in names] for row in rows), headers=names)


class Carried(BaseStorage):
    """Between trial and confirmation the file travels in the form, signed and packed: nothing of it is kept here."""

    def save(self, data: bytes) -> None:
        self.name = signing.dumps(data, salt=__name__, serializer=_Bytes, compress=True)

    def read(self) -> bytes:
        """Raises BadSignature for what is not of here, or too old."""
        data: bytes = signing.loads(self.name, salt=__name__, serializer=_Bytes, max_age=CONFIRM_SECONDS)
        return data

    def remove(self) -> None:
        """There is nothing to remove."""


class _Bytes:
    def dumps(self, data: bytes) -> bytes:
        return data

    loads = dumps


def _guarded(cell: object) -> str:
    text = str(int(cell)) if isinstance(cell, bool) else str(cell)
    return GUARD + text if text[:1] in (*FORMULA, GUARD) else text


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == GUARD and cell[1:2] in (*FORMULA, GUARD) else cell
