"""What is drawn is what is in the files, by figure.data."""

import math
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from tests.conftest import Folder
from tests.tracking.test_assessment import FIGURES, HEAD, THINGS, figure
from tracking.catalogue import Catalogue, load_catalogue
from tracking.charts import ChartOptions, beside, indicator_chart, position, progress_chart, sparkline
from tracking.charts.beyond import MARK, NARROW
from tracking.charts.large import ABOVE, BELOW
from tracking.charts.lettering import LINE
from tracking.charts.marks import bar_places
from tracking.charts.options import MOST_AREAS
from tracking.charts.told import summary
from tracking.look import DARK, LIGHT
from tracking.model import LANGUAGES
from tracking.period import parse_period
from tracking.projection import BANDS, Projection, Refusal, projection_for

CATALOGUE = load_catalogue()
LATE = date(2026, 11, 23)


def drawn(chart: go.Figure, name: str) -> list[go.Scatter]:
    return [t for t in chart.data if t.name == name]


def runs(chart: go.Figure) -> list[tuple[float, ...]]:
    """The stretches of the observed line, by their positions."""
    found: list[tuple[float, ...]] = [()]
    for trace in drawn(chart, "run"):
        for x in trace.x:
            found = [*found, ()] if x is None else [*found[:-1], (*found[-1], x)]
    return [run for run in found if run]


def chart_of(folder: Folder, figures: list[str], as_of: date = LATE) -> go.Figure:
    (folder.root / FIGURES).write_text(HEAD + "".join(figures), encoding="utf-8")
    c = folder.load()
    return progress_chart(c, "things", c.indicators["things"].targets, as_of, "en", LIGHT)


@pytest.mark.parametrize("indicator_id", CATALOGUE.indicators)
def test_the_chart_holds_exactly_the_known_figures(indicator_id: str) -> None:
    targets = CATALOGUE.indicators[indicator_id].targets
    for language in LANGUAGES:
        chart = progress_chart(CATALOGUE, indicator_id, targets, LATE, language, DARK)
        (observed,) = drawn(chart, "observed")
        known = [o for o in CATALOGUE.main_series(indicator_id).as_known_on(LATE) if o.period.length.value != "span"]
        assert list(observed.customdata or ()) == [o.period.text for o in known]
        per = chart.layout.meta["per"]
        assert [y / per for y in observed.y or ()] == pytest.approx([o.value for o in known])


def test_a_missing_year_breaks_the_line(folder: Folder) -> None:
    chart = chart_of(folder, [figure(y, "12") for y in ("2020", "2021", "2023", "2024")])
    assert runs(chart) == [(2020, 2021), (2023, 2024)]


def test_no_line_crosses_a_break(folder: Folder) -> None:
    folder.edit(THINGS, "breaks: []", "breaks: [{period: 2022, reason: {zh: 断, en: Break}}]")
    chart = chart_of(folder, [figure(str(y), "12") for y in (2020, 2021, 2022, 2023)])
    assert runs(chart) == [(2020, 2021), (2022, 2023)]
    assert any("new definition" in a.text for a in chart.layout.annotations)


def test_marks_say_what_kind_of_figure_it_is(folder: Folder) -> None:
    chart = chart_of(
        folder,
        [
            figure("2020", "1"),
            figure("2021", "2", check="recalled"),
            figure("2022", "3", derived="1 + 2"),
            figure("2023", "4", bound="above"),
            figure("2024-06", "5", "2024-07"),
        ],
    )
    (observed,) = drawn(chart, "observed")
    assert list(observed.marker.symbol) == ["circle", "circle-open", "square-open", "triangle-up", "line-ew-open"]


def test_no_line_joins_what_no_verdict_rests_on(folder: Folder) -> None:
    chart = chart_of(folder, [figure("2020", "1"), figure("2021", "2", check="recalled"), figure("2022", "3")])
    assert runs(chart) == []


def test_the_target_stands_at_its_due_year_and_the_path_leads_to_it(folder: Folder) -> None:
    chart = chart_of(folder, [figure("2021", "12")])
    (target,) = drawn(chart, "target")
    (path,) = drawn(chart, "required path")
    assert (target.x, target.y) == ((2025,), (30,))
    assert (path.x, path.y) == ((2020, 2025), (10, 30))


