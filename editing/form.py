"""A value put in at a place of a YAML text; every other character of the text stays as it was.

The places are those that the strict reader found, and it reads what came out: unless exactly the value that was
asked for has changed, nothing is done.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from editing.refusal import Refused
from tracking.strict_yaml import Path_, Span, Tree, yaml_tree

LONGEST_LINE = 110  # characters of a value that is written in one line with what it holds
FEW = 3  # keys of an item of a list that is written in one line
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")  # which YAML takes for line ends, or which nobody sees


def value_at(text: str, path: Path_) -> Any:
    """What stands there: text, a number, a day, true or false, None, a list or a mapping. Refused: nothing does."""
    return _at(_read(text).value, path)


def put(text: str, path: Path_, value: Any, order: Sequence[str] = ()) -> str:
    """The text with another value there. A key that is missing is added, and so is the item after a list's last.

    `order` are the keys as they are wont to follow one another; a new one is put in among them, else last.
    Raises Refused where the text cannot be read as YAML, or the place holds something else.
    """
    tree = _read(text)
    if not path:
        raise Refused("form-place", path="")
    if _has(tree.value, path):
        if _same(_at(tree.value, path), value):
            return text
        new = _replaced(tree, path, value)
    elif len(path) > 1 and (not _has(tree.value, path[:-1]) or _at(tree.value, path[:-1]) is None):
        return put(text, path[:-1], [value] if path[-1] == 0 else {path[-1]: value})
    else:
        new = _added(tree, path, value, order)
    return _held(new, path, _with(tree.value, path, value))


def without(text: str, path: Path_) -> str:
    """The text without this key or item. Raises Refused where there is none."""
    tree = _read(text)
    if not path:
        raise Refused("form-place", path="")
    _at(tree.value, path)
    return _held(_removed(tree, path), path, _with(tree.value, path, None, gone=True))


def as_typed(typed: str) -> str | int | float | date | bool:
    """What was typed into a field: a number or a day where YAML would read it as one, else the words themselves."""
    found = yaml_tree(f"- {typed.strip()}".encode("utf-8", "surrogatepass"), "")
    value = (
        found.value[0]
        if isinstance(found.value, list) and len(found.value) == 1 and not found.problems and "#" not in typed
        else None
    )
    return value if isinstance(value, int | float | date) else typed.strip()


def put_words(text: str, paths: Iterable[Path_], words: str) -> str:
    """The text with the same words at all of these places, which hold words already."""
    tree = _read(text)
    wanted, paths = tree.value, sorted(paths, key=lambda path: tree.spans[path], reverse=True)
    for path in paths:
        text = _respelt(text, tree.spans[path], words, _in_flow(tree, path))
        wanted = _with(wanted, path, words)
    return _held(text, paths[0], wanted) if paths else text


def with_key(text: str, path: Path_, key: str) -> str:
    """The text with another word for the key at the end of this path."""
    tree = _read(text)
    value, wanted = _at(tree.value, path), _with(tree.value, path, None, gone=True)
    new = _respelt(text, tree.key_spans[path], key, _in_flow(tree, path))
    return _held(new, path, _with(wanted, (*path[:-1], key), value))


def _respelt(text: str, span: Span, words: str, flow: bool) -> str:
    """The text with other words there, in quotes of the same kind if there are any."""
    start, end = span
    return text[:start] + _words(words, flow, _quote(text, start)) + text[end:]


def _quote(text: str, start: int) -> str:
    mark = text[start : start + 1]
    return mark if mark in ("'", '"') else ""


def _read(text: str) -> Tree:
    tree = yaml_tree(text.encode("utf-8", "surrogatepass"), "")
    if tree.value is None:
        first = tree.problems[0]
        raise Refused("form-yaml", line=first.line, column=first.column)
    return tree


def _held(text: str, path: Path_, wanted: Any) -> str:
    """The text, if it says what was wanted and nothing else."""
    if not _same(yaml_tree(text.encode("utf-8", "surrogatepass"), "").value, wanted):
        raise Refused("form-place", path=".".join(str(step) for step in path))
    return text


# --- where things are ------------------------------------------------------------------------------------------------


def _key(value: Any, step: str | int) -> Any:
    """The key or index by which `value` knows this step of a path; None if it has none. Keys may be numbers."""
    if isinstance(value, list):
        return step if isinstance(step, int) and 0 <= step < len(value) else None
    return next((key for key in value if str(key) == str(step)), None) if isinstance(value, dict) else None


def _has(value: Any, path: Path_) -> bool:
    for step in path:
        if (key := _key(value, step)) is None:
            return False
        value = value[key]
    return True


def _at(value: Any, path: Path_) -> Any:
    if not _has(value, path):
        raise Refused("form-place", path=".".join(str(step) for step in path))
    for step in path:
        value = value[_key(value, step)]
    return value


def _with(value: Any, path: Path_, new: Any, gone: bool = False) -> Any:
    """A copy with another value at the path, or without it."""
    if not path:
        return new
    copy = list(value) if isinstance(value, list) else dict(value)
    key = _key(value, path[0])
    if len(path) == 1 and gone:
        del copy[key]
    elif key is not None:
        copy[key] = _with(value[key], path[1:], new, gone)
    elif isinstance(copy, list):
        copy.append(new)
    else:
        copy[path[0]] = new
    return copy


def _same(one: Any, other: Any) -> bool:
    """Equal in value and kind: 1 is not 1.0 and not true. Keys are compared by how they are written."""
    if isinstance(one, dict) and isinstance(other, dict):
        others = {str(key): value for key, value in other.items()}
        return {str(key) for key in one} == set(others) and all(_same(v, others[str(k)]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _siblings(tree: Tree, path: Path_) -> list[Path_]:
    """The places beside this one and itself, in the order of the text."""
    above = _at(tree.value, path[:-1])
    steps: Sequence[Any] = range(len(above)) if isinstance(above, list) else [str(key) for key in above]
    return [(*path[:-1], step) for step in steps]


def _is_flow(tree: Tree, path: Path_) -> bool:
    """Whether the list or mapping at this path is written in brackets."""
    return tree.text[tree.spans[path][0]] in "[{"


def _in_flow(tree: Tree, path: Path_) -> bool:
    return any(_is_flow(tree, path[:n]) for n in range(len(path)))


def _begin(tree: Tree, path: Path_) -> int:
    """Where a key, or else an item, begins."""
    return tree.key_spans[path][0] if path in tree.key_spans else tree.spans[path][0]


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """The end of the line, before its line end; a comment after a value belongs to it."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found


