"""The JSON Schema of the YAML files, written from the model, so that editors complete and check as one types.

Every key and every word of a list is explained in both languages, by tracking/words under `schema`: in English in
`description` and `enumDescriptions`, in Chinese in the same with `x-…-zh`, and in both in `markdownDescription` and
`markdownEnumDescriptions`, which editors prefer. And the schema of the JSON that is exported.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tracking.cross_checks import NEEDS
from tracking.export.json_text import export_schema
from tracking.model import LANGUAGES, METHOD_NAMES, CatalogueCard, Document, Form, Goal, Indicator, Publisher, Unit
from tracking.words import words

SCHEMAS: dict[str, Any] = {
    "goal": Goal,
    "indicator": Indicator,
    "catalogue": CatalogueCard,
    "documents": dict[str, Document],
    "publishers": dict[str, Publisher],
    "units": dict[str, Unit],
}


def schema_text(name: str) -> str:
    """The JSON Schema of one kind of file, or of the JSON that is exported."""
    schema = export_schema() if name == "export" else file_schema(name)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def file_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file, every key explained. KeyError where words are missing."""
    schema = _without_null(TypeAdapter(SCHEMAS[name]).json_schema(by_alias=True))
    for title, node in {**schema.get("$defs", {}), schema.get("title", name): schema}.items():
        _explain(node, _named(title))
    if "Target" in schema.get("$defs", {}):
        schema["$defs"]["Target"]["allOf"] = [_needs(form, keys) for form, keys in NEEDS.items()]
    return dict(schema)


def _needs(form: Form, keys: Sequence[str]) -> dict[str, Any]:
    """A target of this form without one of these keys is marked while it is typed."""
    is_of_form = {"properties": {"form": {"const": form.value}}, "required": ["form"]}
    return {"if": is_of_form, "then": {"required": list(keys)}}


def _without_null(node: Any) -> Any:
    """A key that may be missing is left out of a file; nobody writes null."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: _without_null(value) for key, value in node.items()}
    if found.get("default", "") is None:
        del found["default"]
    if isinstance(choices := found.get("anyOf"), list) and {"type": "null"} in choices:
        rest = [choice for choice in choices if choice != {"type": "null"}]
        found |= {"anyOf": rest} if len(rest) > 1 else rest[0]
        if len(rest) == 1:
            del found["anyOf"]
    return found


def _explain(node: dict[str, Any], name: str) -> None:
    """Say what a model is, what each of its keys, and what each word of a list."""
    node |= _told(f"schema.{name}.is") | _listed(node, name)
    for key, inner in node.get("properties", {}).items():
        inner |= _told(f"schema.{name}.{key}") | _listed(inner, name)


def _told(key: str) -> dict[str, str]:
    en, zh = (words(lang).say(key) for lang in ("en", "zh"))
    return {"description": en, "x-description-zh": zh, "markdownDescription": f"{en}\n\n{zh}"}


def _listed(node: Mapping[str, Any], name: str) -> dict[str, list[str]]:
    """What each word of a list means; nothing where any text may stand."""
    if "enum" not in node:
        return {}
    en, zh = ([_meaning(name, value, lang) for value in node["enum"]] for lang in ("en", "zh"))
    both = [f"{a}\n\n{b}" for a, b in zip(en, zh, strict=True)]
    return {"enumDescriptions": en, "x-enumDescriptions-zh": zh, "markdownEnumDescriptions": both}


def _meaning(name: str, value: str, lang: str) -> str:
    if value in LANGUAGES:
        return words(value).say("language")
    if value in METHOD_NAMES:
        w = words(lang)
        return w.say("schema.named", name=w.say(f"method.{value}.name"), what=w.say(f"method.{value}.what"))
    return words(lang).say(f"schema.{name}.{value}")


def _named(title: str) -> str:
    """`SeriesRef` -> `series-ref`, as the words have it."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", title).lower()


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in (*SCHEMAS, "export"):
        path = folder / f"{name}.schema.json"
        path.write_text(schema_text(name), encoding="utf-8")
        written.append(path)
    return written
