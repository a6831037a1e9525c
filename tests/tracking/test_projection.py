"""Projections: bands that are nested, widening and calibrated; refused where the figures do not carry them."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import Folder
from tests.tracking.test_assessment import FIGURES, HEAD, THINGS, figure
from tracking import backtest
from tracking.__main__ import main
from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES, Bound, Direction, Reason
from tracking.projection import (
    BANDS,
    FADE,
    FARTHEST,
    FLOOR,
    MOST_POINTS,
    SHRINK,
    Point,
    Projection,
    Refusal,
    Scale,
    chance,
    chance_between,
    chance_for,
    project,
    projection_for,
)
from tracking.projection_words import chance_text, method_text, projection_sentences, refusal_text

DAY = date(2026, 11, 23)


def printed(low: int, high: int) -> st.SearchStrategy[list[float]]:
    """Figures with two decimals, as publications print them; the limits are in hundredths."""
    return st.lists(st.integers(low, high).map(lambda n: n / 100), min_size=5, max_size=20)


amounts, shares, rates = printed(1, 10**8), printed(1, 9999), printed(-3000, 6000)


def yearly(values: Sequence[float], first: int = 2010) -> list[Point]:
    return [(float(first + n), value) for n, value in enumerate(values)]


def ahead(values: Sequence[float], years: int = 10, **limits: float) -> Projection:
    points = yearly(values)
    return project(points, points[-1][0] + years, growth_rates=False, **limits)


def rates_ahead(values: Sequence[float], years: int = 10) -> Projection:
    points = yearly(values)
    return project(points, points[-1][0] + years, growth_rates=True)


# ---- bands


@given(amounts, shares, rates)
def test_bands_are_finite_and_nested_around_the_median(a: list[float], s: list[float], r: list[float]) -> None:
    for projection in (ahead(a, floor=0.0), ahead(s, floor=0.0, ceiling=100.0), rates_ahead(r)):
        for step in projection.steps:
            numbers = [x for share in (95, 80, 50) for x in step.bands[share]]
            assert all(map(math.isfinite, [step.median, *numbers]))
            edges = [*numbers[::2], step.median, *numbers[:0:-2]]
            assert edges == sorted(edges)


@given(amounts, rates)
def test_every_further_year_is_less_sure(a: list[float], r: list[float]) -> None:
    for projection in (ahead(a), rates_ahead(r)):
        spreads = [step.spread for step in projection.steps]
        assert all(0 < near < far for near, far in pairwise(spreads))


def test_a_band_of_an_amount_widens_in_proportion_to_it() -> None:
    widths = [step.bands[80][1] / step.bands[80][0] for step in ahead([10, 12, 13, 16, 17, 20]).steps]
    assert widths == sorted(widths) and widths[-1] > 2 * widths[0]


def test_a_series_that_jumps_by_ever_so_much_has_a_finite_band() -> None:
    assert all(math.isfinite(x) for step in ahead([1e-60, 1e60] * 3).steps for x in step.bands[95])


def test_there_is_a_step_for_each_year_up_to_the_targets() -> None:
    assert [step.year for step in ahead([1, 2, 3, 4, 5], years=3).steps] == [2015, 2016, 2017]


@given(shares)
def test_natural_limits_are_never_passed(s: list[float]) -> None:
    for values in (s, [*s, 100.0], [0.0, *s]):
        for step in ahead(values, floor=0.0, ceiling=100.0).steps:
            assert all(0 <= low <= step.median <= high <= 100 for low, high in step.bands.values())


def test_a_series_that_touches_its_limit_is_projected_as_it_is_and_held_there() -> None:
    projection = ahead([95, 97, 98, 99, 100], floor=0.0, ceiling=100.0)
    assert projection.scale is Scale.PLAIN
    assert projection.last.bands[80][1] == 100
    assert chance(projection, 100, Bound.AT_LEAST) > 0.4


def test_the_same_figures_give_the_same_projection() -> None:
    assert ahead([3, 1, 4, 1, 5, 9]) == ahead([3, 1, 4, 1, 5, 9])


@given(amounts, rates, st.sampled_from([1e4, 1e-4]))
def test_another_unit_scales_the_bands_and_changes_no_chance(a: list[float], r: list[float], by: float) -> None:
    assume(any(r[-MOST_POINTS:]))  # figures that are all 0 have no size of their own
    for make, values in ((ahead, a), (rates_ahead, r)):
        here, there = make(values), make([v * by for v in values])
        for one, other in zip(here.steps, there.steps, strict=True):
            assert other.bands[95] == pytest.approx([x * by for x in one.bands[95]], rel=1e-6, abs=1e-6 * by)
        wanted = here.last.bands[50][1]
        assert chance(there, wanted * by, Bound.ABOVE) == pytest.approx(chance(here, wanted, Bound.ABOVE), abs=1e-6)


def test_an_amount_is_projected_alike_above_another_floor() -> None:
    here, there = ahead([2, 3, 4, 4, 6], floor=0.0), ahead([102, 103, 104, 104, 106], floor=100.0)
    assert there.last.median - 100 == pytest.approx(here.last.median)


# ---- one odd figure


@given(
    st.lists(st.floats(-0.2, 0.3), min_size=6, max_size=14),
    st.integers(1, 13),
    st.floats(1e-6, 1e6),
    st.integers(1, 10),
)
def test_one_odd_figure_cannot_carry_the_drift_beyond_what_the_true_figures_did(
    changes: list[float], at: int, factor: float, years: int
) -> None:
    at = min(at, len(changes) - 1)
    values = [100 * math.exp(sum(changes[:n])) for n in range(len(changes) + 1)]
    odd = [v * factor if n == at else v for n, v in enumerate(values)]
    furthest = SHRINK * max(map(abs, changes)) * sum(FADE**k for k in range(1, years + 1))
    assert abs(math.log(ahead(odd, years).last.median / odd[-1])) <= furthest + 1e-9


@given(st.floats(1e-6, 1e6))
def test_an_odd_newest_figure_is_taken_at_its_word_and_does_not_set_the_drift(factor: float) -> None:
    calm = [100, 110, 120, 132, 145, 160, 176, 193]
    median = ahead([*calm[:-1], calm[-1] * factor], 5).last.median
    assert 1 <= median / (calm[-1] * factor) <= 1.1**5


# ---- what the figures carry


def test_a_steady_rise_goes_on_more_slowly() -> None:
    values = [100 * 1.1**n for n in range(10)]
    medians = [values[-1], *(step.median for step in ahead(values).steps)]
    growth = [b / a for a, b in pairwise(medians)]
    assert growth == sorted(growth, reverse=True)
    assert 1.03 < growth[-1] < growth[0] < 1.1


def test_growth_rates_return_to_their_usual_level() -> None:
    medians = [step.median for step in rates_ahead([5.0] * 10 + [-5.0]).steps]
    assert medians == sorted(medians)
    assert medians[0] == pytest.approx(0) and medians[-1] == pytest.approx(5, abs=0.1)


def test_constant_figures_give_a_narrow_band_that_is_no_line_and_say_so() -> None:
    for projection in (ahead([50.0] * 6), ahead([0.0] * 6, floor=0.0), rates_ahead([5.0] * 6)):
        low, high = projection.steps[0].bands[80]
        assert projection.is_flat
        assert 0 < high - low < 5 * FLOOR * (projection.points[-1][1] or 1)
    assert not ahead([50, 51, 52, 54, 55, 57]).is_flat


def test_a_change_over_a_gap_counts_as_the_yearly_changes_it_stands_for() -> None:
    whole = [(2010.0 + n, 100 * 1.05**n) for n in range(9)]
    gappy = project([p for p in whole if p[0] != 2013], 2023, growth_rates=False)
    assert gappy.last.median == pytest.approx(project(whole, 2023, growth_rates=False).last.median)
    assert gappy.has_gaps and gappy.n == 8


def test_old_figures_are_left_out() -> None:
    recent = [10 + n for n in range(15)]
    points = [(1990.0, 500.0), *yearly(recent)]
    assert project(points, 2030, growth_rates=False).points == tuple(yearly(recent))


@pytest.mark.parametrize(
    ("points", "until", "limits", "said"),
    [
        (yearly([1, 2, 3, 4]), 2015, {}, "4 yearly figures"),
        (yearly([1, 2, 3, 4, math.nan]), 2016, {}, "finite"),
        ([*yearly([1, 2, 3, 4]), (2013.0, 5.0)], 2016, {}, "rise"),
        (yearly([1, 2, 3, 4, 5]), 2014, {}, "2014 is not"),
        (yearly([1, 2, 3, 4, 5]), 2025, {}, "2025 is not"),
        (yearly([1, 2, 3, 4, 101]), 2016, {"floor": 0.0, "ceiling": 100.0}, "101 lies outside"),
        (yearly([-1, 2, 3, 4, 5]), 2016, {"floor": 0.0}, "-1 lies outside"),
    ],
)
def test_figures_that_carry_no_projection_are_refused(
    points: list[Point], until: float, limits: dict[str, float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        project(points, until, growth_rates=False, **limits)


# ---- chances


@given(amounts, st.lists(st.floats(0.001, 1e8), min_size=2, max_size=8))
def test_a_chance_lies_between_0_and_1_and_falls_as_more_is_wanted(a: list[float], wanted: list[float]) -> None:
    projection = ahead(a, 3)
    found = [chance(projection, w, Bound.AT_LEAST) for w in sorted(wanted)]
    assert all(0 <= c <= 1 for c in found)
    assert all(less >= more - 1e-12 for less, more in pairwise(found))
    fewer = [chance(projection, w, Bound.AT_MOST) for w in sorted(wanted)]
    assert [1 - c for c in found] == pytest.approx(fewer)


@given(amounts, rates)
def test_chances_and_bands_say_the_same(a: list[float], r: list[float]) -> None:
    for projection in (ahead(a, 4), rates_ahead(r, 4)):
        assert chance(projection, projection.last.median, Bound.AT_LEAST) == pytest.approx(0.5, abs=1e-6)
        for share, (low, high) in projection.last.bands.items():
            inside = chance_between(projection, low, high, Direction.MAINTAIN)
            assert inside == pytest.approx(share / 100, abs=1e-5)


def test_the_quantiles_are_those_of_students_t() -> None:
    # R: qt(c(.75, .9, .975), 3)
    assert list(BANDS.values()) == pytest.approx([0.7648923, 1.637744, 3.182446], rel=1e-6)


def test_about_and_a_range_hold_on_the_better_side() -> None:
    projection = ahead([10, 11, 12, 14, 15], 2)
    wanted = projection.last.median
    strict = chance(projection, wanted, Bound.ABOUT, tolerance=1)
    higher = chance(projection, wanted, Bound.ABOUT, tolerance=1, direction=Direction.HIGHER)
    assert higher == chance(projection, wanted - 1, Bound.AT_LEAST) > strict
    lower = chance_between(projection, wanted - 1, wanted + 1, Direction.LOWER)
    assert lower == chance(projection, wanted + 1, Bound.AT_MOST) > strict


def test_no_chance_is_given_for_an_exact_number() -> None:
    with pytest.raises(ValueError, match="exactly 7"):
        chance(ahead([1, 2, 3, 4, 5]), 7, Bound.EXACTLY)


def test_beyond_the_natural_limits_the_chance_is_sure() -> None:
    projection = ahead([50, 52, 55, 60, 61], floor=0.0, ceiling=100.0)
    assert (chance(projection, 0, Bound.AT_LEAST), chance(projection, 101, Bound.AT_LEAST)) == (1, 0)


def test_next_to_sure_is_not_called_sure() -> None:
    assert [chance_text(c, "en") for c in (0.0, 0.004, 0.5, 1.0)] == [
        "less than 1%",
        "less than 1%",
        "50%",
        "more than 99%",
    ]


# ---- from a catalogue

FIVE = [figure(str(2018 + n), str(10 + n)) for n in range(6)]


def outlook(folder: Folder, figures: Sequence[str], day: date = date(2024, 6, 1), **edits: str) -> Projection | Refusal:
    """What is projected for the small catalogue's target with these figures and these edits of the indicator."""
    (folder.root / FIGURES).write_text(HEAD + "".join(figures), encoding="utf-8")
    for old, new in edits.items():
        folder.edit(THINGS, {"form": "form: level", "breaks": "breaks: []"}.get(old, old), new)
    catalogue = folder.load()
    return projection_for(catalogue, "things", catalogue.indicators["things"].targets[0], day)


