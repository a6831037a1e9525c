"""python -m tracking status: one row per goal, indicator and target, in words and in codes."""

import csv
import io
import json

import pytest

from tests.tracking.test_reader_refusals import run
from tracking.catalogue import Catalogue


def test_the_json_has_a_row_for_each_goal_indicator_and_target(shipped: Catalogue) -> None:
    done = run("status", "--format", "json", "--as-of", "2026-11-23", "--lang", "zh")
    assert done.returncode == 0
    found = [(r["goal"], r["indicator"], r["target"]) for r in json.loads(done.stdout)]
    expected = [
        (goal, link.id, key)
        for goal, _, link, indicator in shipped.links()
        for key in (sorted(t.key for t in indicator.targets) or [None])
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_the_known_cases_stand_as_they_must() -> None:
    done = run("status", "--format", "json", "--as-of", "2026-11-23")
    rows = {(r["indicator"], r["target"]): r for r in json.loads(done.stdout)}
    found = {
        indicator: [r for (i, _), r in rows.items() if i == indicator]
        for indicator in ("strategic-emerging-share", "manufacturing-share", "internet-users")
    }
    seventeen = next(r for r in found["strategic-emerging-share"] if "17%" in r["target_text"])
    assert "no official figure" in seventeen["sentence"]
    assert {r["standing"] for r in found["manufacturing-share"]} == {"not judged"}
    assert [r["standing"] for r in found["internet-users"]] == ["missed"]


def test_nothing_was_known_before_it_was_published() -> None:
    done = run("status", "--format", "json", "--as-of", "2015-01-01")
    assert all(r["published"] is None or r["published"] <= "2015" for r in json.loads(done.stdout))


def test_the_csv_and_the_table_say_the_same_standings() -> None:
    rows = list(csv.DictReader(io.StringIO(run("status", "--format", "csv").stdout)))
    table = run("status").stdout
    assert table.count("[Missed]") == sum(r["standing"] == "missed" for r in rows) > 0


@pytest.mark.parametrize("day", ["tomorrow", "2025-02-30"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    done = run("status", "--as-of", day)
    assert done.returncode == 2
    assert "is no day" in done.stderr
