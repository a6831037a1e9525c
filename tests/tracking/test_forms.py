"""Every form of target by its rule, each outcome once; what is said of it; and the numbers to do it again."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Folder
from tests.tracking.test_assessment import FIGURES, HEAD, LATE, THINGS, figure, judge, outcome
from tracking.assessment import assess, hold_standing, needed_change, needed_rate, path_standing
from tracking.case import case_of, chained, required_path
from tracking.charts import progress_chart
from tracking.look import LIGHT
from tracking.model import LANGUAGES, Assessment, Bound, Direction, Reason, Standing
from tracking.sentences import arithmetic, caution_sentences, sentence

MIDYEAR = date(2023, 6, 1)


def said(folder: Folder, a: Assessment, language: str = "en") -> str:
    """Sentence, arithmetic and cautions of the first target's verdict."""
    c = folder.load()
    target = c.indicators["things"].targets[0]
    parts = [sentence(c, "things", target, a, language), arithmetic(c, "things", target, a, language)]
    return " | ".join([*parts, *caution_sentences(c, "things", target, a, language)])


def settled(
    folder: Folder, figures: Sequence[str], target: str, as_of: date = LATE, **indicator: str
) -> Standing | Reason:
    """The outcome, after everything said of it could be said in each language."""
    a = judge(folder, figures, target, as_of, **indicator)
    for language in LANGUAGES:
        assert not re.search(r"[{}]|\bNone\b", said(folder, a, language))
    return outcome(a)


def run_of(values: Sequence[float], first: int = 2020) -> list[str]:
    return [figure(str(first + n), f"{v:g}") for n, v in enumerate(values)]


# yes or no

DONE = "form: yes/no, words: {zh: 建成, en: The thing is built}, for: 2025"
IN_WORDS = {"unit": "done", "natural_limits": "{}"}


@pytest.mark.parametrize(
    ("figures", "as_of", "expected"),
    [
        ([("2024", "0"), ("2025", "1")], LATE, Standing.MET),
        ([("2023", "1")], LATE, Standing.MET),
        ([("2023", "1"), ("2025", "0")], LATE, Standing.MISSED),
        ([("2022", "1")], MIDYEAR, Standing.MET),
        ([("2025", "0")], LATE, Standing.MISSED),
        ([("2026-06", "0")], LATE, Standing.MISSED),
        ([("2024", "0"), ("2026-06", "0")], LATE, Standing.MISSED),
        ([("2022", "0")], MIDYEAR, Reason.NOT_YET_DUE),
        ([("2024", "0")], LATE, Reason.DUE_FIGURE_MISSING),
        ([("2026-06", "1")], LATE, Reason.DUE_FIGURE_MISSING),
        ([], LATE, Reason.NO_FIGURE),
    ],
)
def test_a_yes_or_no_is_done_by_its_period_or_not(
    folder: Folder, figures: list[tuple[str, str]], as_of: date, expected: Standing | Reason
) -> None:
    rows = [figure(p, v, "2026-07-01" if p > "2026" else "") for p, v in figures]
    assert settled(folder, rows, DONE, as_of, **IN_WORDS) is expected


def test_what_is_done_early_is_not_final_before_its_period_is_over(folder: Folder) -> None:
    assert not judge(folder, [figure("2022", "1")], DONE, MIDYEAR, **IN_WORDS).final
    assert judge(folder, [figure("2022", "1")], DONE, LATE, **IN_WORDS).final


def test_an_unchecked_yes_decides_nothing(folder: Folder) -> None:
    unchecked = [figure("2025", "1", check="recalled")]
    assert settled(folder, unchecked, DONE, **IN_WORDS) is Reason.FIGURES_UNCHECKED


def test_a_yes_or_no_is_not_read_across_a_break(folder: Folder) -> None:
    broken = "[{period: 2023, reason: {zh: 断, en: Break}}]"
    assert settled(folder, [figure("2025", "1")], DONE, breaks=broken, **IN_WORDS) is Reason.NOT_COMPARABLE


# rank

TENTH = "form: rank, bound: at most, value: 10, for: 2025"
IN_PLACES = {"unit": "place", "direction": "lower"}


