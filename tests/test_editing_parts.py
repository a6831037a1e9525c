"""The form of the Edit page: its parts and fields are those of the schema, each in words."""

from pathlib import Path

import pytest

from editing.folder import names
from editing.opening import opened
from tracking.catalogue import GOALS
from tracking.strict_yaml import yaml_tree
from tracking.words import words
from views.editing.kinds import kind_of, schema_of
from views.editing.parts import fields, parts

FILES = ("goals/smes.yaml", "goals/indicators/rd-intensity.yaml", "goals/catalogue.yaml", "goals/documents.yaml",
         "goals/publishers.yaml", "goals/units.yaml")  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_value_of_a_file_has_a_field_in_words_or_a_part_of_its_own(name: str) -> None:
    root, tree = schema_of(kind_of(name), "en"), yaml_tree(opened(GOALS, name).text.encode(), name)
    assert root is not None
    every = parts(tree.value, root)
    found = {field[0] for part in every for field in fields(part, kind_of(name), root)}
    keys = {str(key) for path in found for key in path[-2:] if not isinstance(key, int)} - set(tree.value)
    assert [key for key in keys if not words("zh").has(f"edit.field.{key}")] == []
    leaves = {
        path
        for path in tree.places
        if path and not any(longer[: len(path)] == path and longer != path for longer in tree.places)
    }
    apart = ("also_in", "areas", "themes", "horizons")  # changed as text, or among what is begun anew
    missing = [p for p in leaves if p not in found and p[:-1] not in found and not {*p} & {*apart} and p not in every]
    assert missing == [] or all(tree.value.get(p[0]) == [] for p in missing)


def test_every_file_that_is_shipped_has_a_kind_with_words() -> None:
    kinds = {kind_of(name) for name in names(Path(GOALS))}
    said = [f"edit.file.{k}" if words("en").has(f"edit.file.{k}") else f"edit.kind.{k}" for k in kinds]
    assert [key for key in said if not words("zh").has(key)] == []
