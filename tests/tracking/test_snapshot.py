"""A snapshot is the same for the same content wherever and however it lies, and another for any other content."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import FILES, Folder
from tracking.catalogue import Catalogue
from tracking.model import Series
from tracking.snapshot import snapshot

ROOT = Path(__file__).resolve().parents[2]
CHANGED = [
    ("goals/catalogue.yaml", "Trial", "Trials"),
    ("goals/catalogue.yaml", "gathered: 2026-01-01", "gathered: 2026-01-02"),
    ("goals/units.yaml", "zh: 位", "zh: 名"),
    ("goals/publishers.yaml", "局", "司"),
    ("goals/documents.yaml", "en: Plan", "en: Outline"),
    ("goals/more-things.yaml", "statement: 更多", "statement: 还要更多"),
    ("goals/indicators/things.yaml", "value: 30", "value: 31"),
    ("goals/indicators/things.yaml", "reach thirty", "arrive at thirty"),
    ("figures/things.csv", "2022,15.5", "2022,15.6"),
    ("figures/things.csv", "2022,15.5", "2022,15.50"),  # one more decimal was printed
    ("figures/things.csv", "2023-01-31", "2023-02-01"),
    ("figures/things.csv", "2023-01-31,plan,read,,,", "2023-01-31,plan,read,,注,note"),
]


@pytest.mark.parametrize(("file", "old", "new"), CHANGED, ids=lambda text: text.splitlines()[0][:30])
def test_any_other_figure_or_text_is_another_snapshot(folder: Folder, file: str, old: str, new: str) -> None:
    before = snapshot(folder.load())
    folder.edit(file, old, new)
    assert snapshot(folder.load()) != before


def test_comments_and_the_order_of_keys_and_lines_are_no_content(folder: Folder) -> None:
    before = snapshot(folder.load())
    folder.edit("goals/more-things.yaml", "document: plan\norder: 1\n", "order: 1  # the first\ndocument: plan\n")
    head, *lines = FILES["figures/things.csv"].splitlines()
    (folder.root / "figures/things.csv").write_text("\n".join([head, *reversed(lines), ""]), encoding="utf-8")
    units = "".join(reversed(FILES["goals/units.yaml"].splitlines(keepends=True)))
    (folder.root / "goals/units.yaml").write_text(units, encoding="utf-8")
    assert snapshot(folder.load()) == before


def test_it_is_the_same_in_another_process(shipped: Catalogue) -> None:
    script = "import tracking.catalogue as c, tracking.snapshot as s; print(s.snapshot(c.load_catalogue()))"
    other = os.environ | {"PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, cwd=ROOT, env=other, capture_output=True, text=True, check=True).stdout
    assert said.strip() == snapshot(shipped)
    assert len(snapshot(shipped)) == 12


def test_a_fetched_figure_is_content_and_a_series_never_fetched_is_none(folder: Folder) -> None:
    bare, held = folder.load(), folder.load().figures["things"]["XXA"]
    never, fetched = (replace(bare, stored={("worldbank", "A.B"): s}) for s in (Series("XXA", ()), held))
    assert snapshot(never) == snapshot(bare) != snapshot(fetched)