@pytest.mark.parametrize(
    ("figures", "as_of", "expected"),
    [
        ([("2025", "10")], LATE, Standing.MET),
        ([("2025", "11")], LATE, Standing.MISSED),
        ([("2020", "20"), ("2022", "9")], MIDYEAR, Standing.MET),
        ([("2020", "20"), ("2022", "11")], MIDYEAR, Reason.NOT_YET_DUE),
        ([("2020", "20"), ("2022", "30")], MIDYEAR, Reason.NOT_YET_DUE),
        ([("2020", "20"), ("2024", "11")], LATE, Reason.DUE_FIGURE_MISSING),
    ],
)
def test_a_rank_is_reached_or_not_and_has_no_pace(
    folder: Folder, figures: list[tuple[str, str]], as_of: date, expected: Standing | Reason
) -> None:
    assert settled(folder, [figure(p, v) for p, v in figures], TENTH, as_of, **IN_PLACES) is expected


def test_a_rank_not_yet_reached_says_how_many_places_are_missing(folder: Folder) -> None:
    a = judge(folder, [figure("2020", "20"), figure("2022", "13")], TENTH, MIDYEAR, **IN_PLACES)
    assert a.numbers["places"] == 3
    assert "3 short of place 10" in said(folder, a)
    assert "还差3位" in said(folder, a, "zh")


def test_no_path_is_drawn_to_a_rank(folder: Folder) -> None:
    judge(folder, [figure("2020", "20"), figure("2022", "13")], TENTH, MIDYEAR, **IN_PLACES)
    c = folder.load()
    chart = progress_chart(c, "things", c.indicators["things"].targets, MIDYEAR, "en", LIGHT)
    assert [t.name for t in chart.data if t.name in ("required path", "target")] == ["target"]


# direction

RISE = "form: direction, words: {zh: 提高, en: Raise it}, for: 2030"


@pytest.mark.parametrize(
    ("values", "direction", "expected"),
    [
        ([10, 11, 12, 13, 14, 15], "higher", Standing.ON_TRACK),
        ([10, 11, 12, 13, 15, 14], "higher", Standing.BEHIND),
        ([15, 14, 13, 12, 10, 11], "higher", Standing.BEHIND),
        ([15, 14, 13, 12, 11, 10], "higher", Standing.MOVING_AWAY),
        ([15, 14, 13, 12, 11, 10], "lower", Standing.ON_TRACK),
        ([10, 11, 12, 13, 14, 15], "lower", Standing.MOVING_AWAY),
        ([10, 12, 12, 11, 10, 10], "higher", Standing.BEHIND),
        ([10, 11, 12, 13], "higher", Standing.ON_TRACK),
        ([10, 11, 12], "higher", Reason.TOO_FEW),
        ([90, 10, 11, 12, 13, 14, 15], "higher", Standing.ON_TRACK),
    ],
)
def test_a_direction_is_judged_by_five_years_and_the_last(
    folder: Folder, values: list[float], direction: str, expected: Standing | Reason
) -> None:
    rows = run_of(values, 2026 - len(values))
    assert settled(folder, rows, RISE, direction=direction) is expected


def test_a_direction_is_never_met_nor_missed(folder: Folder) -> None:
    over = RISE.replace("2030", "2025")
    assert settled(folder, run_of([10, 11, 12, 13, 14, 15]), over) is Reason.NO_NUMBER
    assert settled(folder, run_of([15, 14, 13, 12, 11, 10]), over) is Reason.NO_NUMBER


def test_a_direction_needs_a_figure_from_after_its_baseline(folder: Folder) -> None:
    before = run_of([10, 11, 12, 13, 14, 15], 2015)
    assert settled(folder, before[:5], RISE, date(2021, 6, 1)) is Reason.TOO_FEW
    assert settled(folder, before, RISE, date(2021, 6, 1)) is Standing.ON_TRACK


def test_a_direction_bridges_no_missing_year_for_its_last_change(folder: Folder) -> None:
    rows = run_of([10, 11, 12, 13, 14, 15])
    assert settled(folder, [*rows[:4], rows[5]], RISE) is Reason.TOO_FEW
    inside = judge(folder, [*rows[:2], *rows[3:]], RISE)
    assert (outcome(inside), inside.numbers["yearly_change"]) == (Standing.ON_TRACK, 1)


