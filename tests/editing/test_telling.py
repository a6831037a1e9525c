"""What would change in the verdicts is told so that it can be read, and so that nothing in it acts."""

import re
from datetime import date
from pathlib import Path

import pytest

from editing.telling import plain
from tests.conftest import FILES, Folder
from tracking.__main__ import main

THINGS = "goals/indicators/things.yaml"
DAY = date(2023, 6, 1)


@pytest.fixture
def base(folder: Folder, tmp_path: Path) -> Path:
    """The small catalogue as it was."""
    for name, text in FILES.items():
        path = tmp_path / "base" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "base/goals"


def difference(folder: Folder, base: Path, *options: str) -> int:
    return main(["difference", str(base), "--goals", str(folder.goals), "--as-of", str(DAY), *options])


def test_a_verdict_that_turns_is_told_with_what_it_was_and_what_is_said_of_it(
    folder: Folder, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.edit(THINGS, "value: 30", "value: 20")
    assert difference(folder, base) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "This edit turns 1 verdict from behind to on track."
    assert lines[2:4] == ["Things · at least 20 by 2025", "    Behind → On track"]
    assert "15.5" in lines[4]
    assert difference(folder, base, "--lang", "zh", "--markdown") == 0
    assert "| 个数 | 到2025年不低于20个 | 滞后 | **进展正常**<br>" in capsys.readouterr().out


def test_where_nothing_changes_a_sentence_says_so(
    folder: Folder, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert difference(folder, base, "--markdown") == 0
    assert "This edit changes no verdict." in capsys.readouterr().out


def test_no_text_of_a_catalogue_becomes_markup(folder: Folder, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wild = "a | b <script> [x](https://evil.example) @everyone `c` ![p](http://e.example/p.png) #1"
    folder.edit(THINGS, "en: Things", f"en: '{wild}'")
    folder.edit(THINGS, "value: 30", "value: 20")
    assert difference(folder, base, "--markdown") == 0
    row = capsys.readouterr().out.splitlines()[-1]
    assert row.count("|") == 5 and plain(wild) in row
    assert not re.search(r"[<\[`@!]|(?<!&)#|https:", row.replace("<br>", ""))


def test_a_base_that_is_broken_is_told_file_by_file(
    folder: Folder, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (base / "units.yaml").unlink()
    assert difference(folder, base) == 1
    assert "units.yaml:1:1: This file is missing." in capsys.readouterr().err
