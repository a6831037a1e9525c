"""YAML without surprises: the values a curator typed, each with its place in the file.

Reads libyaml's events rather than its objects, so that every key and value keeps its line and column,
nothing is built from a tag, no alias is expanded, and depth is bounded. What YAML 1.1 would silently
change (`NO`, `1e3`, `010`, `12:30`) is a mistake here until it is put in quotes.
"""

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tracking.problems import Problem, read_body, text_of

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a wheel without libyaml: the same events, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 4_000_000
MAX_DEPTH = 12

Path_ = tuple[str | int, ...]
Place = tuple[int, int]
Span = tuple[int, int]

# ASCII: a Chinese keyboard also types １２, which is text here
_WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(0|[1-9]\d*)\.\d+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NOT_YAML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# plain words that YAML 1.1, or another reader of the same file, takes for something else
_SURPRISES = re.compile(
    r"(?i:y|n|yes|no|on|off|\.nan|[-+]?\.inf)"
    r"|True|TRUE|False|FALSE|Null|NULL|~"
    r"|[-+]?(0\d+|0x[0-9a-fA-F_]+|0o[0-7]+|0b[01_]+)(\.\d*)?"
    r"|[-+]?\d[\d_]*(\.\d*)?[eE][-+]?\d+|[-+]?\.\d+([eE][-+]?\d+)?|[-+]?\d+\."
    r"|[-+]?\d[\d_]*_[\d_]*(\.[\d_]*)?|[-+]?\d+(:[0-5]?\d)+(\.\d*)?"
    r"|\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?|=|<<",
    re.ASCII,
)


@dataclass
class Tree:
    """The values of one file, and the place of each key and value by its path from the root.

    Spans say from which character of the text to which each value and key reaches, without space around it.
    """

    file: str
    value: Any = None
    places: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    spans: dict[Path_, Span] = field(default_factory=dict)
    key_spans: dict[Path_, Span] = field(default_factory=dict)

    def place(self, path: Path_) -> Place:
        """Where the value at this path stands; the nearest one above it if there is none."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def key_place(self, path: Path_) -> Place:
        return self.keys.get(path) or self.place(path)

    def problem(self, path: Path_, code: str, /, **details: Any) -> Problem:
        """A problem with the value at this path."""
        return Problem(self.file, *self.place(path), code, details)

    def key_problem(self, path: Path_, code: str, /, **details: Any) -> Problem:
        """A problem with the key at this path."""
        return Problem(self.file, *self.key_place(path), code, details)


class _Stop(Exception):
    """The file cannot be read any further."""


def read_yaml(path: Path, name: str) -> Tree:
    """Read one file; what is wrong with it is in the tree's problems, and then its value is not to be used."""
    return yaml_tree(read_body(path, name, MAX_BYTES), name)


def yaml_tree(body: bytes | Problem, name: str) -> Tree:
    """The same of a file's bytes, or of the reason why there are none."""
    tree = Tree(name)
    with suppress(_Stop):
        _read(_text(body, tree), tree)
    return tree


def _read(text: str, tree: Tree) -> None:
    tree.text = text
    try:
        events = yaml.parse(text, Loader=_Loader)
        next(events)
        start = next(events)
        if isinstance(start, yaml.StreamEndEvent):
            raise _stop(tree, (1, 1), "empty-file")
        tree.value = _node(next(events), events, (), tree)
        next(events)
        extra = next(events)
        if isinstance(extra, yaml.DocumentStartEvent):
            raise _stop(tree, _mark(extra), "second-document")
        if tree.value is None:
            raise _stop(tree, (1, 1), "empty-file")
    except yaml.MarkedYAMLError as error:
        mark, what = error.problem_mark or error.context_mark, error.problem or error.context or ""
        if mark and "nesting depth" in what:  # libyaml looks far ahead and stops itself; up to there it shows our place
            _read(text[: mark.index], tree)
            return
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        tree.problems.append(Problem(tree.file, *place, "yaml-syntax", {"what": what}))