def test_a_direction_looks_across_no_break_and_at_no_old_figure(folder: Folder) -> None:
    rows = run_of([10, 11, 12, 13, 14, 15])
    broken = "[{period: 2024, reason: {zh: 断, en: Break}}]"
    assert settled(folder, rows, RISE, breaks=broken) is Reason.NOT_COMPARABLE
    assert settled(folder, rows, RISE, date(2029, 6, 1), breaks="[]") is Reason.TOO_OLD


@pytest.mark.parametrize(
    ("falls", "expected"),
    [
        ([1, 2, 1, 2], Standing.ON_TRACK),
        ([1, 2, 1, -1], Standing.BEHIND),
        ([-1, -2, -1, -1], Standing.MOVING_AWAY),
        ([1, 2, 1], Reason.TOO_FEW),
        ([-90, 1, 2, 1, 2, 1], Standing.ON_TRACK),
    ],
)
def test_yearly_rates_are_themselves_the_changes(folder: Folder, falls: list[float], expected: Standing) -> None:
    rows, unit = run_of(falls, 2026 - len(falls)), '"% fall"'
    assert settled(folder, rows, RISE, unit=unit, natural_limits="{}") is expected


def test_a_direction_says_its_mean_and_its_last_change(folder: Folder) -> None:
    a = judge(folder, run_of([10, 12, 14, 16, 19, 18]), RISE)
    assert (a.numbers["yearly_change"], a.numbers["last_change"]) == (1.6, -1)
    assert "+1.6 a year on average in 2020–2025, the wanted way, but −1 in the last year" in said(folder, a)


# stable

STABLE = "form: stable, words: {zh: 稳定, en: Stable}, for: 2025, baseline: {period: 2020, check: read}"


@pytest.mark.parametrize(
    ("values", "as_of", "expected"),
    [
        ([20, 21, 22], MIDYEAR, Standing.ON_TRACK),
        ([20, 19, 18], MIDYEAR, Standing.ON_TRACK),
        ([20, 21, 22.1], MIDYEAR, Standing.MOVING_AWAY),
        ([20, 21, 25, 25, 25, 18], LATE, Standing.MET),
        ([20, 21, 20, 20, 20, 17.9], LATE, Standing.MISSED),
        ([20, 21, 20, 20, 20], LATE, Reason.DUE_FIGURE_MISSING),
        ([20], LATE, Reason.DUE_FIGURE_MISSING),
        ([20], MIDYEAR, Reason.TOO_FEW),
    ],
)
def test_stable_with_a_tolerance_is_within_it_or_not(
    folder: Folder, values: list[float], as_of: date, expected: Standing | Reason
) -> None:
    assert settled(folder, run_of(values), f"{STABLE}, tolerance: 2", as_of) is expected


def test_stable_without_a_tolerance_is_shown_and_not_coloured(folder: Folder) -> None:
    a = judge(folder, run_of([20, 21, 22]), STABLE)
    assert outcome(a) is Reason.NO_NUMBER
    assert said(folder, a).startswith("22 at the end of 2022, after 20 at the end of 2020; no number")
    assert settled(folder, [], STABLE) is Reason.NO_NUMBER


def test_stable_is_not_compared_across_a_break(folder: Folder) -> None:
    broken = "[{period: 2022, reason: {zh: 断, en: Break}}]"
    assert settled(folder, run_of([20, 21, 22]), f"{STABLE}, tolerance: 2", MIDYEAR, breaks=broken) is (
        Reason.NOT_COMPARABLE)  # fmt: skip
    a = judge(folder, run_of([20, 21, 22]), STABLE, MIDYEAR)
    assert "after 20" not in said(folder, a)


def test_a_bound_does_not_say_how_far_a_stable_thing_moved(folder: Folder) -> None:
    rows = [figure("2020", "20"), figure("2022", "21", bound="above")]
    assert settled(folder, rows, f"{STABLE}, tolerance: 2", MIDYEAR) is Reason.BOUND_UNDECIDED


