"""Another id reaches every file that names it, and nothing else in them changes."""

import pytest

from editing.checking import checked
from editing.opening import opened
from editing.refusal import Refused
from editing.renaming import REFERENCES, Named, kind_of, matching, renamed
from tests.conftest import FILES, Folder
from tracking.catalogue import GOALS
from tracking.strict_yaml import yaml_tree

GOAL, THINGS, FIGURES = "goals/more-things.yaml", "goals/indicators/things.yaml", "figures/things.csv"
AGAIN = "    also_in: [{document: plan}]  # plan\n    supersedes: 2024-plan\n"
EARLIER = """\
  - {form: level, bound: at least, value: 20, for: 2024, adopted: 2019, document: plan, nature: unstated, check: read}
"""
# one catalogue in which everything that can be named is named everywhere where it can be
NAMING = {
    "goals/catalogue.yaml": FILES["goals/catalogue.yaml"] + "publisher: office  # keeps it\n",
    "goals/wide.yaml": FILES[GOAL].replace("order: 1", "order: 2").replace("更多", "更宽"),
    GOAL: FILES[GOAL].replace("theme: one\n", "theme: one  # the first\npart_of: [wide]\n"),
    "goals/indicators/growth.yaml": FILES["goals/indicators/growth.yaml"].replace(
        "series: []\ntargets: []\n",
        "series:\n  - {provider: worldbank, key: things, document: 'plan', unit: '% growth'}\n"
        "  - {provider: figures, key: things, concept: differs, unit: '% growth',\n"
        "     difference: {zh: 异, en: Other}}\n"
        "targets:\n  - {form: relative, bound: above, other: things, for: 2025, adopted: 2020, document: plan,\n"
        "     nature: unstated, check: read, unit: '% growth'}\n"
        "breaks: [{period: 2021, reason: {zh: 变, en: Change}, document: plan}]\n",
    ),
    THINGS: FILES[THINGS]
    .replace("check: read}\n", "check: read, document: plan}\n")
    .replace("    check: read\n", f"    check: read\n{AGAIN}")
    .replace("targets:\n", f"targets:\n{EARLIER}"),
    FIGURES: FILES[FIGURES].replace("plan,read,,,\n,2022", 'plan,read,,"plan, 注",plan\n,2022')
    .replace("2023-01-31,plan", '2023-01-31,"plan"'),
}  # fmt: skip
CASES = [(Named.GOAL, "wide", 2), (Named.INDICATOR, "things", 5), (Named.DOCUMENT, "plan", 7),
         (Named.PUBLISHER, "office", 5), (Named.UNIT, "% growth", 2), (Named.THEME, "one", 3)]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "files"), CASES)
def test_a_new_id_makes_a_whole_catalogue_and_the_old_one_again_the_same_texts(
    folder: Folder, kind: Named, old: str, files: int
) -> None:
    new = "100 %: new" if kind is Named.UNIT else "new-name"
    there = checked(folder.goals, NAMING)
    found = renamed(folder.goals, NAMING, kind, old, new)
    after = checked(folder.goals, NAMING | found)
    assert len([text for text in found.values() if text is not None]) == files
    assert len(after.goals) == len(there.goals) and len(after.indicators) == len(there.indicators)
    back = renamed(folder.goals, NAMING | found, kind, new, old)
    texts = FILES | NAMING
    assert {n: t for n, t in back.items() if t is not None} == {n: texts[n] for n in back if n in texts}


def test_every_place_that_names_something_is_tried_above() -> None:
    """A reference that the catalogue above does not hold would be tried by nobody."""
    trees = [(kind_of(n), yaml_tree(t.encode(), n).value) for n, t in (FILES | NAMING).items() if n.endswith(".yaml")]
    untried = [
        (kind, file, pattern)
        for kind, old, _ in CASES
        for file, patterns in REFERENCES[kind].items()
        for pattern in patterns
        if old not in [value for of, tree in trees if of == file for _, value in matching(tree, pattern)]
    ]
    assert untried == [] and {kind for kind, _, _ in CASES} == set(REFERENCES)


def test_words_that_only_look_like_the_name_stay(folder: Folder) -> None:
    found = renamed(folder.goals, NAMING, Named.DOCUMENT, "plan", "outline")
    assert "# plan" in str(found[THINGS]) and "supersedes: 2024-outline" in str(found[THINGS])
    assert 'outline,read,,"plan, 注",plan' in str(found[FIGURES]) and ',"outline",' in str(found[FIGURES])
    moved = renamed(folder.goals, NAMING, Named.INDICATOR, "things", "objects")
    assert moved[THINGS] is None and moved[FIGURES] is None and moved["figures/objects.csv"] == NAMING[FIGURES]
    growth = str(moved["goals/indicators/growth.yaml"])
    assert "{provider: worldbank, key: things" in growth and "{provider: figures, key: objects" in growth


@pytest.mark.parametrize(("kind", "old"), [(Named.DOCUMENT, "miit-2022-12-29"), (Named.INDICATOR, "nev-sales")])
def test_the_shipped_catalogue_is_whole_after_a_renaming(kind: Named, old: str) -> None:
    found = renamed(GOALS, {}, kind, old, "another-name")
    assert checked(GOALS, found) and len(found) > 3
    for name, text in found.items():
        if text is not None and name.startswith("goals/indicators/") and "another-name" not in name:
            assert text.replace("another-name", old) == opened(GOALS, name).text


@pytest.mark.parametrize(
    ("kind", "old", "new", "key"),
    [
        (Named.GOAL, "more-things", "../x", "rename-id"), (Named.GOAL, "more-things", "catalogue", "rename-taken"),
        (Named.GOAL, "nothing", "x", "rename-unknown"), (Named.INDICATOR, "things", "growth", "rename-taken"),
        (Named.UNIT, "%", "things", "rename-taken"), (Named.UNIT, "%", "", "rename-id"),
        (Named.THEME, "two", "x", "rename-unknown"), (Named.DOCUMENT, "plan", "Plan", "rename-id"),
    ],
)  # fmt: skip
def test_a_renaming_that_cannot_be_is_refused_in_a_sentence(
    folder: Folder, kind: Named, old: str, new: str, key: str
) -> None:
    with pytest.raises(Refused) as error:
        renamed(folder.goals, {}, kind, old, new)
    assert error.value.key == key and error.value.sentence("en") and error.value.sentence("zh")


def test_a_file_that_may_name_it_and_cannot_be_read_stops_the_renaming(folder: Folder) -> None:
    with pytest.raises(Refused) as error:
        renamed(folder.goals, {GOAL: FILES[GOAL] + "x: [\n"}, Named.INDICATOR, "things", "objects")
    assert (error.value.key, error.value.details["name"]) == ("rename-unread", GOAL)
