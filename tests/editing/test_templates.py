"""What is new has blanks that the reader names, and is right once they are filled."""

from collections.abc import Mapping

import pytest

from editing import templates
from editing.checking import checked
from editing.form import put
from editing.refusal import Refused
from tests.conftest import FILES, Folder
from tracking.problems import CatalogueError
from tracking.strict_yaml import Path_

TEXT = {"zh": "甲", "en": "A"}
FILLED: Mapping[str, tuple[str, str, dict[Path_, object]]] = {
    "new_goal": ("other", "goals/other.yaml", {("statement",): "词", ("title",): TEXT, ("horizon",): 2025,
                                               ("theme",): "one", ("meaning",): TEXT}),
    "new_indicator": ("other", "goals/indicators/other.yaml", {
        ("name",): TEXT, ("definition",): TEXT, ("unit",): "things", ("direction",): "higher",
        ("frequency",): "annual", ("accumulation",): "period", ("publisher",): "office"}),
    "new_target": ("growth", "goals/indicators/growth.yaml", {
        ("targets", 0, "value"): 5, ("targets", 0, "for"): 2025, ("targets", 0, "adopted"): 2020,
        ("targets", 0, "document"): "plan", ("targets", 0, "nature"): "binding", ("targets", 0, "check"): "read"}),
    "new_document": ("other", "goals/documents.yaml", {
        ("other", "title"): TEXT, ("other", "issuer"): "office", ("other", "date"): 2020, ("other", "language"): "zh"}),
    "new_publisher": ("other", "goals/publishers.yaml", {("other", "name"): TEXT}),
    "new_unit": ("100 of", "goals/units.yaml", {
        ("100 of", "kind"): "amount", ("100 of", "quantity"): "of", ("100 of", "zh"): "个"}),
}  # fmt: skip


@pytest.mark.parametrize("what", FILLED)
def test_blanks_are_named_by_the_reader_and_filling_them_makes_a_whole_catalogue(folder: Folder, what: str) -> None:
    new_id, name, values = FILLED[what]
    found = getattr(templates, what)(folder.goals, {}, new_id)
    assert list(found) == [name] and found[name].startswith(
        FILES.get(name, "").removesuffix("series: []\ntargets: []\n")
    )
    with pytest.raises(CatalogueError) as error:
        checked(folder.goals, found)
    assert {p.code for p in error.value.problems} == {"empty-text"}
    text = found[name]
    for path, value in values.items():
        text = put(text, path, value)
    assert checked(folder.goals, {name: text})


def test_new_figures_are_read_by_their_indicator(folder: Folder) -> None:
    found = templates.new_figures(folder.goals, {}, "growth")
    assert sorted(found) == ["figures/growth.csv", "goals/indicators/growth.yaml"]
    assert checked(folder.goals, found).indicators["growth"].series[0].key == "growth"


def test_a_new_goal_takes_the_next_place_also_after_goals_that_are_not_saved(folder: Folder) -> None:
    unsaved = {"goals/third.yaml": FILES["goals/more-things.yaml"].replace("order: 1", "order: 7")}
    assert "order: 8\n" in templates.new_goal(folder.goals, unsaved, "other")["goals/other.yaml"]


@pytest.mark.parametrize(("what", "taken"), [("new_goal", "more-things"), ("new_indicator", "things"),
                                             ("new_figures", "things"), ("new_document", "plan"),
                                             ("new_goal", "units")])  # fmt: skip
def test_what_is_there_already_is_not_begun_anew(folder: Folder, what: str, taken: str) -> None:
    with pytest.raises(Refused) as error:
        getattr(templates, what)(folder.goals, {}, taken)
    assert error.value.key == "new-taken"
