"""What is exported reads back equal, whatever the catalogue says, and the same content is the same bytes."""

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import sdmx
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sdmx.model import v30

from tests.conftest import Folder
from tracking.catalogue import Catalogue
from tracking.charts.options import ChartOptions
from tracking.export import sdmx as sdmx_csv
from tracking.export.choice import chosen, everything, of_chart
from tracking.export.columns import TABLES, Type
from tracking.export.content import Content, content
from tracking.export.csv_text import number_text, plain_text
from tracking.export.formats import Format, format_of
from tracking.export.json_text import export_schema
from tracking.export.refused import Refused
from tracking.export.workbook import shown
from tracking.export.zipped import zip_file
from tracking.words import words

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 23)
WICKED = {
    "formula": "=cmd|'/c calc'!A0",
    "sum": "+1-1",
    "at": "@SUM(1)",
    "script": '<script>alert(1)</script> & "so"',
    "emoji": "目标🚀👩‍👩‍👧",
    "long": "三百字" * 100,
    "right to left": "هدف ‮ ٢٠٢٥",
    "apostrophe": "'quoted'",
    "lines": "one\ntwo, three",
    "error": "#N/A",
    "bell": "a\x07b_x0007_",
}


def known(catalogue: Catalogue, language: str = "en", **names: Any) -> Content:
    return content(catalogue, chosen(catalogue, **names), DAY, language)


@pytest.fixture(scope="module")
def whole(shipped: Catalogue) -> Content:
    return content(shipped, everything(shipped), DAY, "zh")


def wicked(folder: Folder, text: str) -> Catalogue:
    """The trial catalogue with a text as an indicator's name, a publication's title and a figure's note."""
    folder.edit("goals/indicators/things.yaml", "en: Things", f"en: {json.dumps(text, ensure_ascii=False)}")
    folder.edit("goals/documents.yaml", "en: Plan", f"en: {json.dumps(text, ensure_ascii=False)}")
    note = io.StringIO()
    csv.writer(note).writerow(["", "2023", "0.50", "", "", "2024", "plan", "recalled", "a + b", text, text])
    path = folder.root / "figures/things.csv"
    path.write_bytes(path.read_bytes() + note.getvalue().encode())
    return folder.load()


def as_text(value: Any) -> Any:
    """One apostrophe taken off, as docs/exports.md says."""
    return value[1:] if isinstance(value, str) and value.startswith("'") else value


def read_csv(data: bytes, table: str) -> list[dict[str, Any]]:
    """A table as Python has it, by the types of its columns alone."""
    made = {
        Type.TEXT: as_text, Type.NUMBER: float, Type.WHOLE: int, Type.DAY: date.fromisoformat,
        Type.YES_NO: {"true": True, "false": False}.__getitem__,
    }  # fmt: skip
    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    types = {c.name: c.type for c in TABLES[table]}
    return [{k: made[types[k]](v) if v else None for k, v in line.items()} for line in lines]


def read_workbook(data: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {s.title: [[_read(c.value) for c in row] for row in s.iter_rows(min_row=2)] for s in book}


def _read(value: Any) -> Any:
    if isinstance(value, str):  # openpyxl leaves to its user what a spreadsheet undoes
        return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), value)
    return value.date() if isinstance(value, datetime) else value


def in_words(found: Content, table: str) -> list[list[Any]]:
    w = words(found.language)
    return [[shown(c, row[c.name], w) for c in TABLES[table]] for row in found.tables[table]]


def test_everything_reads_back_equal_from_csv_in_the_package(whole: Content) -> None:
    with zipfile.ZipFile(io.BytesIO(Format.ZIP.file(whole))) as zipped:
        for table in TABLES:
            assert read_csv(zipped.read(f"{table}.csv"), table) == whole.tables[table]


def test_a_goal_reads_back_equal_from_a_workbook(shipped: Catalogue) -> None:
    found = known(shipped, "zh", goals=["emerging-industries"])
    w, read = words("zh"), read_workbook(Format.XLSX.file(found))
    assert read == {w.say(f"export.table.{table}"): in_words(found, table) for table in TABLES}


def test_everything_reads_back_equal_from_json(whole: Content) -> None:
    read = json.loads(Format.JSON.file(whole))
    days = {c.name for columns in TABLES.values() for c in columns if c.type is Type.DAY}
    for table, rows in whole.tables.items():
        assert [{k: date.fromisoformat(v) if k in days and v else v for k, v in r.items()} for r in read[table]] == rows


def test_the_json_is_as_its_schema_says(shipped: Catalogue) -> None:
    read = json.loads(Format.JSON.file(known(shipped, goals=["smes"])))
    assert next(Draft202012Validator(export_schema()).iter_errors(read), None) is None
    del read["figures"][0]["unit"]
    assert next(Draft202012Validator(export_schema()).iter_errors(read), None) is not None


