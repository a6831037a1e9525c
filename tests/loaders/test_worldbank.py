"""World Bank v2: pages, errors with status 200, metadata."""

import json
from datetime import date

import pytest
from pytest_httpserver import HTTPServer

from loaders import worldbank
from loaders.contract import NotFound, Refused, Unreadable
from loaders.reading import described
from tests.loaders.reply import answer, ask, asked_as, decimals, reply, statuses, values
from tracking.model import Status

KEY = "NV.IND.MANF.ZS:CHN"
GOOD = answer("worldbank/good.json").decode()


def read(body: str) -> worldbank.Reading:
    return worldbank.parse(reply(body), KEY)


def test_a_number_keeps_the_decimals_that_were_printed() -> None:
    assert decimals(read(GOOD)) == {"2021": 2, "2022": 0, "2023": 1, "2024": 1}


def test_a_computers_print_out_has_as_many_decimals_as_its_longest_figure() -> None:
    assert set(decimals(read(GOOD.replace("27.25", "27.2512345"))).values()) == {7}


def test_the_vintage_is_the_day_on_which_the_bank_updated_its_figures() -> None:
    assert read(GOOD).published.text == "2026-10-08"
    assert read(GOOD).name == "Manufacturing, value added (% of GDP)"


def test_the_codes_of_the_bank_become_our_statuses() -> None:
    assert statuses(read(GOOD))["2024"] == "estimated"
    with pytest.raises(Unreadable) as error:
        read(GOOD.replace('"obs_status":"E"', '"obs_status":"Z"'))
    assert error.value.details["where"] == "[1][1].obs_status" and error.value.details["found"] == "Z"


def test_a_value_for_a_year_that_had_not_begun_is_a_forecast() -> None:
    body = GOOD.replace('"date":"2023"', '"date":"2027"')
    assert statuses(read(body))["2027"] == "forecast"


def test_one_page_leads_to_the_next_over_a_real_server(httpserver: HTTPServer) -> None:
    first = worldbank.request(KEY)
    path = "/v2/country/CHN/indicator/NV.IND.MANF.ZS"
    httpserver.expect_ordered_request(path, query_string=dict(first.params)).respond_with_data(
        answer("worldbank/page-1.json"), content_type="application/json"
    )
    one = worldbank.parse(ask(httpserver, first), KEY)
    assert one.more is not None and one.more.params["page"] == "2"
    httpserver.expect_ordered_request(path, query_string=dict(one.more.params)).respond_with_data(
        answer("worldbank/page-2.json"), content_type="application/json"
    )
    two = worldbank.parse(ask(httpserver, one.more), KEY)
    assert two.more is None
    assert values(one) | values(two) == {"2024": 25.5, "2023": 26.5, "2022": 27.5}


def test_a_page_that_comes_again_ends_the_paging() -> None:
    more = worldbank.parse(reply(answer("worldbank/page-1.json")), KEY).more
    assert more is not None
    with pytest.raises(Unreadable, match=r"parse\.page"):
        worldbank.parse(reply(answer("worldbank/page-1.json"), url=asked_as(more)), KEY)


def test_pages_without_end_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"parse\.page"):
        read(answer("worldbank/page-1.json").decode().replace('"pages":2', '"pages":99999'))


@pytest.mark.parametrize(
    ("file", "kind", "key"),
    [
        ("invalid", NotFound, "not-found.unknown"),
        ("deleted", NotFound, "not-found.withdrawn"),
        ("other-error", Refused, "refused.message"),
        ("empty", NotFound, "not-found.no-values"),
    ],
)
def test_an_error_that_comes_with_status_200_is_an_error(file: str, kind: type[Exception], key: str) -> None:
    with pytest.raises(kind) as error:
        read(answer(f"worldbank/{file}.json").decode())
    assert getattr(error.value, "key", None) == key


def test_xml_though_json_was_asked_is_said_to_be_xml() -> None:
    with pytest.raises(Unreadable, match=r"parse\.xml"):
        worldbank.parse(reply(answer("worldbank/error.xml"), "text/xml"), KEY)


def test_a_series_with_nothing_but_nulls_is_not_found() -> None:
    body = GOOD
    for printed in ("25.5", "26.0", "27.25", "27"):
        body = body.replace(f'"value":{printed}', '"value":null')
    with pytest.raises(NotFound, match=r"not-found\.no-values"):
        read(body)


@pytest.mark.parametrize("printed", ["null", '""', '"NA"', '"."', '"NaN"', "NaN", '".."'])
def test_missing_is_missing_however_it_is_written(printed: str) -> None:
    assert "2024" not in values(read(GOOD.replace('"value":25.5', f'"value":{printed}')))


