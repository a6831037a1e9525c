"""In an editor with a YAML language server the schemas complete, explain and check a catalogue's files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.language_server import LanguageServer, language_server
from tracking.model import METHOD_NAMES, Form
from tracking.words import words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with language_server(ROOT) as started:
        yield started


def placed(name: str, text: str) -> tuple[Path, str, int]:
    """A text that names its schema, where it would stand, and its last line."""
    kind = "indicator" if "/" in name else "goal"
    up = "../" * (name.count("/") + 1)
    whole = f"# yaml-language-server: $schema={up}schema/{kind}.schema.json\n{text}"
    return ROOT / "goals" / name, whole, whole.count("\n")


@pytest.mark.parametrize("name", ["smes.yaml", "indicators/5g-base-stations.yaml", "documents.yaml", "units.yaml",
                                  "publishers.yaml", "catalogue.yaml"])  # fmt: skip
def test_a_shipped_file_has_nothing_to_mend(server: LanguageServer, name: str) -> None:
    path = ROOT / "goals" / name
    assert server.open(path, path.read_text(encoding="utf-8")) == []


def test_a_new_goal_is_offered_every_key_with_its_meaning_in_both_languages(server: LanguageServer) -> None:
    path, text, line = placed("new-goal.yaml", "")
    server.open(path, text)
    offered = server.complete(path, line, 0)
    assert {"statement", "title", "document", "kind", "horizon", "indicators"} <= set(offered)
    for language in ("en", "zh"):
        assert words(language).say("schema.goal.kind") in offered["kind"]


def test_every_form_of_a_target_is_offered_with_what_it_needs(server: LanguageServer) -> None:
    path, text, line = placed("indicators/new.yaml", "targets:\n  - form: ")
    server.open(path, text)
    offered = server.complete(path, line, len("  - form: "))
    assert {form.value for form in Form} <= set(offered)
    for language in ("en", "zh"):
        assert words(language).say("schema.form.level") in offered["level"]


def test_every_method_is_offered(server: LanguageServer) -> None:
    path, text, line = placed("indicators/newer.yaml", "targets:\n  - method: ")
    server.open(path, text)
    assert set(METHOD_NAMES) <= set(server.complete(path, line, len("  - method: ")))


def test_the_meaning_of_a_key_appears_under_the_pointer(server: LanguageServer) -> None:
    path = ROOT / "goals/smes.yaml"
    text = path.read_text(encoding="utf-8")
    server.open(path, text)
    at = next(n for n, line in enumerate(text.splitlines()) if line.startswith("horizon:"))
    assert words("zh").say("schema.goal.horizon") in server.hover(path, at, 2)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("kind: outcoma", "outcome"),
        ("statment: x", "statment"),
        ("order: first", "integer"),
        ("part_of: smes", "array"),
    ],
)
def test_a_mistake_is_told_where_it_stands(server: LanguageServer, wrong: str, told: str) -> None:
    path, text, line = placed("broken.yaml", wrong + "\n")
    found = [d for d in server.open(path, text) if d["range"]["start"]["line"] == line - 1]
    assert any(told in d["message"] for d in found), found


def test_a_target_that_lacks_what_its_form_needs_is_marked_as_it_is_typed(server: LanguageServer) -> None:
    path, text, _ = placed("indicators/newest.yaml", "targets:\n  - form: average growth\n    value: 7\n")
    told = " ".join(d["message"] for d in server.open(path, text))
    assert '"bound"' in told and '"span"' in told and '"times"' not in told
