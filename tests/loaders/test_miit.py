"""The ministry's bulletins: the right number of the right sentence, with its sign, unit, bound and period, or none."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from loaders import miit
from loaders.contract import LoaderError, NotFound, Refused, Response, Unreadable
from tests.loaders.china_answers import FOLDER, answer, of_bytes, outcome, send, spliced
from tracking.model import Bound, Check, Observation

JULY, YEAR, NOVEMBER = "miit/telecoms-2026-07.html", "miit/telecoms-2025.html", "miit/telecoms-2025-11.html"
SOFTWARE, SOFTWARE_2023 = "miit/software-2026-06.html", "miit/software-2023-04.html"
LIST = "miit/list-telecoms.json"


def said(page: Response, key: str) -> Observation:
    reading = miit.parse(page, key)
    assert len(reading.observations) == 1 and reading.more is None
    return reading.observations[0]


def refusal(page: Response, key: str, kind: type[LoaderError]) -> LoaderError:
    with pytest.raises(kind) as caught:
        miit.parse(page, key)
    return caught.value


def july(sentence: str) -> Response:
    """The July bulletin with one sentence in place of the one on 5G base stations."""
    return answer(JULY, ("5G基站总数突破500万个。", ""), ("截至7月末，5G基站总数达515.4万个", sentence))


# Keys and the list


@pytest.mark.parametrize(
    "key",
    [
        "",
        "telecoms",
        "telecoms/",
        "telecoms/profit",
        "software/5g-users",
        "Telecoms/revenue",
        "telecoms/revenue@x",
        "telecoms/revenue@2025-13",
        "telecoms/revenue@2025-00",
    ],
)
def test_a_key_that_names_no_figure_is_refused_before_any_request(key: str) -> None:
    with pytest.raises(NotFound):
        miit.request(key)
    refusal(answer(JULY), key, NotFound)


def test_the_first_request_asks_for_the_columns_list_and_does_not_pass_itself_off_as_a_browser() -> None:
    telecoms, software = miit.request("telecoms/revenue"), miit.request("software/revenue")
    assert telecoms.params["pageId"] == "1434685f08314ae8ae78f78b6a5a7915"
    assert software.params["pageId"] == "50bf589f36614b7394522245a13fedae"
    assert telecoms.params["tagId"] == "右侧内容"
    assert not telecoms.headers


def chosen(key: str, page: Response | None = None) -> str:
    reading = miit.parse(page or answer(LIST), key)
    assert reading.observations == () and reading.more is not None
    return reading.more.url.rpartition("/")[2]


def test_the_newest_bulletin_is_chosen_by_the_period_in_its_title_not_by_its_place() -> None:
    assert chosen("telecoms/revenue").startswith("art_0a")
    whole = json.loads(answer(LIST).body)
    items = whole["data"]["html"].split("<li>")
    whole["data"]["html"] = items[0] + "<li>" + "<li>".join(reversed(items[1:]))
    assert chosen("telecoms/revenue", of_bytes(json.dumps(whole).encode())).startswith("art_0a")


def test_an_older_bulletin_is_chosen_by_its_period_and_a_commentary_never() -> None:
    assert chosen("telecoms/revenue@2025-11").startswith("art_3a")
    assert chosen("telecoms/revenue@2025").startswith("art_2a")


def test_a_bulletin_that_is_not_listed_is_said_with_the_periods_that_are() -> None:
    error = refusal(answer(LIST), "telecoms/revenue@2024-05", NotFound)
    assert error.details == {"period": "2024-05", "oldest": "2025-11", "newest": "2026-07"}


def test_a_link_to_another_site_or_column_is_never_followed() -> None:
    ours = "/gxsj/tjfx/txy/art/2026/art_1.html"
    foreign = ("https://example.org" + ours, "//example.org" + ours, ours.replace("txy", "rjy"))
    for address in (*foreign, "http://[broken", "file:///etc/passwd"):
        listing = f'<a href="{address}" title="2026年前9个月通信业经济运行情况">x</a>'
        page = of_bytes(json.dumps({"success": True, "data": {"html": listing}}).encode())
        assert refusal(page, "telecoms/revenue", Unreadable).key == "miit.empty-list"


@pytest.mark.parametrize(
    ("body", "kind", "key"),
    [
        (b'{"data":{"html":""}}', Unreadable, "miit.no-page"),
        (b'{"data":{"html":"<ul></ul>"}}', Unreadable, "miit.empty-list"),
        (b'{"data":{"html":7}}', Unreadable, "miit.changed-list"),
        (b"[1,2]", Unreadable, "miit.changed-list"),
        (b'{"data":', Unreadable, "decoding.no-json"),
        (b'{"success":false,"message":"no"}', Refused, "miit.says-no"),
        (b"", Unreadable, "miit.no-page"),
        (b"<html><title>403 Forbidden</title></html>", Unreadable, "miit.other-page"),
    ],
)
def test_an_answer_of_another_shape_is_named(body: bytes, kind: type[LoaderError], key: str) -> None:
    assert refusal(of_bytes(body), "telecoms/revenue", kind).key == key


def test_a_refusal_is_said_as_one() -> None:
    page = of_bytes(b"<html><title>403 Forbidden</title></html>", status=403)
    assert refusal(page, "telecoms/revenue", Refused).key == "miit.refused"


# What the bulletins say


@pytest.mark.parametrize(
    ("page", "key", "period", "value", "decimals"),
    [
        (JULY, "telecoms/revenue", "2026-07", 10200, 0),
        (JULY, "telecoms/revenue-growth", "2026-07", -2.1, 1),
        (JULY, "telecoms/volume-growth", "2026-07", 7.7, 1),
        (JULY, "telecoms/5g-base-stations", "2026-07", 515.4, 1),
        (JULY, "telecoms/5g-users", "2026-07", 13.03, 2),
        (JULY, "telecoms/mobile-users", "2026-07", 18.47, 2),
        (NOVEMBER, "telecoms/revenue", "2025-11", 16096, 0),
        (NOVEMBER, "telecoms/5g-base-stations", "2025-11", 483, 0),
        (NOVEMBER, "telecoms/5g-share-of-mobile", "2025-11", 65.3, 1),
        (NOVEMBER, "telecoms/gigabit-users", "2025-11", 23900, 0),
        (NOVEMBER, "telecoms/fixed-broadband-users", "2025-11", 6.97, 2),
        (NOVEMBER, "telecoms/mobile-users", "2025-11", 18.28, 2),
        (NOVEMBER, "telecoms/iot-terminals", "2025-11", 29, 0),
        (NOVEMBER, "telecoms/10g-pon-ports", "2025-11", 3134, 0),
        (NOVEMBER, "telecoms/ftth-ports", "2025-11", 12.1, 1),
        (YEAR, "telecoms/revenue", "2025", 17500, 0),
        (YEAR, "telecoms/revenue-growth", "2025", 0.7, 1),
        (YEAR, "telecoms/5g-base-stations", "2025", 483.8, 1),
        (YEAR, "telecoms/5g-users", "2025", 12.04, 2),
        (YEAR, "telecoms/5g-share-of-mobile", "2025", 65.9, 1),
        (YEAR, "telecoms/gigabit-users", "2025", 23800, 0),
        (SOFTWARE, "software/revenue", "2026-06", 77182, 0),
        (SOFTWARE, "software/revenue-growth", "2026-06", 9.5, 1),
        (SOFTWARE, "software/profit-growth", "2026-06", -1.5, 1),
        (SOFTWARE_2023, "software/revenue", "2023-04", 33166, 0),
        (SOFTWARE_2023, "software/profit", "2023-04", 3674, 0),
        (SOFTWARE_2023, "software/profit-growth", "2023-04", 13.8, 1),
        (SOFTWARE_2023, "software/exports", "2023-04", 150, 0),
        (SOFTWARE_2023, "software/exports-growth", "2023-04", -3.3, 1),
    ],
)
def test_each_figure_is_read_in_its_unit_and_period(
    page: str, key: str, period: str, value: float, decimals: int
) -> None:
    found = said(answer(page), key)
    assert (found.period.text, found.value, found.decimals) == (period, value, decimals)
    assert found.bound is None


def test_every_figure_of_the_table_is_read_in_some_bulletin() -> None:
    tried = test_each_figure_is_read_in_its_unit_and_period.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {key for _, key, *_ in tried} == set(miit.FIGURES)


def test_a_figure_keeps_its_sentence_its_day_and_its_document() -> None:
    found = said(answer(JULY), "telecoms/revenue-growth")
    assert found.note is not None
    assert found.note.zh.endswith("电信业务收入累计完成1.02万亿元，同比下降2.1%，降幅较上半年扩大0.3个百分点。")
    assert (found.published.text, found.document, found.check, found.derived) == ("2026-08-28", "miit", Check.READ, "")


def test_a_line_of_a_table_is_kept_as_it_stands() -> None:
    found = said(answer(SOFTWARE), "software/revenue")
    assert found.note is not None and found.note.zh == "公报原文：一、软件业务收入 | 亿元 | 77182 | 9.5"


def test_a_bulletin_without_a_day_is_dated_by_its_page_and_else_by_the_day_of_retrieval() -> None:
    undated = ('<meta name="PubDate" content="2026-08-28 10:00">', "")
    assert said(answer(JULY, undated), "telecoms/revenue").published.text == "2026-08-28"
    nowhere = answer(JULY, undated, ("发布时间：2026-08-28", ""))
    assert said(nowhere, "telecoms/revenue").published.text == "2026-11-20"


@pytest.mark.parametrize(
    ("sentence", "value", "bound"),
    [
        ("截至7月末，5G基站总数超过515万个", 515, Bound.ABOVE),
        ("截至7月末，5G基站总数突破515万个", 515, Bound.ABOVE),
        ("截至7月末，5G基站总数达515万个以上", 515, Bound.AT_LEAST),
        ("截至7月末，5G基站总数约515万个", 515, Bound.ABOUT),
        ("截至7月末，5G基站总数不足516万个", 516, Bound.BELOW),
        ("截至７月末，5G基站总数达 ５１５.４ 万个", 515.4, None),
        ("截至2026年7月底，累计建成开通5G基站515.4万个", 515.4, None),
        ("5G基站总数达0.05154亿个", 515.4, None),
        ("5G基站总数达5,154,000个", 515.4, None),
    ],
)
def test_bounds_and_other_spellings_are_kept(sentence: str, value: float, bound: Bound | None) -> None:
    found = said(july(sentence), "telecoms/5g-base-stations")
    assert (found.value, found.bound) == (value, bound)


def test_decimals_follow_the_unit() -> None:
    assert said(july("5G基站总数达0.05154亿个"), "telecoms/5g-base-stations").decimals == 1
    assert said(july("5G基站总数达5,154,000个"), "telecoms/5g-base-stations").decimals == 4


@pytest.mark.parametrize(
    ("words", "value", "bound"),
    [
        ("同比增长2.1%", 2.1, None),
        ("同比下降超过2%", -2, Bound.BELOW),
        ("比上年同期减少2.1%", -2.1, None),
        ("下降2.1%", -2.1, None),
    ],
)
def test_a_fall_is_negative_and_turns_its_bound(words: str, value: float, bound: Bound | None) -> None:
    found = said(answer(JULY, ("同比下降2.1%", words)), "telecoms/revenue-growth")
    assert (found.value, found.bound) == (value, bound)


@pytest.mark.parametrize(
    "sentence",
    [
        "截至7月末，东部地区5G基站总数达515.4万个",
        "截至6月末，5G基站总数达515.4万个",
        "截至2025年7月末，5G基站总数达515.4万个",
        "截至2025年末，5G基站总数达515.4万个",
        "7月份，5G基站总数达515.4万个",
        "上半年，5G基站总数达515.4万个",
        "净增5G基站515.4万个",
        "5G基站占比达38%",
        "农村5G基站总数达515.4万个",
    ],
)
def test_what_is_said_of_a_part_an_increase_or_another_period_is_not_the_figure(sentence: str) -> None:
    error = refusal(july(sentence), "telecoms/5g-base-stations", NotFound)
    assert error.key == "miit.not-said"
    assert error.details["figure"] == "5G基站总数"


def test_a_comparison_before_the_figure_does_not_name_its_period() -> None:
    sentence = "与上半年相比，较6月末增加5万个，5G基站总数达515.4万个"
    assert said(july(sentence), "telecoms/5g-base-stations").value == 515.4


def test_a_sentence_outside_the_bulletins_text_is_not_read() -> None:
    assert said(answer(JULY), "telecoms/revenue").value != 9999


def test_a_unit_that_cannot_be_brought_to_the_figures_is_said_with_the_sentence() -> None:
    error = refusal(answer(JULY, ("1.02万亿元", "1.02万亿美元")), "telecoms/revenue", Unreadable)
    assert (error.key, error.details["unit"], error.details["expected"]) == ("miit.other-unit", "万亿美元", "亿元")
    assert refusal(july("5G基站总数达515.4兆座"), "telecoms/5g-base-stations", Unreadable).details["unit"] == "兆座"


def test_the_same_number_said_twice_is_taken_at_its_most_exact() -> None:
    twice = ("前7个月，通信业运行", "前7个月，电信业务收入10213亿元，通信业运行")
    assert said(answer(JULY, twice), "telecoms/revenue").value == 10213


def test_an_exact_number_is_taken_before_a_bound_that_is_printed_as_finely() -> None:
    page = answer(JULY, ("5G基站总数突破500万个", "5G基站总数突破515.3万个"))
    found = said(page, "telecoms/5g-base-stations")
    assert (found.value, found.bound) == (515.4, None)


@pytest.mark.parametrize("other", ["5G基站总数达513.9万个", "5G基站总数突破520万个", "5G基站总数不足510万个"])
def test_two_numbers_that_cannot_both_be_right_are_refused_with_both_sentences(other: str) -> None:
    page = answer(JULY, ("5G基站总数突破500万个", other))
    error = refusal(page, "telecoms/5g-base-stations", Unreadable)
    assert error.key == "miit.said-twice"
    assert other in str(error.details["second"]) + str(error.details["first"])


def test_a_table_and_a_sentence_that_disagree_are_refused() -> None:
    page = answer(SOFTWARE, ("<td>77182</td>", "<td>78182</td>"))
    assert refusal(page, "software/revenue", Unreadable).key == "miit.said-twice"


def test_a_dash_in_a_table_is_no_figure() -> None:
    assert refusal(answer(SOFTWARE), "software/profit", NotFound).details["figure"] == "软件业利润总额"


def test_a_number_that_is_none_is_refused() -> None:
    page = answer(SOFTWARE, ("<td>77182</td>", "<td>NaN</td>"))
    assert refusal(page, "software/revenue", Unreadable).key == "miit.no-number"


# Pages that are not the bulletin asked for


def test_a_bulletin_of_the_other_column_or_of_another_period_is_refused() -> None:
    assert refusal(answer(JULY), "software/revenue", Unreadable).key == "miit.other-page"
    assert refusal(answer(JULY), "telecoms/revenue@2026-06", Unreadable).key == "miit.other-period"
    assert said(answer(JULY), "telecoms/revenue@2026-07").value == 10200


def test_a_rebuilt_page_and_a_bulletin_dated_before_its_period_are_refused() -> None:
    assert refusal(answer(JULY, ('id="con_con"', 'id="text"')), "telecoms/revenue", Unreadable).key == "miit.no-body"
    early = answer(JULY, ('content="2026-08-28', 'content="2025-08-28'))
    assert refusal(early, "telecoms/revenue", Unreadable).key == "miit.before-period"


@pytest.mark.parametrize(
    "title", ["通信业大事记", "2026年13月通信业", "2026年7月份通信业经济运行情况", "2026年前二十个月通信业"]
)
def test_a_title_without_a_readable_period_is_refused(title: str) -> None:
    page = answer(JULY, ('ArticleTitle" content="2026年前7个月通信业经济运行情况', f'ArticleTitle" content="{title}'))
    assert refusal(page, "telecoms/revenue", Unreadable).key == "miit.other-page"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2026年一季度通信业经济运行情况", "2026-03"),
        ("2026年上半年通信业经济运行情况", "2026-06"),
        ("2026年前三季度通信业经济运行情况", "2026-09"),
        ("2026年1-10月份通信业经济运行情况", "2026-10"),
        ("2026年1月至2月通信业经济运行情况", "2026-02"),
        ("2026年前十一个月通信业经济运行情况", "2026-11"),
        ("2025年软件和信息技术服务业统计公报", "2025"),
        ("2025年我国软件业经济运行情况", "2025"),
    ],
)
def test_a_title_names_the_month_to_which_its_bulletin_runs(title: str, period: str) -> None:
    column = "software" if "软件" in title else "telecoms"
    listing = f'<a href="/gxsj/tjfx/{miit.COLUMNS[column].folder}/art/2026/art_1.html">{title}</a>'
    page = of_bytes(json.dumps({"success": True, "data": {"html": listing}}).encode())
    assert miit.parse(page, f"{column}/revenue@{period}").more is not None


def test_a_page_saved_in_gb18030_is_read() -> None:
    text = answer(JULY).body.decode()
    declared = of_bytes(text.replace('charset="utf-8"', 'charset="gb2312"').encode("gb18030"))
    assert said(declared, "telecoms/revenue") == said(answer(JULY), "telecoms/revenue")


def test_a_byte_order_mark_is_no_part_of_the_page() -> None:
    assert said(of_bytes(b"\xef\xbb\xbf" + answer(JULY).body), "telecoms/5g-users").value == 13.03


def test_bytes_of_no_known_charset_are_refused() -> None:
    assert refusal(of_bytes(b"<html>\xff\xff\xff</html>"), "telecoms/revenue", Unreadable).key == "decoding.charset"


PAGES = [(FOLDER / name).read_bytes() for name in (JULY, YEAR, NOVEMBER, LIST)]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PAGES), st.sampled_from([k for k in miit.FIGURES if k[0] == "t"]), st.data())
def test_mutated_bytes_give_a_reading_or_a_loader_error(good: bytes, key: str, data: st.DataObject) -> None:
    told = outcome(miit.parse, of_bytes(spliced(good, data)), key)
    assert told == "read" or told.startswith(("miit.", "decoding."))


def test_a_page_of_control_characters_deep_nesting_or_endless_sentences_does_no_harm() -> None:
    for trouble in ("&#1;&#0;", "<div>" * 50_000, "5G移动电话用户" * 20_000, "前" * 50_000, "1" * 50_000):
        page = answer(JULY, ("一、总体运行情况", trouble))
        assert outcome(miit.parse, page, "telecoms/5g-share-of-mobile") in {"read", "miit.not-said"}


DIGITS = st.text("0123456789.,万亿元个户%同比增长下降截至月末年前超过约达5G基站总数，。", max_size=12)


@settings(max_examples=150, deadline=None)
@given(DIGITS, DIGITS)
def test_mutated_sentences_give_a_reading_or_a_loader_error(before: str, after: str) -> None:
    told = outcome(miit.parse, july(f"{before}5G基站总数{after}"), "telecoms/5g-base-stations")
    assert told == "read" or told.startswith("miit.")


def test_both_steps_work_against_a_real_server(httpserver: HTTPServer) -> None:
    first = miit.request("telecoms/5g-users")
    path = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    listed = httpserver.expect_ordered_request(path, query_string=dict(first.params))
    listed.respond_with_data(answer(LIST).body, content_type="application/json;charset=UTF-8")
    article = "/gxsj/tjfx/txy/art/2026/art_0a1b2c3d4e5f60718293a4b5c6d7e8f9.html"
    read = httpserver.expect_ordered_request(article)
    read.respond_with_data(answer(JULY).body, content_type="text/html")
    step = miit.parse(send(first, httpserver), "telecoms/5g-users")
    assert step.more is not None
    assert said(send(step.more, httpserver), "telecoms/5g-users").value == 13.03
    httpserver.check_assertions()
