from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from catalog.management import embed_cost, first_pictures
from catalog.management.commands import bench
from catalog.models import TitleRow
from catalog.services.search import Engine
from catalog.services.search.generated import generated_names
from catalog.services.search.slips import SLIPS
from catalog.tests.external import absent
from catalog.tests.live.processes import environment


@pytest.fixture(scope="module")
def names():
    return bench.named(2000, None)


def test_names_are_many_and_always_the_same(names):
    assert len(names) == len(set(names.values())) == 2000
    assert generated_names(50) == {number: names[number] for number in range(1, 51)}


@pytest.mark.parametrize("kind", SLIPS)
def test_every_kind_of_slip_is_forgiven(names, kind):
    result = bench.searches(Engine.of(names), names, kind, 60)
    assert len(result.wall) == 60
    assert result.hits >= 57


def test_slips_are_slips(names):
    assert bench.searches(Engine.of(names), {1: ("Совсем другое имя",)}, "2 edits", 20).hits <= 1


def test_prints_every_figure(names, monkeypatch, capsys):
    """All but the pages, which are measured in a database of their own."""
    monkeypatch.setattr(bench.Command, "pages", lambda self, names: None)
    call_command("bench", "search", titles=300, queries=12)
    printed = capsys.readouterr().out
    assert "titles:                 300, 600 names" in printed
    assert re.search(r"memory: +\d+\.\d MiB", printed)
    assert re.search(r"recall@10: +\d+\.\d% of typos of 1-2 edits", printed)
    assert re.search(r"latency: +p50 \d+\.\d\d ms, p95 \d+\.\d\d ms", printed)
    assert all(f"  {kind}:" in printed for kind in SLIPS)


@pytest.mark.django_db
def test_pages_are_measured_over_as_many_titles_as_said(names, settings):
    """What they cost is told by the command; how busy this machine is would be told here."""
    settings.ALLOWED_HOSTS = ["localhost"]
    assert bench.cost(names, 100) > 0
    assert TitleRow.objects.count() == 100


@pytest.mark.browser
@pytest.mark.processes
def test_a_widget_keeps_within_its_limits(tmp_path):
    """In a process of its own: Playwright runs once in each."""
    if shutil.which("chromium") is None:
        absent("Chromium", demanded_by="REQUIRE_BROWSER")
    command = [sys.executable, "manage.py", "bench", "embed", "--views", "1"]
    ended = subprocess.run(command, cwd=settings.BASE_DIR, env=environment(tmp_path), capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    printed = ended.stdout
    assert re.search(r"in all: +[\d,]+ bytes, at most 14,336\n", printed)
    assert re.search(r"requests: +[123] a view besides media, at most 3\n", printed)
    assert re.search(r"first frame: +\d+ ms", printed)


def test_a_widget_beyond_its_limits_is_a_failure():
    figures = embed_cost.report(embed_cost.Cost(page=9_000, script=6_000, requests=2, first_frame=[0.1]))
    with pytest.raises(CommandError, match="too heavy"):
        list(figures)


def test_stored_posters_that_come_late_are_a_failure(capsys):
    late = first_pictures.Measured(served=2, first={"/": 31, "/catalog/": 3}, whole={"/": 32, "/catalog/": 4})
    with pytest.raises(CommandError, match="within 30 s"):
        bench.Command().start(late)
    assert re.search(r"/: +first stored poster after 31.0 s, the last after 32.0 s\n", capsys.readouterr().out)


def test_knows_nothing_else_to_measure():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("bench", "everything")
