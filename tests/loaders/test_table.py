"""Any table that a curator describes: four formats, and no way out of the folder or to a host that is not listed."""

import io
import json
import shutil
import socket
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from loaders import table
from loaders.contract import LoaderError, NotFound, Reading, Refused, Unreadable
from tests.loaders.reply import ANSWERS, ask, decimals, reply, statuses, values
from tests.loaders.test_every_provider import mutants

ADDRESS = "address: https://data.example.org/x.csv\ncolumns: {period: p, value: v}\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A catalogue's folder tables/ with one description and its file."""
    folder = tmp_path / "tables"
    shutil.copytree(ANSWERS / "table", folder)
    return folder


def describe(folder: Path, text: str, name: str = "it") -> str:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return name


def load(folder: Path, key: str) -> Reading:
    return table.parse(table.answer(table.request(key, folder=folder), folder), key, folder)


def read(folder: Path, description: str, body: bytes | str, media: str = "text/csv") -> Reading:
    return table.parse(reply(body, media), describe(folder, description), folder)


# ---- CSV


def test_a_chinese_table_is_read_as_its_description_says(tables: Path) -> None:
    found = load(tables, "growth:CHN")
    assert values(found) == {"2026-03": 1200.5, "2026-Q2": 1300.0}
    assert decimals(found) == {"2026-03": 1, "2026-Q2": 1}
    assert (found.published.text, found.unit) == ("2026-10-01", "100 million yuan")
    assert values(load(tables, "growth:JPN")) == {"2026-03": 900}


def test_two_areas_are_not_one_series(tables: Path) -> None:
    with pytest.raises(Unreadable, match=r"parse\.twice"):
        load(tables, "growth")


def test_an_area_that_the_table_does_not_have_is_not_found(tables: Path) -> None:
    with pytest.raises(NotFound, match=r"not-found\.no-values"):
        load(tables, "growth:FRA")


def test_decimal_commas_and_other_charsets_are_read_only_where_they_are_stated(tables: Path) -> None:
    body = "p;v\n2024;1.234,50\n".encode("utf-16")
    plain = "address: https://data.example.org/x.csv\ndelimiter: ;\ncolumns: {period: p, value: v}\n"
    stated = plain + 'decimal: ","\nthousands: .\ncharset: utf-16\n'
    found = read(tables, stated, body)
    assert values(found) == {"2024": 1234.5} and decimals(found) == {"2024": 2}
    with pytest.raises(Unreadable, match=r"parse\.charset"):
        read(tables, plain, body)
    with pytest.raises(Unreadable, match=r"parse\.not-number"):
        read(tables, plain, "p;v\n2024;1.234,50\n")


def test_statuses_are_those_of_the_description_and_another_is_refused(tables: Path) -> None:
    text = ADDRESS.replace("value: v", "value: v, status: s") + "statuses: {初步: provisional}\n"
    body = "p,v,s\n2023,1,\n2024,2,初步\n"
    assert statuses(read(tables, text, body)) == {"2023": "normal", "2024": "provisional"}
    with pytest.raises(Unreadable) as error:
        read(tables, text, body.replace("初步", "修正"))
    assert error.value.details["found"] == "修正"


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("2025年", "2025"), ("2025年4月", "2025-04"), ("2025年第三季度", "2025-Q3"), ("2025年3季度", "2025-Q3"),
        ("2025年上半年", "2025-S1"), ("2025-S2", "2025-S2"), ("2025Q4", "2025-Q4"), ("2025", "2025"),
    ],
)  # fmt: skip
def test_periods_are_read_as_statisticians_write_them(tables: Path, printed: str, text: str) -> None:
    assert list(values(read(tables, ADDRESS, f"p,v\n{printed},1\n"))) == [text]


@pytest.mark.parametrize(("frequency", "text"), [("annual", "2025"), ("quarterly", "2025-Q2"), ("monthly", "2025-06")])
def test_a_date_stands_for_the_period_that_the_description_names(tables: Path, frequency: str, text: str) -> None:
    body = "p,v\n2025-06-30,1\n"
    assert list(values(read(tables, ADDRESS + f"frequency: {frequency}\n", body))) == [text]
    assert list(values(read(tables, ADDRESS, body))) == ["2025-06-30"]


@pytest.mark.parametrize("printed", ["", "NA", ".", "NaN", "n/a", ".."])
def test_missing_is_missing(tables: Path, printed: str) -> None:
    assert values(read(tables, ADDRESS, f"p,v\n2024,{printed}\n2025,1\n")) == {"2025": 1}


def test_a_lower_bound_stays_a_bound(tables: Path) -> None:
    found = read(tables, ADDRESS, "p,v\n2025,>140000\n").observations[0]
    assert (found.bound, found.value) == ("above", 140000)


