"""Each form of target by its rule; and what cannot be judged is refused with its reason."""

from collections.abc import Sequence
from datetime import date

import pytest

from tests.conftest import Folder
from tracking.assessment import assess
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.model import Assessment, Reason, Standing

HEAD = "area,period,value,bound,status,published,document,check,derived,note_zh,note_en\n"
THINGS, FIGURES = "goals/indicators/things.yaml", "figures/things.csv"
LATE = date(2026, 11, 23)


def figure(
    period: str, value: str, published: str = "", bound: str = "", check: str = "read", derived: str = ""
) -> str:
    day = published or f"{int(period[:4]) + 1}-01-31"
    return f",{period},{value},{bound},,{day},plan,{check},{derived},,\n"


def judge(folder: Folder, figures: Sequence[str], target: str = "", as_of: date = LATE, **indicator: str) -> Assessment:
    """Write these figures and this target (YAML, flow) into the small catalogue and judge it."""
    (folder.root / FIGURES).write_text(HEAD + "".join(figures), encoding="utf-8")
    text = (folder.root / THINGS).read_text(encoding="utf-8")
    head, tail = text.split("targets:\n")
    for key, value in indicator.items():
        old = next(line for line in (head + tail).splitlines() if line.startswith(f"{key}:"))
        head, tail = head.replace(old, f"{key}: {value}"), tail.replace(old, f"{key}: {value}")
    if target:
        common = "adopted: 2020-06-01, document: plan, nature: expected, check: read"
        marked = target if "nature:" in target else f"{target}, {common}"
        tail = f"  - {{{marked}}}\n" + tail[tail.index("breaks:") :]
    (folder.root / THINGS).write_text(f"{head}targets:\n{tail}", encoding="utf-8")
    catalogue = folder.load()
    return assess(catalogue, "things", catalogue.indicators["things"].targets[0], as_of)


def outcome(a: Assessment) -> Standing | Reason:
    return a.reason or a.standing


def test_the_due_figure_settles_a_level(folder: Folder) -> None:
    met = judge(folder, [figure("2024", "20"), figure("2025", "30")])
    assert (outcome(met), met.final) == (Standing.MET, True)
    missed = judge(folder, [figure("2024", "40"), figure("2025", "29.9")])
    assert (outcome(missed), missed.final) == (Standing.MISSED, True)


def test_only_the_due_figure_can_miss(folder: Folder) -> None:
    a = judge(folder, [figure("2023", "20"), figure("2024", "21")])
    assert outcome(a) is Reason.DUE_FIGURE_MISSING


def test_a_december_stock_is_the_year_ends_but_a_december_value_is_not_the_years(folder: Folder) -> None:
    december = [figure("2024", "20"), figure("2025-12", "31", "2026-01")]
    assert outcome(judge(folder, december)) is Standing.MET
    assert outcome(judge(folder, december, accumulation="period")) is Reason.DUE_FIGURE_MISSING


def test_a_part_year_never_passes_for_a_year(folder: Folder) -> None:
    part = [figure("2024", "20"), figure("2025-11", "31", "2025-12")]
    assert outcome(judge(folder, part, accumulation="year-to-date")) is Reason.DUE_FIGURE_MISSING


def test_a_level_may_be_reached_before_it_is_due(folder: Folder) -> None:
    a = judge(folder, [figure("2021", "12"), figure("2022", "31")], as_of=date(2023, 6, 1))
    assert (outcome(a), a.final) == (Standing.MET, False)


@pytest.mark.parametrize(
    ("value", "standing"), [("18", Standing.ON_TRACK), ("17.9", Standing.BEHIND), ("9", Standing.MOVING_AWAY)]
)
def test_a_running_level_is_judged_against_the_straight_path(folder: Folder, value: str, standing: Standing) -> None:
    a = judge(folder, [figure("2020", "10"), figure("2022", value)], as_of=date(2023, 6, 1))
    assert outcome(a) is standing
    assert a.numbers["required"] == pytest.approx(18, abs=0.01)


def test_a_lower_bound_proves_met_but_never_missed(folder: Folder) -> None:
    assert outcome(judge(folder, [figure("2025", "31", bound="above")])) is Standing.MET
    assert outcome(judge(folder, [figure("2025", "29", bound="above")])) is Reason.BOUND_UNDECIDED
    assert outcome(judge(folder, [figure("2025", "29", bound="at most")])) is Standing.MISSED


def test_an_unchecked_figure_or_our_own_arithmetic_never_decides(folder: Folder) -> None:
    assert outcome(judge(folder, [figure("2025", "31", check="recalled")])) is Reason.FIGURES_UNCHECKED
    assert outcome(judge(folder, [figure("2025", "31", derived="1 + 30")])) is Reason.ONLY_DERIVED


