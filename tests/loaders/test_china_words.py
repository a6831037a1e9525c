"""Every fault that these loaders name has its sentence, with just the details that the code gives."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from loaders import miit, nbs, nbs_file
from tracking.words import words

LOADERS = Path(__file__).resolve().parents[2] / "loaders"
ERRORS = {"Unreachable", "Refused", "NotFound", "Unreadable"}


def faults() -> list[tuple[str, frozenset[str]]]:
    """(key, details) of every error that is raised with its details written out."""
    found = set()
    for module in ("decoding", "nbs", "nbs_file", "miit"):
        for node in ast.walk(ast.parse((LOADERS / f"{module}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                (key,) = node.args
                assert isinstance(key, ast.Constant)
                found.add((str(key.value), frozenset(k.arg or "**" for k in node.keywords)))
    return sorted(found, key=str)


@pytest.mark.parametrize(("key", "given"), faults())
def test_each_fault_has_its_sentence_and_gives_its_details(key: str, given: frozenset[str]) -> None:
    wanted = {name for _, name, _, _ in Formatter().parse(words("en").texts[f"loader.{key}"]) if name}
    assert wanted == given if "**" not in given else given - {"**"} <= wanted


def test_no_sentence_is_left_without_its_fault() -> None:
    ours = ("loader.decoding.", "loader.nbs.", "loader.nbs-file.", "loader.miit.")
    said = {key.removeprefix("loader.") for key in words("en").texts if key.startswith(ours)}
    assert said == {key for key, _ in faults()}


@pytest.mark.parametrize("module", [nbs, nbs_file, miit])
def test_each_provider_names_itself_its_terms_and_its_pace(module: object) -> None:
    provider = module.PROVIDER  # type: ignore[attr-defined]
    assert provider.pause >= 1 and provider.limits and provider.licence and provider.attribution
    assert provider.homepage.startswith("https://")
