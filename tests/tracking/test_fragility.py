"""How easily a verdict turns: exact thresholds, roundings, past revisions, base years; and what cannot turn."""

from collections.abc import Sequence
from datetime import date

import pytest

from tests.conftest import Folder
from tests.tracking.test_assessment import FIGURES, HEAD, THINGS, figure
from tests.tracking.test_history import SHARE_2021, share_target
from tracking.assessment import assess
from tracking.catalogue import Catalogue
from tracking.fragility import (
    Fragility,
    Ground,
    Revisions,
    Shift,
    Threshold,
    fragility,
    fragility_sentences,
    is_borderline,
    least_move,
)
from tracking.model import LANGUAGES, Reason, Standing
from tracking.supposing import with_targets

LATE, EARLY = date(2026, 11, 23), date(2023, 6, 1)
GROWTH = '"% growth"'


def found(folder: Folder, figures: Sequence[str], target: str = "", as_of: date = LATE, **edits: str) -> Fragility:
    """The fragility of the small catalogue's target, with these figures, target (YAML, flow) and other keys."""
    (folder.root / FIGURES).write_text(HEAD + "".join(figures), encoding="utf-8")
    text = (folder.root / THINGS).read_text(encoding="utf-8")
    lines = [f"{k}: {edits[k]}" if (k := line.split(":")[0]) in edits else line for line in text.splitlines()]
    text = "\n".join(lines) + "\n"
    if target:
        common = "adopted: 2020-06-01, document: plan, nature: expected, check: read"
        text = f"{text[: text.index('targets:')]}targets:\n  - {{{target}, {common}}}\n{text[text.index('breaks:') :]}"
    (folder.root / THINGS).write_text(text, encoding="utf-8")
    c = folder.load()
    result = fragility(c, "things", c.indicators["things"].targets[0], as_of)
    assert result is not None
    assert is_borderline(c, "things", c.indicators["things"].targets[0], as_of) is result.borderline
    return result


def at(threshold: Threshold | None) -> tuple[float, float, Standing]:
    assert threshold is not None
    return threshold.value, threshold.distance, threshold.becomes


def near(value: float, distance: float, becomes: Standing) -> tuple[object, object, Standing]:
    return pytest.approx(value, rel=1e-8), pytest.approx(distance, rel=1e-7), becomes


def test_a_met_level_turns_below_its_target_and_nowhere_above(folder: Folder) -> None:
    f = found(folder, [figure("2025", "30.3")])
    assert at(f.lower) == near(30, -0.3, Standing.MISSED)
    assert f.higher is None
    assert f.lower is not None and f.lower.per_cent == pytest.approx(-0.3 / 30.3 * 100)


def test_at_least_is_kept_at_the_target_and_above_is_not(folder: Folder) -> None:
    kept = found(folder, [figure("2025", "30.3")]).lower
    assert kept is not None and not kept.reached
    folder.edit(THINGS, "bound: at least", "bound: above")
    broken = found(folder, [figure("2025", "30.3")]).lower
    assert broken is not None and broken.reached


def test_a_missed_level_turns_at_its_target(folder: Folder) -> None:
    f = found(folder, [figure("2025", "24")])
    assert at(f.higher) == near(30, 6, Standing.MET)
    assert f.higher is not None and f.higher.reached and f.higher.per_cent == pytest.approx(25)
    assert f.lower is None


def test_a_turn_further_than_the_figure_itself_is_none(folder: Folder) -> None:
    assert found(folder, [figure("2025", "14.9")]).higher is None
    assert found(folder, [figure("2025", "15")]).higher is not None


def test_a_figure_cannot_leave_the_natural_limits(folder: Folder) -> None:
    folder.edit(THINGS, "high: 1000", "high: 40")
    folder.edit(THINGS, "value: 30", "value: 40")
    folder.edit(THINGS, "bound: at least", "bound: above")
    assert found(folder, [figure("2025", "39")]).higher is None


def test_a_running_level_turns_at_the_path_at_its_start_and_at_the_target(folder: Folder) -> None:
    f = found(folder, [figure("2020", "10"), figure("2022", "19")], as_of=EARLY)
    path = f.assessment.numbers["required"]
    assert at(f.lower) == near(float(path), float(path) - 19, Standing.BEHIND)
    assert at(f.higher) == near(30, 11, Standing.MET)
    behind = found(folder, [figure("2020", "10"), figure("2022", "12")], as_of=EARLY)
    assert at(behind.lower) == near(10, -2, Standing.MOVING_AWAY)
    assert at(behind.higher) == near(float(path), float(path) - 12, Standing.ON_TRACK)


def test_a_figure_above_a_range_turns_first_at_its_upper_end(folder: Folder) -> None:
    target = "form: range, value: 4.5, high: 5, for: 2025"
    inside = found(folder, [figure("2025", "4.7")], target)
    assert at(inside.lower) == near(4.5, -0.2, Standing.MISSED)
    assert inside.higher is None
    above = found(folder, [figure("2025", "8")], target, direction="maintain")
    assert (above.assessment.standing, at(above.lower)) == (Standing.MISSED, near(5, -3, Standing.MET))


