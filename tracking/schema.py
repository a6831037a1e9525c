"""The JSON Schema of the YAML files, written from the model, so that editors complete and check as one types.

And that of the JSON that is exported, so that programs know what to expect.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tracking.export.json_text import export_schema
from tracking.model import CatalogueCard, Document, Goal, Indicator, Publisher, Unit

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
    schema = export_schema() if name == "export" else TypeAdapter(SCHEMAS[name]).json_schema(by_alias=True)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in (*SCHEMAS, "export"):
        path = folder / f"{name}.schema.json"
        path.write_text(schema_text(name), encoding="utf-8")
        written.append(path)
    return written
