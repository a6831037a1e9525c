"""What an address may ask of a chart, and that it says it back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.catalogue import load_catalogue
from tracking.charts.beside import peers
from tracking.charts.options import (
    QUERY,
    ChartOptions,
    Choices,
    choices,
    chosen,
    options_of,
    read_options,
    written,
)
from tracking.charts.past import older_vintages

DAY = date(2026, 11, 23)
MAY = Choices(("USA", "DEU", "JPN"), ("a", "b"), True, True, (2000, 2030), True)
SHARE = "wdi-manufacturing-share"

options = st.builds(
    ChartOptions,
    areas=st.lists(st.sampled_from(MAY.areas), unique=True).map(tuple),
    beside=st.sampled_from(["", *MAY.beside]),
    indexed=st.booleans(),
    log=st.booleans(), yearly=st.booleans(), events=st.booleans(), projection=st.booleans(), vintages=st.booleans(),
    whole=st.booleans(),
)  # fmt: skip


@given(options, st.none() | st.tuples(st.integers(2000, 2014), st.integers(2015, 2029)))
def test_what_an_address_says_is_what_was_asked(asked: ChartOptions, years: tuple[int, int] | None) -> None:
    first, last = years or (None, None)
    asked = ChartOptions(*(getattr(asked, name) for name in asked.__slots__[:-2]), first, last)
    said = written(asked)
    assert read_options(said, MAY) == (asked, ()) and set(said) <= set(QUERY)


def test_the_plain_chart_needs_no_words() -> None:
    assert written(ChartOptions()) == {} and read_options({}, MAY) == (ChartOptions(), ())


@pytest.mark.parametrize(
    "query",
    [{"compare": "XXX"}, {"beside": "nothing"}, {"scale": "linear"}, {"figures": "all"}, {"events": "on"},
     {"years": "2020"}, {"years": "2020-2010"}, {"years": "２０１０-2020"}, {"years": "2010-2020-2030"}],
)  # fmt: skip
def test_what_cannot_be_shown_is_named_and_nothing_else_is_lost(query: dict[str, str]) -> None:
    found, wrong = read_options({"projection": "off", **query}, MAY)
    assert wrong == tuple(f"{k}={v}" for k, v in query.items()) and found == ChartOptions(projection=False)


def test_years_outside_are_the_nearest_there_are() -> None:
    assert read_options({"years": "1900-2020"}, MAY)[0] == ChartOptions(first=2000, last=2020)


def test_a_logarithmic_axis_is_offered_where_amounts_span_powers_and_nowhere_else() -> None:
    c = load_catalogue()
    assert choices(c, "wdi-resident-patents", DAY).log
    assert not choices(c, SHARE, DAY).log  # a share
    assert not choices(c, "industrial-output-growth", DAY).log  # rates of both signs
    assert not choices(c, "nev-sales", DAY).log  # months to date climb anew each year
    assert read_options({"scale": "log"}, choices(c, SHARE, DAY)) == (ChartOptions(), ("scale=log",))


def test_whole_years_alone_leave_months_out_and_are_offered_where_there_are_both() -> None:
    c = load_catalogue()
    assert choices(c, "nev-sales", DAY).yearly and not choices(c, SHARE, DAY).yearly
    found = chosen(c, "nev-sales", DAY, ChartOptions(yearly=True))
    assert found and all(o.period.is_year for o in found)


def test_a_part_of_the_years_holds_just_their_figures() -> None:
    c = load_catalogue()
    assert [o.period.year for o in chosen(c, SHARE, DAY, ChartOptions(first=2010, last=2012))] == [2010, 2011, 2012]


def test_peers_are_the_other_areas_of_the_same_series() -> None:
    c = load_catalogue()
    assert c.card.area not in peers(c, SHARE) and "DEU" in choices(c, SHARE, DAY).areas
    assert peers(c, "5g-stations-per-10k") == {}


def test_an_index_is_offered_where_levels_are_compared_that_share_a_year() -> None:
    c = load_catalogue()

    def asked(indicator_id: str, **query: str) -> tuple[bool, tuple[str, ...]]:
        found, wrong = options_of(c, indicator_id, DAY, {"index": "on", **query})
        return found.indexed, wrong

    assert asked(SHARE, compare="DEU") == (True, ())
    assert asked(SHARE, beside="wdi-rd-intensity") == (True, ())
    assert asked(SHARE) == (False, ("index=on",))  # nothing to compare with
    assert asked(SHARE, beside="gdp-growth") == (False, ("index=on",))  # rates have no index
    assert asked("wdi-gdp-growth", compare="DEU") == (False, ("index=on",))


@pytest.mark.parametrize("indicator_id", [SHARE, "nev-sales", "5g-stations-per-10k", "wdi-resident-patents"])
def test_every_link_of_a_chart_that_is_shown_shows_the_same_again(indicator_id: str) -> None:
    c = load_catalogue()
    for query in ({"compare": "USA,DEU", "index": "on"}, {"scale": "log", "figures": "yearly"}, {"years": "2012-2020"}):
        shown, _ = options_of(c, indicator_id, DAY, query)
        assert options_of(c, indicator_id, DAY, written(shown)) == (shown, ())


def test_older_vintages_are_what_was_known_before_each_revision_that_can_be_seen() -> None:
    series = load_catalogue().main_series(SHARE)
    found = older_vintages(series, series.as_known_on(DAY))
    said = [round(r.old.value, 2) for v in found for r in v.revised if r.old.period.text == "2021"]
    assert said == [26.97, 27.55, 27.44]
    assert older_vintages(series, series.as_known_on(date(2022, 12, 31))) == ()
