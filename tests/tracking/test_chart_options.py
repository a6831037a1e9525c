"""What an address may ask of a chart, and that it says it back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.catalogue import load_catalogue
from tracking.chart_layers import older_vintages
from tracking.chart_options import QUERY, ChartOptions, Choices, choices, chosen, peers, read_options, written

DAY = date(2026, 11, 23)
MAY = Choices(("USA", "DEU", "JPN"), ("a", "b"), True, True, (2000, 2030))
SHARE = "wdi-manufacturing-share"

options = st.builds(
    ChartOptions,
    areas=st.lists(st.sampled_from(MAY.areas), unique=True).map(tuple),
    beside=st.sampled_from(["", *MAY.beside]),
    log=st.booleans(), yearly=st.booleans(), events=st.booleans(), projection=st.booleans(), vintages=st.booleans(),
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


def test_older_vintages_are_publications_of_many_figures_some_of_them_revised_since() -> None:
    series = load_catalogue().main_series(SHARE)
    found = older_vintages(series, DAY)
    assert [v.day for v in found] == sorted((v.day for v in found), reverse=True) and len(found) >= 2
    said = [round(o.value, 2) for v in found for o in v.figures if o.period.text == "2021"]
    assert said == [26.97, 27.55, 27.44]
    assert older_vintages(series, date(2022, 12, 31)) == ()