def projected(found: Projection | Refusal) -> Projection:
    assert isinstance(found, Projection), found
    return found


def refused(found: Projection | Refusal) -> tuple[Reason | None, str]:
    assert isinstance(found, Refusal), found
    assert all(refusal_text(found, language) for language in LANGUAGES)
    return found.reason, found.rule.removeprefix("projection.refused.")


def test_a_target_is_projected_to_its_own_year(folder: Folder) -> None:
    projection = projected(outlook(folder, FIVE))
    assert [step.year for step in projection.steps] == [2024, 2025]
    assert projection.n == 6 and projection.scale is Scale.ODDS


def test_four_figures_are_too_few(folder: Folder) -> None:
    assert refused(outlook(folder, FIVE[2:])) == (Reason.TOO_FEW, "too_few")


def test_only_whole_years_that_were_read_count(folder: Folder) -> None:
    weak = [
        figure("2017", "9", check="recalled"),
        figure("2016", "9", derived="4 + 5"),
        figure("2015", "9", bound="above"),
        figure("2024-03", "17", "2024-04"),
        figure("2014-12", "8", "2015-01"),
    ]
    years = [year for year, _ in projected(outlook(folder, [*FIVE, *weak])).points]
    assert years == [2014, *range(2018, 2024)]  # the December stock is the year-end's


