"""A Frictionless data package: every table as CSV, and datapackage.json, which says what each column holds."""

import json
from typing import Any

from tracking.export.columns import KEYS, LEADS, TABLES, VERSION, Column
from tracking.export.content import Content
from tracking.export.csv_text import csv_file
from tracking.export.zipped import zip_file
from tracking.words import words


def package_file(content: Content) -> bytes:
    """The zip of a package."""
    told = json.dumps(descriptor(content), ensure_ascii=False, indent=1) + "\n"
    tables = [(f"{name}.csv", csv_file(content, name)) for name in TABLES]
    return zip_file([("datapackage.json", told.encode()), *tables])


def descriptor(content: Content) -> dict[str, Any]:
    """What datapackage.json says. It has no time of making: the same content is the same file."""
    w = words(content.language)
    return {
        "profile": "tabular-data-package",
        "name": "policy-goal-tracker",
        "title": content.title,
        "description": f"{w.say('export.note.values')} {w.say('export.note.flags')} {w.say('export.note.rights')}",
        "version": f"{VERSION}.0.0",
        "languages": [content.language],
        "asOf": content.as_of.isoformat(),
        "resources": [_resource(name, content) for name in TABLES],
    }


def _resource(table: str, content: Content) -> dict[str, Any]:
    keys: dict[str, Any] = {"primaryKey": list(KEYS[table])} if table in KEYS else {}
    if table in LEADS:
        keys["foreignKeys"] = [_lead(fields, there) for fields, there in LEADS[table].items()]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": words(content.language).say(f"export.table.{table}"),
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(c, content.language) for c in TABLES[table]], "missingValues": [""], **keys},
    }


def _lead(fields: tuple[str, ...], there: str) -> dict[str, Any]:
    return {"fields": list(fields), "reference": {"resource": there, "fields": list(fields)}}


def _field(column: Column, language: str) -> dict[str, Any]:
    w = words(language)
    title, meaning = w.say(f"export.column.{column.name}"), w.say(f"export.meaning.{column.name}")
    return {"name": column.name, "type": column.type.value, "title": title, "description": meaning}
