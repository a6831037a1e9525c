"""The bureau's data library: every trap of its form is survived, and nothing is used that is not what it should be."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from loaders import nbs
from loaders.contract import LoaderError, NotFound, Refused, Response, Unreadable
from tests.loaders.china_answers import FOLDER, answer, figures, of_bytes, outcome, send, spliced
from tracking.model import Check, Status

TABLE = "3f2e14f0542348ed9fe02476eca3450b"
SINCE_JANUARY = f"{TABLE}/21e7072e9f384209aedb56e69a18216e"
MONTH_ALONE = f"{TABLE}/ef1b1765960d45a29b4d7c4ca91be916"
GDP_INDEX = "f9b694c9b79e4ce5958bc88c6410fa67/170e7f00f8c24ede863c0526b42ae81f"
GROWTH = "nbs/value-added-since-january.json"
GDP = "nbs/gdp-index-quarter.json"
LATEST = "nbs/latest-month.json"


def values_request(key: str, latest: str = LATEST) -> dict[str, Any]:
    more = nbs.parse(answer(latest), key).more
    assert more is not None and isinstance(more.body, dict)
    assert (more.method, more.url) == ("POST", nbs.BASE + "/stream/esData")
    return more.body


def changed(**element: object) -> Response:
    """The good answer with one value's element changed."""
    whole = json.loads(answer(GROWTH).body)
    whole["data"][3]["values"][0] |= element
    return of_bytes(json.dumps(whole).encode())


def refusal(response: Response, kind: type[LoaderError], key: str = SINCE_JANUARY) -> LoaderError:
    with pytest.raises(kind) as caught:
        nbs.parse(response, key)
    return caught.value


# Keys and requests


def test_the_first_request_asks_for_the_tables_latest_period() -> None:
    request = nbs.request(SINCE_JANUARY, date(2025, 1, 1))
    assert request.url == nbs.BASE + "/new/queryDtByCid"
    assert request.params == {"cid": TABLE, "rootId": "fc982599aa684be7969d7b90b1bd0e84"}


def test_the_second_request_asks_for_the_whole_run_up_to_it_with_a_list_and_an_empty_catalogue() -> None:
    body = values_request(SINCE_JANUARY)
    assert body["dts"] == ["199001MM-202609MM"]
    assert body["daCatalogId"] == ""
    assert body["das"] == [{"text": "全国", "value": "000000000000"}]
    assert body["indicatorIds"] == ["21e7072e9f384209aedb56e69a18216e"]


def test_a_region_is_asked_for_by_name_and_code_in_the_provinces_tree() -> None:
    key = f"{'a' * 32}/{'b' * 32}:110000000000?every=month&name=甲"
    body = values_request(key)
    assert body["das"] == [{"text": "北京市", "value": "110000000000"}]
    assert body["rootId"] != values_request(SINCE_JANUARY)["rootId"]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "A020101",
        SINCE_JANUARY.upper(),
        SINCE_JANUARY + "/",
        SINCE_JANUARY + ":11",
        SINCE_JANUARY + ":990000000000",
        SINCE_JANUARY + "?index=50",
        SINCE_JANUARY + "?index=100&index=100",
        SINCE_JANUARY + "?every=week",
        f"{'a' * 32}/{'b' * 32}",
        f"{'a' * 32}/{'b' * 32}?every=month",
    ],
)
def test_a_key_that_cannot_be_one_is_refused_before_any_request(key: str) -> None:
    with pytest.raises(NotFound):
        nbs.request(key)
    assert refusal(answer(GROWTH), NotFound, key).details["asked"] == key


# Good answers


def test_values_are_read_with_their_decimals_and_blanks_are_missing() -> None:
    reading = nbs.parse(answer(GROWTH), SINCE_JANUARY)
    assert figures(reading) == {
        "2025-12": 5.9, "2026-02": 6.3, "2026-03": 6.1, "2026-04": 5.6,
        "2026-05": 5.4, "2026-06": 5.4, "2026-07": 5.3, "2026-08": 5.3,
    }  # fmt: skip
    assert {o.decimals for o in reading.observations} == {1}
    assert (reading.unit, reading.name, reading.more) == ("%", "规上工业增加值累计增长", None)


def test_a_figure_is_read_and_dated_by_the_day_of_retrieval() -> None:
    one = nbs.parse(answer(GROWTH), SINCE_JANUARY).observations[0]
    assert one.published.text == "2026-11-20"
    assert (one.check, one.status, one.document, one.derived) == (Check.READ, Status.NORMAL, "nbs", "")


def test_january_is_never_filled_in() -> None:
    assert "2026-01" not in figures(nbs.parse(answer(GROWTH), SINCE_JANUARY))


@pytest.mark.parametrize("blank", ["", "无", " ", " 无 ", None])
def test_each_form_of_a_blank_is_missing_and_not_zero(blank: str | None) -> None:
    assert "2026-03" not in figures(nbs.parse(changed(value=blank), SINCE_JANUARY))