def test_what_was_not_yet_published_does_not_count(folder: Folder) -> None:
    assert projected(outlook(folder, FIVE, date(2023, 12, 31))).points[-1][0] == 2022


def test_nothing_is_projected_from_before_a_break(folder: Folder) -> None:
    longer = [figure("2017", "500"), *FIVE]
    after = "breaks:\n  - {period: 2018, reason: {zh: 改, en: New}}"
    assert [year for year, _ in projected(outlook(folder, longer, breaks=after)).points] == list(range(2018, 2024))


def test_too_few_figures_after_a_break_are_refused_for_the_break(folder: Folder) -> None:
    late = "breaks:\n  - {period: 2021, reason: {zh: 改, en: New}}"
    assert refused(outlook(folder, FIVE, breaks=late)) == (Reason.NOT_COMPARABLE, "after_break")


def test_nothing_is_projected_across_a_break_ahead(folder: Folder) -> None:
    ahead_ = "breaks:\n  - {period: 2024, reason: {zh: 改, en: New}}"
    assert refused(outlook(folder, FIVE, breaks=ahead_)) == (Reason.NOT_COMPARABLE, "break_ahead")


def test_a_figure_marked_as_a_break_starts_the_series_anew(folder: Folder) -> None:
    marked = [*FIVE[:3], FIVE[3].replace(",,2022", ",break,2022"), *FIVE[4:]]
    assert refused(outlook(folder, marked)) == (Reason.NOT_COMPARABLE, "after_break")


