"""A file in parts that fit on a form, and the fields of each, from its schema. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracking.strict_yaml import Path_
from views.editing.kinds import REFERENCES

Schema = Mapping[str, Any]
# Where a field is, what may stand there, whether it must, and how it is asked for.
Field = tuple[Path_, Schema, bool, str]
PLAIN, WORDS, LONG, CHOICE, ID, IDS = "plain", "words", "long", "choice", "id", "ids"
LONG_KEYS = ("quote", "definition", "caution", "meaning", "note", "reason", "statement", "difference", "why", "limits",
             "translation")  # fmt: skip


def settled(schema: Schema, root: Schema) -> Schema:
    """The schema itself where it only points to another; what it says beside that counts first."""
    if "$ref" not in schema:
        return schema
    named = settled(root["$defs"][str(schema["$ref"]).rpartition("/")[2]], root)
    return {**named, **{key: value for key, value in schema.items() if key != "$ref"}}


def below(schema: Schema, key: str | int, root: Schema) -> Schema:
    """The schema of a key, or of an item."""
    if isinstance(key, int):
        return settled(schema.get("items", {}), root)
    named = schema.get("properties", {}).get(key)
    others: Any = schema.get("additionalProperties") or next(iter(schema.get("patternProperties", {}).values()), {})
    return settled(named or (others if isinstance(others, dict) else {}), root)


def schema_at(path: Path_, root: Schema) -> Schema:
    found = settled(root, root)
    for key in path:
        found = below(found, key, root)
    return found


def parts(value: Any, root: Schema) -> list[Path_]:
    """The file itself, where it has fields of its own; each item of its lists; each entry of what is named in it."""
    if not isinstance(value, dict):
        return []
    found: list[Path_] = [()] if root.get("properties") else [(str(key),) for key in value]
    for key in root.get("properties", {}):
        inner, held = below(root, key, root), value.get(key)
        if is_list_of_parts(inner, root) and isinstance(held, list):
            found += [(key, n) for n in range(len(held))]
    return found


def is_list_of_parts(schema: Schema, root: Schema) -> bool:
    return schema.get("type") == "array" and bool(below(schema, 0, root).get("properties"))


def fields(part: Path_, kind: str, root: Schema) -> Iterator[Field]:
    """The fields of a part, those of what it holds among them; lists of parts are parts of their own."""
    here = schema_at(part, root)
    for key, _ in here.get("properties", {}).items():
        path, inner = (*part, key), below(here, key, root)
        must = key in here.get("required", ())
        if inner.get("properties"):
            yield from ((p, s, must and m, a) for p, s, m, a in fields(path, kind, root))
        elif key == "translation":
            yield from (((*path, lang), {**inner, "type": "string"}, False, LONG) for lang in ("zh", "en"))
        elif not is_list_of_parts(inner, root) and inner.get("type") != "object":
            yield path, inner, must, _asked(path, kind, inner)


def _asked(path: Path_, kind: str, schema: Schema) -> str:
    """By what a field is asked for."""
    if list_of(path, kind) is not None:
        return ID
    if list_of((*path, 0), kind) is not None:
        return IDS
    if "enum" in schema:
        return CHOICE
    if schema.get("type") != "string" or "pattern" in schema:
        return PLAIN
    return LONG if {*path} & {*LONG_KEYS} else WORDS


def list_of(path: Path_, kind: str) -> str | None:
    """The list whose ids may stand at a path."""
    for pattern, name in REFERENCES.get(kind, {}).items():
        steps = pattern.split(".")
        if len(steps) == len(path) and all(a in ("*", str(b)) for a, b in zip(steps, path, strict=True)):
            return name
    return None


def blank(schema: Schema, root: Schema) -> Any:
    """What must be there, without a value yet."""
    needed = schema.get("required", ())
    return {key: blank(below(schema, key, root), root) for key in needed} if schema.get("properties") else None