@pytest.mark.parametrize("printed", ["Infinity", "-Infinity", "1e999", '"-"', "true", '"25,5"', "[25.5]", '"２５"'])
def test_what_is_no_number_is_refused_and_never_nought(printed: str) -> None:
    with pytest.raises(Unreadable, match=r"parse\.not-number"):
        read(GOOD.replace('"value":25.5', f'"value":{printed}'))


def test_nought_is_a_value() -> None:
    assert values(read(GOOD.replace('"value":25.5', '"value":0')))["2024"] == 0


def test_a_period_that_comes_twice_is_one_if_equal_and_refused_if_not() -> None:
    twice = GOOD.replace('"date":"2022","value":27,', '"date":"2023","value":26.0,')
    assert values(read(twice)) == {"2021": 27.25, "2023": 26, "2024": 25.5}
    with pytest.raises(Unreadable) as error:
        read(twice.replace('"value":26.0', '"value":26.1', 1))
    assert error.value.key == "parse.twice" and error.value.details["period"] == "2023"


def test_half_a_page_is_not_taken_for_a_whole_one() -> None:
    with pytest.raises(Unreadable, match=r"parse\.rows-missing"):
        read(GOOD.replace('"total":5', '"total":10'))


def test_an_answer_for_another_country_or_indicator_is_refused() -> None:
    for old, new in (('"CHN"', '"JPN"'), ('"id":"NV.IND.MANF.ZS"', '"id":"NV.IND.MANF.CD"')):
        with pytest.raises(Unreadable, match=r"parse\.other-series"):
            read(GOOD.replace(old, new).replace('"id":"CN"', '"id":"JP"'))


def test_of_an_answer_for_several_countries_only_the_one_asked_is_read() -> None:
    head, rows = json.loads(GOOD)
    others = [r | {"countryiso3code": "DEU", "country": {"id": "DE", "value": "Germany"}, "value": 1} for r in rows]
    aggregate = [r | {"countryiso3code": "", "country": {"id": "1W", "value": "World"}, "value": 2} for r in rows]
    body = json.dumps([head | {"total": 3 * len(rows)}, others + rows + aggregate])
    assert values(read(body)) == values(read(GOOD))


def test_an_aggregate_is_known_by_either_of_its_codes() -> None:
    body = GOOD.replace('"CHN"', '"WLD"').replace('"id":"CN"', '"id":"1W"')
    assert values(worldbank.parse(reply(body), "NV.IND.MANF.ZS:WLD")) == values(read(GOOD))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"lastupdated":"2026-10-08"', '"updated":"2026-10-08"', "parse.key-missing"),
        ('"lastupdated":"2026-10-08"', '"lastupdated":"8 Oct"', "parse.not-day"),
        ('"date":"2024"', '"year":"2024"', "parse.key-missing"),
        ('"date":"2024"', '"date":"2024-W05"', "parse.week"),
        ('"date":"2024"', '"date":"FY24"', "parse.not-period"),
        ('"date":"2024"', '"date":2024', "parse.not-text"),
        ('"page":1', '"page":"one"', "parse.not-count"),
        ('{"id":"CN","value":"China"}', '"CN"', "parse.not-mapping"),
    ],
)
def test_a_changed_shape_is_refused_with_its_place(old: str, new: str, key: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(GOOD.replace(old, new, 1))
    assert error.value.key == key


@pytest.mark.parametrize(("printed", "text"), [("2024M08", "2024-08"), ("2024Q3", "2024-Q3")])
def test_the_banks_months_and_quarters_become_sdmx(printed: str, text: str) -> None:
    assert text in values(read(GOOD.replace('"date":"2024"', f'"date":"{printed}"')))


def test_unit_and_licence_come_from_the_metadata(httpserver: HTTPServer) -> None:
    asked = worldbank.request_metadata(KEY)
    httpserver.expect_request(
        "/v2/sources/2/series/NV.IND.MANF.ZS/metadata", query_string=dict(asked.params)
    ).respond_with_data(answer("worldbank/metadata.json"), content_type="application/json")
    about = worldbank.parse_metadata(ask(httpserver, asked), KEY)
    assert (about.unit, about.licence) == ("%", "CC BY-4.0")
    whole = described(read(GOOD), about)
    assert (whole.unit, whole.licence, whole.published) == ("%", "CC BY-4.0", read(GOOD).published)
    with pytest.raises(Unreadable):
        worldbank.parse_metadata(reply('{"source":[]}'), KEY)


def test_since_does_not_narrow_for_old_years_are_revised_too() -> None:
    assert worldbank.request(KEY, date(2024, 1, 1)) == worldbank.request(KEY)


def test_nothing_is_read_as_normal_that_the_table_of_codes_does_not_say() -> None:
    assert worldbank.STATUS[""] is Status.NORMAL and None not in worldbank.STATUS
    with pytest.raises(Unreadable, match=r"parse\.status"):
        read(GOOD.replace('"obs_status":"E"', '"obs_status":null'))