def test_old_figures_and_settled_targets_are_not_projected(folder: Folder) -> None:
    assert refused(outlook(folder, FIVE, date(2027, 6, 1))) == (Reason.TOO_OLD, "too_old")
    assert refused(outlook(folder, [*FIVE, figure("2025", "20")], DAY)) == (None, "published")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("form: average growth, bound: at least, value: 5, span: {from: 2021, to: 2025}", "several_years"),
        ("form: yearly value, bound: at least, value: 5, span: {from: 2021, to: 2025}", "several_years"),
        ("form: coverage, value: 1000, for: 2025", "at_limit"),
        ("form: direction, words: {zh: 升, en: rise}, for: 2025", "no_number"),
        ("form: level, bound: at least, value: 30, for: 2040", "too_far"),
        ("form: level, bound: at least, value: 30, for: 2025-06", "no_rule"),
        ("form: multiple, bound: at least, times: 2, baseline: {period: 2012, check: read}, for: 2025", "no_base"),
    ],
)
def test_what_is_no_level_of_one_year_is_refused_in_words(folder: Folder, target: str, expected: str) -> None:
    assert refused(_with_target(folder, target)[0])[1] == expected


def _with_target(folder: Folder, target: str) -> tuple[Projection | Refusal, float | None]:
    (folder.root / FIGURES).write_text(HEAD + "".join(FIVE), encoding="utf-8")
    head = (folder.root / THINGS).read_text(encoding="utf-8").split("targets:\n")[0]
    common = "adopted: 2020-06-01, document: plan, nature: expected, check: read"
    text = f"{head}targets:\n  - {{{target}, {common}}}\nbreaks: []\n"
    (folder.root / THINGS).write_text(text, encoding="utf-8")
    catalogue, day = folder.load(), date(2024, 6, 1)
    own = catalogue.indicators["things"].targets[0]
    found = projection_for(catalogue, "things", own, day)
    return found, chance_for(catalogue, "things", own, day, found) if isinstance(found, Projection) else None


