"""docs/methods.md is held by the rules it describes."""

import csv
import re
from pathlib import Path

import pytest

from tracking.__main__ import main
from tracking.methods import METHODS
from tracking.methods.method import Kind
from tracking.words import words

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "methods.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    return re.findall(r"```csv\n(.*?)```", TEXT, flags=re.DOTALL)


def stated() -> list[list[str]]:
    """The rows of the table of worked examples."""
    table = TEXT[TEXT.index("| method | series |") :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_worked_example_is_what_the_rules_say(tmp_path: Path) -> None:
    for name, block in zip(("observations", "targets"), blocks(), strict=True):
        (tmp_path / f"{name}.csv").write_text(block, encoding="utf-8")
    out = tmp_path / "out.csv"
    files = [str(tmp_path / "observations.csv"), str(tmp_path / "targets.csv")]
    assert main(["assess", *files, "--as-of", "2025-06-30", "-o", str(out)]) == 0
    with out.open(encoding="utf-8") as file:
        rows = {(r["method"], r["series"]): r for r in csv.DictReader(file) if r["applies"] == "true"}
    assert {(method, series) for method, series, *_ in stated()} == set(rows)
    for method, series, ratio, score, outcome, standing in stated():
        row = rows[method, series]
        assert [row["outcome"], row["standing"]] == [outcome, standing]
        for told, computed in ((ratio, row["ratio"]), (score, row["score"])):
            assert (told == "") == (computed == "")
            assert told == "" or float(computed) == pytest.approx(float(told), abs=1e-9)


def test_every_method_has_an_example() -> None:
    assert {method for method, *_ in stated()} == set(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_every_card_is_told_whole(name: str) -> None:
    method, w = METHODS[name], words("en")
    section = TEXT.split(f"### {name}\n")[1].split("\n### ")[0].split("\n## ")[0]
    assert f"edition {method.edition}" in section
    assert method.link in section or not method.link.startswith("http")
    assert w.say(f"read.{method.read.value}") in section and w.say(f"method.{name}.what") in section
    assert all(part in section for part in method.formula.split(";  "))
    assert all(f"{threshold:g}" in section for threshold in (*method.thresholds, *method.without))
    assert all(f"`{label}` → {standing.value}" in section for label, standing in method.standings.items())


def test_every_kind_of_target_is_named() -> None:
    assert [kind for kind in Kind if f"`{kind.value}`" not in TEXT] == []
