"""What the files of a catalogue say of one another: every name leads somewhere, and the numbers fit together.

Each check yields problems at the place of the word or number that is at fault.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from tracking.model import (
    LANGUAGES,
    Bound,
    Concept,
    Direction,
    Form,
    Goal,
    Indicator,
    Kind,
    Language,
    Measure,
    NaturalLimits,
    Observation,
    Provider,
    Restatement,
    SeriesRef,
    Target,
    Unit,
    UnitKind,
)
from tracking.problems import Problem, closest
from tracking.strict_yaml import Path_, Tree

if TYPE_CHECKING:
    from tracking.catalogue import Draft
    from tracking.figures import FiguresFile

LEAST_INDICATORS_OF_AN_OUTCOME = 2

# what each form needs, beside `for` or `span` (which every form needs)
NEEDS: Mapping[Form, tuple[str, ...]] = {
    Form.LEVEL: ("bound", "value", "for"),
    Form.CUMULATIVE_CHANGE: ("bound", "value", "baseline", "for"),
    Form.AVERAGE_GROWTH: ("bound", "value", "span"),
    Form.YEARLY_VALUE: ("bound", "value"),
    Form.MULTIPLE: ("bound", "times", "baseline", "for"),
    Form.RELATIVE: ("bound", "other"),
    Form.STABLE: ("words",),
    Form.RANGE: ("value", "high"),
    Form.COVERAGE: ("for", "value"),
    Form.YES_NO: ("words", "for"),
    Form.RANK: ("bound", "value", "for"),
    Form.DIRECTION: ("words",),
    Form.QUALITATIVE: ("words",),
}
NUMBERLESS = (Form.STABLE, Form.YES_NO, Form.DIRECTION, Form.QUALITATIVE)
_IN_THE_INDICATORS_UNIT = (Form.LEVEL, Form.YEARLY_VALUE, Form.RANGE, Form.COVERAGE, Form.RANK)
# the forms for which methods of different publishers differ; the others are settled in one way only
METHOD_FORMS = (
    Form.LEVEL, Form.COVERAGE, Form.MULTIPLE, Form.CUMULATIVE_CHANGE, Form.AVERAGE_GROWTH, Form.DIRECTION, Form.RANGE,
)  # fmt: skip
_UNIT_KINDS: Mapping[Form, tuple[UnitKind, ...]] = {
    Form.RANK: (UnitKind.RANK,),
    Form.YES_NO: (UnitKind.WORDS, UnitKind.SHARE),
}
_DIRECTIONS: Mapping[Form, tuple[Direction, ...]] = {
    Form.RANK: (Direction.LOWER,),
    Form.DIRECTION: (Direction.HIGHER, Direction.LOWER),
}


def check_draft(draft: "Draft") -> list[Problem]:
    """Every problem between the files; names are looked up only in files that could be read."""
    problems = [*_card(draft), *_documents(draft)]
    for goal_id, goal in draft.goals.items():
        problems += _goal(draft, draft.trees["goal", goal_id], goal_id, goal)
    problems += _orders(draft)
    for indicator_id, indicator in draft.indicators.items():
        problems += _indicator(draft, draft.trees["indicator", indicator_id], indicator_id, indicator)
    problems += _positions(draft)
    for key, file in draft.figures.items():
        problems += _figures(draft, key, file)
    return problems


def _unknown(
    tree: Tree, path: Path_, kind: str, name: str | None, known: Iterable[str], *, unread: bool = False
) -> Iterator[Problem]:
    """A name that is in no file. Silent if the file that would hold it could not be read (`unread`)."""
    if name is not None and name not in known and not unread:
        yield tree.problem(path, f"unknown-{kind}", name=name, close=closest(name, sorted(known)))


def _card(draft: "Draft") -> Iterator[Problem]:
    if draft.card is None:
        return
    tree = draft.trees["catalogue", ""]
    yield from _document(draft, tree, ("document",), draft.card.document)
    yield from _unknown(tree, ("area",), "area", draft.card.area, draft.card.areas)
    if draft.card.publisher is not None:
        yield from _publisher(draft, tree, ("publisher",), draft.card.publisher)


def _document(draft: "Draft", tree: Tree, path: Path_, name: str | None) -> Iterator[Problem]:
    yield from _unknown(tree, path, "document", name, draft.documents, unread=not draft.documents)


def _publisher(draft: "Draft", tree: Tree, path: Path_, name: str) -> Iterator[Problem]:
    yield from _unknown(tree, path, "publisher", name, draft.publishers, unread=not draft.publishers)


def _documents(draft: "Draft") -> Iterator[Problem]:
    for document_id, document in draft.documents.items():
        tree = draft.trees["documents", ""]
        yield from _publisher(draft, tree, (document_id, "issuer"), document.issuer)


def _goal(draft: "Draft", tree: Tree, goal_id: str, goal: Goal) -> Iterator[Problem]:
    yield from _document(draft, tree, ("document",), goal.document)
    if draft.card is not None:
        yield from _unknown(tree, ("theme",), "theme", goal.theme, draft.card.themes)
        if goal.horizon not in draft.card.horizons:
            known = ", ".join(str(h) for h in sorted(draft.card.horizons))
            yield tree.problem(("horizon",), "unknown-horizon", name=goal.horizon, known=known)
    for n, whole in enumerate(goal.part_of):
        yield from _unknown(tree, ("part_of", n), "goal", whole, _files(draft, "goal") - {goal_id})
    seen: set[str] = set()
    for n, link in enumerate(goal.indicators):
        yield from _unknown(tree, ("indicators", n, "id"), "indicator", link.id, _files(draft, "indicator"))
        if link.id in seen:
            yield tree.problem(("indicators", n, "id"), "twice", name=link.id)
        seen.add(link.id)
    if goal.kind is Kind.OUTCOME and len(goal.indicators) < LEAST_INDICATORS_OF_AN_OUTCOME:
        details = {"least": LEAST_INDICATORS_OF_AN_OUTCOME, "found": len(goal.indicators)}
        yield tree.problem(("indicators",), "too-few-indicators", **details)
    if goal.kind is not Kind.OUTCOME and goal.meaning is None:
        yield tree.problem(("kind",), "meaning-needed", kind=goal.kind.value)


def _files(draft: "Draft", kind: str) -> set[str]:
    return draft.files.get(kind, set())


def _orders(draft: "Draft") -> Iterator[Problem]:
    taken: dict[tuple[str, int], str] = {}
    for goal_id, goal in draft.goals.items():
        first = taken.setdefault((goal.document, goal.order), goal_id)
        if first != goal_id:
            tree = draft.trees["goal", goal_id]
            yield tree.problem(("order",), "order-twice", order=goal.order, goal=first)


def _indicator(draft: "Draft", tree: Tree, indicator_id: str, indicator: Indicator) -> Iterator[Problem]:
    yield from _unknown(tree, ("unit",), "unit", indicator.unit, draft.units, unread=not draft.units)
    yield from _publisher(draft, tree, ("publisher",), indicator.publisher)
    yield from _all_series(draft, tree, indicator)
    for n, gap in enumerate(indicator.breaks):
        yield from _document(draft, tree, ("breaks", n, "document"), gap.document)
    limits = indicator.natural_limits
    if limits.low is not None and limits.high is not None and limits.low >= limits.high:
        yield tree.problem(("natural_limits",), "limits-crossed")
    keys: dict[str, int] = {}
    for n, target in enumerate(indicator.targets):
        yield from _target(draft, tree, n, indicator, indicator_id)
        if (target.for_ is None) != (target.span is None):
            if target.key in keys:
                yield tree.problem(("targets", n), "target-twice", key=target.key)
            keys[target.key] = n
    for n, target in enumerate(indicator.targets):
        others = [key for key, m in keys.items() if m != n]
        yield from _unknown(tree, ("targets", n, "supersedes"), "target", target.supersedes, others)
        if target.supersedes in others:
            replaced = indicator.targets[keys[target.supersedes]]
            if replaced.adopted.end >= target.adopted.end:
                details = {"name": replaced.key, "adopted": replaced.adopted.text}
                yield tree.problem(("targets", n, "supersedes"), "supersedes-later", **details)


def _all_series(draft: "Draft", tree: Tree, indicator: Indicator) -> Iterator[Problem]:
    seen: set[tuple[object, ...]] = set()
    for n, ref in enumerate(indicator.series):
        yield from _series(draft, tree, ("series", n), ref, indicator)
        same = (ref.provider, ref.key, ref.area, ref.measure)
        if same in seen:
            yield tree.problem(("series", n, "key"), "twice", name=ref.key)
        seen.add(same)
    if indicator.series and indicator.series[0].measure is not Measure.VALUE:
        yield tree.problem(("series", 0, "measure"), "first-series-value")
    if indicator.series and indicator.series[0].concept is not Concept.SAME:
        yield tree.problem(("series", 0, "concept"), "first-series-same")


def _series(draft: "Draft", tree: Tree, path: Path_, ref: SeriesRef, indicator: Indicator) -> Iterator[Problem]:
    """A fetched series says by which document it is cited, and what sets it apart from the indicator."""
    if ref.provider is Provider.FIGURES:
        yield from _unknown(tree, (*path, "key"), "figures", ref.key, draft.figures)
        if ref.document is not None:
            yield tree.problem((*path, "document"), "series-own-documents")
    elif ref.document is None:
        yield tree.problem(path, "series-document", provider=ref.provider.value)
    yield from _document(draft, tree, (*path, "document"), ref.document)
    if ref.area is not None and draft.card is not None:
        yield from _unknown(tree, (*path, "area"), "area", ref.area, draft.card.areas)
    if ref.concept is Concept.DIFFERS and ref.difference is None:
        yield tree.problem((*path, "concept"), "difference-needed")
    if ref.concept is Concept.SAME and ref.difference is not None:
        yield tree.problem((*path, "difference"), "difference-of-same")
    if ref.unit is not None:
        yield from _unknown(tree, (*path, "unit"), "unit", ref.unit, draft.units, unread=not draft.units)
    own, its = draft.units.get(ref.unit or indicator.unit), draft.units.get(indicator.unit)
    if own is not None and its is not None and own.quantity != its.quantity:
        details = {"unit": ref.unit, "wanted": indicator.unit, "quantity": its.quantity}
        yield tree.problem((*path, "unit"), "unit-mismatch", **details)


def _target(draft: "Draft", tree: Tree, n: int, indicator: Indicator, indicator_id: str) -> Iterator[Problem]:
    target, path = indicator.targets[n], ("targets", n)
    for need in NEEDS[target.form]:
        if getattr(target, {"for": "for_"}.get(need, need)) is None:
            yield tree.problem(path, "form-needs", form=target.form.value, key=need)
    if (target.for_ is None) == (target.span is None):
        yield tree.problem(path, "for-or-span")
        return
    yield from _target_dates(tree, path, target)
    yield from _target_form(draft, tree, path, target, indicator)
    yield from _target_numbers(draft, tree, path, target, indicator)
    if target.other is not None:
        others = _files(draft, "indicator") - {indicator_id}
        yield from _unknown(tree, (*path, "other"), "indicator", target.other, others)
    yield from _document(draft, tree, (*path, "document"), target.document)
    if target.baseline is not None:
        yield from _document(draft, tree, (*path, "baseline", "document"), target.baseline.document)
    yield from _quote(draft, tree, path, target.document, target.quote, target.translation)
    for m, again in enumerate(target.also_in):
        where = (*path, "also_in", m)
        yield from _document(draft, tree, (*where, "document"), again.document)
        yield from _quote(draft, tree, where, again.document, again.quote, again.translation)


def _positions(draft: "Draft") -> Iterator[Problem]:
    """No two targets stand at one place of a document."""
    taken: dict[tuple[str, int], str] = {}
    for indicator_id, n, where, said in _stated(draft):
        if said.position is None:
            continue
        first = taken.setdefault((said.document, said.position), f"{indicator_id} {n + 1}")
        if first != f"{indicator_id} {n + 1}":
            tree = draft.trees["indicator", indicator_id]
            details = {"position": said.position, "document": said.document, "first": first.split(" ")[0]}
            yield tree.problem((*where, "position"), "position-twice", **details)


def _stated(draft: "Draft") -> Iterator[tuple[str, int, Path_, Target | Restatement]]:
    """Every statement of every target: its indicator, its number there, and its place in the file."""
    for indicator_id, indicator in draft.indicators.items():
        for n, target in enumerate(indicator.targets):
            yield indicator_id, n, ("targets", n), target
            for m, again in enumerate(target.also_in):
                yield indicator_id, n, ("targets", n, "also_in", m), again


def _target_dates(tree: Tree, path: Path_, target: Target) -> Iterator[Problem]:
    span = target.span
    if span is not None and span.to <= span.from_:
        yield tree.problem((*path, "span"), "span-backwards")
    if target.baseline is not None and target.baseline.period.end >= target.due.end:
        details = {"baseline": target.baseline.period.text, "due": target.due.text}
        yield tree.problem((*path, "baseline", "period"), "baseline-not-before", **details)
    if target.adopted.start > target.due.end:
        details = {"adopted": target.adopted.text, "due": target.due.text}
        yield tree.problem((*path, "adopted"), "adopted-after-due", **details)


def _target_form(draft: "Draft", tree: Tree, path: Path_, target: Target, indicator: Indicator) -> Iterator[Problem]:
    """What a form asks of the indicator's unit and direction, and whether publishers' methods differ on it."""
    form, unit = target.form, draft.units.get(indicator.unit)
    if unit is not None and unit.kind not in _UNIT_KINDS.get(form, (unit.kind,)):
        allowed = ", ".join(kind.value for kind in _UNIT_KINDS[form])
        details = {"form": form.value, "unit": indicator.unit, "kind": unit.kind.value, "allowed": allowed}
        yield tree.problem((*path, "form"), "form-unit", **details)
    if indicator.direction not in _DIRECTIONS.get(form, (indicator.direction,)):
        allowed = ", ".join(direction.value for direction in _DIRECTIONS[form])
        yield tree.problem(("direction",), "form-direction", form=form.value, allowed=allowed)
    if form is Form.RANK and target.bound not in (Bound.AT_MOST, None):
        yield tree.problem((*path, "bound"), "rank-bound", value=target.bound.value)
    if target.method is not None and form not in METHOD_FORMS:
        allowed = ", ".join(f.value for f in METHOD_FORMS)
        yield tree.problem((*path, "method"), "method-form", form=form.value, allowed=allowed)


def _target_numbers(draft: "Draft", tree: Tree, path: Path_, target: Target, indicator: Indicator) -> Iterator[Problem]:
    if target.bound is Bound.ABOUT and target.tolerance is None and target.form not in NUMBERLESS:
        yield tree.problem((*path, "bound"), "about-needs-tolerance")
    if target.high is not None and target.value is not None and target.high <= target.value:
        yield tree.problem((*path, "high"), "high-not-above")
    if target.form is Form.AVERAGE_GROWTH and target.value is not None and target.value <= -100:
        yield tree.problem((*path, "value"), "growth-to-nothing", value=target.value)
    if target.unit is not None:
        yield from _unknown(tree, (*path, "unit"), "unit", target.unit, draft.units, unread=not draft.units)
    own, its = draft.units.get(target.unit or indicator.unit), draft.units.get(indicator.unit)
    if own is None or its is None:
        return
    if target.form in _IN_THE_INDICATORS_UNIT and own.quantity != its.quantity:
        details = {"unit": target.unit, "wanted": indicator.unit, "quantity": its.quantity}
        yield tree.problem((*path, "unit"), "unit-mismatch", **details)
    elif target.form in _IN_THE_INDICATORS_UNIT:
        for key, number in (("value", target.value), ("high", target.high)):
            if number is not None:
                value = converted(number, own, its)
                yield from _limits(tree, (*path, key), value, indicator.natural_limits)


def converted(value: float, own: Unit, wanted: Unit) -> float:
    """A number of one unit in another of the same quantity: the one place where units are converted."""
    if own.quantity != wanted.quantity:
        raise ValueError(f"{own.quantity} is not {wanted.quantity}")
    return value if own.factor == wanted.factor else value * own.factor / wanted.factor


def _limits(tree: Tree, path: Path_, value: float, limits: NaturalLimits) -> Iterator[Problem]:
    if not within(value, limits):
        yield tree.problem(path, "outside-limits", **_outside(value, limits))


def _outside(value: float, limits: NaturalLimits) -> dict[str, object]:
    """A number and the limits that it is beyond; ∞ on the side that has none."""
    low, high = limits.low, limits.high
    return {"value": value, "low": "-∞" if low is None else low, "high": "∞" if high is None else high}


def within(value: float, limits: NaturalLimits) -> bool:
    return (limits.low is None or value >= limits.low) and (limits.high is None or value <= limits.high)


def _quote(
    draft: "Draft", tree: Tree, path: Path_, document: str, quote: str | None, translation: Mapping[Language, str]
) -> Iterator[Problem]:
    """A quotation is kept in its document's language, with ours beside it in every other."""
    if quote is None:
        if translation:
            yield tree.problem((*path, "translation"), "translation-without-quote")
        return
    cited = draft.documents.get(document)
    if cited is None:
        return
    wanted = set(LANGUAGES) - {cited.language}
    if set(translation) != wanted:
        details = {"language": cited.language, "wanted": ", ".join(sorted(wanted))}
        yield tree.problem((*path, "quote"), "translation-missing", **details)