def test_a_multiple_and_a_change_ask_for_the_level_they_come_to(folder: Folder) -> None:
    base = "baseline: {period: 2020, value: 10, check: read}, for: 2025"
    level = _with_target(folder, "form: level, bound: at least, value: 20, for: 2025")[1]
    assert level is not None and 0.01 < level < 0.5
    assert _with_target(folder, f"form: multiple, bound: at least, times: 2, {base}")[1] == level
    assert _with_target(folder, f"form: cumulative change, bound: at least, value: 100, {base}")[1] == level


def test_a_change_is_a_fall_where_lower_is_better(folder: Folder) -> None:
    folder.edit(THINGS, "direction: higher", "direction: lower")
    base = "baseline: {period: 2020, value: 20, check: read}, for: 2025"
    fall = _with_target(folder, f"form: cumulative change, bound: at least, value: 25, {base}")[1]
    level = _with_target(folder, "form: level, bound: at most, value: 15, for: 2025")[1]
    assert fall == level and fall is not None and 0 < fall < 1


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_every_shipped_target_is_projected_or_refused_in_words(shipped: Catalogue, year: int) -> None:
    day, count = date(year, 11, 23), 0
    for indicator_id, indicator, target in shipped.targets():
        if target.adopted.end > day:
            continue
        found = projection_for(shipped, indicator_id, target, day)
        if isinstance(found, Refusal):
            refused(found)
            continue
        met = chance_for(shipped, indicator_id, target, day, found)
        assert met is None or 0 <= met <= 1
        count += 1
        for language in LANGUAGES:
            said = projection_sentences(found, met, indicator, shipped.unit_of(indicator_id), target, language)
            assert all(said) and method_text(found, language)
    assert count


def test_a_projected_growth_rate_says_that_the_rate_is_projected(shipped: Catalogue) -> None:
    indicator = shipped.indicators["gdp-growth"]
    target = next(t for t in indicator.targets if t.due.text == "2026")
    found = projected(projection_for(shipped, "gdp-growth", target, DAY))
    unit = shipped.unit_of("gdp-growth")
    assert found.scale is Scale.RATE
    assert "The level behind the rate is not projected" in " ".join(
        projection_sentences(found, 0.5, indicator, unit, target, "en")
    )


# ---- the back-test


@pytest.fixture(scope="module")
def trials(shipped: Catalogue) -> list[backtest.Trial]:
    return list(backtest.trials(shipped))


@pytest.fixture(scope="module")
def table(trials: list[backtest.Trial]) -> pd.DataFrame:
    return backtest.table_of(trials)


def covers(table: pd.DataFrame, group: str, horizon: str) -> pd.Series:
    return table[(table["group"] == group) & (table["horizon"] == horizon)].iloc[0]


