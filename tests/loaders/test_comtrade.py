"""UN Comtrade: a year a page, and never the same trade twice."""

from datetime import date

import pytest
from pytest_httpserver import HTTPServer

from loaders import comtrade
from loaders.contract import Reading, Refused, Unreadable
from tests.loaders.reply import answer, ask, asked_as, reply, values

KEY = "M/8542:156"
GOOD = answer("comtrade/2023.json").decode()
URL = asked_as(comtrade.request(KEY, date(2023, 1, 1)))


def read(body: str, url: str = URL) -> Reading:
    return comtrade.parse(reply(body, url=url), KEY)


def test_each_year_asks_for_the_next_until_the_last_that_can_be_out(httpserver: HTTPServer) -> None:
    asked: comtrade.Request | None = comtrade.request(KEY, date(2022, 1, 1))
    found: dict[str, float] = {}
    years = []
    for year, file in (("2022", "empty"), ("2023", "2023"), ("2024", "empty"), ("2025", "empty")):
        assert asked is not None
        years.append(asked.params["period"])
        httpserver.expect_request(
            "/public/v1/preview/C/A/HS", query_string={**asked.params, "period": year}
        ).respond_with_data(answer(f"comtrade/{file}.json"), content_type="application/json")
        reading = comtrade.parse(ask(httpserver, asked), KEY)
        found |= values(reading)
        asked = reading.more
    assert years == ["2022", "2023", "2024", "2025"] and asked is None
    assert found == {"2023": 350000000000.5}


def test_the_first_year_is_2010_and_never_earlier() -> None:
    assert comtrade.request(KEY).params["period"] == "2010"
    assert comtrade.request(KEY, date(1990, 1, 1)).params["period"] == "2010"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"partner2Code":0', '"partner2Code":36'),
        ('"motCode":0', '"motCode":1000'),
        ('"customsCode":"C00"', '"customsCode":"C01"'),
        ('"flowCode":"M"', '"flowCode":"X"'),
        ('"cmdCode":"8542"', '"cmdCode":"854231"'),
        ('"period":"2023"', '"period":"2022"'),
    ],
)
def test_a_part_of_the_trade_is_never_taken_for_the_whole(old: str, new: str) -> None:
    assert old in GOOD
    with pytest.raises(Unreadable, match=r"parse\.other-series"):
        read(GOOD.replace(old, new))


def test_an_error_in_an_answer_with_status_200_is_an_error() -> None:
    with pytest.raises(Refused) as error:
        read(GOOD.replace('"error":""', '"error":"Rate limit is exceeded"'))
    assert error.value.details["said"] == "Rate limit is exceeded"


def test_rows_that_are_counted_but_not_there_are_missed() -> None:
    with pytest.raises(Unreadable, match=r"parse\.rows-missing"):
        read(GOOD.replace('"count":1', '"count":2'))


def test_no_value_is_no_value() -> None:
    assert values(read(GOOD.replace('"primaryValue":350000000000.5', '"primaryValue":null'))) == {}