def _text(body: bytes | Problem, tree: Tree) -> str:
    text = body if isinstance(body, Problem) else text_of(body, tree.file)
    if isinstance(text, Problem):
        tree.problems.append(text)
        raise _Stop
    if not text.strip():
        raise _stop(tree, (1, 1), "empty-file")
    if bad := _NOT_YAML.search(text):
        place = (text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start()))
        raise _stop(tree, place, "yaml-character", character=f"U+{ord(bad[0]):04X}")
    return text


def _stop(tree: Tree, place: Place, code: str, /, **details: object) -> _Stop:
    tree.problems.append(Problem(tree.file, *place, code, details))
    return _Stop()


def _mark(event: Any) -> Place:
    return (event.start_mark.line + 1, event.start_mark.column + 1)


def _node(event: Any, events: Iterator[yaml.Event], path: Path_, tree: Tree) -> Any:
    place = _mark(event)
    tree.places[path] = place
    if len(path) > MAX_DEPTH:
        raise _stop(tree, place, "too-deep", limit=MAX_DEPTH)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _stop(tree, place, "alias")
    if getattr(event, "tag", None):
        raise _stop(tree, place, "tag", tag=event.tag)
    if isinstance(event, yaml.ScalarEvent):
        tree.spans[path] = _span(event, event, tree)
        return _scalar(event, place, tree)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(event, events, path, tree)
    return _mapping(event, events, path, tree)


def _span(start: Any, end: Any, tree: Tree, last: Path_ = ()) -> Span:
    """From the first event to the last; what has no bracket at its end reaches as far as what it holds last."""
    first = start.start_mark.index
    if last in tree.spans and not start.flow_style:
        return first, tree.spans[last][1]
    return first, first + len(tree.text[first : end.end_mark.index].rstrip())  # a block of text reaches a line further


def _sequence(start: Any, events: Iterator[yaml.Event], path: Path_, tree: Tree) -> list[Any]:
    items: list[Any] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        items.append(_node(event, events, (*path, len(items)), tree))
    tree.spans[path] = _span(start, event, tree, (*path, len(items) - 1))
    return items


def _mapping(start: Any, events: Iterator[yaml.Event], path: Path_, tree: Tree) -> dict[Any, Any]:
    items: dict[Any, Any] = {}
    last: Path_ = path
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        place = _mark(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise _stop(tree, place, "key-not-word")
        key = _node(event, events, (*path, event.value), tree)
        if not isinstance(key, str | int) or isinstance(key, bool):
            tree.problems.append(Problem(tree.file, *place, "key-not-word"))
            key = event.value
        if key in items:
            first = tree.keys[(*path, str(key))]
            details = {"key": key, "line": first[0]}
            tree.problems.append(Problem(tree.file, *place, "duplicate-key", details))
        last = (*path, str(key))
        tree.keys[last] = place
        tree.key_spans[last] = _span(event, event, tree)
        items[key] = _node(next(events), events, last, tree)
    tree.spans[path] = _span(start, event, tree, last)
    return items


def _scalar(event: yaml.ScalarEvent, place: Place, tree: Tree) -> Any:
    text = str(event.value)
    if not event.implicit[0]:  # quoted or a block of text: text it is
        return text
    if text in ("", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) < 20 else _surprise(text, place, tree)
    if _DECIMAL.fullmatch(text):
        return number if math.isfinite(number := float(text)) else _surprise(text, place, tree)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            tree.problems.append(Problem(tree.file, *place, "no-such-day", {"text": text}))
            return text
    return _surprise(text, place, tree) if _SURPRISES.fullmatch(text) else text


def _surprise(text: str, place: Place, tree: Tree) -> str:
    tree.problems.append(Problem(tree.file, *place, "surprise", {"text": text}))
    return text