@pytest.mark.parametrize("group", ["all", "chosen", "held", "levels", "rates", "short"])
def test_the_bands_are_calibrated_on_both_halves_and_in_every_part(table: pd.DataFrame, group: str) -> None:
    for horizon in ("1-5", "1-10"):
        row = covers(table, group, horizon)
        assert 75 <= row["cover80"] <= 85 and 75 <= row["each80"] <= 85
    for horizon in range(1, 6):
        assert 72 <= covers(table, group, str(horizon))["cover80"] <= 88


def test_all_three_bands_hold_what_they_say(table: pd.DataFrame) -> None:
    row = covers(table, "all", "1-10")
    assert 45 <= row["cover50"] <= 55 and 92 <= row["cover95"] <= 97


def test_the_median_errs_less_than_the_last_figure_or_a_straight_line(table: pd.DataFrame) -> None:
    for group in ("all", "held"):
        for horizon in backtest.HORIZONS:
            row = covers(table, group, horizon)
            assert row["error"] < min(row["error_last"], row["error_line"])


def test_the_stored_table_and_page_are_those_of_the_shipped_figures(table: pd.DataFrame, tmp_path: Path) -> None:
    stored, shown = backtest.write(table, tmp_path)
    cure = "the figures or the method changed: run python -m tracking backtest --write"
    assert stored.read_text("utf-8") == backtest.TABLE.read_text("utf-8"), cure
    assert shown.read_text("utf-8") == backtest.PAGE.read_text("utf-8"), cure
    pd.testing.assert_frame_equal(backtest.backtest_table(), table)


def test_another_catalogue_never_takes_the_place_of_the_stored_table(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = [path.read_bytes() for path in (backtest.TABLE, backtest.PAGE)]
    assert main(["backtest", "--write", "--goals", str(folder.goals)]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert [path.read_bytes() for path in (backtest.TABLE, backtest.PAGE)] == before


def test_each_series_counts_the_same_however_long(trials: list[backtest.Trial]) -> None:
    one = next(t for t in trials if t.horizon == 1)
    long = [_like(one, "long", hit=True)] * 9
    row = backtest.table_of([*long, _like(one, "brief", hit=False)]).iloc[0]
    assert (row["cover80"], row["each80"]) == (50, 90)


def _like(trial: backtest.Trial, series: str, *, hit: bool) -> backtest.Trial:
    return replace(trial, series=series, in80=hit)


def test_the_back_test_knows_only_what_was_known_then(folder: Folder) -> None:
    revised = [figure("2022", "14"), figure("2022", "999", "2026-01-31"), figure("2023", "15")]
    points = _origins(folder, [*FIVE[:4], *revised])
    assert points[2022][-1] == (2022, 14) and (2023, 15) not in points[2022]


def _origins(folder: Folder, figures: Sequence[str]) -> dict[int, list[Point]]:
    (folder.root / FIGURES).write_text(HEAD + "".join(figures), encoding="utf-8")
    catalogue = folder.load()
    indicator, series = catalogue.indicators["things"], catalogue.main_series("things")
    return {
        year: [(o.period.year, o.value) for o in backtest._as_first_known(indicator, series, year)]
        for year in (2022, 2023)
    }


def test_the_back_test_projects_across_no_break(folder: Folder) -> None:
    (folder.root / FIGURES).write_text(HEAD + "".join(FIVE), encoding="utf-8")
    assert len(list(backtest.trials(folder.load()))) == 1
    folder.edit(THINGS, "breaks: []", "breaks:\n  - {period: 2023, reason: {zh: 改, en: New}}")
    assert list(backtest.trials(folder.load())) == []


def test_the_command_fails_where_the_bands_are_off_or_nothing_can_be_tested(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backtest", "--goals", str(folder.goals)]) == 1
    assert "No series is long enough" in capsys.readouterr().err
    wild = [figure(str(2010 + n), str(v)) for n, v in enumerate([100, 101, 102, 103, 104, 900, 5, 700, 9])]
    (folder.root / FIGURES).write_text(HEAD + "".join(wild), encoding="utf-8")
    assert main(["backtest", "--goals", str(folder.goals)]) == 1
    assert "Over" in capsys.readouterr().out


def test_nothing_further_ahead_than_was_tested_is_projected() -> None:
    assert max(max(years) for years in backtest.HORIZONS.values()) == FARTHEST