def test_figures_read_back_equal_from_parquet_with_their_types(whole: Content) -> None:
    data = io.BytesIO(Format.PARQUET.file(whole))
    table = pq.read_table(data)
    assert table.to_pylist() == whole.tables["figures"]
    frame = pd.read_parquet(data)
    assert frame["value"].tolist() == [row["value"] for row in whole.tables["figures"]]
    assert all(table.schema.field(c.name).metadata[b"description"] for c in TABLES["figures"])


def test_every_figure_is_in_the_sdmx_file_once_and_with_its_own_digits(whole: Content) -> None:
    lines = list(csv.DictReader(io.StringIO(Format.SDMX_CSV.file(whole).decode(), newline="")))
    dimensions = ("FREQ", "REF_AREA", "INDICATOR", "SERIES", "MEASURE", "TIME_PERIOD")
    assert len({tuple(line[d] for d in dimensions) for line in lines}) == len(whole.tables["figures"])
    for line, row in zip(lines, whole.tables["figures"], strict=True):
        assert (line["STRUCTURE"], line["ACTION"]) == ("dataflow", "I")
        assert re.fullmatch(r"[A-Z_]+:[A-Z_]+\(\d+\.\d+\)", line["STRUCTURE_ID"])
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", line[d]) for d in dimensions[:-1])
        assert float(line["OBS_VALUE"]) == row["value"]
        assert 10 ** int(line["UNIT_MULT"]) == row["unit_factor"] or line["UNIT_MEASURE"] == row["unit"]
        assert line["OBS_STATUS"] in "APEBF" and line["UNIT_MEASURE"] and line["DOCUMENT"] == row["document"]


