"""The JSON Schema that editors complete from is the model's, and the shipped files obey it."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from tracking.schema import SCHEMAS, schema_text

ROOT = Path(__file__).resolve().parents[2]
GOALS = sorted((ROOT / "goals").glob("*.yaml"))
SHARED = {"catalogue", "documents", "publishers", "units"}
FILES = [(p, p.stem if p.stem in SHARED else "goal") for p in GOALS] + [
    (p, "indicator") for p in sorted((ROOT / "goals/indicators").glob("*.yaml"))
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
    if kind in ("goal", "indicator"):
        first = text.splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (path.parent / first.split("=", 1)[1]).resolve() == ROOT / "schema" / f"{kind}.schema.json"
