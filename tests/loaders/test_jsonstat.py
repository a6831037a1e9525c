"""JSON-stat 2.0: the cube, its flags, and what each office does differently."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from loaders import jsonstat
from loaders.contract import NotFound, Reading, Refused, Unreadable
from tests.loaders.reply import answer, ask, reply, statuses, values

GERMANY, FRANCE = "eurostat/nama_10_gdp?geo=DE", "eurostat/nama_10_gdp?geo=FR"
GOOD = answer("jsonstat/eurostat.json").decode()


def read(body: str, key: str = GERMANY) -> Reading:
    return jsonstat.parse(reply(body), key)


def test_a_flat_position_belongs_to_one_category_of_each_dimension() -> None:
    assert values(read(GOOD)) == {"2021": 1.5, "2022": 2.25}
    assert values(read(GOOD, FRANCE)) == {"2021": 4.0, "2023": 6.5}


def test_flags_stand_together_and_the_gravest_is_the_status() -> None:
    assert statuses(read(GOOD, FRANCE)) == {"2021": "break", "2023": "estimated"}
    with pytest.raises(Unreadable, match=r"parse\.status"):
        read(GOOD.replace('"1":"p"', '"1":"pY"'))


def test_a_caveat_becomes_a_note() -> None:
    note = read(GOOD.replace('"1":"p"', '"1":"u"')).observations[1].note
    assert note is not None and note.en == "of low reliability"


def test_vintage_name_and_unit_are_the_datasets() -> None:
    found = read(GOOD)
    assert (found.published.text, found.name, found.unit) == ("2026-02-10", "GDP and main components", "Million euro")


def test_an_area_behind_the_dataset_is_a_code_of_the_dimension_of_areas() -> None:
    for key in ("eurostat/nama_10_gdp:FR", "nama_10_gdp:FR"):
        assert values(read(GOOD, key)) == values(read(GOOD, FRANCE))
        assert jsonstat.request(key) == jsonstat.request(FRANCE)
    assert jsonstat.request("ssb/07459:0301").params["valueCodes[Region]"] == "0301"
    elsewhere = GOOD.replace('"geo"', '"region"').replace('"value":', '"role":{"geo":["region"]},"value":', 1)
    assert values(read(elsewhere, "eurostat/nama_10_gdp:FR")) == values(read(GOOD, FRANCE))


def test_a_key_that_leaves_a_dimension_open_says_which() -> None:
    with pytest.raises(NotFound) as error:
        read(GOOD, "eurostat/nama_10_gdp?freq=A")
    assert error.value.key == "key.several" and error.value.details["dimensions"] == "geo=DE|FR"


def test_a_code_that_the_dataset_does_not_have_is_not_found() -> None:
    for key in ("eurostat/nama_10_gdp?geo=XX", "eurostat/nama_10_gdp?planet=DE"):
        with pytest.raises(NotFound, match=r"not-found\.code"):
            read(GOOD, key)


def test_faults_that_come_with_status_200_are_faults() -> None:
    with pytest.raises(NotFound, match=r"not-found\.unknown"):
        read(answer("jsonstat/fault.json").decode())
    with pytest.raises(Refused, match=r"refused\.later"):
        read(answer("jsonstat/later.json").decode())
    with pytest.raises(Refused, match=r"refused\.message"):
        read('{"error":[{"status":400,"id":"150","label":"Dimension GEO is wrong"}]}')


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"size":[1,1,2,3]', '"size":[1,1,2]', "parse.cube"),
        ('"size":[1,1,2,3]', '"size":[1,1,2,4]', "parse.rows-missing"),
        ('"size":[1,1,2,3]', '"size":[1,9999,9999,3]', "parse.cube"),
        ('"size":[1,1,2,3]', '"size":[1,1,"two",3]', "parse.not-count"),
        ('"id":["freq","unit","geo","time"]', '"id":["freq","unit","geo","when"]', "parse.no-time"),
        ('"5":6.5', '"6":6.5', "parse.rows-missing"),
        ('"5":6.5', '"x":6.5', "parse.not-count"),
        ('"value":{', '"values":{', "parse.key-missing"),
        ('"class":"dataset"', '"class":"collection"', "parse.not-dataset"),
        ('"2022":1,"2023":2}', '"2022-W03":1,"2023":2}', "parse.week"),
        ('"0":1.5', '"0":Infinity', "parse.not-number"),
    ],
)
def test_a_cube_that_does_not_hold_together_is_refused(old: str, new: str, key: str) -> None:
    assert old in GOOD
    broken = GOOD.replace(old, new, 1)
    with pytest.raises(Unreadable) as error:
        read(broken, FRANCE if "6.5" in old else GERMANY)
    assert error.value.key == key


@trials(max_examples=50, deadline=None, derandomize=True)
@given(sizes=st.lists(st.integers(1, 4), min_size=1, max_size=4), data=st.data())
def test_any_cube_gives_back_what_was_put_into_it(sizes: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(sizes)))
    ids = [f"d{i}" for i in range(len(sizes))]
    ids[place:place], all_sizes = ["time"], [*sizes[:place], 3, *sizes[place:]]
    chosen = {d: data.draw(st.integers(0, n - 1)) for d, n in zip(ids, all_sizes, strict=True) if d != "time"}
    cells: dict[str, int] = {}
    for year in range(3):
        flat = 0
        for d, n in zip(ids, all_sizes, strict=True):
            flat = flat * n + (year if d == "time" else chosen[d])
        cells[str(flat)] = year + 1
    codes = {d: [f"c{i}" if d != "time" else str(2020 + i) for i in range(n)]
             for d, n in zip(ids, all_sizes, strict=True)}  # fmt: skip
    body = {"id": ids, "size": all_sizes, "value": cells,
            "dimension": {d: {"category": {"index": c}} for d, c in codes.items()}}  # fmt: skip
    key = "eurostat/x?" + "&".join(f"{d}=c{i}" for d, i in chosen.items())
    assert values(read(json.dumps(body), key)) == {"2020": 1, "2021": 2, "2022": 3}


def test_norways_months_come_as_sdmx_with_their_marks(httpserver: HTTPServer) -> None:
    key = "ssb/07095?ContentsCode=Index"
    asked = jsonstat.request(key)
    assert asked.params["valueCodes[ContentsCode]"] == "Index" and asked.params["valueCodes[Tid]"] == "*"
    httpserver.expect_request("/api/pxwebapi/v2/tables/07095/data", query_string=dict(asked.params)).respond_with_data(
        answer("jsonstat/norway.json"), content_type="application/json"
    )
    found = jsonstat.parse(ask(httpserver, asked), key)
    assert values(found) == {"2026-05": 101.0, "2026-06": 99.5, "2026-08": 100.2}
    assert statuses(found)["2026-08"] == "provisional"


def test_irelands_whole_table_is_narrowed_here() -> None:
    key = "cso/XYZ01?C02=20"
    assert jsonstat.request(key).params == {}
    body = answer("jsonstat/ireland.json").decode()
    assert values(read(body, key)) == {"2026-Q1": 20}
    assert values(read(body, "cso/XYZ01?C02=10")) == {"2026-Q1": 10, "2026-Q2": 11}


def test_the_office_is_a_name_from_the_list() -> None:
    for key in ("evil/x", "localhost/x"):
        with pytest.raises(NotFound, match=r"key\.office"):
            jsonstat.request(key)
    hosts = {jsonstat.request(f"{office}/x").url.split("/")[2] for office in jsonstat.OFFICES}
    assert hosts == set(jsonstat.PROVIDER.hosts)


def test_since_narrows_where_the_office_can() -> None:
    assert jsonstat.request(GERMANY, date(2019, 5, 1)).params["sinceTimePeriod"] == "2019"
    assert "sinceTimePeriod" not in jsonstat.request("ssb/07095?ContentsCode=Index", date(2019, 5, 1)).params