def test_an_index_stays_an_index_until_the_key_asks_for_growth() -> None:
    index = nbs.parse(answer(GDP), GDP_INDEX)
    growth = nbs.parse(answer(GDP), GDP_INDEX + "?index=100")
    assert figures(index)["2025-Q3"] == 104.8
    assert figures(growth) == {"2025-Q1": 5.4, "2025-Q2": 5.2, "2025-Q3": 4.8, "2025-Q4": 4.5, "2026-Q1": 5.0}
    assert growth.observations[-1].decimals == 1
    assert growth.unit == "%"
    note = growth.observations[0].note
    assert note is not None and "105.4" in note.zh and "105.4" in note.en


def test_quarters_count_quarters_and_years_have_no_part() -> None:
    key = f"{'a' * 32}/{'b' * 32}?every=year&name=甲"
    element = {"_id": "b" * 32, "value": "1,234.50", "i_showname": "甲 (亿元) ", "du_name": "亿元"}
    body = {"success": True, "state": 20000, "message": "", "data": [{"code": "2025YY", "values": [element]}]}
    reading = nbs.parse(of_bytes(json.dumps(body).encode()), key)
    assert figures(reading) == {"2025": 1234.5}
    assert reading.observations[0].decimals == 2


def test_an_order_that_is_not_by_time_and_a_repeated_equal_value_do_no_harm() -> None:
    whole = json.loads(answer(GROWTH).body)
    whole["data"] = [*reversed(whole["data"]), whole["data"][4]]
    shuffled = nbs.parse(of_bytes(json.dumps(whole).encode()), SINCE_JANUARY)
    assert shuffled.observations == nbs.parse(answer(GROWTH), SINCE_JANUARY).observations


def test_a_byte_order_mark_is_no_part_of_the_answer() -> None:
    marked = of_bytes(b"\xef\xbb\xbf" + answer(GROWTH).body)
    assert nbs.parse(marked, SINCE_JANUARY) == nbs.parse(answer(GROWTH), SINCE_JANUARY)


def test_gb18030_is_read_where_it_is_declared_and_refused_where_not() -> None:
    body = answer(GROWTH).body.decode().encode("gb18030")
    declared = of_bytes(body, headers={"Content-Type": "application/json;charset=GBK"})
    assert figures(nbs.parse(declared, SINCE_JANUARY))["2026-08"] == 5.3
    assert refusal(of_bytes(body), Unreadable).key == "decoding.charset"


# Broken answers


@pytest.mark.parametrize(
    "element",
    [
        {"i_showname": "规上工业增加值同比增长 (%) "},
        {"i_showname": None},
        {"du_name": "亿元"},
        {"da": "110000000000"},
        {"value": "NaN"},
        {"value": "Infinity"},
        {"value": "6.1%"},
        {"value": 6.1},
        {"value": {}},
        {"_id": 7},
    ],
)
def test_an_element_that_is_not_what_was_asked_for_spoils_the_whole_answer(element: dict[str, object]) -> None:
    refusal(changed(**element), Unreadable)


def test_a_changed_name_is_said_with_both_names() -> None:
    error = refusal(changed(i_showname="规上工业增加值同比增长 (%) "), Unreadable)
    assert error.key == "nbs.other-name"
    assert error.details == {"expected": "规上工业增加值累计增长", "found": "规上工业增加值同比增长 (%) ".strip()}


def test_two_values_for_one_period_are_refused() -> None:
    whole = json.loads(answer(GROWTH).body)
    twin = json.loads(json.dumps(whole["data"][3]))
    twin["values"][0]["value"] = "6.2"
    whole["data"].append(twin)
    error = refusal(of_bytes(json.dumps(whole).encode()), Unreadable)
    assert error.details == {"period": "202603MM", "first": "6.1", "second": "6.2"}


def test_half_of_the_lines_missing_leaves_the_other_half() -> None:
    whole = json.loads(answer(GROWTH).body)
    for row in whole["data"][::2]:
        row["values"] = []
    left = nbs.parse(of_bytes(json.dumps(whole).encode()), SINCE_JANUARY)
    assert figures(left) == {"2026-03": 6.1, "2026-05": 5.4, "2026-07": 5.3}


def test_an_answer_of_blanks_alone_is_no_series() -> None:
    whole = json.loads(answer(GROWTH).body)
    for row in whole["data"]:
        row["values"] = []
    assert refusal(of_bytes(json.dumps(whole).encode()), NotFound).key == "nbs.all-blank"


def test_an_answer_with_other_lines_only_is_not_taken_for_an_empty_one() -> None:
    assert refusal(answer(GROWTH), Unreadable, MONTH_ALONE).key == "nbs.other-lines"


