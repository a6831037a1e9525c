"""Files saved by hand: marks, preambles, spaces and both charsets are read; a damaged file gives nothing."""

import io
import json
import zipfile
from collections.abc import Iterable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from loaders import nbs_file
from loaders.contract import LoaderError, NotFound, Refused, Request, Response, Unreadable
from tests.loaders.china_answers import FOLDER, answer, figures, of_bytes, outcome, send, spliced

QUARTERLY, MONTHLY, EASYQUERY = "nbs-file/quarterly.csv", "nbs-file/monthly-gb18030.csv", "nbs-file/easyquery.json"
GDP = "Indices of Gross Domestic Product (Preceding Year=100)"
SINCE_JANUARY = "规上工业增加值累计增长(%)"


def refusal(file: Response, key: str, kind: type[LoaderError]) -> LoaderError:
    with pytest.raises(kind) as caught:
        nbs_file.parse(file, key)
    return caught.value


def workbook(lines: Iterable[Iterable[object]]) -> Response:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    packed = io.BytesIO()
    book.save(packed)
    return of_bytes(packed.getvalue())


def chinese(*lines: str) -> Response:
    return of_bytes("\n".join(("数据库：月度数据", "时间：最近3个月", *lines)).encode("utf-8-sig"))


GOOD_BOOK = workbook([["数据库：月度"], ["指标", "2026年4月", "2026年3月"], [SINCE_JANUARY, 5.6, "6.1"], ["注"]])


# CSV and XLSX


def test_the_english_export_is_read_newest_first_with_its_mark_preamble_and_spaces() -> None:
    reading = nbs_file.parse(answer(QUARTERLY), GDP)
    assert figures(reading) == {"2025-Q2": 105.2, "2025-Q3": 104.8, "2025-Q4": 104.5, "2026-Q1": 105.0}
    assert [o.period.text for o in reading.observations] == sorted(figures(reading))
    assert {o.decimals for o in reading.observations} == {1}


def test_growth_is_the_index_less_100_only_where_the_key_asks() -> None:
    reading = nbs_file.parse(answer(QUARTERLY), GDP + "?index=100")
    assert figures(reading) == {"2025-Q2": 5.2, "2025-Q3": 4.8, "2025-Q4": 4.5, "2026-Q1": 5.0}
    assert reading.unit == "%"
    assert reading.observations[0].note is not None and "105.2" in reading.observations[0].note.zh


def test_the_chinese_export_in_gb18030_is_read_and_its_blanks_are_missing() -> None:
    reading = nbs_file.parse(answer(MONTHLY), SINCE_JANUARY)
    assert figures(reading) == {"2025-12": 5.9, "2026-02": 6.3, "2026-03": 6.1, "2026-04": 5.6}
    assert reading.unit == "%"


@pytest.mark.parametrize(
    "key", ["规上工业增加值累计增长", "规上工业增加值累计增长（%）", " 规上工业增加值 累计增长 (%) "]
)
def test_a_line_is_found_with_or_without_its_unit_and_whatever_its_spaces_and_brackets(key: str) -> None:
    assert len(figures(nbs_file.parse(answer(MONTHLY), key))) == 4


def test_a_workbook_is_read_as_the_csv_is() -> None:
    assert figures(nbs_file.parse(GOOD_BOOK, SINCE_JANUARY)) == {"2026-03": 6.1, "2026-04": 5.6}


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("1Q 2026", "2026-Q1"), ("4Q2025", "2025-Q4"), ("2026年第二季度", "2026-Q2"), ("2026年3季度", "2026-Q3"),
        ("2026年8月", "2026-08"), ("Aug 2026", "2026-08"), ("September 2026", "2026-09"), ("2025年", "2025"),
        ("2025", "2025"), ("202608", "2026-08"), ("2019A", "2019-Q1"), ("2019D", "2019-Q4"),
    ],
)  # fmt: skip
def test_each_way_of_printing_a_period_is_read(printed: str, period: str) -> None:
    assert list(figures(nbs_file.parse(chinese(f"指标,{printed}", "甲,1.5"), "甲"))) == [period]


@pytest.mark.parametrize(
    "printed", ["", "5Q 2026", "2026年13月", "2026-08-01 00:00", "第一季度", "0999年", "2026年第五季度"]
)
def test_a_period_of_another_form_is_refused(printed: str) -> None:
    assert refusal(chinese(f"指标,{printed}", "甲,1"), "甲", Unreadable).key == "nbs-file.bad-period"


