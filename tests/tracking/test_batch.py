"""`python -m tracking assess`: tables in, verdicts out, and every malformed table refused at its place."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.tracking.judging import same
from tracking.__main__ import main
from tracking.methods import METHODS
from tracking.model import LANGUAGES
from tracking.words import words

ROOT = Path(__file__).resolve().parents[2]
HEADER = "series,method,applies,reason,baseline,baseline_period,value,period,ratio,score,outcome,standing"
SEEN = "series,period,value\na,2015,14.5\na,2023,10.4\n"
WANTED = "series,kind,direction,target,target_period\na,level,lower,7.25,2030\n"


def write(folder: Path, observations: str | bytes, targets: str | bytes = WANTED) -> list[str]:
    """The two files as CSV; their paths."""
    for name, text in (("observations", observations), ("targets", targets)):
        (folder / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return [str(folder / "observations.csv"), str(folder / "targets.csv")]


def assess(folder: Path, observations: str | bytes, targets: str | bytes = WANTED, *options: str) -> dict[str, Any]:
    """The verdicts, by series where one method is asked."""
    out = folder / "out.csv"
    assert main(["assess", *write(folder, observations, targets), "-o", str(out), *options]) == 0
    found = pd.read_csv(out, dtype={"series": str, "period": str, "baseline_period": str}, keep_default_na=False)
    return {r["series"]: r for r in found.to_dict("records")}


def ours(folder: Path, observations: str, targets: str, *options: str) -> dict[str, Any]:
    return assess(folder, observations, targets, "--method", "pro-rata", "--as-of", "2026-06-30", *options)


def test_a_verdict_comes_to_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", *write(tmp_path, SEEN), "--method", "statcan-2025"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        HEADER,
        "a,statcan-2025,true,,14.5,2015,10.4,2023,0.9010899546976208,2.1506954374096354,moderate_progress,behind",
    ]  # fmt: skip
    assert said.err == ""


def test_the_command_runs_in_a_shell(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-m", "tracking", "assess", *write(tmp_path, SEEN)], cwd=ROOT,
                         capture_output=True, text=True, check=True)  # fmt: skip
    assert [line.split(",")[1] for line in run.stdout.splitlines()[1:]] == sorted(METHODS)
    assert run.stderr == ""


def test_parquet_and_csv_say_the_same(tmp_path: Path) -> None:
    paths = write(tmp_path, SEEN + "b,2020,\nc,2019,5\n", WANTED + "b,level,higher,3,2030\nc,direction,higher,,\n")
    for path in paths:
        pd.read_csv(path).to_parquet(Path(path).with_suffix(".parquet"), index=False)  # years as numbers
    outs = []
    for suffix in ("csv", "parquet"):
        out = tmp_path / f"out.{suffix}"
        assert main(["assess", *(str(Path(p).with_suffix(f".{suffix}")) for p in paths), "-o", str(out)]) == 0
        outs.append(pd.read_csv(out, dtype=str) if suffix == "csv" else pd.read_parquet(out))
    assert ",".join(outs[1].columns) == ",".join(outs[0].columns) == HEADER
    assert len(outs[0]) == len(outs[1]) == 3 * len(METHODS)
    for one, other in zip(outs[0].to_dict("records"), outs[1].to_dict("records"), strict=True):
        for name in ("series", "method", "reason", "baseline_period", "period", "outcome", "standing"):
            assert one[name] == other[name] or (pd.isna(one[name]) and pd.isna(other[name]))
        assert (
            one["ratio"] == other["ratio"] or same(float(one["ratio"]), float(other["ratio"])) or pd.isna(one["ratio"])
        )


@pytest.mark.parametrize("periods", [[2015, 2023], [2015.0, 2023.0], ["2015.0", "2023.0"], ["2015", "2023"]], ids=str)
def test_years_that_came_as_numbers_are_years(tmp_path: Path, periods: list[Any]) -> None:
    seen, out = tmp_path / "o.parquet", tmp_path / "out.parquet"
    pd.DataFrame({"series": "a", "period": periods, "value": [14.5, 10.4]}).to_parquet(seen)
    assert main(["assess", str(seen), write(tmp_path, SEEN)[1], "--method", "statcan-2025", "-o", str(out)]) == 0
    row = pd.read_parquet(out).iloc[0]
    assert (row["baseline_period"], row["period"]) == ("2015", "2023") and same(row["ratio"], 0.9010899546976208)


def test_what_cannot_be_judged_stays_with_its_reason(tmp_path: Path) -> None:
    found = ours(tmp_path, SEEN, WANTED + "b,level,higher,3,2030\nc,qualitative,,,\n")
    assert [(r["series"], r["reason"], r["outcome"], r["standing"]) for r in found.values()][1:] == [
        ("b", "no_figure", "not_available", "not judged"), ("c", "no_number", "not_available", "not judged"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["series,period,value\n", "series,period,value"])
def test_a_table_without_a_figure_judges_nothing(tmp_path: Path, text: str) -> None:
    assert ours(tmp_path, text, WANTED)["a"]["reason"] == "no_figure"
    assert ours(tmp_path, SEEN, WANTED.splitlines()[0] + "\n") == {}


VINTAGES = """series,period,value,published
m,2020,26.0,2021-07-01
m,2021,27.44,2022-07
m,2021,27.55,2023-07-01
m,2021,26.62,2024-07-01
"""
SHARE = "series,kind,direction,target,target_period,baseline_period\nm,level,higher,30,2030,2020\n"


@pytest.mark.parametrize(
    ("day", "value"),
    [("2022-07-30", 26.0), ("2022-07-31", 27.44), ("2023-06-30", 27.44), ("2023-07-01", 27.55), ("2024-06-30", 27.55),
     ("2024-07-01", 26.62)],
)  # fmt: skip
def test_a_figure_is_the_one_that_was_known_on_the_day(tmp_path: Path, day: str, value: float) -> None:
    found = assess(tmp_path, VINTAGES, SHARE, "--method", "statcan-2025", "--as-of", day)
    assert float(found["m"]["value"]) == value


def test_without_a_day_the_newest_figure_counts(tmp_path: Path) -> None:
    assert float(assess(tmp_path, VINTAGES, SHARE, "--method", "statcan-2025")["m"]["value"]) == 26.62


@pytest.mark.parametrize(
    ("period", "day", "known"),
    [("2025", "2025-12-31", False), ("2025", "2026-01-01", True), ("2025-06", "2025-06-30", False),
     ("2025-06", "2025-07-01", True), ("2025-01", "2025-01-31", False), ("2025-01", "2025-02-01", True),
     ("2025-Q3", "2025-09-30", False), ("2025-Q3", "2025-10-01", True), ("2025-S1", "2025-07-01", True)],
)  # fmt: skip
def test_a_figure_without_a_day_is_known_when_its_period_is_over(
    tmp_path: Path, period: str, day: str, known: bool
) -> None:
    seen = f"series,period,value\na,{period},5\n"
    found = assess(tmp_path, seen, WANTED, "--method", "statcan-2025", "--as-of", day)
    assert (found["a"]["value"] != "") == known


def test_a_forecast_is_no_figure_and_a_break_cuts_the_series(tmp_path: Path) -> None:
    seen = "series,period,value,status\na,2015,1,\na,2018,50,break\na,2020,60,provisional\na,2024,90,forecast\n"
    wanted = "series,kind,direction,target,target_period,baseline_period\na,level,higher,100,2030,"
    assert ours(tmp_path, seen, wanted + "\n")["a"]["baseline_period"] == "2018"
    assert ours(tmp_path, seen, wanted + "\n")["a"]["period"] == "2020"
    assert ours(tmp_path, seen, wanted + "2015\n")["a"]["reason"] == "break_in_series"


def test_months_and_quarters_are_placed_in_their_year(tmp_path: Path) -> None:
    seen = "series,period,value\n" + "".join(f"m,20{y}-06,{y}\nq,20{y}-Q2,{y}\n" for y in range(15, 25))
    target = "level,higher,40,2030-06,2015-06\n"
    wanted = f"series,kind,direction,target,target_period,baseline_period\nm,{target}q,{target}"
    found = ours(tmp_path, seen, wanted)
    assert same(float(found["m"]["ratio"]), 9 / (25 * 9 / 15))
    assert found["m"]["ratio"] == found["q"]["ratio"] and found["q"]["period"] == "2024-Q2"


@pytest.mark.parametrize(
    ("day", "target"), [("2020-06-30", 12), ("2021-06-30", 20), ("2026-06-30", 40), ("2031-06-30", 40)]
)
def test_of_several_targets_the_next_one_due_decides(tmp_path: Path, day: str, target: float) -> None:
    seen = "series,period,value\na,2015,10\na,2019,11\n"
    wanted = "series,kind,direction,target,target_period\n" + "".join(
        f"a,level,higher,{v},{y}\n" for y, v in ((2030, 40), (2020, 12), (2025, 20)))  # fmt: skip
    found = assess(tmp_path, seen, wanted, "--method", "sdsn", "--as-of", day)
    year = {12: 2020, 20: 2025, 40: 2030}[int(target)]
    assert same(float(found["a"]["ratio"]), (1 / 4) / ((target - 10) / (year - 2015)))


KINDS = "series,kind,direction,target,target_period,baseline_period,baseline,limit,tolerance,target_high,other,unit\n"
RISING = "".join(
    f"a,{year},{value}\n" for year, value in zip(range(2020, 2026), (100, 103, 106, 109, 112, 115), strict=True)
)
OTHER = "".join(
    f"b,{year},{value}\n" for year, value in zip(range(2020, 2026), (100, 101, 104, 105, 106, 107), strict=True)
)


@pytest.mark.parametrize(
    ("target", "standing", "ratio"),
    [
        ("level,higher,130,2030,2020,,,,,,", "on track", 15 / (30 * 5 / 10)),
        ("coverage,higher,120,2025,2020,,,,,,", "missed", 15 / 20),
        ("multiple,higher,1.2,2030,2020,,,,,,", "on track", 15 / (20 * 5 / 10)),
        ("cumulative_change,lower,-13.5,2030,2020,,,,,,", "moving away", 15 / (-13.5 * 5 / 10)),
        ("average_growth,higher,2,2030,2020,,,,,,", "on track", 100 * (1.15**0.2 - 1) / 2),
        ("average_growth,higher,2,2025,2020,,,,,,", "met", 100 * (1.15**0.2 - 1) / 2),
        ("average_growth,lower,2,2030,2020,,,,,,", "behind", 100 * (1.15**0.2 - 1) / 2),
        ("direction,higher,,,,,,,,,", "not judged", None),
        ("range,,110,2025,,,,,120,,", "met", None),
        ("range,,110,2025,,,,,114,,", "missed", None),
        ("range,,110,2030,,,,,120,,", "not judged", None),
        ("each_period,higher,100,2025,2020,,,,,,", "met", 1.0),
        ("each_period,higher,105,2030,2020,,,,,,", "missed", 4 / 6),
        ("each_period,higher,105,2030,2022,,,,,,", "on track", 1.0),
        ("yearly_value,higher,116,2025,,,,,,,", "missed", None),
        ("yearly_value,higher,116,2025,,,,1,,,", "met", None),
        ("stable,,,2025,2020,,,20,,,", "met", 15 / 20),
        ("stable,,,2030,2020,,,10,,,", "moving away", 15 / 10),
        ("stable,,,2030,2020,,,0,,,", "moving away", None),
        ("rank,lower,3,2025,,,,,,,", "missed", None),
        ("yes_no,,,2030,,,,,,,", "met", None),
        ("relative,higher,,2030,2021,,,,,b,", "on track", (2 + 2 + 4 + 6 + 8) / 5),
        ("relative,higher,,2025,2020,,,,,b,", "met", 22 / 6),
        ("relative,lower,,2025,2020,,,,,b,", "missed", 22 / 6),
        ("qualitative,,,2025,,,,,,,", "not judged", None),
    ],
)  # fmt: skip
def test_every_kind_of_target_is_judged_as_a_hand_would(
    tmp_path: Path, target: str, standing: str, ratio: float | None
) -> None:
    row = ours(tmp_path, "series,period,value\n" + RISING + OTHER, KINDS + f"a,{target}\n")["a"]
    assert row["standing"] == standing, row
    assert row["ratio"] == "" if ratio is None else same(float(row["ratio"]), ratio)


def test_a_difference_settles_nothing_before_both_figures_are_out(tmp_path: Path) -> None:
    target = KINDS + "a,relative,higher,,2025,2020,,,,,b,\n"
    half = "series,period,value\n" + RISING + OTHER.replace("b,2025,107\n", "")
    assert ours(tmp_path, half, target)["a"]["reason"] == "no_other_series"


FAULTS = [
    ("series,period,value\na,2015,1\n,2016,2\n", WANTED, 3, "series", "empty"),
    ("series,period,value\na,1e10,1\n", WANTED, 2, "period", "not-a-period"),
    ("series,period,value\na,2015-13,1\n", WANTED, 2, "period", "not-a-period"),
    ("series,period,value\na,2015,1\na,2016,1_000\n", WANTED, 3, "value", "not-a-number"),
    ("series,period,value\na,2015,1e999\n", WANTED, 2, "value", "not-a-number"),
    ("series,period,value,status\na,2015,1,final\n", WANTED, 2, "status", "status"),
    ("series,period,value,published\na,2015,1,2016-02-30\n", WANTED, 2, "published", "not-a-day"),
    ('series,period,value\n"a\nb",2015,1\n\na,2016,x\n', WANTED, 5, "value", "not-a-number"),
    ("series,period,value\na,2015,1\na,2016,2\na,2015,3\n", WANTED, 4, "period", "repeated"),
    ("\ufeff" + SEEN + "a,20x4,1\n", WANTED, 4, "period", "not-a-period"),
    (SEEN, "series,kind,direction\n,level,higher\n", 2, "series", "empty"),
    (SEEN, "series,kind,direction\na,goal,higher\n", 2, "kind", "kind"),
    (SEEN, "series,kind,direction\na,level,up\n", 2, "direction", "direction"),
    (SEEN, "series,kind\na,level\n", 2, "direction", "direction"),
    (SEEN, "series,kind,direction,target\na,level,higher,ten\n", 2, "target", "not-a-number"),
    (SEEN, "series,kind,direction,target,target_period\na,level,higher,10,soon\n", 2, "target_period", "not-a-period"),
    (SEEN, "series,kind,direction\na,multiple,higher\n", 2, "target", "number-needed"),
    (SEEN, "series,kind,direction,target\na,direction,higher,5\n", 2, "target", "no-number-here"),
    (SEEN, "series,kind,target\na,range,5\n", 2, "target_high", "number-needed"),
    (
        SEEN,
        "series,kind,direction,target,baseline\na,level,higher,5,1\n",
        2,
        "baseline_period",
        "baseline-period-needed",
    ),
    (SEEN, "series,kind,direction\na,relative,higher\n", 2, "other", "empty"),
    (SEEN, WANTED + "a,level,lower,5,2030\n", 3, "target_period", "repeated"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("observations", "targets", "line", "column", "key"), FAULTS)
def test_a_malformed_cell_is_refused_at_its_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, observations: str, targets: str, line: int,
    column: str, key: str,
) -> None:  # fmt: skip
    out, w = tmp_path / "out.csv", words(language)
    assert main(["assess", *write(tmp_path, observations, targets), "-o", str(out), "--lang", language]) == 1
    said = capsys.readouterr()
    file = tmp_path / ("observations.csv" if targets == WANTED else "targets.csv")
    file = tmp_path / "targets.csv" if observations == SEEN else file
    start = w.say("batch.cell", file=file, line=line, column=column, what="")
    assert said.err.startswith(start) and len(said.err.splitlines()) == 1
    assert w.texts[f"batch.{key}"].split("{value}")[-1] in said.err
    assert said.out == "" and not out.exists()


def test_a_malformed_row_of_parquet_is_counted_from_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = tmp_path / "o.parquet"
    pd.DataFrame({"series": ["a", "a"], "period": ["2015", "x"], "value": [1.0, float("inf")]}).to_parquet(seen)
    assert main(["assess", str(seen), write(tmp_path, SEEN)[1]]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        f"{seen}, line 2, column period",
        f"{seen}, line 2, column value",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "key", "details"),
    [
        (b"", "no-header", {}),
        (b"series,period\na,2015\n", "column-missing", {"column": "value", "found": "series, period"}),
        (b"series;period;value\na;2015;1\n", "separator", {"separator": ";"}),
        (b"series\tperiod\tvalue\n", "separator", {"separator": "tab"}),
        (b"series,period,value,value\na,2015,1,2\n", "column-twice", {"column": "value"}),
        (b"series,period,value\na,2015,1\na,2016,2,3\n", "ragged", {"line": 3, "found": 4, "expected": 3}),
        (b"series,period,value\na,2015\n", "ragged", {"line": 2, "found": 2, "expected": 3}),
        (b"series,period,value\na,2015,1\n\xe9,2015,1\n", "not-utf-8", {"line": 3}),
        (b'series,period,value\na,2014,1\n"a,2015,1\na,2016,2\n', "unclosed", {"line": 3}),
    ],
)
def test_what_is_no_table_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, text: bytes, key: str, details: dict[str, Any]
) -> None:
    out, paths = tmp_path / "out.csv", write(tmp_path, text)
    assert main(["assess", *paths, "-o", str(out), "--lang", language]) == 1
    assert capsys.readouterr().err.strip() == words(language).say(f"batch.{key}", file=paths[0], **details)
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "key"),
    [(["--method", "best"], "method"), (["--engine", "abacus"], "engine"), (["--memory", "much"], "memory"),
     (["-o", "out.xlsx"], "output-kind"), (["-o", "/no/such/place/out.csv"], "unwritable")],
)  # fmt: skip
def test_a_wrong_wish_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], key: str
) -> None:
    assert main(["assess", *write(tmp_path, SEEN), *options]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and said.out == ""
    assert words("en").texts[f"batch.{key}"].split("{")[-1].split("}")[-1] in said.err


def test_a_file_that_is_not_there_and_one_that_is_no_parquet_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = write(tmp_path, SEEN)[1]
    (tmp_path / "o.parquet").write_bytes(b"no parquet at all")
    pd.DataFrame({"series": ["a"], "period": ["2015"], "value": [[1.0]]}).to_parquet(tmp_path / "list.parquet")
    for name, word in (
        ("absent.csv", "There is no file"),
        ("o.parquet", "cannot be read"),
        ("list.parquet", "“value” holds"),
    ):
        assert main(["assess", str(tmp_path / name), targets]) == 1
        assert word in capsys.readouterr().err


def test_a_refused_table_leaves_older_verdicts_as_they_were(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("older", encoding="utf-8")
    assert main(["assess", *write(tmp_path, SEEN + "a,x,1\n"), "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8") == "older"
    assert main(["assess", *write(tmp_path, SEEN), "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith(HEADER)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_too_little_memory_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", *write(tmp_path, SEEN), "--memory", "1MB"]) == 1
    assert capsys.readouterr().err.strip() == words("en").say("batch.memory-short", memory="1MB")