def test_the_tolerance_of_stable_is_said_and_whose_it_is(folder: Folder) -> None:
    a = judge(folder, run_of([20, 21, 22]), f"{STABLE}, tolerance: 2", MIDYEAR)
    assert "moved by +2, so far within 2" in said(folder, a)
    assert "which is ours unless" in said(folder, a)


# the year that is running

YEARLY = "form: yearly value, bound: at least, value: 100, for: 2026"
TO_DATE = {"accumulation": "year-to-date", "natural_limits": "{}"}
GROWTH = {**TO_DATE, "unit": '"% growth"'}


def part_year(value: str, month: str = "08") -> list[str]:
    return [figure("2025", value), figure(f"2026-{month}", value, "2026-11-20")]


def test_a_running_sum_says_what_each_remaining_month_must_bring(folder: Folder) -> None:
    a = judge(folder, part_year("60"), YEARLY, **TO_DATE)
    assert outcome(a) is Reason.NOT_YET_DUE
    assert 60 + a.numbers["left"] * a.numbers["needed_value"] == 100
    assert "the remaining months need 10.0 a month" in said(folder, a)
    assert "(100 − 60) ÷ 4 = 10.0" in said(folder, a)
    assert "余下月份每月须为10.0" in said(folder, a, "zh")


def test_a_running_rate_says_what_the_rest_must_average_and_that_it_is_ours(folder: Folder) -> None:
    target = "form: range, value: 4.5, high: 5, for: 2026"
    a = judge(folder, part_year("4.7", "06"), target, **GROWTH)
    assert outcome(a) is Reason.NOT_YET_DUE
    assert (a.numbers["needed_value"], a.numbers["needed_high"]) == (pytest.approx(4.3), pytest.approx(5.3))
    assert "need 4.30% to 5.30% on average (our approximation" in said(folder, a)
    assert "（12 × 4.5% − 6 × 4.7%） ÷ 6 = 4.30%" in said(folder, a, "zh")


@pytest.mark.parametrize("month", ["03", "08", "11"])
def test_the_rest_of_a_rate_weighs_each_month_alike(folder: Folder, month: str) -> None:
    a = judge(folder, part_year("60", month), YEARLY, **GROWTH)
    months, left = float(a.numbers["months"]), float(a.numbers["left"])
    assert (months, months + left) == (int(month), 12)
    assert (months * 60 + left * float(a.numbers["needed_value"])) / 12 == pytest.approx(100)


@pytest.mark.parametrize("bound", ["at least", "at most", "about", "exactly"])
@pytest.mark.parametrize("value", ["60", "100", "130"])
@pytest.mark.parametrize("indicator", [TO_DATE, GROWTH], ids=["sum", "rate"])
def test_a_running_year_is_never_settled(folder: Folder, bound: str, value: str, indicator: dict[str, str]) -> None:
    target = YEARLY.replace("at least", bound) + ", tolerance: 5"
    assert settled(folder, part_year(value), target, **indicator) is Reason.NOT_YET_DUE
    ranged = "form: range, value: 100, high: 110, for: 2026"
    assert settled(folder, part_year(value), ranged, **indicator) is Reason.NOT_YET_DUE


def test_a_sum_that_is_there_already_needs_no_pace(folder: Folder) -> None:
    a = judge(folder, part_year("130"), YEARLY, **TO_DATE)
    assert "already at or beyond the 100" in said(folder, a)


@pytest.mark.parametrize("accumulation", ["period", "end of period"])
def test_neither_a_stock_nor_a_months_own_figure_has_a_pace(folder: Folder, accumulation: str) -> None:
    a = judge(folder, part_year("60"), YEARLY, accumulation=accumulation, natural_limits="{}")
    assert (outcome(a), "needed_value" in a.numbers) == (Reason.NOT_YET_DUE, False)


def test_the_first_of_several_years_shows_its_pace_while_it_runs(folder: Folder) -> None:
    target = "form: yearly value, bound: at least, value: 100, span: {from: 2026, to: 2028}"
    assert judge(folder, part_year("60"), target, **TO_DATE).numbers["needed_value"] == 10