@pytest.mark.parametrize("value", ["NaN", "inf", "5.3%", "约5", "1e3", "０", "1,23"])
def test_what_is_no_number_is_refused(value: str) -> None:
    assert refusal(chinese("指标,2025年", f'甲,"{value}"'), "甲", Unreadable).key == "nbs-file.no-number"


@pytest.mark.parametrize("blank", ["", " ", "无", "-", "—"])
def test_a_blank_is_missing_and_not_zero(blank: str) -> None:
    assert figures(nbs_file.parse(chinese("指标,2025年,2024年", f"甲,{blank},7"), "甲")) == {"2024": 7}


def test_a_line_of_blanks_alone_is_no_series() -> None:
    assert refusal(answer(QUARTERLY), "Indices of Value-added of Industry", NotFound).key == "nbs-file.no-line"
    blank = "Indices of Value-added of Industry (Preceding Year=100)"
    assert refusal(answer(QUARTERLY), blank, NotFound).key == "nbs-file.no-value"


def test_a_line_that_is_not_there_is_said_with_those_that_are() -> None:
    error = refusal(answer(MONTHLY), "制造业采购经理指数", NotFound)
    assert "规上工业增加值同比增长（%）" in str(error.details["known"])


def test_a_line_that_is_there_twice_must_say_the_same() -> None:
    assert figures(nbs_file.parse(chinese("指标,2025年", "甲,1.0", "甲,1"), "甲")) == {"2025": 1}
    assert refusal(chinese("指标,2025年", "甲,1", "甲,2"), "甲", Unreadable).key == "nbs-file.two-values"
    assert refusal(chinese("指标,2025年,2025年", "甲,1,2"), "甲", Unreadable).key == "nbs-file.two-values"


@pytest.mark.parametrize("line", ["甲,1", "甲,1,2,3"])
def test_a_line_that_does_not_fit_its_periods_is_refused(line: str) -> None:
    assert refusal(chinese("指标,2025年,2024年", line), "甲", Unreadable).key == "nbs-file.cells"


def test_a_figure_for_january_alone_is_refused_since_the_months_are_surveyed_together() -> None:
    file = chinese("指标,2026年1月", "规上工业增加值累计增长(%),6.0")
    assert refusal(file, SINCE_JANUARY, Unreadable).key == "nbs.lone-month"


def test_a_figure_for_a_time_that_had_not_begun_is_refused() -> None:
    assert refusal(chinese("指标,2027年", "甲,1"), "甲", Unreadable).key == "nbs-file.future"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"", "nbs-file.no-heading"),
        (b"a,b\n1,2\n", "nbs-file.no-heading"),
        (b'\xef\xbb\xbf"Indicators,2025\n', "nbs-file.no-table"),
        (b"<html><body>403</body></html>", "decoding.page"),
        (b"\xff\xff\xff", "decoding.charset"),
        (b"PK\x03\x04 and no more", "nbs-file.damaged"),
    ],
)
def test_a_file_of_another_kind_is_named(body: bytes, key: str) -> None:
    assert refusal(of_bytes(body), "甲", Unreadable).key == key


def test_two_lines_that_differ_only_in_their_unit_need_it_in_the_key() -> None:
    file = chinese("指标,2025年", "甲(亿元),7", "甲(%),1.5")
    assert refusal(file, "甲", NotFound).key == "nbs-file.several-lines"
    assert figures(nbs_file.parse(file, "甲（%）")) == {"2025": 1.5}


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread() -> None:
    packed = io.BytesIO(GOOD_BOOK.body)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/huge.xml", b"0" * (nbs_file.MAX_UNPACKED + 1))
    assert len(packed.getvalue()) < 100_000
    assert refusal(of_bytes(packed.getvalue()), SINCE_JANUARY, Unreadable).key == "nbs-file.too-large"


def test_a_workbook_of_another_kind_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        other.writestr("word/document.xml", "<w/>")
    assert refusal(of_bytes(packed.getvalue()), "甲", Unreadable).key == "nbs-file.damaged"


# Answers of easyquery