def test_an_unchecked_target_is_not_judged(folder: Folder) -> None:
    target = (
        "form: level, bound: at least, value: 30, for: 2025, adopted: 2020-06-01, document: plan,"
        " nature: unstated, check: recalled"
    )
    assert outcome(judge(folder, [figure("2025", "31")], target)) is Reason.TARGET_UNCHECKED


def test_no_figure_is_not_the_same_as_no_due_figure(folder: Folder) -> None:
    assert outcome(judge(folder, [])) is Reason.NO_FIGURE


def test_nothing_is_compared_across_a_break(folder: Folder) -> None:
    broken = "[{period: 2023, reason: {zh: 断, en: Break}}]"
    assert outcome(judge(folder, [figure("2025", "31")], breaks=broken)) is Reason.NOT_COMPARABLE
    a = judge(folder, [figure("2020", "10"), figure("2024", "20")], as_of=date(2025, 6, 1), breaks=broken)
    assert outcome(a) is Reason.NOT_COMPARABLE


def test_an_old_figure_does_not_judge_a_running_target(folder: Folder) -> None:
    target = "form: level, bound: at least, value: 30, for: 2030"
    assert outcome(judge(folder, [figure("2020", "10"), figure("2021", "12")], target)) is Reason.TOO_OLD


def test_one_figure_tells_no_pace(folder: Folder) -> None:
    target = "form: level, bound: at least, value: 30, for: 2030"
    assert outcome(judge(folder, [figure("2025", "12")], target)) is Reason.TOO_FEW


def test_about_has_a_tolerance_and_is_not_broken_on_the_better_side(folder: Folder) -> None:
    target = "form: yearly value, bound: about, value: 5, tolerance: 0.5, for: 2025"
    verdicts = {v: outcome(judge(folder, [figure("2025", v)], target)) for v in ("4.5", "4.4", "9")}
    assert verdicts == {"4.5": Standing.MET, "4.4": Standing.MISSED, "9": Standing.MET}
    assert outcome(judge(folder, [figure("2025", "9")], target, direction="maintain")) is Standing.MISSED


def test_a_yearly_value_waits_for_its_year(folder: Folder) -> None:
    target = "form: yearly value, bound: at least, value: 5, for: 2026"
    a = judge(folder, [figure("2025", "6"), figure("2026-08", "7", "2026-09")], target)
    assert outcome(a) is Reason.NOT_YET_DUE


def test_one_bad_year_breaks_a_value_for_each_year(folder: Folder) -> None:
    target = "form: yearly value, bound: at least, value: 5, span: {from: 2023, to: 2025}"
    good = [figure(str(y), "6") for y in (2023, 2024, 2025)]
    assert outcome(judge(folder, good, target)) is Standing.MET
    assert outcome(judge(folder, [good[0], figure("2024", "4")], target)) is Standing.MISSED
    assert outcome(judge(folder, good[:2], target)) is Reason.DUE_FIGURE_MISSING
    assert outcome(judge(folder, good[:2], target, as_of=date(2025, 6, 1))) is Standing.ON_TRACK


@pytest.mark.parametrize(
    ("value", "standing"), [("4.7", Standing.MET), ("5.2", Standing.MET), ("4.4", Standing.MISSED)]
)
def test_a_range_is_missed_only_on_the_worse_side(folder: Folder, value: str, standing: Standing) -> None:
    target = "form: range, value: 4.5, high: 5, for: 2025"
    assert outcome(judge(folder, [figure("2025", value)], target)) is standing


def test_average_growth_is_the_geometric_mean_of_the_yearly_rates(folder: Folder) -> None:
    rates = [figure(str(2021 + n), v) for n, v in enumerate(("27.8", "21.3", "16.8", "10.0", "9.1"))]
    target = "form: average growth, bound: at least, value: 20, span: {from: 2021, to: 2025}"
    a = judge(folder, rates, target, unit='"% growth"')
    assert outcome(a) is Standing.MISSED
    assert a.numbers["mean"] == pytest.approx(100 * ((1.278 * 1.213 * 1.168 * 1.1 * 1.091) ** 0.2 - 1))
    running = judge(folder, rates[:2], target, as_of=date(2023, 6, 1), unit='"% growth"')
    assert outcome(running) is Standing.ON_TRACK
    assert running.numbers["needed"] == pytest.approx(17.08, abs=0.01)


def test_a_missing_year_is_never_bridged(folder: Folder) -> None:
    rates = [figure(str(y), "5") for y in (2021, 2022, 2024, 2025)]
    target = "form: average growth, bound: at least, value: 4, span: {from: 2021, to: 2025}"
    assert outcome(judge(folder, rates, target, unit='"% growth"')) is Reason.DUE_FIGURE_MISSING


