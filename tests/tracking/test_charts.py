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
