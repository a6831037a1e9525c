"""What an edit changes is said: in lines, and in verdicts."""

from datetime import date

from editing.checking import checked
from editing.difference import ChangeKind, LineKind, VerdictChange, summary, text_difference, verdict_changes
from tests.conftest import FILES, Folder

THINGS, FIGURES = "goals/indicators/things.yaml", "figures/things.csv"
DAY = date(2023, 6, 1)


def changes(folder: Folder, text: str, figures: str = FILES[FIGURES]) -> tuple[VerdictChange, ...]:
    before = checked(folder.goals, {})
    return verdict_changes(before, checked(folder.goals, {THINGS: text, FIGURES: figures}), DAY)


def test_an_edit_that_changes_no_verdict_says_so(folder: Folder) -> None:
    found = changes(folder, FILES[THINGS].replace("zh: 个数", "zh: 件数"))
    assert found == ()
    assert (summary(found, "en"), summary(found, "zh")) == ("This edit changes no verdict.", "这次修改不改变任何判断。")


def test_a_verdict_that_turns_is_named_with_what_it_was_and_is(folder: Folder) -> None:
    found = changes(folder, FILES[THINGS].replace("value: 30", "value: 20"))
    assert [(c.indicator_id, c.target_key, c.kind) for c in found] == [("things", "2025-plan", ChangeKind.TURNED)]
    assert summary(found, "en") == "This edit turns 1 verdict from behind to on track."
    assert summary(found, "zh") == "这次修改使1项判断由“滞后”变为“进展正常”。"


def test_a_verdict_that_stands_on_other_numbers_is_told_apart(folder: Folder) -> None:
    found = changes(folder, FILES[THINGS], FILES[FIGURES].replace("15.5", "15.4"))
    assert [c.kind for c in found] == [ChangeKind.NUMBERS]
    assert summary(found, "en") == "This edit changes the numbers of 1 verdict."


def test_a_target_of_another_key_is_new_and_the_old_one_gone(folder: Folder) -> None:
    found = changes(folder, FILES[THINGS].replace("for: 2025", "for: 2024"))
    assert {c.kind: (c.before is None, c.after is None) for c in found} == {
        ChangeKind.NEW: (True, False), ChangeKind.GONE: (False, True),
    }  # fmt: skip
    assert summary(found, "en") == "This edit adds 1 target (behind); takes 1 target away."


def test_lines_that_are_gone_stand_before_those_that_came_for_them() -> None:
    found = text_difference("a\nb\nc\n", "a\nB\nc\nd\n")
    assert [(line.kind, line.old, line.new, line.text) for line in found] == [
        (LineKind.SAME, 1, 1, "a"), (LineKind.REMOVED, 2, None, "b"), (LineKind.ADDED, None, 2, "B"),
        (LineKind.SAME, 3, 3, "c"), (LineKind.ADDED, None, 4, "d"),
    ]  # fmt: skip