def test_the_package_is_valid_by_the_formats_own_rules(whole: Content, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(Format.ZIP.file(whole))) as zipped:
        zipped.extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["title", "message"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_a_figure_has_the_digits_that_were_typed(shipped: Catalogue, whole: Content) -> None:
    """Held against the shipped files as they are, by their own lines."""
    typed: dict[tuple[str, str, str, str], str] = {}
    for file in (ROOT / "figures").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            for r in csv.DictReader(lines):
                area = r["area"] or shipped.card.area
                typed[f"figures:{file.stem}", area, r["period"], r["published"]] = r["value"]
    told = list(csv.DictReader(io.StringIO(Format.CSV.file(whole).decode("utf-8-sig"), newline="")))
    kept = [r for r in told if r["series"].startswith("figures:")]
    assert len(kept) > 1000
    for r in kept:
        was = typed[r["series"], r["area"], r["period"], r["published"]]
        assert Decimal(r["value"]) == Decimal(was)
        if len(was.partition(".")[2]) <= 4 and int(r["decimals"]) <= 4:
            assert r["value"] == was


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_a_number_is_written_with_all_its_digits_and_without_powers(number: Decimal) -> None:
    text = number_text(float(number))
    assert Decimal(text) == number and re.fullmatch(r"-?\d+(\.\d+)?", text)


@pytest.mark.parametrize("text", WICKED.values(), ids=WICKED)
def test_a_wicked_text_is_neither_computed_nor_changed(folder: Folder, text: str) -> None:
    found = known(wicked(folder, text))
    figures = found.tables["figures"]
    assert {text} == {row["indicator_name"] for row in figures} and figures[-1]["note"] == text
    assert figures[-1]["recalled"] and figures[-1]["derived"] and figures[-1]["formula"] == "a + b"
    assert read_csv(Format.CSV.file(found), "figures") == figures
    assert read_workbook(Format.XLSX.file(found))["Figures"] == in_words(found, "figures")
    assert json.loads(Format.JSON.file(found))["figures"][-1]["note"] == text
    assert pq.read_table(io.BytesIO(Format.PARQUET.file(found))).to_pylist() == figures
    book = openpyxl.load_workbook(io.BytesIO(Format.XLSX.file(found)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert {c.data_type for c in cells} <= {"s", "inlineStr", "n", "d"}
    for kind in (Format.CSV, Format.SDMX_CSV):
        lines = csv.reader(io.StringIO(kind.file(found).decode("utf-8-sig"), newline=""))
        assert not [c for line in lines for c in line if c[:1] in "=+@\t\r\n" and c]


def test_only_texts_get_an_apostrophe() -> None:
    assert plain_text(-1.5) == "-1.5" and plain_text("-1.5") == "'-1.5" and plain_text("'a") == "''a"


def test_a_workbook_is_for_reading(shipped: Catalogue) -> None:
    data = Format.XLSX.file(known(shipped, "zh", indicators=["nev-sales"]))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == [words("zh").say(f"export.table.{t}") for t in TABLES]
    sheet = book.worksheets[0]
    heads = {c.value: c for c in sheet[1]}
    assert sheet.freeze_panes == "A2" and all(c.font.b for c in heads.values())
    value, day = (sheet.cell(2, heads[w].column) for w in ("数值", "已知日"))
    assert (value.value, value.number_format, day.is_date) == (33.1, "0.0", True)
    assert all(sheet.column_dimensions[c.column_letter].width >= 10 for c in heads.values())


def test_the_same_content_is_the_same_bytes(shipped: Catalogue) -> None:
    once, again = (known(shipped, goals=["smes"]) for _ in range(2))
    for kind in Format:
        assert kind.file(once) == kind.file(again), kind
    with zipfile.ZipFile(io.BytesIO(Format.XLSX.file(once))) as zipped:
        assert {i.date_time for i in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert zip_file([("a", b"1")]) == zip_file([("a", b"1")])


def test_nothing_published_after_the_day_is_in_it(shipped: Catalogue) -> None:
    day = date(2020, 6, 30)
    tables = content(shipped, everything(shipped), day, "en").tables
    assert tables["figures"] and max(row["known"] for row in tables["figures"]) <= day
    assert {row["as_of"] for row in (*tables["figures"], *tables["verdicts"], *tables["targets"])} == {day}
    assert max(row["adopted"] for row in tables["targets"])[:4] <= "2020"


def test_a_chart_is_exported_with_what_it_shows(shipped: Catalogue) -> None:
    asked = ChartOptions(areas=("DEU",), first=2015, last=2020)
    own = next(i for i, one in shipped.indicators.items()
               if one.series and "DEU" in shipped.figures.get(one.series[0].key, {}))  # fmt: skip
    rows = content(shipped, of_chart(shipped, own, asked), DAY, "en").tables["figures"]
    assert {row["area"] for row in rows} == {"CHN", "DEU"}
    assert {str(row["period"])[:4] for row in rows} == {str(y) for y in range(2015, 2021)}


def test_a_goal_and_an_indicator_bring_each_figure_once(shipped: Catalogue) -> None:
    goal = "emerging-industries"
    ids = [link.id for link in shipped.goals[goal].indicators]
    both, one = known(shipped, goals=[goal], indicators=[ids[0]]), known(shipped, goals=[goal])
    assert both.tables["figures"] == one.tables["figures"]
    assert {row["goal"] for row in one.tables["goals"]} == {goal}
    cited = {row["document"] for t in ("figures", "targets", "goals") for row in one.tables[t]}
    assert cited <= {row["document"] for row in one.tables["documents"]}


def test_a_running_total_starts_in_january_and_a_stock_stands_for_a_day(whole: Content) -> None:
    by = {kind: [r for r in whole.tables["figures"] if r["accumulation"] == kind] for kind in
          ("year-to-date", "end of period")}  # fmt: skip
    assert all((r["period_start"].month, r["period_start"].day) == (1, 1) for r in by["year-to-date"])
    assert all(r["period_start"] == r["period_end"] for r in by["end of period"])
    assert all(by.values())


def test_a_text_too_long_for_a_cell_is_refused_in_words(folder: Folder) -> None:
    found = known(wicked(folder, "long " * 7000 + "end"))
    with pytest.raises(Refused) as refused:
        Format.XLSX.file(found)
    assert "32767" in refused.value.text("en") and "32767" in refused.value.text("zh")
    assert read_csv(Format.CSV.file(found), "figures") == found.tables["figures"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.csv", Format.CSV),
        ("A.XLSX", Format.XLSX),
        ("a.sdmx.csv", Format.SDMX_CSV),
        ("a.zip", Format.ZIP),
        ("a", None),
    ],
)
def test_a_files_name_says_its_format(name: str, kind: Format | None) -> None:
    assert format_of(name) is kind


def test_every_column_of_every_table_is_documented_as_the_files_say() -> None:
    sections = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8").split("\n## ")
    w = words("en")
    for table, columns in TABLES.items():
        section = next(s for s in sections if s.startswith(f"{table}\n"))
        told = [line for line in section.splitlines() if line.startswith("| `")]
        assert told == [f"| `{c.name}` | {c.type.value} | {w.say(f'export.meaning.{c.name}')} |" for c in columns]


def test_an_independent_reader_of_sdmx_finds_every_observation(shipped: Catalogue) -> None:
    found = known(shipped, indicators=["pharma-revenue-growth"])
    flow = v30.Dataflow(id="FIGURES", structure=v30.DataStructureDefinition(id="FIGURES"))
    for name in sdmx_csv.HEADER[3:9]:
        flow.structure.dimensions.getdefault(id=name)
    flow.structure.measures.append(v30.Measure(id="OBS_VALUE"))
    for name in sdmx_csv.HEADER[10:]:
        flow.structure.attributes.getdefault(id=name)
    message = sdmx.read_sdmx(io.BytesIO(Format.SDMX_CSV.file(found)), format="csv", structure=flow)
    read = [(o.dimension.values["TIME_PERIOD"].value, float(o.value)) for o in message.data[0].obs]
    as_sdmx = {"2021/2023": "2021-01-01/P3Y", "2021/2024": "2021-01-01/P4Y", "2021/2025": "2021-01-01/P5Y"}
    assert "2021-01-01/P3Y" in dict(read)
    assert read == [(as_sdmx.get(r["period"], r["period"]), r["value"]) for r in found.tables["figures"]]
    assert {o.attached_attribute["OBS_STATUS"].value for o in message.data[0].obs} <= set("APEBF")
