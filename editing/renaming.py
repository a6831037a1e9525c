"""Another id for a goal, an indicator or a shared name, in every file that names it; all else in the files stays."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from editing.folder import figures_file, goal_file, indicator_file, names
from editing.form import put_words, with_key
from editing.grid import lines
from editing.opening import opened
from editing.refusal import Refused
from tracking.figures import COLUMNS
from tracking.model import Id, Line, Provider
from tracking.strict_yaml import Path_, Tree, yaml_tree

Pattern = tuple[str, ...]  # of a path; * is any item or key
Texts = dict[str, str]


class Named(StrEnum):
    GOAL = "goal"
    INDICATOR = "indicator"
    DOCUMENT = "document"
    PUBLISHER = "publisher"
    UNIT = "unit"
    THEME = "theme"


# of what is an entry of a shared file: the file, and above it
ENTRIES: Mapping[Named, tuple[str, Path_]] = {
    Named.DOCUMENT: ("goals/documents.yaml", ()),
    Named.PUBLISHER: ("goals/publishers.yaml", ()),
    Named.UNIT: ("goals/units.yaml", ()),
    Named.THEME: ("goals/catalogue.yaml", ("themes",)),
}
# where each is named, by the kind of the file
REFERENCES: Mapping[Named, Mapping[str, tuple[Pattern, ...]]] = {
    Named.GOAL: {"goal": (("part_of", "*"),)},
    Named.INDICATOR: {"goal": (("indicators", "*", "id"),), "indicator": (("targets", "*", "other"),)},
    Named.DOCUMENT: {
        "catalogue": (("document",),),
        "goal": (("document",),),
        "indicator": (
            ("series", "*", "document"),
            ("targets", "*", "document"),
            ("targets", "*", "baseline", "document"),
            ("targets", "*", "also_in", "*", "document"),
            ("breaks", "*", "document"),
        ),
    },
    Named.PUBLISHER: {
        "catalogue": (("publisher",),),
        "documents": (("*", "issuer"),),
        "indicator": (("publisher",),),
    },
    Named.UNIT: {"indicator": (("unit",), ("series", "*", "unit"), ("targets", "*", "unit"))},
    Named.THEME: {"goal": (("theme",),)},
}


def renamed(goals: Path, texts: Mapping[str, str | None], kind: Named, old: str, new: str) -> dict[str, str | None]:
    """Every file that is another then, by name; None for one that is gone. `texts` are those not saved yet.

    An indicator's figures file goes with it, and so do the series that read it; with a document go the ids that
    targets have from it. Raises Refused where there is no `old`, where `new` is taken or no id, and where a file
    that may name it cannot be read.
    """
    before = _all(goals, texts)
    if old == new:
        return {}
    _may(before, kind, old, new)
    after = {name: _named(name, text, kind, old, new) for name, text in before.items()}
    moves = _moves(before, kind, old, new)
    if figures_file(old) in moves:
        after = {name: _read_elsewhere(name, text, old, new) for name, text in after.items()}
    changed: dict[str, str | None] = {
        moves.get(name, name): text for name, text in after.items() if text != before[name] or name in moves
    }
    return changed | dict.fromkeys(moves, None)


def _all(goals: Path, texts: Mapping[str, str | None]) -> Texts:
    found: dict[str, str | None] = {name: opened(goals, name).text for name in names(goals) if name not in texts}
    return {name: text for name, text in (found | dict(texts)).items() if text is not None}


def _may(texts: Texts, kind: Named, old: str, new: str) -> None:
    try:
        TypeAdapter(Line if kind is Named.UNIT else Id).validate_python(new)
    except ValidationError:
        raise Refused("rename-id", name=new) from None
    if kind in ENTRIES:
        file, above = ENTRIES[kind]
        known = [str(path[-1]) for path in _tree(file, texts[file]).keys if path[:-1] == above]
        there, taken = old in known, new in known
    else:
        file_of = goal_file if kind is Named.GOAL else indicator_file
        there, taken = file_of(old) in texts, file_of(new) in texts
    if not there:
        raise Refused("rename-unknown", name=old)
    if taken:
        raise Refused("rename-taken", name=new)


def _moves(texts: Texts, kind: Named, old: str, new: str) -> dict[str, str]:
    """Files that get another name."""
    if kind is Named.GOAL:
        return {goal_file(old): goal_file(new)}
    if kind is not Named.INDICATOR:
        return {}
    own = {indicator_file(old): indicator_file(new)}
    if figures_file(old) not in texts or figures_file(new) in texts:
        return own  # it reads figures of another name, or goes on reading those
    return own | {figures_file(old): figures_file(new)}


def kind_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    if folder == "figures":
        return "figures"
    if folder == "goals/indicators":
        return "indicator"
    stem = file.removesuffix(".yaml")
    return stem if stem in ("catalogue", "documents", "publishers", "units") else "goal"


def _named(name: str, text: str, kind: Named, old: str, new: str) -> str:
    """One file with the new name wherever it has the old."""
    if old not in text:  # most files; they need not be read
        return text
    if kind_of(name) == "figures":
        return _figures(text, old, new) if kind is Named.DOCUMENT else text
    tree = _tree(name, text)
    text = put_words(text, list(_places(tree, kind, kind_of(name), old)), new)
    if kind is Named.DOCUMENT and kind_of(name) == "indicator":
        text = _superseded(name, text, old, new)
    if kind in ENTRIES and ENTRIES[kind][0] == name:
        text = with_key(text, (*ENTRIES[kind][1], old), new)
    return text


def _places(tree: Tree, kind: Named, file: str, old: str) -> Iterator[Path_]:
    for pattern in REFERENCES[kind].get(file, ()):
        yield from (path for path, value in matching(tree.value, pattern) if value == old)


def matching(value: Any, pattern: Pattern, above: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    if not pattern:
        yield above, value
        return
    items: Mapping[Any, Any] = dict(enumerate(value)) if isinstance(value, list) else value
    for key, item in items.items() if isinstance(items, dict) else ():
        if pattern[0] in ("*", str(key)):
            step = key if isinstance(value, list) else str(key)
            yield from matching(item, pattern[1:], (*above, step))


def _superseded(name: str, text: str, old: str, new: str) -> str:
    """A target without an id of its own is called by its due period and its document."""
    tree = _tree(name, text)
    own = {value for _, value in matching(tree.value, ("targets", "*", "id"))}
    for path, value in matching(tree.value, ("targets", "*", "supersedes")):
        if isinstance(value, str) and value.endswith(f"-{old}") and value not in own:
            text = put_words(text, [path], value.removesuffix(old) + new)
    return text


def _read_elsewhere(name: str, text: str, old: str, new: str) -> str:
    """An indicator that reads the figures of another name now."""
    if kind_of(name) != "indicator" or old not in text:
        return text
    wanted = {"provider": Provider.FIGURES.value, "key": old}
    every = matching(_tree(name, text).value, ("series", "*"))
    return put_words(text, [(*path, "key") for path, ref in every if wanted.items() <= dict(ref).items()], new)


def _figures(text: str, old: str, new: str) -> str:
    column = COLUMNS.index("document")
    for line in reversed(lines(text)[1:]):
        if line.cells[column] == old:
            start, end = line.spans[column]
            text = text[:start] + text[start:end].replace(old, new) + text[end:]
    return text


def _tree(name: str, text: str) -> Tree:
    tree = yaml_tree(text.encode("utf-8", "surrogatepass"), name)
    if tree.value is None:
        raise Refused("rename-unread", name=name, line=tree.problems[0].line)
    return tree