@pytest.mark.parametrize("header", ["p,w", "q,v", "p,v,v"])
def test_a_column_that_is_gone_or_doubled_is_named(tables: Path, header: str) -> None:
    with pytest.raises(Unreadable, match=r"parse\.columns"):
        read(tables, ADDRESS, f"{header}\n2025,1{',2' * (header.count(',') - 1)}\n")


WIDE = """address: https://data.example.org/x.csv
across: true
columns: {area: 地区}
where: {指标: 增加值}
"""


def test_a_table_with_a_column_for_each_period_is_read_from_its_one_row(tables: Path) -> None:
    body = "地区,指标,2025年,2024年,2026年3月,备注\n甲,增加值,2,1.0,,x\n甲,出口,8,9,10,\n乙,增加值,5,6,7,\n"
    describe(tables, WIDE)
    assert values(table.parse(reply(body, "text/csv"), "it:甲", tables)) == {"2024": 1.0, "2025": 2}
    with pytest.raises(NotFound, match=r"key\.several"):
        table.parse(reply(body, "text/csv"), "it", tables)
    for header in ("2025年,2025年", "2025年,2024*"):
        with pytest.raises(Unreadable, match=r"parse\.(columns|not-period)"):
            table.parse(reply(body.replace("2025年,2024年", header), "text/csv"), "it:甲", tables)


# ---- the other formats

ROWS = [("2024", 10.5, "CN"), ("2025", None, "CN"), ("2023", 27.0, "CN"), ("2023", 3.0, "JP")]
COLUMNS = "columns: {period: year, value: amount, area: who}\nareas: {CHN: CN}\n"


