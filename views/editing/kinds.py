"""What sort of file a name is, and which ids of the catalogue may stand where in it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tracking.catalogue import Catalogue
from tracking.schema import file_schema

SHARED = ("catalogue", "documents", "publishers", "units")
# By kind of file: the path of a value (`*`: any key, or any entry of a list), and the list that its id is in.
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "goal": {"document": "documents", "theme": "themes", "horizon": "horizons", "part_of.*": "goals",
             "indicators.*.id": "indicators"},
    "indicator": {"unit": "units", "publisher": "publishers", "series.*.unit": "units", "series.*.area": "areas",
                  "series.*.document": "documents", "targets.*.unit": "units", "targets.*.other": "indicators",
                  "targets.*.document": "documents", "targets.*.also_in.*.document": "documents",
                  "targets.*.baseline.document": "documents", "breaks.*.document": "documents"},
    "documents": {"*.issuer": "publishers"},
    "catalogue": {"document": "documents", "publisher": "publishers", "area": "areas"},
}  # fmt: skip


def kind_of(name: str) -> str:
    """`goal`, `indicator`, `figures`, or the name of a file that is there once."""
    folder, _, file = name.rpartition("/")
    stem = file.partition(".")[0]
    if folder == "figures":
        return "figures"
    if folder == "goals/indicators":
        return "indicator"
    return stem if stem in SHARED else "goal"


def id_of(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def file_of(kind: str, thing: str) -> str:
    """The file in which a goal, an indicator or figures are."""
    return {"goal": f"goals/{thing}.yaml", "indicator": f"goals/indicators/{thing}.yaml"}.get(
        kind, f"figures/{thing}.csv"
    )


@cache
def schema_of(kind: str, lang: str) -> dict[str, Any] | None:
    """What the editor and the form need of a kind's schema, in one language; None for figures."""
    return None if kind == "figures" else _in_one_language(file_schema(kind), lang)


KEPT = ("$ref", "$defs", "properties", "items", "additionalProperties", "patternProperties", "required", "enum",
        "const", "anyOf", "type", "default", "examples")  # fmt: skip


def _in_one_language(node: Any, lang: str, *, of_names: bool = False) -> Any:
    """`of_names`: the keys are those of a file, not the schema's own words."""
    if isinstance(node, list):
        return [_in_one_language(item, lang) for item in node]
    if not isinstance(node, dict):
        return node
    if of_names:
        return {name: _in_one_language(value, lang) for name, value in node.items()}
    found = {
        key: _in_one_language(value, lang, of_names=key in ("properties", "$defs", "patternProperties"))
        for key, value in node.items() if key in KEPT
    }  # fmt: skip
    for key in ("description", "enumDescriptions"):
        told = node.get(key if lang == "en" else f"x-{key}-{lang}")
        found |= {key: told} if told else {}
    return found


def known(c: Catalogue, kind: str, lang: str) -> dict[str, Any]:
    """The places of ids in this kind of file, and for each list of ids what each stands for."""
    paths = REFERENCES.get(kind, {})
    return {"paths": paths, "lists": {name: ids(c, name, lang) for name in sorted(set(paths.values()))}}


def ids(c: Catalogue, name: str, lang: str) -> list[tuple[str | int, str]]:
    """Each id of a list with its title."""
    listed: Mapping[str, Iterable[tuple[str | int, str]]] = {
        "documents": ((i, d.title[lang]) for i, d in c.documents.items()),
        "publishers": ((i, p.name[lang]) for i, p in c.publishers.items()),
        "units": ((i, u.quantity) for i, u in c.units.items()),
        "indicators": ((i, one.name[lang]) for i, one in c.indicators.items()),
        "goals": ((i, g.title[lang]) for i, g in c.goals.items()),
        "themes": ((i, t[lang]) for i, t in c.card.themes.items()),
        "horizons": ((i, t[lang]) for i, t in c.card.horizons.items()),
        "areas": ((i, t[lang]) for i, t in c.card.areas.items()),
    }
    return list(listed[name])
