"""YAML and figures -> model, strictly: the whole catalogue or the list of everything that is wrong with it.

Three passes: each file is read and checked against its model; then what the files say of one another
(`tracking/cross_checks.py`); then the figures against the indicators that use them. Nothing is ever half-loaded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from math import log10
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tracking.figures import MAX_BYTES as MOST_OF_FIGURES
from tracking.figures import FiguresFile, read_figures
from tracking.files import Files
from tracking.model import (
    Accumulation,
    CatalogueCard,
    Concept,
    Document,
    Goal,
    Id,
    Indicator,
    IndicatorLink,
    Measure,
    Observation,
    Provider,
    Publisher,
    Series,
    SeriesRef,
    Target,
    Unit,
)
from tracking.period import Length
from tracking.problems import CatalogueError, Problem, closest
from tracking.strict_yaml import MAX_BYTES, Tree, yaml_tree

if TYPE_CHECKING:
    from tracking.store import Store

GOALS = Path(__file__).resolve().parent.parent / "goals"

_Model = TypeVar("_Model", bound=BaseModel)
_ID: TypeAdapter[str] = TypeAdapter(Id)
_adapter = lru_cache(TypeAdapter)  # of a mapping it costs more to make than to use

_SHARED: dict[str, tuple[str, Any]] = {
    "catalogue": ("catalogue.yaml", CatalogueCard),
    "documents": ("documents.yaml", dict[Id, Document]),
    "publishers": ("publishers.yaml", dict[Id, Publisher]),
    "units": ("units.yaml", dict[str, Unit]),
}


@dataclass(frozen=True)
class Catalogue:
    """A whole, checked catalogue. Every id in it leads somewhere.

    `stored` holds the fetched series by provider and key, each in its provider's unit; empty without a store.
    """

    card: CatalogueCard
    goals: Mapping[str, Goal]
    indicators: Mapping[str, Indicator]
    documents: Mapping[str, Document]
    publishers: Mapping[str, Publisher]
    units: Mapping[str, Unit]
    figures: Mapping[str, Mapping[str, Series]]
    stored: Mapping[tuple[str, str], Series] = field(default_factory=dict)

    def series(self, ref: SeriesRef, unit: str | None = None) -> Series:
        """The observations that an indicator's series entry names; empty if there are none yet.

        Fetched figures come cited by the entry's document, and converted from the entry's unit to `unit`.
        """
        area = ref.area or self.card.area
        if ref.provider is Provider.FIGURES:
            return self.figures.get(ref.key, {}).get(area) or Series(area, ())
        found = self.stored.get((ref.provider.value, ref.key))
        own, wanted = (self.units[ref.unit], self.units[unit]) if ref.unit and unit else (None, None)
        cited = [replace(o, document=ref.document or o.document) for o in (found.observations if found else ())]
        return Series(area, tuple(in_unit(o, own, wanted) if own and wanted else o for o in cited))

    def main_series(self, indicator_id: str) -> Series:
        """The series that verdicts rest on: the indicator's first, with fetched figures of the same concept."""
        indicator = self.indicators[indicator_id]
        if not indicator.series:
            return Series(self.card.area, ())
        first, *others = indicator.series
        main = self.series(first, indicator.unit)
        for ref in others:
            if runs_on(ref, first):
                main = joined(main, self.series(ref, indicator.unit), indicator.accumulation)
        return main

    def unit_of(self, indicator_id: str) -> Unit:
        return self.units[self.indicators[indicator_id].unit]

    def goals_with(self, indicator_id: str) -> list[str]:
        return list(self._users.get(indicator_id, ()))

    @cached_property
    def _users(self) -> Mapping[str, Mapping[str, None]]:
        """The goals with each indicator, in the document's order, each once: looked for anew it took a goal's time for
        every figure of an export."""
        found: dict[str, dict[str, None]] = {}
        for goal_id, _, link, _ in self.links():
            found.setdefault(link.id, {})[goal_id] = None
        return found

    def links(self) -> Iterator[tuple[str, Goal, IndicatorLink, Indicator]]:
        """Every goal with each of its indicators, in the document's order."""
        for goal_id, goal in self.goals.items():
            for link in goal.indicators:
                yield goal_id, goal, link, self.indicators[link.id]

    def targets(self) -> Iterator[tuple[str, Indicator, Target]]:
        """Every target once, though several goals may share it."""
        for indicator_id, indicator in self.indicators.items():
            for target in indicator.targets:
                yield indicator_id, indicator, target

    def newest_publication(self) -> date:
        """The day of the newest figure in the catalogue."""
        every = [*(s for areas in self.figures.values() for s in areas.values()), *self.stored.values()]
        return max((o.known for s in every for o in s.observations), default=self.card.gathered.end)


