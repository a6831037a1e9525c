"""JSON: all tables, each a list of objects, under the version of their shape; schema/export.schema.json says it."""

import json
from datetime import date
from typing import Any

from tracking.export.columns import TABLES, VERSION, Type, Value
from tracking.export.content import Content
from tracking.model import LANGUAGES
from tracking.words import words

_TYPES = {Type.TEXT: "string", Type.NUMBER: "number", Type.WHOLE: "integer", Type.YES_NO: "boolean", Type.DAY: "string"}


def json_file(content: Content) -> bytes:
    """The whole content; a missing value is null, a day is text, a number has all its digits."""
    whole = {
        "version": VERSION,
        "title": content.title,
        "language": content.language,
        "as_of": content.as_of.isoformat(),
        **{name: [{k: _plain(v) for k, v in row.items()} for row in rows] for name, rows in content.tables.items()},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _plain(value: Value) -> str | float | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value


def export_schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    tables = {name: {"type": "array", "items": _row(name)} for name in TABLES}
    head = {
        "version": {"const": VERSION},
        "title": {"type": "string"},
        "language": {"enum": list(LANGUAGES)},
        "as_of": {"type": "string", "format": "date"},
    }
    properties = {**head, **tables}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _row(table: str) -> dict[str, Any]:
    w = words("en")
    properties: dict[str, Any] = {
        column.name: {
            "type": [_TYPES[column.type], "null"],
            **({"format": "date"} if column.type is Type.DAY else {}),
            "description": w.say(f"export.meaning.{column.name}"),
        }
        for column in TABLES[table]
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
