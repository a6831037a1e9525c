"""What is drawn is what is in the files, by figure.data."""

import math
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from tests.conftest import Folder
from tests.tracking.test_assessment import FIGURES, HEAD, THINGS, figure
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue, load_catalogue
from tracking.chart_ground import position
from tracking.chart_options import ChartOptions
from tracking.charts import progress_chart, same_years, sparkline
from tracking.look import DARK, LIGHT
from tracking.model import LANGUAGES
from tracking.period import parse_period
from tracking.projection import BANDS, Projection, Refusal, projection_for

CATALOGUE = load_catalogue()
LATE = date(2026, 11, 23)


def drawn(chart: go.Figure, name: str) -> list[go.Scatter]:
    return [t for t in chart.data if t.name == name]


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
    assert [tuple(t.x) for t in drawn(chart, "run")] == [(2020, 2021), (2023, 2024)]


def test_no_line_crosses_a_break(folder: Folder) -> None:
    folder.edit(THINGS, "breaks: []", "breaks: [{period: 2022, reason: {zh: 断, en: Break}}]")
    chart = chart_of(folder, [figure(str(y), "12") for y in (2020, 2021, 2022, 2023)])
    assert [tuple(t.x) for t in drawn(chart, "run")] == [(2020, 2021), (2022, 2023)]
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
    assert drawn(chart, "run") == []


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


def asked(indicator_id: str, **options: Any) -> go.Figure:
    targets = adopted_targets(CATALOGUE.indicators[indicator_id], LATE)
    return progress_chart(CATALOGUE, indicator_id, targets, LATE, "en", LIGHT, 460, options=ChartOptions(**options))


def test_other_areas_are_lines_of_their_own_figures_named_at_their_ends() -> None:
    figure = asked("wdi-manufacturing-share", areas=("DEU", "USA"))
    lines = [t for t in figure.data if t.name == "peer"]
    assert [t.meta for t in lines] == ["Germany", "United States"]
    for line, area in zip(lines, ("DEU", "USA"), strict=True):
        known = CATALOGUE.figures["wdi-manufacturing-share"][area].as_known_on(LATE)
        assert [y for y in line.y if y is not None] == [o.value * figure.layout.meta["per"] for o in known]
    assert {"Germany", "United States"} <= {a.text for a in figure.layout.annotations}
    assert len({line.line.dash for line in lines}) == 2


def test_rates_are_lines_where_they_are_compared() -> None:
    assert not [t for t in asked("wdi-gdp-growth", areas=("USA",)).data if t.type == "bar"]


def test_an_older_vintage_shows_what_it_said_and_the_largest_revision() -> None:
    figure = asked("wdi-manufacturing-share")
    said = [t for t in figure.data if t.name == "vintage"]
    assert len(said) >= 2 and all("vintage" in t.meta for t in said)
    of_2021 = [y for t in said for x, y in zip(t.x, t.y, strict=True) if x == 2021 and "2022" in t.meta]
    assert of_2021 == pytest.approx([27.44], abs=0.005)
    (upright,) = [t for t in figure.data if t.name == "revision"]
    assert upright.x[0] == upright.x[1] and upright.y[0] != upright.y[1]
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
    figure = asked("5g-stations-per-10k")
    events = [a for a in figure.layout.annotations if a.name == "event"]
    assert [a.text for a in events] == ["<b>1</b>", "<b>2</b>"] and events[0].x < events[1].x
    assert events[0].hovertext.startswith("1 November 2021: ")
    assert not [a for a in asked("5g-stations-per-10k", events=False).layout.annotations if a.name == "event"]


def test_two_charts_one_above_the_other_cover_the_same_years() -> None:
    one, other = asked("wdi-manufacturing-share"), asked("5g-stations-per-10k")
    same_years(one, other)
    assert one.layout.xaxis.range == other.layout.xaxis.range and one.layout.xaxis.dtick == other.layout.xaxis.dtick
