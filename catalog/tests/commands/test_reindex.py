from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from catalog.models import TitleRow
from catalog.services.index.lease import hold
from catalog.tests.factories import TitleFactory
from catalog.tests.services.index.conftest import impatient, library  # noqa: F401

pytestmark = pytest.mark.django_db


def test_reads_the_whole_catalogue(library, capsys):
    library.put(*TitleFactory.build_batch(3))
    call_command("reindex")
    assert TitleRow.objects.count() == 3
    assert capsys.readouterr().out == "indexed 3 titles\n"


def test_says_in_one_line_why_it_could_not(library, impatient):
    library.failures = 1
    with pytest.raises(CommandError, match=r"^the index is not complete: anilibria: .* 503 away$"):
        call_command("reindex")


def test_waits_for_nobody(library):
    with hold(), pytest.raises(CommandError, match="another process is writing the index"):
        call_command("reindex")
