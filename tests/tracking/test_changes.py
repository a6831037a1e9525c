"""What changed since a day: the same as the histories say, target by target; and what counts as a visit."""

from datetime import date

import pytest

from tracking.catalogue import load_catalogue
from tracking.changes import changes_since, visits
from tracking.history import verdict_history

CATALOGUE = load_catalogue()
UNTIL = date(2026, 11, 23)
SINCE = date(2025, 9, 1)
CHANGES = changes_since(CATALOGUE, SINCE, UNTIL)


def test_the_verdicts_that_changed_and_their_causes_are_those_of_the_histories() -> None:
    wanted = {
        (i, t.key, change.day, change.causes, change.assessment.reason, change.before is None)
        for i, _, t in CATALOGUE.targets()
        for change in verdict_history(CATALOGUE, i, t, UNTIL)
        if change.turns and change.day > SINCE
    }
    found = {
        (turn.indicator_id, turn.change.target.key, day.day, turn.change.causes, turn.change.assessment.reason, is_new)
        for day in CHANGES.days
        for is_new, turns in ((False, day.verdicts), (True, day.targets))
        for turn in turns
    }
    assert len(found) > 50
    assert found == wanted


def test_a_figure_is_new_on_the_day_of_its_publication_and_not_when_it_is_only_said_again() -> None:
    for day in CHANGES.days:
        for figures in day.figures:
            assert SINCE < figures.newest.known == day.day <= UNTIL
            if figures.revised:
                assert figures.revised.known < day.day
                assert (figures.revised.value, figures.revised.bound) != (figures.newest.value, figures.newest.bound)


def test_the_days_run_backwards_and_every_target_adopted_since_is_there() -> None:
    days = [d.day for d in CHANGES.days]
    assert days == sorted(set(days), reverse=True)
    adopted = {(i, t.key) for i, _, t in CATALOGUE.targets() if SINCE < t.adopted.end <= UNTIL}
    assert {(t.indicator_id, t.change.target.key) for d in CHANGES.days for t in d.targets} == adopted


def test_changes_among_some_are_part_of_all_and_count_what_they_hold() -> None:
    some = CHANGES.among(set(), {"5g-base-stations"})
    assert {f.indicator_id for d in some.days for f in d.figures} == {"5g-base-stations"}
    assert (some.verdicts, some.targets) == (0, 0)
    assert 0 < some.figures < CHANGES.figures
    kinds = [CHANGES.only(kind) for kind in ("verdicts", "targets", "figures")]
    assert [k.verdicts + k.targets + k.figures for k in kinds] == [CHANGES.verdicts, CHANGES.targets, CHANGES.figures]


def test_nothing_changes_where_the_days_do_not_run_forwards() -> None:
    assert changes_since(CATALOGUE, UNTIL, UNTIL).days == ()
    assert changes_since(CATALOGUE, UNTIL, SINCE).days == ()


@pytest.mark.parametrize(
    ("kept", "last", "keep"),
    [
        ("", None, "2026-11-23"),
        ("2026-11-20", date(2026, 11, 20), "2026-11-20.2026-11-23"),
        ("2026-11-20.2026-11-23", date(2026, 11, 20), "2026-11-20.2026-11-23"),  # again on the same day
        ("2026-11-18.2026-11-20", date(2026, 11, 20), "2026-11-20.2026-11-23"),
        ("2026-11-23", None, "2026-11-23"),
        ("2027-01-01", None, "2026-11-23"),  # a clock that was wrong
        ("<script>.x", None, "2026-11-23"),
    ],
)
def test_the_last_visit_is_the_last_day_before_today(kept: str, last: date | None, keep: str) -> None:
    assert visits(kept, date(2026, 11, 23)) == (last, keep)