def test_an_average_turns_at_the_rate_that_the_other_years_leave(folder: Folder) -> None:
    target = "form: average growth, bound: at least, value: 5, span: {from: 2023, to: 2025}"
    f = found(folder, [figure("2023", "6"), figure("2024", "4"), figure("2025", "7")], target, unit=GROWTH)
    turn = (1.05**3 / (1.06 * 1.04) - 1) * 100
    assert at(f.lower) == near(turn, turn - 7, Standing.MISSED)


def test_a_change_turns_at_the_level_that_the_target_leaves(folder: Folder) -> None:
    target = "form: cumulative change, bound: at least, value: 20, baseline: {period: 2020, check: read}, for: 2025"
    f = found(folder, [figure("2020", "100"), figure("2025", "75")], target, direction="lower")
    assert at(f.higher) == near(80, 5, Standing.MISSED)


def test_a_threshold_of_a_figure_of_zero_has_no_per_cent(folder: Folder) -> None:
    f = found(folder, [figure("2025", "0")])
    assert f.higher is not None and (f.higher.value, f.higher.per_cent) == (pytest.approx(30), None)


@pytest.mark.parametrize("bound", ["above", "at least"])
def test_nothing_turns_a_verdict_that_a_lower_bound_proves(folder: Folder, bound: str) -> None:
    f = found(folder, [figure("2025", "30", bound=bound)])
    assert f.assessment.standing is Standing.MET
    assert (f.lower, f.higher, f.borderline) == (None, None, False)


def test_a_target_that_is_not_judged_has_no_fragility(folder: Folder) -> None:
    (folder.root / FIGURES).write_text(HEAD + figure("2024", "31", check="recalled"), encoding="utf-8")
    c = folder.load()
    assert fragility(c, "things", c.indicators["things"].targets[0], LATE) is None


# Borderline


def flipped(f: Fragility) -> set[Shift]:
    return {t.shift for t in f.flips}


def test_half_of_the_last_printed_decimal_can_turn_a_verdict(folder: Folder) -> None:
    assert flipped(found(folder, [figure("2025", "30.0")])) == {Shift.ROUNDING}
    assert flipped(found(folder, [figure("2025", "30.1")])) == set()
    target = "form: level, bound: at least, value: {}, for: 2025"
    assert flipped(found(folder, [figure("2025", "30.1")], target.format(30.06))) == {Shift.ROUNDING}
    assert flipped(found(folder, [figure("2025", "30.1")], target.format(30.04))) == set()


def test_a_firm_verdict_is_not_borderline(folder: Folder) -> None:
    f = found(folder, [figure("2020", "10"), figure("2025", "40"), figure("2025", "40.5", "2026-06-01")])
    assert not f.borderline


def test_revisions_are_counted_between_publications_of_one_period(folder: Folder) -> None:
    figures = [
        figure("2021", "10"), figure("2021", "11", "2022-06-01"), figure("2021", "11", "2022-09-01"),
        figure("2022", "20"), figure("2022", "17", "2023-06-01"), figure("2025", "31"),
    ]  # fmt: skip
    f = found(folder, figures)
    assert f.revisions == Revisions(median=1, largest=3, n=3)
    assert flipped(f) == {Shift.LARGEST_REVISION}
    assert f.flips[0].amount == -3
    assert flipped(found(folder, [*figures[:-1], figure("2025", "30.5")])) == {
        Shift.MEDIAN_REVISION, Shift.LARGEST_REVISION,
    }  # fmt: skip


def test_a_revision_not_yet_published_is_not_known(folder: Folder) -> None:
    f = found(folder, [figure("2025", "31"), figure("2025", "25", "2026-09-01")], as_of=date(2026, 8, 1))
    assert f.revisions is None
    assert not f.borderline


def test_our_own_arithmetic_is_no_revision(folder: Folder) -> None:
    figures = [figure("2024", "20", derived="10 + 10"), figure("2024", "28", "2025-06-01"), figure("2025", "31")]
    assert found(folder, figures).revisions is None


def test_figures_published_once_say_that_revisions_are_unknown(folder: Folder) -> None:
    f = found(folder, [figure("2025", "31")])
    c = folder.load()
    said = fragility_sentences(c, "things", c.indicators["things"].targets[0], f, "en")
    assert any("published only once" in s for s in said)


def test_another_base_year_can_turn_a_path(folder: Folder) -> None:
    figures = [figure("2019", "5"), figure("2020", "10"), figure("2021", "17"), figure("2022", "19")]
    f = found(folder, figures, as_of=EARLY)
    bases = {t.base.text: t.assessment.standing for t in f.trials if t.base}
    assert bases == {"2019": Standing.ON_TRACK, "2021": Standing.BEHIND}
    assert flipped(f) == {Shift.BASE_YEAR}


def test_a_base_year_without_a_figure_is_not_tried(folder: Folder) -> None:
    f = found(folder, [figure("2020", "10"), figure("2022", "19")], as_of=EARLY)
    assert [t for t in f.trials if t.base] == []


