"""UNSD SDG API: bounds, parts of a series, pages."""

import json

import pytest
from pytest_httpserver import HTTPServer

from loaders import unsd
from loaders.contract import NotFound, Reading, Unreadable
from tests.loaders.reply import answer, ask, asked_as, reply, statuses, values
from tracking.model import Bound

KEY = "NV_IND_MANF:156"
GOOD = answer("unsd/good.json").decode()


def read(body: str, key: str = KEY) -> Reading:
    return unsd.parse(reply(body), key)


@pytest.mark.parametrize(
    ("printed", "bound", "value"),
    [("<0.1", Bound.BELOW, 0.1), (">95", Bound.ABOVE, 95), (">=95.0", Bound.AT_LEAST, 95), ("≤ 5", Bound.AT_MOST, 5)],
)
def test_a_bound_is_kept_as_a_bound(printed: str, bound: Bound, value: float) -> None:
    found = read(GOOD.replace("<0.1", printed)).observations[0]
    assert (found.bound, found.value) == (bound, value)


def test_the_nature_of_a_figure_is_its_status() -> None:
    assert statuses(read(GOOD)) == {
        "1990": "estimated", "2021": "normal", "2022": "normal", "2024": "estimated"
    }  # fmt: skip
    with pytest.raises(Unreadable, match=r"parse\.status"):
        read(GOOD.replace('"Nature":"E"', '"Nature":"X"'))


def test_the_unit_is_the_providers_and_two_units_are_refused() -> None:
    assert read(GOOD).unit == "PERCENT"
    with pytest.raises(Unreadable, match=r"parse\.units"):
        read(GOOD.replace('"Units":"PERCENT"', '"Units":"NUMBER"', 1))


def test_men_and_women_are_not_one_series() -> None:
    body = answer("unsd/by-sex.json").decode()
    with pytest.raises(NotFound) as error:
        read(body, "SL_TLF_UEM:156")
    assert error.value.details["dimensions"] == "Sex=BOTHSEX|FEMALE|MALE"
    assert values(read(body, "SL_TLF_UEM:156;Sex=BOTHSEX")) == {"2022": 5.0}
    with pytest.raises(NotFound):
        read(body, "SL_TLF_UEM:156;Sex=NOBODY")


def test_no_rows_are_no_series() -> None:
    with pytest.raises(NotFound, match=r"not-found\.unknown"):
        read(answer("unsd/empty.json").decode())


def test_another_area_than_the_one_asked_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"parse\.other-series"):
        read(GOOD.replace('"geoAreaCode":"156"', '"geoAreaCode":"392"', 1))


def test_part_of_the_rows_is_not_the_series() -> None:
    with pytest.raises(Unreadable, match=r"parse\.rows-missing"):
        read(GOOD.replace('"totalElements":5', '"totalElements":9'))


def test_one_page_leads_to_the_next_over_a_real_server(httpserver: HTTPServer) -> None:
    first = unsd.request(KEY)
    row = '{"series":"NV_IND_MANF","geoAreaCode":"156","timePeriodStart":%d.0,"value":"%d","attributes":{}}'
    pages = [[(y, y - 1000) for y in range(1001, 2001)], [(2001, 7)]]
    for number, rows in enumerate(pages, 1):
        body = f'{{"size":1000,"totalElements":1001,"data":[{",".join(row % pair for pair in rows)}]}}'
        query = {**first.params, "page": str(number)}
        httpserver.expect_request("/SDGAPI/v1/sdg/Series/Data", query_string=query).respond_with_data(
            body, content_type="application/json"
        )
    one = unsd.parse(ask(httpserver, first), KEY)
    assert len(one.observations) == 1000 and one.more is not None
    two = unsd.parse(ask(httpserver, one.more), KEY)
    assert values(two) == {"2001": 7} and two.more is None


def test_a_page_saved_by_hand_is_read_in_its_own_size() -> None:
    tree = json.loads(GOOD)
    size = len(tree["data"])
    first = read(json.dumps(tree | {"size": size, "totalElements": size + 1, "totalPages": 2, "pageNumber": 1}))
    assert values(first) == values(read(GOOD))
    assert first.more is not None and (first.more.params["pageSize"], first.more.params["page"]) == (str(size), "2")


def test_a_page_beyond_the_last_is_refused() -> None:
    beyond = asked_as(unsd.request(KEY)).replace("page=1", "page=3")
    with pytest.raises(Unreadable, match=r"parse\.page"):
        unsd.parse(reply(GOOD, url=beyond), KEY)


def test_half_years_that_are_no_years_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"parse\.not-count"):
        read(GOOD.replace("2022.0", "2022.5"))