def test_a_cumulative_change_chains_the_published_changes(folder: Folder) -> None:
    rates = [figure(str(2021 + n), "3") for n in range(5)]
    target = "form: cumulative change, bound: at least, value: 15.9, baseline: {period: 2020, check: read}, for: 2025"
    a = judge(folder, rates, target, unit='"% growth"')
    assert outcome(a) is Standing.MET
    assert a.numbers["change"] == pytest.approx((1.03**5 - 1) * 100)


def test_a_fall_of_a_level_counts_as_a_fall_where_lower_is_better(folder: Folder) -> None:
    target = "form: cumulative change, bound: at least, value: 20, baseline: {period: 2020, check: read}, for: 2025"
    figures = [figure("2020", "100"), figure("2025", "75")]
    assert outcome(judge(folder, figures, target, direction="lower")) is Standing.MET
    assert outcome(judge(folder, figures, target, direction="higher")) is Standing.MISSED


def test_a_multiple_is_of_the_base_years_figure(folder: Folder) -> None:
    target = "form: multiple, bound: at least, times: 2, baseline: {period: 2020, check: read}, for: 2025"
    assert outcome(judge(folder, [figure("2020", "15"), figure("2025", "30")], target)) is Standing.MET
    assert outcome(judge(folder, [figure("2020", "15.1"), figure("2025", "30")], target)) is Standing.MISSED


@pytest.mark.parametrize("form", ["stable", "qualitative"])
def test_a_target_without_a_number_is_never_coloured(folder: Folder, form: str) -> None:
    target = f"form: {form}, words: {{zh: 保持, en: Keep}}, for: 2025"
    assert outcome(judge(folder, [figure("2025", "31")], target)) is Reason.NO_NUMBER


def test_a_forecast_is_no_commitment(folder: Folder) -> None:
    target = (
        "form: level, bound: above, value: 30, for: 2025, adopted: 2020-06-01, document: plan,"
        " nature: forecast, check: read"
    )
    assert outcome(judge(folder, [figure("2025", "10")], target)) is Reason.FORECAST


def test_only_what_was_published_by_the_day_is_known(folder: Folder) -> None:
    figures = [figure("2025", "29", "2026-01-31"), figure("2025", "31", "2026-06-30")]
    assert outcome(judge(folder, figures, as_of=date(2026, 1, 30))) is Reason.NO_FIGURE
    assert outcome(judge(folder, figures, as_of=date(2026, 1, 31))) is Standing.MISSED
    assert outcome(judge(folder, figures, as_of=date(2026, 6, 30))) is Standing.MET


def test_a_day_of_which_only_the_month_is_known_counts_from_its_end(folder: Folder) -> None:
    figures = [figure("2025", "31", "2026-01")]
    assert outcome(judge(folder, figures, as_of=date(2026, 1, 30))) is Reason.NO_FIGURE
    assert outcome(judge(folder, figures, as_of=date(2026, 1, 31))) is Standing.MET


def test_a_target_stands_from_its_adoption(folder: Folder) -> None:
    indicator = folder.load().indicators["things"]
    assert adopted_targets(indicator, date(2020, 5, 31)) == []
    assert len(adopted_targets(indicator, date(2020, 6, 1))) == 1


SHIPPED = [
    ("5g-stations-per-10k", 26, Standing.MET),
    ("gigabit-subscribers", 6000, Standing.MET),
    ("internet-users", 12, Standing.MISSED),
    ("strategic-emerging-share", 17, Reason.DUE_FIGURE_MISSING),
]


@pytest.mark.parametrize(("indicator_id", "value", "expected"), SHIPPED)
def test_known_cases_of_the_shipped_catalogue(
    shipped: Catalogue, gathered: date, indicator_id: str, value: float, expected: Standing | Reason
) -> None:
    target = next(t for t in shipped.indicators[indicator_id].targets if t.value == value)
    assert outcome(assess(shipped, indicator_id, target, gathered)) is expected


def test_keep_stable_is_not_coloured(shipped: Catalogue, gathered: date) -> None:
    for target in shipped.indicators["manufacturing-share"].targets:
        assert outcome(assess(shipped, "manufacturing-share", target, gathered)) is Reason.NO_NUMBER


def test_no_verdict_rests_on_an_unchecked_figure(shipped: Catalogue, gathered: date) -> None:
    for indicator_id, indicator, target in shipped.targets():
        if target.adopted.end <= gathered:
            a = assess(shipped, indicator_id, target, gathered)
            assert not a.is_judged or all(o.is_solid for o in a.used)
            assert a.standing is not Standing.MISSED or a.final
            assert indicator.targets