def test_what_was_published_later_is_not_drawn(folder: Folder) -> None:
    figures = [figure("2021", "12"), figure("2022", "13")]
    chart = chart_of(folder, figures, as_of=date(2022, 6, 1))
    assert list(drawn(chart, "observed")[0].customdata) == ["2021"]


@pytest.mark.parametrize(
    ("text", "x"), [("2025", 2025), ("2025-12", 2025), ("2026-08", 2025 + 8 / 12), ("2025-S1", 2024.5)]
)
def test_a_period_stands_at_its_end(text: str, x: float) -> None:
    assert position(parse_period(text)) == pytest.approx(x, abs=0.01)


def test_a_sparkline_is_a_picture_and_none_without_figures(shipped: Catalogue) -> None:
    known = shipped.main_series("gdp-growth").as_known_on(LATE)
    assert sparkline(known, shipped.indicators["gdp-growth"], 5, LIGHT).startswith("<svg")
    assert sparkline((), shipped.indicators["gdp-growth"], None, LIGHT) == ""


RISING = [figure(str(year), str(year - 2010)) for year in range(2016, 2024)]
THEN = date(2024, 6, 1)


def ahead_of(folder: Folder, figures: list[str]) -> tuple[Projection | Refusal, go.Figure]:
    """What is projected to the first target from these figures, and the chart that a page draws of it."""
    (folder.root / FIGURES).write_text(HEAD + "".join(figures), encoding="utf-8")
    c = folder.load()
    targets = c.indicators["things"].targets
    ahead = projection_for(c, "things", targets[0], THEN)
    shown = ahead if isinstance(ahead, Projection) else None
    return ahead, progress_chart(c, "things", targets, THEN, "en", LIGHT, ahead=shown)


def bands(chart: go.Figure) -> list[str]:
    return [t.name for t in chart.data if t.name.startswith("band")]


def test_the_bands_are_the_projection_s_own_numbers_from_the_newest_figure_on(folder: Folder) -> None:
    ahead, chart = ahead_of(folder, RISING)
    assert isinstance(ahead, Projection)
    per = chart.layout.meta["per"]
    for share in BANDS:
        (band,) = drawn(chart, f"band {share}")
        low = [s.bands[share][0] for s in ahead.steps]
        high = [s.bands[share][1] for s in ahead.steps]
        years = [s.year for s in ahead.steps]
        assert list(band.x) == [2023, *years, *reversed(years)]
        assert [y / per for y in band.y] == pytest.approx([13, *high, *reversed(low)])
    (median,) = drawn(chart, "median")
    assert list(median.x) == [2023, 2024, 2025]
    assert [y / per for y in median.y] == pytest.approx([13, *(s.median for s in ahead.steps)])


def test_narrower_bands_lie_on_wider_ones_and_all_lie_under_the_figures(folder: Folder) -> None:
    _, chart = ahead_of(folder, RISING)
    names = [t.name for t in chart.data]
    assert bands(chart) == ["band 95", "band 80", "band 50"]
    assert names.index("band 50") < names.index("observed")


def test_the_whole_of_every_band_is_on_the_axis(folder: Folder) -> None:
    ahead, chart = ahead_of(folder, RISING)
    assert isinstance(ahead, Projection)
    low, high = chart.layout.yaxis.range
    per = chart.layout.meta["per"]
    assert all(low <= y * per <= high for s in ahead.steps for y in s.bands[95])


def test_the_axis_is_written_in_the_power_that_its_widest_band_needs(folder: Folder) -> None:
    folder.edit(THINGS, "natural_limits: {low: 0, high: 1000}", "natural_limits: {low: 0}")
    nearly = [figure(str(year), str(300000 + 80000 * (year - 2016))) for year in range(2016, 2024)]
    ahead, chart = ahead_of(folder, nearly)
    assert isinstance(ahead, Projection)
    assert ahead.points[-1][1] < 1e6 < ahead.last.bands[95][1]
    assert chart.layout.meta["unit"] == "million"


def test_no_band_is_drawn_across_a_break_that_lies_ahead(folder: Folder) -> None:
    folder.edit(THINGS, "breaks: []", "breaks: [{period: 2024, reason: {zh: 断, en: Break}}]")
    ahead, chart = ahead_of(folder, RISING)
    assert isinstance(ahead, Refusal)
    assert bands(chart) == []
    assert drawn(chart, "median") == []


