"""New goals, indicators, targets, documents and figures: as much as is known, and blanks for the rest.

A blank is a key without a value. The reader names each at its place until it is filled in, so that nothing is made up
and nothing is forgotten.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from editing.folder import figures_file, goal_file, indicator_file, path_of
from editing.form import put, value_at
from editing.grid import HEADER
from editing.opening import names, opened
from editing.refusal import Refused
from tracking.model import Provider
from tracking.strict_yaml import yaml_tree

Texts = Mapping[str, str | None]
_BLANK = {"zh": None, "en": None}


def new_goal(goals: Path, texts: Texts, goal_id: str) -> dict[str, str]:
    """A goal of the catalogue's main document, at the next place there; a mere direction until it has indicators.

    Like all of these: the files that are other then, by name, on top of `texts`, which are not saved yet. Raises
    Refused where the id is taken or none.
    """
    name = _free(goals, texts, goal_file(goal_id))
    card = yaml_tree(_text(goals, texts, "goals/catalogue.yaml").encode(), "").value
    document = card.get("document") if isinstance(card, dict) else None
    entry: dict[str, Any] = {
        "statement": None,
        "title": _BLANK,
        "document": document,
        "order": _next_place(goals, texts, document),
        "kind": "direction",
        "horizon": None,
        "theme": None,
        "meaning": _BLANK,
        "indicators": [],
    }
    return {name: _new_file(goals, "goal", "../", entry)}


def new_indicator(goals: Path, texts: Texts, indicator_id: str) -> dict[str, str]:
    """An indicator that has neither figures nor targets yet."""
    name = _free(goals, texts, indicator_file(indicator_id))
    blank = dict.fromkeys(("unit", "direction", "frequency", "accumulation", "publisher"))
    entry: dict[str, Any] = {"name": _BLANK, "definition": _BLANK, **blank, "series": [], "targets": [], "breaks": []}
    return {name: _new_file(goals, "indicator", "../../", entry)}


def new_target(goals: Path, texts: Texts, indicator_id: str) -> dict[str, str]:
    """A target at the end of an indicator's: a level at least to be reached."""
    blank = dict.fromkeys(("value", "for", "adopted", "document", "nature", "check"))
    return _added(goals, texts, indicator_id, "targets", {"form": "level", "bound": "at least", **blank})


def new_figures(goals: Path, texts: Texts, indicator_id: str) -> dict[str, str]:
    """A figures file without figures, which the indicator reads."""
    name = _free(goals, texts, figures_file(indicator_id))
    entry = {"provider": Provider.FIGURES.value, "key": indicator_id}
    if entry in value_at(_text(goals, texts, indicator_file(indicator_id)), ("series",)):
        return {name: HEADER}
    return {name: HEADER} | _added(goals, texts, indicator_id, "series", entry)


def new_document(goals: Path, texts: Texts, document_id: str) -> dict[str, str]:
    """A document at the end of all documents."""
    blank = dict.fromkeys(("issuer", "date", "language"))
    return _entry(goals, texts, "goals/documents.yaml", document_id, {"title": _BLANK, **blank})


def new_publisher(goals: Path, texts: Texts, publisher_id: str) -> dict[str, str]:
    """A publisher at the end of all publishers."""
    return _entry(goals, texts, "goals/publishers.yaml", publisher_id, {"name": _BLANK})


def new_unit(goals: Path, texts: Texts, unit: str) -> dict[str, str]:
    """A unit at the end of all units."""
    return _entry(goals, texts, "goals/units.yaml", unit, dict.fromkeys(("kind", "quantity", "zh")))


def _text(goals: Path, texts: Texts, name: str) -> str:
    return (texts[name] or "") if name in texts else opened(goals, name).text


def _free(goals: Path, texts: Texts, name: str) -> str:
    path = path_of(goals, name)
    if texts.get(name) is not None or (name not in texts and path.exists()):
        raise Refused("new-taken", name=name)
    return name


def _new_file(goals: Path, kind: str, up: str, entry: Mapping[str, Any]) -> str:
    schema = f"schema/{kind}.schema.json"
    head = f"# yaml-language-server: $schema={up}{schema}\n" if (goals.parent / schema).exists() else ""
    text = f"{head}{next(iter(entry))}:\n"
    for key, value in entry.items():
        text = put(text, (key,), value)
    return text


def _added(goals: Path, texts: Texts, indicator_id: str, key: str, entry: Mapping[str, Any]) -> dict[str, str]:
    name = indicator_file(indicator_id)
    text = _text(goals, texts, name)
    return {name: put(text, (key, len(value_at(text, (key,)))), entry)}


def _entry(goals: Path, texts: Texts, name: str, entry_id: str, entry: Mapping[str, Any]) -> dict[str, str]:
    text = _text(goals, texts, name)
    if f"{entry_id}" in yaml_tree(text.encode(), "").value:
        raise Refused("new-taken", name=entry_id)
    return {name: put(text, (entry_id,), entry)}


def _next_place(goals: Path, texts: Texts, document: str | None) -> int:
    """After the last goal of the document; a text that cannot be read takes no place."""
    every = {*names(goals), *texts}
    mine = [name for name in every if name.startswith("goals/") and name.count("/") == 1]
    found = [yaml_tree(_text(goals, texts, name).encode("utf-8", "surrogatepass"), name).value for name in mine]
    places = [goal.get("order") for goal in found if isinstance(goal, dict) and goal.get("document") == document]
    return max((place for place in places if isinstance(place, int)), default=0) + 1