def test_the_rounded_text_is_read_and_never_the_number_beside_it() -> None:
    reading = nbs_file.parse(answer(EASYQUERY), "A020102")
    assert figures(reading) == {"2019-02": 5.3, "2019-07": 5.8, "2019-08": 5.6}
    assert (reading.name, reading.unit) == ("工业增加值_累计增长(%)", "%")


def test_a_figure_that_is_not_there_is_missing_although_its_number_is_zero() -> None:
    assert figures(nbs_file.parse(answer(EASYQUERY), "A020101")) == {"2019-08": 4.4}
    printed = answer(EASYQUERY, ('"strdata": ""', '"strdata": "0"'))
    assert figures(nbs_file.parse(printed, "A020101")) == {"2019-08": 4.4}


def test_an_easyquery_line_is_found_by_its_name_too() -> None:
    assert figures(nbs_file.parse(answer(EASYQUERY), "工业增加值_同比增长")) == {"2019-08": 4.4}


def test_several_regions_need_the_region_in_the_key() -> None:
    whole = json.loads(answer(EASYQUERY).body)
    node = json.loads(json.dumps(whole["returndata"]["datanodes"][0]))
    for region, value in (("110000", "1.5"), ("310000", "2.5")):
        copy = json.loads(json.dumps(node))
        copy["data"]["strdata"] = value
        copy["wds"].append({"wdcode": "reg", "valuecode": region})
        whole["returndata"]["datanodes"].append(copy)
    whole["returndata"]["datanodes"] = whole["returndata"]["datanodes"][-2:]
    file = of_bytes(json.dumps(whole).encode())
    assert refusal(file, "A020101", NotFound).key == "nbs-file.several-regions"
    assert figures(nbs_file.parse(file, "A020101:310000")) == {"2019-08": 2.5}


@pytest.mark.parametrize(
    ("old", "new", "kind", "key"),
    [
        ('"returncode": 200', '"returncode": 501', Refused, "nbs-file.says-no"),
        ('"returncode": 200', '"code": 200', Unreadable, "nbs-file.no-easyquery"),
        ('"datanodes"', '"nodes"', Unreadable, "nbs-file.changed"),
        ('"hasdata": true', '"hasdata": 1', Unreadable, "nbs-file.changed"),
        ('"strdata": "4.4"', '"strdata": 4.4', Unreadable, "nbs-file.changed"),
        ('"strdata": "4.4"', '"strdata": "NaN"', Unreadable, "nbs-file.no-number"),
        ('"data": 4.4', '"data": NaN', Unreadable, "decoding.no-json"),
        ('"201908"', '"2019Q3"', Unreadable, "nbs-file.bad-period"),
    ],
)
def test_an_easyquery_answer_of_another_shape_is_named(old: str, new: str, kind: type[LoaderError], key: str) -> None:
    assert refusal(answer(EASYQUERY, (old, new)), "A020101", kind).key == key


# Keys


@pytest.mark.parametrize("key", ["", " ", "?index=100", "甲?index=50", "甲?"])
def test_a_key_that_names_no_line_is_refused(key: str) -> None:
    with pytest.raises(NotFound):
        nbs_file.request(key)
    refusal(answer(MONTHLY), key, NotFound)


def test_there_is_nothing_to_fetch_and_the_way_by_hand_is_said() -> None:
    with pytest.raises(Refused) as caught:
        nbs_file.request("甲")
    assert caught.value.key == "nbs-file.by-hand"
    assert nbs_file.PROVIDER.hosts == ()


FILES = [(FOLDER / name).read_bytes() for name in (QUARTERLY, MONTHLY, EASYQUERY)] + [GOOD_BOOK.body]


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(FILES), st.sampled_from([GDP, SINCE_JANUARY, "A020101"]), st.data())
def test_mutated_bytes_give_a_reading_or_a_loader_error(good: bytes, key: str, data: st.DataObject) -> None:
    told = outcome(nbs_file.parse, of_bytes(spliced(good, data)), key)
    assert told == "read" or told.startswith(("nbs-file.", "nbs.", "decoding."))


def test_a_file_that_came_over_a_wire_is_read_as_one_from_the_disk(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/quarterly.csv").respond_with_data(answer(QUARTERLY).body, content_type="text/csv")
    fetched = send(Request("https://example.org/quarterly.csv"), httpserver)
    assert nbs_file.parse(fetched, GDP) == nbs_file.parse(answer(QUARTERLY), GDP)