def test_no_band_is_drawn_from_figures_on_both_sides_of_a_break(folder: Folder) -> None:
    folder.edit(THINGS, "breaks: []", "breaks: [{period: 2021, reason: {zh: 断, en: Break}}]")
    ahead, chart = ahead_of(folder, RISING)
    assert isinstance(ahead, Refusal)
    assert bands(chart) == []


def test_no_band_is_drawn_without_enough_figures(folder: Folder) -> None:
    ahead, chart = ahead_of(folder, RISING[:4])
    assert isinstance(ahead, Refusal)
    assert bands(chart) == []


def test_the_bands_of_rates_stand_beside_the_bars_and_join_nothing() -> None:
    target = next(t for t in CATALOGUE.indicators["gdp-growth"].targets if t.due.text == "2026")
    ahead = projection_for(CATALOGUE, "gdp-growth", target, LATE)
    assert isinstance(ahead, Projection)
    chart = progress_chart(CATALOGUE, "gdp-growth", [target], LATE, "zh", DARK, ahead=ahead)
    (band,) = drawn(chart, "band 80")
    assert min(band.x) > 2025.5
    assert (min(band.y), max(band.y)) == pytest.approx(ahead.last.bands[80])


def spans(periods: list[str]) -> list[tuple[float, float]]:
    """From where to where each bar of figures for such periods stands, from left to right."""
    some = CATALOGUE.main_series("gdp-growth").observations[0]
    places = bar_places([replace(some, period=parse_period(text)) for text in periods])
    return sorted((middle - width / 2, middle + width / 2) for middle, width in places)


@pytest.mark.parametrize(
    "periods",
    [["2024", "2025", "2026-Q1", "2026-S1", "2026-Q3"], ["2024", "2025-Q1", "2025-S1", "2025-Q3", "2025", "2026-01"],
     ["2018", "2019-S1", "2019-S2", "2020"]],
)  # fmt: skip
def test_the_bar_of_a_part_of_a_year_covers_no_other(periods: list[str]) -> None:
    found = spans(periods)
    assert all(left[1] <= right[0] for left, right in pairwise(found)), found


def test_the_bar_of_a_part_of_a_year_stands_in_its_own_year() -> None:
    chart = progress_chart(CATALOGUE, "little-giant-output-growth", [], LATE, "en", LIGHT)
    (observed,) = drawn(chart, "observed")
    at = dict(zip(observed.customdata, observed.x, strict=True))
    assert 2025.5 < at["2026-Q1"] < 2026.5


def asked(indicator_id: str, **options: Any) -> go.Figure:
    return indicator_chart(CATALOGUE, indicator_id, ChartOptions(**options), LATE, "en", LIGHT)


def test_other_areas_are_lines_of_their_own_figures_named_at_their_ends() -> None:
    figure = asked("wdi-manufacturing-share", areas=("DEU", "USA"))
    lines = drawn(figure, "peer")
    assert [t.meta for t in lines] == ["Germany", "United States"]
    for line, area in zip(lines, ("DEU", "USA"), strict=True):
        known = CATALOGUE.figures["wdi-manufacturing-share"][area].as_known_on(LATE)
        assert list(line.y) == [o.value * figure.layout.meta["per"] for o in known]
    assert {"Germany", "United States"} <= {a.text for a in figure.layout.annotations}


def test_every_line_that_is_compared_is_told_by_its_own_dashes_and_its_name() -> None:
    areas = tuple(beside.peers(CATALOGUE, "wdi-manufacturing-share"))[:MOST_AREAS]
    chart = asked("wdi-manufacturing-share", areas=areas, beside="wdi-rd-intensity", indexed=True)
    dashes = [line.line.dash for line in drawn(chart, "peer line")]
    assert len(dashes) == MOST_AREAS + 1 == len(set(dashes))
    assert {t.meta for t in drawn(chart, "peer")} <= {a.text for a in chart.layout.annotations}


def test_rates_are_lines_where_they_are_compared() -> None:
    assert not [t for t in asked("wdi-gdp-growth", areas=("USA",)).data if t.type == "bar"]