def _figures(draft: "Draft", name: str, file: "FiguresFile") -> Iterator[Problem]:
    everybody = draft.users.get(name, [])
    users = [indicator for indicator, ref in everybody if ref.measure is Measure.VALUE]
    unread = len(draft.indicators) < len(_files(draft, "indicator"))
    if not everybody and not unread:
        yield Problem(file.name, 1, 1, "figures-unused")
    for area, series in file.series.items():
        if draft.card is not None and area and area not in draft.card.areas:
            line = next(n for (a, _, _), n in file.lines.items() if a == area)
            details = {"name": area, "close": closest(area, draft.card.areas)}
            yield Problem(file.name, line, 1, "unknown-area", details)
        own = draft.card is not None and area == draft.card.area
        for observation in series.observations:
            key = (observation.period.text, observation.published.text)
            place, blank = file.lines[area, *key], file.lines.get(("", *key))
            if own and blank:  # a blank area is the catalogue's own
                again: dict[str, object] = {"period": key[0], "published": key[1], "line": blank}
                yield Problem(file.name, place, 1, "duplicate-figure", again)
            yield from _observation(draft, file, place, observation, users)


def _observation(
    draft: "Draft", file: "FiguresFile", line: int, observation: Observation, users: list[Indicator]
) -> Iterator[Problem]:
    if observation.document not in draft.documents and draft.documents:
        details = {"name": observation.document, "close": closest(observation.document, draft.documents)}
        yield Problem(file.name, line, 1, "unknown-document", details)
    for indicator in users:
        limits = indicator.natural_limits
        if not within(observation.value, limits):
            yield Problem(file.name, line, 1, "outside-limits", _outside(observation.value, limits))
            break
    asks_yes_or_no = any(t.form is Form.YES_NO for i in users for t in i.targets)
    if asks_yes_or_no and observation.value not in (0, 1):
        yield Problem(file.name, line, 1, "not-yes-or-no", {"value": observation.value})