# --- changing --------------------------------------------------------------------------------------------------------


def _replaced(tree: Tree, path: Path_, value: Any) -> str:
    text, (start, end) = tree.text, tree.spans[path]
    written = "" if value is None else written_in(value, _in_flow(tree, path), _quote(text, start))
    if path in tree.key_spans:
        colon = text.index(":", tree.key_spans[path][1]) + 1
        if not text[colon:start].strip():  # else a comment stands between them
            start, written = colon, f" {written}" if written else ""
    return text[:start] + written + text[max(start, end) :]


def _added(tree: Tree, path: Path_, value: Any, order: Sequence[str]) -> str:
    above = _at(tree.value, path[:-1])
    if (isinstance(above, list) and path[-1] != len(above)) or not isinstance(above, list | dict):
        raise Refused("form-place", path=".".join(str(step) for step in path))
    beside = _siblings(tree, path)
    if _is_flow(tree, path[:-1]):
        return _added_in_brackets(tree, path, value, beside)
    indent = " " * (tree.places[path[:-1]][1] - 1)
    if isinstance(above, list):
        lines = _block(value, f"{indent}  ")
        new = f"{indent}- {lines.lstrip()}"
    else:
        new = f"{indent}{_words(str(path[-1]), flow=False)}:{_beneath(value, indent)}"
    earlier = order[: order.index(str(path[-1]))] if path[-1] in order else order
    after = [p for p in beside if not order or p[-1] in earlier] or beside[-1:]
    at = _line_end(tree.text, tree.spans[after[-1]][1])
    return f"{tree.text[:at]}\n{new}{tree.text[at:]}"


def _added_in_brackets(tree: Tree, path: Path_, value: Any, beside: Sequence[Path_]) -> str:
    if not beside and isinstance(path[-1], int) and not _in_flow(tree, path[:-1]) and path[:-1] in tree.key_spans:
        return _list_begun(tree, path[:-1], value)
    key = "" if isinstance(path[-1], int) else f"{_words(str(path[-1]), flow=True)}: "
    new = key + written_in(value, flow=True)
    at = tree.spans[beside[-1]][1] if beside else tree.spans[path[:-1]][0] + 1
    return tree.text[:at] + (", " if beside else "") + new + tree.text[at:]