_WITHIN_A_YEAR = (Length.YEAR, Length.HALF, Length.QUARTER, Length.MONTH)


def runs_on(ref: SeriesRef, first: SeriesRef) -> bool:
    """Whether an entry's figures stand in the run of the first: fetched values of the same concept and area."""
    fetched = ref.provider is not Provider.FIGURES and ref.concept is Concept.SAME
    return fetched and ref.measure is Measure.VALUE and ref.area == first.area


def joined(main: Series, fetched: Series, accumulation: Accumulation) -> Series:
    """One run of both. A fetched figure comes in as a later vintage, unless it only says again, perhaps with more
    decimals, what was known when it was published."""
    known = list(main.observations)
    for o in (_named_alike(o, main.observations, accumulation) for o in fetched.observations):
        earlier = [k for k in known if k.period.text == o.period.text and k.known <= o.known]
        if not earlier or round(o.value, earlier[-1].decimals) != earlier[-1].value:
            known = sorted([*known, o], key=lambda k: (k.period, k.published))
    return Series(main.area, tuple(known))


def _named_alike(o: Observation, main: Sequence[Observation], accumulation: Accumulation) -> Observation:
    """A running total or a stock to the end of the same day is the same figure, be it called 2025 or 2025-12."""
    if accumulation is Accumulation.PERIOD or any(k.period.text == o.period.text for k in main):
        return o
    alike = (k for k in main if k.period.end == o.period.end and k.period.length in _WITHIN_A_YEAR)
    return replace(o, period=next((k.period for k in alike if o.period.length in _WITHIN_A_YEAR), o.period))


def in_unit(o: Observation, own: Unit, wanted: Unit) -> Observation:
    """A figure of one unit in another of the same quantity; the digits that were printed stay the same."""
    from tracking.cross_checks import converted

    decimals = max(o.decimals + round(log10(wanted.factor / own.factor)), 0)
    return replace(o, value=round(converted(o.value, own, wanted), decimals), decimals=decimals)


@dataclass(frozen=True)
class Draft:
    """What was read, before anybody knows whether it holds together. Trees keep the places."""

    card: CatalogueCard | None
    goals: dict[str, Goal]
    indicators: dict[str, Indicator]
    documents: dict[str, Document]
    publishers: dict[str, Publisher]
    units: dict[str, Unit]
    figures: dict[str, FiguresFile]
    trees: dict[tuple[str, str], Tree]

    @cached_property
    def files(self) -> dict[str, set[str]]:
        """By kind the ids of all files, also of those that could not be read: one mistake is told once."""
        found: dict[str, set[str]] = {}
        for kind, name in self.trees:
            found.setdefault(kind, set()).add(name)
        return found

    @cached_property
    def users(self) -> dict[str, list[tuple[Indicator, SeriesRef]]]:
        """By figures file every indicator's entry that names it."""
        found: dict[str, list[tuple[Indicator, SeriesRef]]] = {}
        for indicator in self.indicators.values():
            for ref in indicator.series:
                if ref.provider is Provider.FIGURES:
                    found.setdefault(ref.key, []).append((indicator, ref))
        return found


def load_catalogue(
    goals: Path = GOALS, figures: Path | None = None, store: "Store | None" = None, files: Files | None = None
) -> Catalogue:
    """Read a catalogue's folder; `figures` is the folder beside it unless another is named.

    With a store, its fetched series come in; without one, nothing but the files is read. `files` may lay unsaved texts
    over those on disk, and remembers what was read before.
    Raises CatalogueError with every problem found, and StoreError where the store cannot be read.
    """
    from tracking.cross_checks import check_draft

    figures = figures or goals.parent / "figures"
    if not goals.is_dir():
        raise CatalogueError([Problem(str(goals), 1, 1, "no-folder")])
    problems: list[Problem] = []
    draft = _read(goals, figures, files or Files(), problems)
    problems += check_draft(draft)
    if problems:
        raise CatalogueError(problems)
    assert draft.card is not None
    catalogue = Catalogue(
        card=draft.card,
        goals=MappingProxyType(dict(sorted(draft.goals.items(), key=lambda g: (g[1].document, g[1].order)))),
        indicators=MappingProxyType(draft.indicators),
        documents=MappingProxyType(draft.documents),
        publishers=MappingProxyType(draft.publishers),
        units=MappingProxyType(draft.units),
        figures=MappingProxyType({key: _by_area(file.series, draft.card.area) for key, file in draft.figures.items()}),
    )
    return catalogue if store is None else with_stored(catalogue, store)