def test_a_figure_that_is_only_a_bound_does_not_settle_a_range(folder: Folder) -> None:
    target = "form: range, value: 40, high: 50, for: 2025"
    verdicts = {v: settled(folder, [figure("2025", v, bound="above")], target) for v in ("39", "45")}
    assert verdicts == {"39": Reason.BOUND_UNDECIDED, "45": Standing.MET}


def test_a_bound_that_leaves_one_year_open_leaves_all_years_open(folder: Folder) -> None:
    target = "form: yearly value, bound: at least, value: 5, span: {from: 2024, to: 2025}"
    rows = [figure("2024", "4", bound="above"), figure("2025", "6")]
    assert settled(folder, rows, target) is Reason.BOUND_UNDECIDED


# the rate that the rest needs

RATES = st.floats(-20, 30)


@given(mean=RATES, wanted=RATES, done=st.integers(1, 9), left=st.integers(1, 9))
def test_the_needed_rate_brings_the_average_to_the_target(mean: float, wanted: float, done: int, left: int) -> None:
    needed = needed_rate(wanted, done + left, mean, done)
    assert chained([mean] * done + [needed] * left) == pytest.approx(chained([wanted] * (done + left)), abs=1e-6)


@given(change=RATES, wanted=st.floats(0.1, 60), left=st.integers(1, 9), falls=st.booleans())
def test_the_needed_change_brings_the_change_to_the_target(
    change: float, wanted: float, left: int, falls: bool
) -> None:
    needed = needed_change(wanted, change, left, falls)
    assert chained([change] + [needed] * left, falls) == pytest.approx(wanted, abs=1e-6)


AVERAGE = "form: average growth, bound: at least, value: 20, span: {from: 2021, to: 2025}"


@pytest.mark.parametrize(
    ("rate", "expected"), [(25, Standing.ON_TRACK), (10, Standing.BEHIND), (-5, Standing.MOVING_AWAY)]
)
def test_levels_and_rates_of_the_same_growth_need_the_same(folder: Folder, rate: float, expected: Standing) -> None:
    rates = judge(folder, run_of([rate, rate], 2021), AVERAGE, MIDYEAR, unit='"% growth"', natural_limits="{}")
    grown = [100 * (1 + rate / 100) ** n for n in range(3)]
    levels = judge(folder, run_of(grown), AVERAGE, MIDYEAR, unit="things", natural_limits="{}")
    assert outcome(rates) is outcome(levels) is expected
    assert rates.numbers["needed"] == pytest.approx(levels.numbers["needed"])
    for language in LANGUAGES:
        assert "%)^(1/3) − 1 = " not in said(folder, levels, language)  # the powers are whole numbers of years
        assert "^5 ÷ (1 + " in said(folder, levels, language)


FALL = "form: cumulative change, bound: at least, value: 20, baseline: {period: 2020, check: read}, for: 2025"


@pytest.mark.parametrize(
    ("values", "expected", "words"),
    [
        ([100, 95, 90], Standing.ON_TRACK, "need a fall of 3.85% a year"),
        ([100, 97, 95], Standing.BEHIND, "need a fall of 5.57% a year"),
        ([100, 101, 102], Standing.MOVING_AWAY, "need a fall of 7.78% a year"),
        ([100, 90, 75], Standing.ON_TRACK, "already as much as the 20%"),
    ],
)
def test_a_running_change_says_what_the_rest_needs(
    folder: Folder, values: list[float], expected: Standing, words: str
) -> None:
    assert settled(folder, run_of(values), FALL, MIDYEAR, direction="lower") is expected
    a = judge(folder, run_of(values), FALL, MIDYEAR, direction="lower")
    assert words in said(folder, a)


def test_a_change_that_may_not_be_passed_is_behind_above_its_pace(folder: Folder) -> None:
    target = FALL.replace("at least", "at most")
    assert settled(folder, run_of([100, 104, 108]), target, MIDYEAR) is Standing.ON_TRACK
    assert settled(folder, run_of([100, 104, 108.1]), target, MIDYEAR) is Standing.BEHIND


