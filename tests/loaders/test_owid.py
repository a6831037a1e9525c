"""Our World in Data: columns, spelling of the header, metadata, redirects."""

import pytest
import requests
from pytest_httpserver import HTTPServer

from loaders import owid
from loaders.contract import NotFound, Reading, Refused, Unreadable
from loaders.reading import described
from tests.loaders.reply import answer, ask, reply, values

KEY = "robots-installed:CHN"
GOOD = answer("owid/good.csv").decode()


def read(body: str, key: str = KEY) -> Reading:
    return owid.parse(reply(body, "text/csv"), key)


def test_both_spellings_of_the_header_are_read() -> None:
    assert values(read(GOOD.replace("entity,code,year", "Entity,Code,Year"))) == values(read(GOOD))


def test_days_are_days() -> None:
    body = "entity,code,day,x\nChina,CHN,2022-03-01,1\nChina,CHN,2022-02-28,2\n"
    assert values(read(body)) == {"2022-02-28": 2, "2022-03-01": 1}


def test_a_chart_of_several_columns_needs_the_name_of_one() -> None:
    body = "entity,code,year,a,b\nChina,CHN,2020,1,2\n"
    with pytest.raises(NotFound) as error:
        read(body)
    assert error.value.key == "key.column" and error.value.details["columns"] == "a, b"
    assert values(read(body, KEY + ":b")) == {"2020": 2}
    with pytest.raises(NotFound):
        read(GOOD, KEY + ":gone")


def test_an_aggregate_is_named_by_its_own_code() -> None:
    assert values(read(GOOD, "robots-installed:OWID_WRL")) == {"2022": 553000}
    with pytest.raises(NotFound, match=r"not-found\.no-values"):
        read(GOOD, "robots-installed:JPN")


@pytest.mark.parametrize(
    "header", ["country,code,year,x", "entity,code,week,x", "entity,code,year", "entity;code;year;x"]
)
def test_other_columns_than_those_of_the_contract_are_refused(header: str) -> None:
    with pytest.raises(Unreadable, match=r"parse\.(columns|cells)"):
        read(GOOD.replace("entity,code,year,robots_installed", header))


def test_a_line_with_a_cell_too_many_is_named() -> None:
    with pytest.raises(Unreadable) as error:
        read(GOOD.replace("2022,290000", "2022,290,000"))
    assert error.value.key == "parse.cells" and error.value.details["line"] == 2


def test_a_chart_that_may_not_be_passed_on_is_refused_in_its_words() -> None:
    with pytest.raises(Refused) as error:
        read('{"error": "This chart contains non-redistributable data"}')
    assert "non-redistributable" in str(error.value.details["said"])


def test_the_metadata_give_unit_citation_and_vintage(httpserver: HTTPServer) -> None:
    asked = owid.request_metadata(KEY)
    httpserver.expect_request(
        "/grapher/robots-installed.metadata.json", query_string=dict(asked.params)
    ).respond_with_data(answer("owid/metadata.json"), content_type="application/json")
    about = owid.parse_metadata(ask(httpserver, asked), KEY)
    whole = described(read(GOOD), about)
    assert (whole.unit, whole.name, whole.published.text) == ("robots", "Industrial robots installed", "2026-05-12")
    assert {o.published.text for o in whole.observations} == {"2026-05-12"}
    assert about.citation.startswith("A federation")


def test_a_renamed_chart_is_read_from_its_new_name(httpserver: HTTPServer) -> None:
    asked = owid.request("robots-new-name:CHN")
    httpserver.expect_request("/grapher/robots-new-name.csv").respond_with_data(
        "", status=301, headers={"Location": "/grapher/robots-installed.csv?sex=both"}
    )
    httpserver.expect_request("/grapher/robots-installed.csv", query_string={"sex": "both"}).respond_with_data(
        GOOD, content_type="text/csv"
    )
    got = requests.get(httpserver.url_for("/grapher/robots-new-name.csv"), params=dict(asked.params), timeout=10)
    assert got.history[0].status_code == 301
    assert values(owid.parse(reply(got.content, "text/csv", got.url), "robots-new-name:CHN")) == values(read(GOOD))
