"""The JSON Schema that editors complete from is the model's, and the shipped files obey it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tracking.cross_checks import NEEDS
from tracking.schema import SCHEMAS, file_schema, schema_text

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "goals", ROOT / "examples/eu-digital-decade/goals")
GOALS = sorted(path for folder in FOLDERS for path in folder.glob("*.yaml"))
SHARED = {"catalogue", "documents", "publishers", "units"}
FILES = [(p, p.stem if p.stem in SHARED else "goal") for p in GOALS] + [
    (p, "indicator") for folder in FOLDERS for p in sorted(folder.glob("indicators/*.yaml"))
]


class _AsText(yaml.SafeLoader):
    """Days stay text, as JSON has them."""


_AsText.yaml_implicit_resolvers = {
    k: [(tag, pattern) for tag, pattern in v if tag != "tag:yaml.org,2002:timestamp"]
    for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("name", [*SCHEMAS, "export"])
def test_the_committed_schema_is_the_models(name: str) -> None:
    assert (ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize(("path", "kind"), FILES, ids=[p.stem for p, _ in FILES])
def test_a_shipped_file_obeys_the_schema_that_it_names(path: Path, kind: str) -> None:
    text = path.read_text(encoding="utf-8")
    value = json.loads(json.dumps(yaml.load(text, Loader=_AsText)))  # noqa: S506 (a SafeLoader)
    errors = [e.message for e in Draft202012Validator(json.loads(schema_text(kind))).iter_errors(value)]
    assert errors == []
    first = text.splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.split("=", 1)[1]).resolve() == ROOT / "schema" / f"{kind}.schema.json"


CHINESE = re.compile(r"[\u3400-\u9fff]")


def described(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every model, list and key of a schema, each with its place."""
    whole = file_schema(name)
    for title, node in {**whole.get("$defs", {}), name: whole}.items():
        yield title, node
        yield from ((f"{title}.{key}", inner) for key, inner in node.get("properties", {}).items())


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_explained_in_english_and_in_chinese(name: str) -> None:
    for place, node in described(name):
        en, zh = node["description"], node["x-description-zh"]
        assert CHINESE.search(zh) and not CHINESE.search(en), place
        assert node["markdownDescription"].startswith(en) and node["markdownDescription"].endswith(zh), place


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_word_of_a_list_is_explained_in_both_languages(name: str) -> None:
    for place, node in described(name):
        for kind in ("enumDescriptions", "x-enumDescriptions-zh", "markdownEnumDescriptions"):
            assert len(set(node.get(kind, []))) == len(node.get("enum", [])), (place, kind)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_number_a_day_and_an_address_come_with_an_example_that_obeys(name: str) -> None:
    for place, node in described(name):
        if node.get("type") in ("number", "integer") or "anyOf" in node or "pattern" in node:
            assert node["examples"], place
        for example in node.get("examples", []):
            Draft202012Validator(node).validate(example)


def test_a_target_needs_by_its_schema_what_its_form_needs_by_the_reader() -> None:
    target = file_schema("indicator")["$defs"]["Target"]
    asked = {rule["if"]["properties"]["form"]["const"]: rule["then"]["required"] for rule in target["allOf"]}
    assert asked == {form.value: list(keys) for form, keys in NEEDS.items()}