def test_a_level_settled_by_its_due_figure_counts_from_no_base(folder: Folder) -> None:
    f = found(folder, [figure(str(y), "31") for y in range(2019, 2026)])
    assert [t for t in f.trials if t.base] == []


def test_an_average_is_counted_from_a_year_earlier_and_later(folder: Folder) -> None:
    target = "form: average growth, bound: at least, value: 5, span: {from: 2023, to: 2025}"
    figures = [figure("2022", "1"), figure("2023", "4.9"), figure("2024", "5"), figure("2025", "5.5")]
    f = found(folder, figures, target, unit=GROWTH)
    bases = {t.base.text: t.assessment.standing for t in f.trials if t.base}
    assert bases == {"2021": Standing.MISSED, "2023": Standing.MET}


def test_an_average_is_never_of_one_year(folder: Folder) -> None:
    target = "form: average growth, bound: at least, value: 5, span: {from: 2024, to: 2025}"
    f = found(folder, [figure(str(y), "6") for y in range(2020, 2026)], target, unit=GROWTH)
    assert [t.base.text for t in f.trials if t.base] == ["2022"]


def test_dropping_the_newest_figure_judges_by_the_one_before(folder: Folder) -> None:
    figures = [figure("2020", "10"), figure("2021", "11"), figure("2022", "19")]
    f = found(folder, figures, as_of=EARLY)
    assert (f.assessment.standing, f.without_newest.standing) == (Standing.ON_TRACK, Standing.BEHIND)
    assert found(folder, [figures[0], figure("2025", "31")]).without_newest.reason is Reason.DUE_FIGURE_MISSING


def test_an_unchecked_baseline_is_said_where_the_verdict_counts_from_it(folder: Folder) -> None:
    folder.edit(THINGS, "value: 10, check: read", "value: 10, check: recalled")
    running = found(folder, [figure("2022", "19")], as_of=EARLY)
    assert running.recalled == (Ground.BASELINE,)
    assert running.recalled_only
    settled = found(folder, [figure("2025", "31")])
    assert not settled.recalled_only


def test_the_world_banks_share_is_borderline_by_its_past_revisions(folder: Folder) -> None:
    folder.edit(THINGS, "unit: things", 'unit: "%"')
    folder.edit(THINGS, "high: 1000", "high: 100")
    (folder.root / FIGURES).write_text(HEAD + "".join(SHARE_2021), encoding="utf-8")
    c = with_targets(folder.load(), "things", [share_target(27)])
    f = fragility(c, "things", c.indicators["things"].targets[0], LATE)
    assert f is not None and f.revisions is not None
    assert (f.revisions.n, round(f.revisions.largest, 2)) == (2, 0.93)
    assert flipped(f) == {Shift.MEDIAN_REVISION, Shift.LARGEST_REVISION}


# In words


def test_the_sentence_names_the_least_printed_move_that_turns(folder: Folder) -> None:
    f = found(folder, [figure("2025", "30.3")])
    assert f.lower is not None and least_move(f, f.lower) == pytest.approx(0.4)
    folder.edit(THINGS, "bound: at least", "bound: above")
    f = found(folder, [figure("2025", "30.3")])
    assert f.lower is not None and least_move(f, f.lower) == pytest.approx(0.3)
    c = folder.load()
    target = c.indicators["things"].targets[0]
    assert (
        fragility_sentences(c, "things", target, f, "en")[0]
        == "A figure 0.3 lower (1.0% of it) would turn this into “Missed”."
    )
    assert (
        fragility_sentences(c, "things", target, f, "zh")[0] == "最新数据再低0.3个（为其1.0%），判断就会变为“未达成”。"
    )


def test_the_move_that_a_sentence_names_turns_every_shipped_verdict(shipped: Catalogue, gathered: date) -> None:
    for indicator_id, _, target in shipped.targets():
        f = fragility(shipped, indicator_id, target, gathered) if target.adopted.end <= gathered else None
        for threshold in (f.lower, f.higher) if f else ():
            if f and threshold:
                move, step = least_move(f, threshold), 10**-f.newest.decimals
                assert move >= abs(threshold.distance) - 1e-6 * move
                assert move - abs(threshold.distance) <= step * (1 + 1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_verdict_says_how_easily_it_turns(shipped: Catalogue, gathered: date, language: str) -> None:
    for indicator_id, _, target in shipped.targets():
        if target.adopted.end <= gathered:
            f = fragility(shipped, indicator_id, target, gathered)
            assert (f is not None) == assess(shipped, indicator_id, target, gathered).is_judged
            said = fragility_sentences(shipped, indicator_id, target, f, language) if f else []
            assert all("{" not in s for s in said)
            assert f is None or len(said) >= 3


def test_a_shipped_threshold_is_where_the_standing_turns(shipped: Catalogue, gathered: date) -> None:
    target = next(t for t in shipped.indicators["software-revenue"].targets if t.value is not None)
    f = fragility(shipped, "software-revenue", target, gathered)
    assert f is not None and f.lower is not None
    assert (f.lower.value, f.lower.becomes) == (140000, Standing.MISSED)