def test_a_figure_for_january_alone_is_refused_since_the_months_are_surveyed_together() -> None:
    whole = json.loads(answer(GROWTH).body)
    whole["data"][1]["values"] = [{**whole["data"][2]["values"][0], "value": "6.0"}]
    error = refusal(of_bytes(json.dumps(whole).encode()), Unreadable)
    assert (error.key, error.details["period"]) == ("nbs.lone-month", "2026-01")


def test_a_february_figure_is_good_since_january_and_bad_alone() -> None:
    assert figures(nbs.parse(answer(GROWTH), SINCE_JANUARY))["2026-02"] == 6.3
    alone = answer(GROWTH).body.decode().replace("累计", "同比").replace(SINCE_JANUARY[33:], MONTH_ALONE[33:])
    assert refusal(of_bytes(alone.encode()), Unreadable, MONTH_ALONE).details["period"] == "2026-02"


def test_a_figure_for_a_month_that_had_not_begun_is_refused() -> None:
    early = answer(GROWTH, retrieved=datetime(2026, 7, 31, tzinfo=UTC))
    assert refusal(early, Unreadable).key == "nbs.future"


@pytest.mark.parametrize("code", ["2026Q3", "202613MM", "202600MM", "202603SS", "2026YY", "", "099902MM"])
def test_a_period_of_another_form_is_refused(code: str) -> None:
    assert refusal(answer(GROWTH, ("202603MM", code)), Unreadable).key == "nbs.bad-period"
    refusal(answer(LATEST, ("202609MM", code)), Unreadable)


def test_the_office_saying_no_is_passed_on_in_its_words() -> None:
    error = refusal(of_bytes('{"success":false,"state":50001,"message":"系统繁忙","data":null}'.encode()), Refused)
    assert error.details == {"message": "系统繁忙", "state": "50001"}


def test_an_unknown_state_is_not_taken_for_success() -> None:
    assert refusal(answer(GROWTH, ("20000", "20001")), Unreadable).key == "nbs.unknown-state"


@pytest.mark.parametrize(
    ("body", "kind", "key"),
    [
        (b"", Unreadable, "decoding.no-json"),
        (b"[]", Unreadable, "nbs.changed"),
        (b'{"returncode":200}', Unreadable, "nbs.changed"),
        (b'{"success":true,"state":20000,"data":7}', Unreadable, "nbs.changed"),
        (b'{"success":true,"state":20000,"data":{}}', Unreadable, "nbs.changed"),
        (b'{"success":true,"state":20000,"data":[{"code":"202601MM"}]}', Unreadable, "nbs.changed"),
        (b'{"success":true,"state":20000,"data":[]}', NotFound, "nbs.all-blank"),
        (b'{"success":true,"state":NaN,"data":[]}', Unreadable, "decoding.no-json"),
        (b"<html><body>404</body></html>", Unreadable, "decoding.page"),
        (b"<html><script>var wzwsmethod=1</script></html>", Refused, "nbs.challenge"),
        (b"<html>403 Forbidden reason:UrlACL Client IP: 192.0.2.1</html>", Refused, "nbs.url-acl"),
    ],
)
def test_an_answer_that_is_none_is_named(body: bytes, kind: type[LoaderError], key: str) -> None:
    assert refusal(of_bytes(body), kind).key == key


def test_a_cut_off_answer_gives_nothing() -> None:
    body = answer(GROWTH).body
    for length in range(0, len(body) - 1, 97):
        refusal(of_bytes(body[:length]), Unreadable)


GOOD = [(FOLDER / name).read_bytes() for name in (GROWTH, LATEST, GDP)]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(GOOD), st.data())
def test_mutated_bytes_give_a_reading_or_a_loader_error(good: bytes, data: st.DataObject) -> None:
    told = outcome(nbs.parse, of_bytes(spliced(good, data)), SINCE_JANUARY)
    assert told == "read" or told.startswith(("nbs.", "decoding."))


def test_both_steps_work_against_a_real_server(httpserver: HTTPServer) -> None:
    path = "/dg/website/publicrelease/web/external"
    first, second = nbs.request(SINCE_JANUARY), values_request(SINCE_JANUARY)
    asked = httpserver.expect_ordered_request(path + "/new/queryDtByCid", "GET", query_string=dict(first.params))
    asked.respond_with_data(answer(LATEST).body, content_type="application/json;charset=UTF-8")
    posted = httpserver.expect_ordered_request(path + "/stream/esData", "POST", json=second)
    posted.respond_with_data(answer(GROWTH).body, content_type="application/json;charset=UTF-8")
    step = nbs.parse(send(first, httpserver), SINCE_JANUARY)
    assert step.observations == () and step.more is not None
    assert figures(nbs.parse(send(step.more, httpserver), SINCE_JANUARY))["2026-08"] == 5.3
    httpserver.check_assertions()