def test_an_older_vintage_shows_what_it_said_and_how_far_it_was_revised() -> None:
    figure = asked("wdi-manufacturing-share")
    said = [t for t in figure.data if t.name == "vintage"]
    assert len(said) >= 2 and all("vintage" in t.meta for t in said)
    of_2021 = [y for t in said for x, y in zip(t.x, t.y, strict=True) if x == 2021 and "2022" in t.meta]
    assert of_2021 == pytest.approx([27.44], abs=0.005)
    now = dict(zip(drawn(figure, "observed")[0].x, drawn(figure, "observed")[0].y, strict=True))
    uprights = drawn(figure, "revision")
    assert uprights and all(t.x[0] == t.x[1] and t.y[0] != t.y[1] == now[t.x[0]] for t in uprights)
    assert not [t for t in asked("wdi-manufacturing-share", vintages=False).data if t.name in ("vintage", "revision")]


def test_on_a_logarithmic_axis_every_figure_and_label_lies_within() -> None:
    figure = asked("wdi-resident-patents", log=True)
    low, high = figure.layout.yaxis.range
    (observed,) = [t for t in figure.data if t.name == "observed"]
    assert figure.layout.yaxis.type == "log"
    assert all(low <= math.log10(y) <= high for y in observed.y)
    assert all(low <= a.y <= high for a in figure.layout.annotations if a.yref != "paper")


def test_a_part_of_the_years_is_all_that_the_axis_shows() -> None:
    figure = asked("wdi-manufacturing-share", first=2010, last=2015)
    low, high = figure.layout.xaxis.range
    assert 2009 < low < 2010 and 2015 < high < 2016
    (observed,) = [t for t in figure.data if t.name == "observed"]
    assert list(observed.x) == [2010, 2011, 2012, 2013, 2014, 2015]


def test_adoptions_are_numbered_by_day_and_name_their_documents() -> None:
    (events,) = drawn(asked("5g-stations-per-10k"), "events")
    assert list(events.text) == ["1", "2", "3"] and list(events.x) == sorted(events.x)
    assert "1 November 2021" in events.hovertext[0]
    assert drawn(asked("5g-stations-per-10k", events=False), "events") == []


def test_an_adoption_stands_over_its_year_also_where_years_are_bars() -> None:
    (events,) = drawn(asked("energy-per-gdp-reduction"), "events")
    in_2024 = next(x for x, said in zip(events.x, events.hovertext, strict=True) if "5 March 2024" in said)
    assert 2023.5 < in_2024 < 2024


def test_an_adoption_after_the_day_is_not_drawn() -> None:
    early = indicator_chart(CATALOGUE, "5g-stations-per-10k", ChartOptions(), date(2022, 6, 1), "en", LIGHT)
    assert list(drawn(early, "events")[0].text) == ["1"]


def test_another_indicator_stands_below_on_an_axis_of_its_own_over_the_same_years() -> None:
    figure = asked("wdi-manufacturing-share", beside="manufacturing-pmi")
    (other,), (own,) = drawn(figure, "beside"), drawn(figure, "observed")
    assert (other.yaxis, own.yaxis) == ("y2", None) and other.xaxis is own.xaxis is None
    assert figure.layout.yaxis2.domain[1] < figure.layout.yaxis.domain[0]
    first, last = figure.layout.xaxis.range
    assert all(first <= x <= last for x in (*own.x, *other.x))


def test_an_index_is_a_hundred_in_the_common_year_for_every_line() -> None:
    figure = asked("wdi-manufacturing-share", areas=("DEU",), beside="wdi-rd-intensity", indexed=True)
    year = figure.layout.meta["index"]
    lines = [*drawn(figure, "observed"), *drawn(figure, "peer")]
    assert len(lines) == 3
    assert all(dict(zip(t.x, t.y, strict=True))[year] == pytest.approx(100) for t in lines)
    assert {t.yaxis for t in figure.data} == {None}  # never two scales on one plot


def test_a_target_without_a_place_on_the_axis_is_a_bracket_over_its_years() -> None:
    (bracket,) = drawn(asked("coal-mine-death-rate"), "bracket")
    assert tuple(bracket.x) == (2020, 2025) and bracket.yaxis == "y8"
    assert "2025" in bracket.meta


