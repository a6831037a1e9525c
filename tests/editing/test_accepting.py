"""From accepted drafts to edits."""

import pytest

from editing.accepting import Accepted, edits_of
from editing.checking import checked
from editing.opening import opened
from editing.refusal import Refused
from editing.saving import Edit
from tests.conftest import Folder

TARGET = """form: level
bound: at least
value: {value}
for: {year}
adopted: 2020-06-01
document: plan
nature: unstated
check: read
"""
THINGS = "goals/indicators/things.yaml"


def test_two_targets_of_one_indicator_are_one_edit_that_adds_both(folder: Folder) -> None:
    given = [Accepted(THINGS, TARGET.format(value=n, year=2000 + n), True) for n in (26, 27)]
    (edit,) = edits_of(folder.goals, given)
    catalogue = checked(folder.goals, {edit.opened.name: edit.text})
    assert [target.value for _, _, target in catalogue.targets()] == [30, 26, 27]


@pytest.mark.parametrize("name", [THINGS, "goals/more-things.yaml"])
def test_a_new_file_never_takes_the_place_of_one_that_is_there(folder: Folder, name: str) -> None:
    with pytest.raises(Refused, match="taken"):
        edits_of(folder.goals, [Accepted(name, "statement: x\n", False)])


def test_a_new_file_that_is_named_twice_or_lies_elsewhere_is_refused(folder: Folder) -> None:
    with pytest.raises(Refused, match="taken"):
        edits_of(folder.goals, [Accepted("goals/new.yaml", "a: 1\n", False)] * 2)
    with pytest.raises(Refused, match="name"):
        edits_of(folder.goals, [Accepted("../outside.yaml", "a: 1\n", False)])


def test_what_is_accepted_is_added_to_what_is_being_changed_and_not_yet_saved(folder: Folder) -> None:
    file = opened(folder.goals, THINGS)
    begun = {THINGS: Edit(file, file.text.replace("natural_limits", "# mine\nnatural_limits"))}
    (edit,) = edits_of(folder.goals, [Accepted(THINGS, TARGET.format(value=26, year=2026), True)], begun)
    assert edit.opened == file
    assert edit.text is not None and "# mine" in edit.text and "value: 26" in edit.text
