"""Unsaved texts are checked as the catalogue that they would make, and nothing is read twice."""

from pathlib import Path

import pytest

from editing.checking import checked
from editing.folder import name_of, names
from editing.opening import opened
from tests.conftest import FILES, Folder
from tracking.files import Memory
from tracking.problems import CatalogueError

GOAL, THINGS, FIGURES = "goals/more-things.yaml", "goals/indicators/things.yaml", "figures/things.csv"


def problems(folder: Folder, **texts: str | None) -> list[tuple[str | None, int, int, str]]:
    """Where each problem is, by name, line and column, and its code."""
    with pytest.raises(CatalogueError) as error:
        checked(folder.goals, texts)
    return [(name_of(folder.goals, p.file), p.line, p.column, p.code) for p in error.value.problems]


def test_unsaved_texts_make_the_catalogue_that_saving_them_would_make(folder: Folder) -> None:
    texts = {name: FILES[name].replace("value: 30", "value: 40").replace("15.5", "16") for name in (THINGS, FIGURES)}
    found = checked(folder.goals, texts)
    for name, text in texts.items():
        (folder.root / name).write_text(text, "utf-8")
    assert found == folder.load() and found.indicators["things"].targets[0].value == 40
    assert checked(folder.goals, {GOAL: None}).goals == {}


def test_every_mistake_of_every_unsaved_text_is_named_at_its_place(folder: Folder) -> None:
    texts = {THINGS: FILES[THINGS].replace("unit: things", "unit: thing"), GOAL: None,
             "goals/other.yaml": "statement: [\n", FIGURES: FILES[FIGURES].replace("15.5", "1,5")}  # fmt: skip
    assert problems(folder, **texts) == [
        (FIGURES, 3, 1, "csv-cells"), (THINGS, 3, 7, "unknown-unit"), ("goals/other.yaml", 2, 1, "yaml-syntax"),
    ]  # fmt: skip
    assert folder.load()  # nothing of it is on the disk


BOMB = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [{', '.join([f'*{b}'] * 9)}]\n" for b, c in ("ab", "bc", "cd"))
BAD = {
    "alias": BOMB,
    "file-too-large": "# " + "x" * 10_000_000,
    "yaml-syntax": "statement: 更多\n\ttitle: tab\n",
    "yaml-character": "statement: 更\0多\n",
    "too-deep": "a: " + "[" * 100 + "]" * 100,
    "not-utf8": "statement: \ud800\n",
    "second-document": FILES[GOAL] + "---\n",
}


@pytest.mark.parametrize("code", BAD)
def test_bad_text_in_the_editor_is_a_sentence_and_no_crash(folder: Folder, code: str) -> None:
    assert code in [found for _, _, _, found in problems(folder, **{GOAL: BAD[code]})]


def test_line_ends_and_the_mark_that_other_systems_write_are_no_mistake(folder: Folder) -> None:
    (folder.root / GOAL).write_bytes(b"\xef\xbb\xbf" + FILES[GOAL].replace("\n", "\r\n").encode())
    assert opened(folder.goals, GOAL).text == FILES[GOAL]
    assert checked(folder.goals, {GOAL: FILES[GOAL]}) == checked(folder.goals, {})


def test_every_file_of_the_catalogue_can_be_opened_and_no_other(folder: Folder) -> None:
    for other in ("goals/README.md", "goals/.draft.yaml", "goals/old.yml", "figures/notes.txt", "goals/Big.yaml"):
        (folder.root / other).write_text("x")
    assert sorted(names(folder.goals)) == sorted(FILES) and names(folder.goals)[0] == "goals/catalogue.yaml"


def test_what_was_made_of_a_file_is_made_once_and_forgotten_when_there_is_too_much() -> None:
    asked: list[bytes] = []

    def make(body: bytes, name: str) -> str:
        asked.append(body)
        return f"{name} {body!r}"

    memory = Memory(most=1200)  # two small files
    for body in (b"a", b"b", b"a", b"c", b"a", b"b"):
        assert memory.made("x", "kind", body, make) == f"x {body!r}"
    assert asked == [b"a", b"b", b"c", b"b"]
    assert memory.made("y", "kind", b"b", make) != memory.made("x", "kind", b"b", make)  # places have names


def test_problems_lead_to_the_name_of_their_file(folder: Folder) -> None:
    assert name_of(folder.goals, str(folder.root / THINGS)) == THINGS
    assert name_of(folder.goals, str(Path("/etc/passwd"))) is None