def with_stored(catalogue: Catalogue, store: "Store") -> Catalogue:
    """The catalogue with every fetched series that its indicators name."""
    area = catalogue.card.area
    refs = [ref for i in catalogue.indicators.values() for ref in i.series if ref.provider is not Provider.FIGURES]
    found = {(r.provider.value, r.key): store.series(r.provider.value, r.key, r.area or area) for r in refs}
    return replace(catalogue, stored=MappingProxyType(found))


def _by_area(series: Mapping[str, Series], own: str) -> Mapping[str, Series]:
    """A blank area in a figures file is the catalogue's own, also beside lines that name it."""
    found: dict[str, tuple[Observation, ...]] = {}
    for area, one in series.items():
        found[area or own] = (*found.get(area or own, ()), *one.observations)
    return {
        area: Series(area, tuple(sorted(observations, key=lambda o: (o.period, o.published))))
        for area, observations in found.items()
    }


def _read(goals: Path, figures: Path, files: Files, problems: list[Problem]) -> Draft:
    trees: dict[tuple[str, str], Tree] = {}
    shared = {name: _shared(goals, name, files, trees, problems) for name in _SHARED}
    return Draft(
        card=shared["catalogue"],
        goals=_folder(goals, "goal", Goal, files, trees, problems),
        indicators=_folder(goals / "indicators", "indicator", Indicator, files, trees, problems),
        documents=shared["documents"] or {},
        publishers=shared["publishers"] or {},
        units=shared["units"] or {},
        figures=_all_figures(figures, files, problems),
        trees=trees,
    )


@dataclass(frozen=True)
class _ReadFile:
    """One YAML file: its tree, and the model; None where something is wrong with it."""

    tree: Tree
    value: Any
    problems: tuple[Problem, ...]


def _shared(goals: Path, name: str, files: Files, trees: dict[tuple[str, str], Tree], problems: list[Problem]) -> Any:
    file, model = _SHARED[name]
    path = goals / file
    if not files.has(path):
        problems.append(Problem(shown(path), 1, 1, "no-file"))
        return None

    def read(body: bytes | Problem, said: str) -> _ReadFile:
        tree = yaml_tree(body, said)
        if tree.value == {}:
            tree.problems.append(Problem(tree.file, 1, 1, "empty-file"))
        return _modelled(tree, model)

    found = files.made(path, shown(path), name, MAX_BYTES, read)
    trees[name, ""] = found.tree
    problems += found.problems
    return found.value


def _folder(
    folder: Path,
    kind: str,
    model: type[_Model],
    files: Files,
    trees: dict[tuple[str, str], Tree],
    problems: list[Problem],
) -> dict[str, _Model]:
    found: dict[str, _Model] = {}
    if not files.has_folder(folder):
        problems.append(Problem(shown(folder), 1, 1, "no-folder"))
        return found

    def read(body: bytes | Problem, said: str) -> _ReadFile:
        tree = yaml_tree(body, said)
        try:
            _ID.validate_python(Path(said).stem)
        except ValidationError:
            tree.problems.append(Problem(tree.file, 1, 1, "file-name"))
        return _modelled(tree, model)

    place = shown(folder)
    for path in files.listed(folder):
        if path.suffix == ".yml":
            problems.append(Problem(f"{place}/{path.name}", 1, 1, "yml"))
        if path.suffix != ".yaml" or (kind == "goal" and path.name in {f for f, _ in _SHARED.values()}):
            continue
        one = files.made(path, f"{place}/{path.name}", kind, MAX_BYTES, read)
        trees[kind, path.stem] = one.tree
        problems += one.problems
        if one.value is not None:
            found[path.stem] = one.value
    return found