@cache  # a workbook holds the second in which it was made; the same bytes must be broken each time
def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    sheet.append(["title"])
    sheet.append(["year", "amount", "who"])
    for row in ROWS:
        sheet.append(list(row))
    for (cell,) in sheet["B3:B6"]:
        cell.number_format = "0.0"
    sheet.append([datetime(2022, 12, 31), 9, "CN"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet() -> bytes:
    stream = io.BytesIO()
    columns = dict(zip(("year", "amount", "who"), zip(*ROWS, strict=True), strict=True))
    pq.write_table(pa.table({name: list(cells) for name, cells in columns.items()}), stream)
    return stream.getvalue()


def records() -> bytes:
    rows = [dict(zip(("year", "amount", "who"), row, strict=True)) for row in ROWS]
    return json.dumps({"data": {"rows": rows}}).encode()


FORMATS = {
    "xlsx": (f"address: https://data.example.org/x.xlsx\nsheet: 数据\nskip: 1\nfrequency: annual\n{COLUMNS}", workbook),
    "parquet": (f"address: https://data.example.org/x.parquet\n{COLUMNS}", parquet),
    "json": (f"address: https://data.example.org/x.json\nrecords: data.rows\n{COLUMNS}", records),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_rows_are_read_from_every_format(tables: Path, kind: str) -> None:
    text, body = FORMATS[kind]
    describe(tables, text)
    found = table.parse(reply(body(), table.MEDIA[kind][0]), "it:CHN", tables)
    expected = {"2023": 27.0, "2024": 10.5} | ({"2022": 9} if kind == "xlsx" else {})
    assert values(found) == expected
    assert decimals(found)["2023"] == 1


def test_a_format_never_rounds_a_figure_away(tables: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["数据"]["B3"] = 10.123
    stream = io.BytesIO()
    book.save(stream)
    describe(tables, FORMATS["xlsx"][0])
    found = table.parse(reply(stream.getvalue(), table.MEDIA["xlsx"][0]), "it:CHN", tables)
    assert values(found)["2024"] == 10.123


def test_a_sheet_that_is_not_there_is_named(tables: Path) -> None:
    with pytest.raises(NotFound) as error:
        read(tables, FORMATS["xlsx"][0].replace("sheet: 数据", "sheet: gone"), workbook())
    assert error.value.details["known"] == "数据"


@pytest.mark.parametrize("kind", FORMATS)
@trials(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_bytes_come_there_is_a_reading_or_a_loader_error(tables: Path, kind: str, data: st.DataObject) -> None:
    text, body = FORMATS[kind]
    describe(tables, text)
    broken = data.draw(mutants(body()))
    with suppress(LoaderError):
        assert isinstance(table.parse(reply(broken, table.MEDIA[kind][0]), "it:CHN", tables), Reading)


# ---- where a table may come from


@pytest.mark.parametrize(
    "name", ["../secret.csv", "/etc/passwd", "a/../../secret.csv", "~/x.csv", "..", "x\\..\\y.csv"]
)
def test_no_file_outside_the_folder_is_read(tables: Path, name: str) -> None:
    (tables.parent / "secret.csv").write_text("p,v\n2025,1\n", encoding="utf-8")
    text = f"file: {json.dumps(name)}\nformat: csv\npublished: 2026-01-01\ncolumns: {{period: p, value: v}}\n"
    with pytest.raises(Refused, match=r"refused\.outside"):
        load(tables, describe(tables, text))


def test_a_link_does_not_lead_out_of_the_folder(tables: Path) -> None:
    (tables.parent / "secret.csv").write_text("p,v\n2025,1\n", encoding="utf-8")
    (tables / "link.csv").symlink_to(tables.parent / "secret.csv")
    text = "file: link.csv\npublished: 2026-01-01\ncolumns: {period: p, value: v}\n"
    with pytest.raises(Refused, match=r"refused\.outside"):
        load(tables, describe(tables, text))


@pytest.mark.parametrize(
    "address",
    ["http://data.example.org/x.csv", "file:///etc/passwd", "https://data.example.org:8443/x.csv", "https:///x.csv",
     "https://me@data.example.org/x.csv", "ftp://data.example.org/x.csv", "//data.example.org/x.csv",
     "https://[::1/x.csv", "data.example.org/x.csv"],
)  # fmt: skip
def test_only_plain_https_addresses_are_asked(tables: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(table.HOSTS_VARIABLE, "data.example.org")
    key = describe(tables, ADDRESS.replace("https://data.example.org/x.csv", json.dumps(address)) + "format: csv\n")
    with pytest.raises(Refused, match=r"refused\.address"):
        table.request(key, folder=tables)


def test_only_hosts_that_the_operator_lists_are_asked(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = describe(tables, ADDRESS)
    monkeypatch.delenv(table.HOSTS_VARIABLE, raising=False)
    for listed in ("", "example.org", "data.example.org.evil.example", "*"):
        monkeypatch.setenv(table.HOSTS_VARIABLE, listed)
        with pytest.raises(Refused) as error:
            table.request(key, folder=tables)
        assert error.value.details == {"host": "data.example.org", "variable": "TRACKER_TABLE_HOSTS"}
    monkeypatch.setenv(table.HOSTS_VARIABLE, " other.example , Data.Example.org")
    assert table.request(key, folder=tables).url == "https://data.example.org/x.csv"


def test_from_request_over_a_real_server_to_figures(
    tables: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(table.HOSTS_VARIABLE, "data.example.org")
    key = describe(tables, ADDRESS)
    httpserver.expect_request("/x.csv").respond_with_data("p,v\n2025,1.0\n", content_type="text/csv")
    found = table.parse(ask(httpserver, table.request(key, folder=tables)), key, tables)
    assert values(found) == {"2025": 1} and found.published.text == "2026-11-24"


def test_reading_a_file_opens_no_socket(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    assert values(load(tables, "growth:CHN"))


# ---- the description itself


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("columns: {period: p, value: v}\n", "refused.one-place"),
        (ADDRESS + "file: x.csv\n", "refused.one-place"),
        (ADDRESS.replace("x.csv", "x.exe"), "refused.one-place"),
        ("file: x.csv\ncolumns: {period: p, value: v}\n", "refused.no-day"),
        (ADDRESS + "across: true\n", "refused.columns"),
        ("address: https://data.example.org/x.csv\n", "refused.columns"),
        ("address: https://data.example.org/x.csv\ncolumns: {period: p}\n", "refused.columns"),
        (ADDRESS + "evaluate: 1+1\n", "refused.description"),
        (ADDRESS + "address: https://b.example/\n", "refused.description"),
        (ADDRESS + "skip: NO\n", "refused.description"),
        ("- a\n", "refused.description"),
        ("", "refused.description"),
    ],
)
def test_a_wrong_description_is_refused_with_its_place(tables: Path, text: str, key: str) -> None:
    with pytest.raises(Refused) as error:
        table.request(describe(tables, text), folder=tables)
    assert error.value.key == key
    if key == "refused.description":
        assert str(error.value.details["file"]).startswith("it.yaml:")


@pytest.mark.parametrize(
    "key", ["", "../growth", "growth/x", "Growth", "growth:", "growth:CHN:x", "growth.yaml", "a" * 99]
)
def test_a_key_is_the_name_of_a_description(tables: Path, key: str) -> None:
    with pytest.raises(NotFound):
        table.request(key, date(2020, 1, 1), tables)


def test_a_description_or_file_that_is_not_there_is_named(tables: Path) -> None:
    with pytest.raises(NotFound) as error:
        table.request("gone", folder=tables)
    assert error.value.details["file"] == "gone.yaml"
    (tables / "growth.csv").unlink()
    with pytest.raises(NotFound) as error:
        load(tables, "growth:CHN")
    assert error.value.details["file"] == "growth.csv"