def test_each_band_of_a_projection_is_named_once() -> None:
    ahead = projection_for(CATALOGUE, "robot-density", CATALOGUE.indicators["robot-density"].targets[0], THEN)
    assert isinstance(ahead, Projection)
    figure = indicator_chart(CATALOGUE, "robot-density", ChartOptions(), THEN, "en", LIGHT, ahead)
    said = " ".join(a.text for a in figure.layout.annotations)
    assert [said.count(f"{share}") for share in BANDS] == [1, 1, 1]


def test_labels_at_the_end_do_not_lie_on_one_another_and_are_not_cut_off() -> None:
    areas = ("USA", "DEU", "JPN", "KOR", "VNM")
    figure = asked("wdi-manufacturing-share", areas=areas)
    low, high = figure.layout.yaxis.range
    pixels = figure.layout.height - ABOVE - BELOW
    at = sorted((a.y - low) / (high - low) * pixels + a.yshift for a in figure.layout.annotations)
    assert len(at) == 6 and all(b - a >= 12 * LINE - 0.1 for a, b in pairwise(at))
    assert figure.layout.margin.r >= 0.56 * 12 * len("United States")


@pytest.mark.parametrize("indicator", ["gdp-per-capita", "5g-base-stations", "industrial-profits", "robot-density"])
def test_nothing_about_the_margins_of_a_chart_is_left_to_be_found_out_by_drawing_it_twice(indicator: str) -> None:
    targets = CATALOGUE.indicators[indicator].targets
    for chart in (
        asked(indicator),
        asked(indicator, beside="nev-sales"),
        progress_chart(CATALOGUE, indicator, targets, LATE, "en", LIGHT),
    ):
        levels = list(chart.select_yaxes(lambda a: a.visible is not False))
        assert not any(a.automargin for a in [*levels, chart.layout.xaxis])
        longest = max(len(f"{int(a.range[1] / a.dtick) * a.dtick:,.6g}") for a in levels)
        assert chart.layout.margin.l >= 0.5 * 12 * longest


def test_a_running_total_joins_its_december_and_starts_anew_in_january() -> None:
    found = runs(asked("industrial-output-growth"))
    assert any(run[-1] == 2024 and run[0] > 2023 for run in found)
    assert all(run[-1] - run[0] < 1 for run in found)


def test_the_axis_of_months_names_a_year_between_its_ends() -> None:
    axis = asked("manufacturing-pmi").layout.xaxis
    assert all(float(text) - 0.5 == x for text, x in zip(axis.ticktext, axis.tickvals, strict=True))


def test_a_single_figure_stands_on_an_axis_of_years() -> None:
    first, last = asked("ai-core-industry").layout.xaxis.range
    assert last - first >= 3


def test_a_single_bar_is_no_wall_and_says_that_it_is_a_bound() -> None:
    chart = progress_chart(CATALOGUE, "ten-industries-output-growth", [], LATE, "en", LIGHT)
    first, last = chart.layout.xaxis.range
    (observed,) = drawn(chart, "observed")
    assert last - first >= 3
    assert list(observed.text) == [">5"]


def test_the_words_name_the_lowest_and_the_highest_of_figures_that_compare() -> None:
    said = summary(CATALOGUE, "nev-sales", ChartOptions(), LATE, "en")
    assert "Lowest 331,000" in said.replace(" vehicles", "") and "(2015)" in said and "H1 2026" in said
    known = [o for o in CATALOGUE.main_series("telecom-revenue").as_known_on(LATE) if o.period.is_year]
    low = min(known, key=lambda o: o.value)
    assert f"({low.period.text})" in summary(CATALOGUE, "telecom-revenue", ChartOptions(), LATE, "en").split(";")[0]


def test_a_part_of_a_year_is_a_dash_among_years_and_a_point_among_months() -> None:
    (among_years,), (among_months,) = (drawn(asked(i), "observed") for i in ("nev-sales", "manufacturing-pmi"))
    assert among_years.marker.symbol[-1] == "line-ew-open" and among_years.customdata[-1] == "2026-S1"
    assert "line-ew-open" not in among_months.marker.symbol