def test_nothing_is_compounded_through_zero(folder: Folder) -> None:
    free = {"natural_limits": "{}"}
    assert settled(folder, run_of([5, -100], 2021), AVERAGE, MIDYEAR, unit='"% growth"', **free) is Reason.NO_RULE
    assert settled(folder, run_of([100, 50, -5]), AVERAGE, MIDYEAR, unit="things") is Reason.NO_RULE
    assert settled(folder, run_of([100, 50, -5]), FALL, MIDYEAR, direction="lower") is Reason.NO_RULE
    assert settled(folder, run_of([5, 100], 2021), FALL, MIDYEAR, unit='"% fall"') is Reason.NO_RULE


@pytest.mark.parametrize(
    ("value", "bound", "expected"),
    [("25", "above", Standing.ON_TRACK), ("15", "above", Reason.BOUND_UNDECIDED), ("15", "at most", Standing.BEHIND),
     ("25", "at most", Reason.BOUND_UNDECIDED), ("9", "above", Reason.BOUND_UNDECIDED)],
)  # fmt: skip
def test_a_lower_bound_can_show_that_a_path_is_kept_but_not_that_it_is_left(
    folder: Folder, value: str, bound: str, expected: Standing | Reason
) -> None:
    target = f"form: level, bound: at least, value: 30, for: 2025, {BASE}"
    assert settled(folder, [figure("2022", value, bound=bound)], target, MIDYEAR) is expected


# milestones, and what replaces what

COMMON = "document: plan, nature: expected"
BASE = "baseline: {period: 2020, value: 10, check: read}"


def level(value: float, year: int, *more: str, adopted: str = "2020-06-01", check: str = "read") -> str:
    given = "".join(f", {m}" for m in more)
    return (
        f"  - {{form: level, bound: at least, value: {value}, for: {year}, adopted: {adopted}, {COMMON},"
        f" check: {check}, {BASE}{given}}}\n"
    )


def with_targets(folder: Folder, figures: Sequence[str], *targets: str) -> None:
    (folder.root / FIGURES).write_text(HEAD + "".join(figures), encoding="utf-8")
    text = (folder.root / THINGS).read_text(encoding="utf-8")
    head, tail = text.split("targets:\n")
    whole = f"{head}targets:\n{''.join(targets)}{tail[tail.index('breaks:') :]}"
    (folder.root / THINGS).write_text(whole, encoding="utf-8")


def first_verdict(folder: Folder, as_of: date = MIDYEAR) -> Assessment:
    c = folder.load()
    return assess(c, "things", c.indicators["things"].targets[0], as_of)


def path_of(folder: Folder, as_of: date = MIDYEAR) -> list[tuple[str, float]]:
    c = folder.load()
    case = case_of(c, "things", c.indicators["things"].targets[0], as_of)
    return [(period.text, value) for period, value in required_path(case)]


STRAIGHT = [("2020", 10), ("2030", 50)]
BY_WAY = [("2020", 10), ("2025", 20), ("2030", 50)]


def test_the_path_to_a_later_target_runs_through_the_earlier_one(folder: Folder) -> None:
    with_targets(folder, run_of([10, 12, 14]), level(50, 2030), level(20, 2025))
    assert path_of(folder) == BY_WAY
    a = first_verdict(folder)
    assert (outcome(a), a.numbers["required"]) == (Standing.ON_TRACK, pytest.approx(14, abs=0.01))
    for language in LANGUAGES:
        assert "20" in said(folder, a, language)
    with_targets(folder, run_of([10, 12, 14]), level(50, 2030))
    assert (path_of(folder), outcome(first_verdict(folder))) == (STRAIGHT, Standing.BEHIND)


def test_a_milestone_that_was_missed_is_still_on_the_path(folder: Folder) -> None:
    with_targets(folder, run_of([10, 11, 12, 13, 14, 15, 25]), level(50, 2030), level(20, 2025))
    a = first_verdict(folder, date(2027, 6, 1))
    assert path_of(folder, date(2027, 6, 1)) == BY_WAY
    assert a.numbers["required"] == pytest.approx(26, abs=0.01)
    assert outcome(a) is Standing.BEHIND