def _list_begun(tree: Tree, path: Path_, item: Any) -> str:
    """A list that was empty (`[]`), with its first item as the items of longer lists are written."""
    text, colon = tree.text, tree.text.index(":", tree.key_spans[path][1]) + 1
    return text[:colon] + _beneath([item], " " * (tree.keys[path][1] - 1)) + text[tree.spans[path][1] :]


def _removed(tree: Tree, path: Path_) -> str:
    text, beside = tree.text, _siblings(tree, path)
    n = beside.index((*path[:-1], path[-1] if isinstance(path[-1], int) else str(path[-1])))
    if len(beside) == 1:
        if len(path) == 1:
            raise Refused("form-place", path=str(path[0]))
        return _replaced(tree, path[:-1], [] if isinstance(path[-1], int) else {})
    if _is_flow(tree, path[:-1]):
        if n + 1 < len(beside):
            return text[: _begin(tree, path)] + text[_begin(tree, beside[n + 1]) :]
        return text[: tree.spans[beside[n - 1]][1]] + text[tree.spans[path][1] :]
    start, end = _begin(tree, path), _line_end(text, tree.spans[path][1]) + 1
    line = _line_start(text, start)
    if text[line:start].strip() in ("", "-") and (isinstance(path[-1], int) or not text[line:start].strip()):
        return text[:line] + text[end:]
    return text[:start] + text[_begin(tree, beside[n + 1]) :]  # a key beside the hyphen of its item


# --- writing ---------------------------------------------------------------------------------------------------------


def written_in(value: Any, flow: bool = False, quote: str = "") -> str:
    """The value in one line of YAML, in quotes of this kind or as plain as it can be."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return format(Decimal(repr(value)), "f")
        case date():
            return value.isoformat()
        case str():
            return _words(value, flow, quote)
        case list():
            return f"[{', '.join(written_in(item, flow=True) for item in value)}]"
        case dict():
            pairs = (
                f"{_words(str(key), flow=True)}: {'' if item is None else written_in(item, flow=True)}"
                for key, item in value.items()
            )
            return f"{{{', '.join(pairs)}}}"
        case _:
            raise TypeError(f"{type(value).__name__} has no YAML here")


def _words(words: str, flow: bool, quote: str = "") -> str:
    if quote == "'" and not re.search(r"[\n\r]", words):
        return "'" + words.replace("'", "''") + "'"
    return words if not quote and _is_plain(words, flow) else _quoted(words)


def _is_plain(words: str, flow: bool) -> bool:
    """Whether the words mean themselves without quotes, as the strict reader has it."""
    around = f"{{a: {words}, b: 1}}" if flow else f"a: {words}\nb: 1"
    found = yaml_tree(around.encode("utf-8", "surrogatepass"), "")
    as_key = yaml_tree(f"{words}: 1".encode("utf-8", "surrogatepass"), "")
    return (
        not (found.problems or as_key.problems) and found.value == {"a": words, "b": 1} and as_key.value == {words: 1}
    )


def _quoted(words: str) -> str:
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(words, ensure_ascii=False))


def _block(value: Any, indent: str) -> str:
    """A mapping or list over several lines where it is long, each thing that fits in one line of its own."""
    if isinstance(value, dict) and not _fits(value):
        return "\n".join(
            f"{indent}{_words(str(key), flow=False)}:{_beneath(item, indent)}" for key, item in value.items()
        )
    return f"{indent}{written_in(value)}"


def _beneath(value: Any, indent: str) -> str:
    """What stands after the colon of a key at this indent."""
    if value is None:
        return ""
    if _fits(value) if isinstance(value, dict) else not _holds_mappings(value):
        return f" {written_in(value)}"
    if isinstance(value, dict):
        return "\n" + _block(value, f"{indent}  ")
    return "".join(f"\n{indent}  - {_block(item, f'{indent}    ').lstrip()}" for item in value)


def _fits(item: dict[Any, Any]) -> bool:
    return len(item) <= FEW and len(written_in(item)) <= LONGEST_LINE


def _holds_mappings(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)