@pytest.mark.parametrize("indicator_id", ["industrial-output-growth", "manufacturing-pmi", "telecom-volume-growth"])
def test_a_figure_far_from_the_rest_is_a_triangle_at_the_edge_and_told(indicator_id: str) -> None:
    for chart in (asked(indicator_id), progress_chart(CATALOGUE, indicator_id, [], LATE, "en", LIGHT)):
        (observed,), (edge,) = drawn(chart, "observed"), drawn(chart, "beyond")
        low, high = chart.layout.yaxis.range
        outside = [p for p, y in zip(observed.customdata, observed.y, strict=True) if not low <= y <= high]
        assert list(edge.customdata) == outside != []
        assert all(low < y < high for y in edge.y) and set(edge.marker.symbol) <= {"triangle-up", "triangle-down"}
        assert ("One figure" if len(outside) == 1 else str(len(outside))) in chart.layout.meta["beyond"]
        assert low <= observed.y[-1] <= high


def test_of_figures_far_from_the_rest_that_would_merge_the_farthest_alone_is_drawn_and_says_how_many_more() -> None:
    chart = asked("industrial-output-growth")
    (edge,) = drawn(chart, "beyond")
    seen = [x for x, opacity in zip(edge.x, edge.marker.opacity, strict=True) if opacity]
    first, last = chart.layout.xaxis.range
    assert 1 < len(seen) < len(edge.x)
    assert all((b - a) * NARROW / (last - first) >= MARK for a, b in pairwise(seen))
    said = [a.text for a in chart.layout.annotations if "more" in (a.text or "")]
    assert sum(int(re.search(r"and (\d+) more", text)[1]) + 1 for text in said) == len(edge.x)


def test_the_panel_below_leaves_far_figures_out_by_the_same_rule_and_says_so() -> None:
    chart, whole = (asked("wdi-rd-intensity", beside="industrial-output-growth", whole=w) for w in (False, True))
    (edge,) = drawn(chart, "beside beyond")
    low, high = chart.layout.yaxis2.range
    assert edge.yaxis == "y2" and all(low < y < high for y in edge.y)
    assert str(len(edge.x)) in chart.layout.meta["beside beyond"] and not chart.layout.meta["beyond"]
    assert drawn(whole, "beside beyond") == [] and whole.layout.meta["beside beyond"] == ""
    assert all(whole.layout.yaxis2.range[0] <= y <= whole.layout.yaxis2.range[1] for y in drawn(whole, "beside")[0].y)


def test_the_whole_axis_holds_every_figure_and_says_nothing() -> None:
    chart = asked("industrial-output-growth", whole=True)
    low, high = chart.layout.yaxis.range
    assert drawn(chart, "beyond") == [] and chart.layout.meta["beyond"] == ""
    assert all(low <= y <= high for y in drawn(chart, "observed")[0].y)


@pytest.mark.parametrize("options", [{"log": True}, {"areas": ("USA",)}])
def test_nothing_is_left_out_beside_other_areas_or_on_a_logarithmic_axis(options: dict[str, Any]) -> None:
    assert drawn(asked("wdi-resident-patents" if "log" in options else "wdi-gdp-growth", **options), "beyond") == []


@pytest.mark.parametrize("indicator_id", CATALOGUE.indicators)
def test_no_target_nor_the_newest_figure_is_left_off_the_axis(indicator_id: str) -> None:
    targets = CATALOGUE.indicators[indicator_id].targets
    chart = progress_chart(CATALOGUE, indicator_id, targets, LATE, "en", LIGHT)
    low, high = chart.layout.yaxis.range
    held = [y for name in ("target", "target line", "required path") for t in drawn(chart, name) for y in t.y]
    held += [y for t in drawn(chart, "observed") for y in (t.y or ())[-1:]]
    assert all(low <= y <= high for y in held)


def test_a_target_as_far_as_the_farthest_figure_makes_the_axis_hold_both() -> None:
    far = [t.model_copy(update={"value": 130.0}) for t in CATALOGUE.indicators["telecom-volume-growth"].targets[:1]]
    chart = progress_chart(CATALOGUE, "telecom-volume-growth", far, LATE, "en", LIGHT)
    assert drawn(chart, "target line")[0].y[0] == 130 < chart.layout.yaxis.range[1] and not drawn(chart, "beyond")