def _all_figures(folder: Path, files: Files, problems: list[Problem]) -> dict[str, FiguresFile]:
    def read(body: bytes | Problem, said: str) -> tuple[FiguresFile, list[Problem]]:
        wrong: list[Problem] = []
        return read_figures(body, said, wrong), wrong

    found: dict[str, FiguresFile] = {}
    place = shown(folder)
    for path in files.listed(folder):
        if path.suffix == ".csv":
            file, wrong = files.made(path, f"{place}/{path.name}", "figures", MOST_OF_FIGURES, read)
            found[path.stem] = file
            problems += wrong
    return found


def shown(path: Path) -> str:
    """The path as a person would type it: from here, if it lies below here."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _modelled(tree: Tree, model: Any) -> _ReadFile:
    """The tree's value as the model, or None with the reasons."""
    if tree.value is None:
        return _ReadFile(tree, None, tuple(tree.problems))
    try:
        value = _adapter(model).validate_python(tree.value, by_alias=True, by_name=False)
    except ValidationError as error:
        told = {(p.line, p.column) for p in tree.problems}
        found = [_problem(tree, model, e) for e in error.errors(include_url=False)]
        new = [p for p in found if (p.line, p.column) not in told]
        return _ReadFile(tree, None, (*tree.problems, *new))
    return _ReadFile(tree, None if tree.problems else value, tuple(tree.problems))


def _problem(tree: Tree, model: Any, error: ErrorDetails) -> Problem:
    """Say in our words, at the place in the file, what pydantic found."""
    path = tuple(
        p if isinstance(p, int) and _is_list(tree.value, error["loc"][:n]) else str(p)
        for n, p in enumerate(error["loc"])
        if p != "[key]"
    )
    name, given = (str(path[-1]) if path else tree.file), error["input"]
    say = tree.key_problem if "[key]" in error["loc"] else tree.problem
    match error["type"]:
        case "extra_forbidden" | "invalid_key":
            known = _keys_at(model, error["loc"][:-1])
            details = {"key": name, "known": ", ".join(known), "close": closest(name, known)}
            return tree.key_problem(path, "unknown-key", **details)
        case "missing":
            return tree.problem(path[:-1], "missing-key", key=name)
        case _ if given is None:
            return tree.problem(path, "empty-text", key=name)
        case "enum" | "literal_error":
            allowed = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            details = {"key": name, "value": given, "allowed": ", ".join(allowed)}
            return say(path, "not-one-of", **details, close=closest(str(given), allowed))
        case "period":
            return tree.problem(path, "not-a-period", key=name, value=given)
        case "string_pattern_mismatch" if "https" in str(error["ctx"]["pattern"]):
            return tree.problem(path, "not-an-address", key=name, value=given)
        case "string_pattern_mismatch" | "string_too_long":
            return say(path, "not-an-id", key=name, value=given)
        case "string_too_short":
            return tree.problem(path, "empty-text", key=name)
        case "greater_than" | "greater_than_equal" | "less_than_equal" | "finite_number":
            return say(path, "number-range", key=name, value=given)
        case kind:
            wanted = {
                "string_type": "text",
                "list_type": "list",
                "model_type": "mapping",
                "dict_type": "mapping",
                "mapping_type": "mapping",
                "model_attributes_type": "mapping",
            }
            expected = wanted.get(kind, "whole-number" if kind.startswith("int") else "number")
            return say(path, f"expected-{expected}", key=name, value=_short(given))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _is_list(value: Any, path: Iterable[Any]) -> bool:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(value, list)


def _keys_at(model: Any, path: Iterable[str | int]) -> list[str]:
    """The keys that the model allows at this place."""
    for step in path:
        if isinstance(model, type) and issubclass(model, BaseModel):
            annotations = {f.alias or n: f.annotation for n, f in model.model_fields.items()}
            model = annotations.get(str(step))
        else:
            model = next(iter(reversed(get_args(model))), None)
        model = _without_none(model)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [f.alias or n for n, f in model.model_fields.items()]


def _without_none(annotation: Any) -> Any:
    """`X | None` -> `X`."""
    parts = get_args(annotation)
    return next(p for p in parts if p is not NoneType) if NoneType in parts else annotation