def test_the_chart_draws_the_path_that_the_verdict_rests_on(folder: Folder) -> None:
    with_targets(folder, run_of([10, 12, 14]), level(50, 2030), level(20, 2025))
    c = folder.load()
    chart = progress_chart(c, "things", c.indicators["things"].targets[:1], MIDYEAR, "en", LIGHT)
    (path,) = [t for t in chart.data if t.name == "required path"]
    assert list(zip(path.x, path.y, strict=True)) == [(float(period), value) for period, value in BY_WAY]


@pytest.mark.parametrize(
    ("value", "year", "expected"),
    [(31, 2024, Standing.MET), (29, 2024, Standing.MOVING_AWAY), (29, 2025, Standing.MOVING_AWAY)],
)
def test_what_was_reached_at_the_start_is_only_to_be_held(
    folder: Folder, value: float, year: int, expected: Standing
) -> None:
    reached = BASE.replace("value: 10", "value: 40")
    targets = [level(30, 2030).replace(BASE, reached), level(45, 2025).replace(BASE, reached)]
    with_targets(folder, [figure("2020", "40"), figure(str(year), f"{value}")], *targets)
    assert outcome(first_verdict(folder, date(2026, 6, 1))) is expected


@pytest.mark.parametrize(
    ("other", "as_of"),
    [
        (level(20, 2025, check="recalled"), MIDYEAR),
        (level(20, 2025, adopted="2023-07-01"), MIDYEAR),
        (level(20, 2025).replace("nature: expected", "nature: forecast"), MIDYEAR),
        (level(20, 2025).replace("at least", "at most"), MIDYEAR),
        (level(20, 2025).replace("document: plan", "document: other"), MIDYEAR),
        (level(20, 2025).replace("form: level", "form: yearly value"), MIDYEAR),
    ],
    ids=["unchecked", "not adopted yet", "forecast", "other side", "other document", "other form"],
)
def test_only_what_the_same_plan_promised_bends_the_path(folder: Folder, other: str, as_of: date) -> None:
    plan = (folder.goals / "documents.yaml").read_text(encoding="utf-8")
    (folder.goals / "documents.yaml").write_text(plan + plan.replace("plan:", "other:", 1), encoding="utf-8")
    with_targets(folder, run_of([10, 12, 14]), level(50, 2030), other)
    assert path_of(folder, as_of) == STRAIGHT


def test_a_replaced_milestone_gives_way_to_its_replacement(folder: Folder) -> None:
    later = level(25, 2025, "id: again", "supersedes: 2025-plan", adopted="2022-06-01")
    with_targets(folder, run_of([10, 12, 14]), level(50, 2030), level(20, 2025), later)
    assert path_of(folder, date(2022, 5, 31)) == BY_WAY
    assert path_of(folder) == [("2020", 10), ("2025", 25), ("2030", 50)]


def test_of_two_milestones_for_one_year_the_later_promise_counts(folder: Folder) -> None:
    twice = [level(25, 2025, "id: a", adopted="2021-06-01"), level(20, 2025, "id: b")]
    with_targets(folder, run_of([10, 12, 14]), level(50, 2030), *twice)
    assert path_of(folder) == [("2020", 10), ("2025", 25), ("2030", 50)]


def test_a_replacement_keeps_the_milestones_of_what_it_replaced(folder: Folder) -> None:
    plan = (folder.goals / "documents.yaml").read_text(encoding="utf-8")
    (folder.goals / "documents.yaml").write_text(plan + plan.replace("plan:", "other:", 1), encoding="utf-8")
    new = level(60, 2030, "id: new", "supersedes: 2030-plan", adopted="2022-06-01")
    new = new.replace("document: plan", "document: other")
    with_targets(folder, run_of([10, 12, 14]), new, level(50, 2030), level(20, 2025))
    assert path_of(folder) == [("2020", 10), ("2025", 20), ("2030", 60)]


def test_a_replaced_target_names_what_replaced_it(folder: Folder) -> None:
    later = level(25, 2025, "id: again", "supersedes: 2025-plan", adopted="2022-06-01")
    with_targets(folder, run_of([10, 12, 18]), level(20, 2025), later)
    a = first_verdict(folder)
    assert outcome(a) is Reason.SUPERSEDED
    assert "at least 25 by 2025; Plan" in said(folder, a)
    assert "到2025年不低于25个，见规划" in said(folder, a, "zh")


