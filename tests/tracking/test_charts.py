"""What is drawn is what is in the files, by figure.data."""

from datetime import date

import plotly.graph_objects as go
import pytest

from tests.conftest import Folder
from tests.tracking.test_assessment import FIGURES, HEAD, THINGS, figure
from tracking.catalogue import Catalogue, load_catalogue
from tracking.charts import position, progress_chart, sparkline
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