def test_a_replaced_target_is_judged_as_ever_until_then(folder: Folder) -> None:
    later = level(25, 2025, "id: again", "supersedes: 2025-plan", adopted="2022-06-01")
    with_targets(folder, run_of([10, 12, 18]), level(20, 2025), later)
    assert outcome(first_verdict(folder, date(2022, 5, 31))) is Standing.ON_TRACK
    assert outcome(first_verdict(folder, date(2022, 6, 1))) is Reason.SUPERSEDED


# about

ABOUT = "form: yearly value, bound: about, value: 50, tolerance: 5, for: 2025"


@pytest.mark.parametrize(("value", "direction", "expected"), [
    ("45", "higher", Standing.MET), ("44.9", "higher", Standing.MISSED), ("55.1", "higher", Standing.MET),
    ("55", "lower", Standing.MET), ("55.1", "lower", Standing.MISSED), ("44.9", "lower", Standing.MET),
    ("45", "maintain", Standing.MET), ("44.9", "maintain", Standing.MISSED), ("55", "maintain", Standing.MET),
    ("55.1", "maintain", Standing.MISSED),
])  # fmt: skip
def test_about_holds_up_to_both_edges(folder: Folder, value: str, direction: str, expected: Standing) -> None:
    assert settled(folder, [figure("2025", value)], ABOUT, direction=direction) is expected


def test_about_says_its_tolerance(folder: Folder) -> None:
    a = judge(folder, [figure("2025", "47")], ABOUT)
    assert "3 below the target of about 50 (give or take 5)" in said(folder, a)
    assert "比目标约50个（容差5个）低3个" in said(folder, a, "zh")


def test_a_tolerance_is_in_the_targets_own_unit(folder: Folder) -> None:
    wide = ABOUT.replace("value: 50", "value: 5").replace("tolerance: 5", "tolerance: 1") + ", unit: '10,000 things'"
    free = {"natural_limits": "{}"}
    assert settled(folder, [figure("2025", "40000")], wide, **free) is Standing.MET
    assert settled(folder, [figure("2025", "39999")], wide, **free) is Standing.MISSED


# the two decisions

VALUES = st.integers(-1000, 1000)


@given(value=VALUES, start=VALUES, wanted=VALUES, tenths=st.integers(1, 10))
def test_the_way_up_and_the_way_down_are_judged_alike(value: int, start: int, wanted: int, tenths: int) -> None:
    if start == wanted:
        with pytest.raises(ValueError, match="no path"):
            path_standing(value, start, wanted, tenths / 10)
        return
    up = path_standing(value, start, wanted, tenths / 10)
    down = path_standing(-value, -start, -wanted, tenths / 10)
    assert up == down


@pytest.mark.parametrize(
    ("value", "standing", "ratio"),
    [(14, Standing.ON_TRACK, 1), (20, Standing.ON_TRACK, 2.5), (13.9, Standing.BEHIND, 0.975),
     (10, Standing.BEHIND, 0), (9, Standing.MOVING_AWAY, -0.25)],
)  # fmt: skip
def test_the_ratio_is_the_way_gone_over_the_way_asked_for(value: float, standing: Standing, ratio: float) -> None:
    assert path_standing(value, 10, 20, 0.4) == (standing, pytest.approx(ratio))


def test_a_bound_is_kept_or_not_and_only_the_settled_is_met_or_missed() -> None:
    def hold(value: float, *, settled: bool, away: bool = False) -> Standing:
        return hold_standing(value, Bound.AT_LEAST, 5, 0, Direction.HIGHER, settled=settled, away=away)

    assert [hold(5, settled=s) for s in (True, False)] == [Standing.MET, Standing.ON_TRACK]
    assert [hold(4, settled=s) for s in (True, False)] == [Standing.MISSED, Standing.BEHIND]
    assert [hold(4, settled=s, away=True) for s in (True, False)] == [Standing.MISSED, Standing.MOVING_AWAY]
