"""What a reader chose to see of a catalogue, as the address writes it, and what that leaves.

A catalogue is laid out in cells: goal x indicator x target. Every filter asks each cell; a goal, an indicator or a
target is shown if one of its cells passes. So the counts add up: each is a number of different things in these cells,
and a target that several goals share is one target.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, TypeVar

from tracking.catalogue import Catalogue
from tracking.model import Goal, IndicatorLink, Nature, Reason, Role, Standing
from tracking.search import Index, found_in, words_of
from tracking.status import Judged

_Kind = TypeVar("_Kind", bound=StrEnum)


class View(StrEnum):
    """How the cells are laid out."""

    GOALS = "goals"
    INDICATORS = "indicators"


class Order(StrEnum):
    """In which order goals and indicators stand."""

    DOCUMENT = "document"
    WORST = "worst"
    NEWEST = "newest"
    NAME = "name"


class Kept(StrEnum):
    """Which of the changes since a day are shown."""

    ALL = "all"
    VERDICTS = "verdicts"
    TARGETS = "targets"
    FIGURES = "figures"


class Facet(StrEnum):
    """One way of filtering; its name in the address."""

    STANDING = "standing"
    REASON = "reason"
    HORIZON = "horizon"
    THEME = "theme"
    DOCUMENT = "from"
    ROLE = "role"
    NATURE = "nature"


@dataclass(frozen=True)
class Cell:
    """One goal with one of its indicators and one of that one's targets; None where there is none."""

    goal_id: str
    goal: Goal
    link: IndicatorLink | None = None
    judged: Judged | None = None


@dataclass(frozen=True)
class Choice:
    """What the address asks for. `chosen` holds the codes of each facet; a facet without any lets everything pass."""

    query: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    order: Order = Order.DOCUMENT
    view: View = View.GOALS
    since: date | None = None
    only: Kept = Kept.ALL
    opened: tuple[str, ...] = ()
    all: bool = False

    def of(self, facet: Facet) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def asks(self, facet: Facet) -> bool:
        """Whether a facet leaves anything out; a reason is asked of the standing."""
        return bool(self.of(facet)) or (facet is Facet.STANDING and bool(self.of(Facet.REASON)))

    @property
    def filters(self) -> bool:
        """Whether anything is left out."""
        return bool(self.query.strip()) or any(self.chosen.values())

    def having(self, facet: Facet, codes: Iterable[str]) -> "Choice":
        """The same with other codes for one facet."""
        return replace(self, chosen={**self.chosen, facet: tuple(codes)}, all=False)

    def toggled(self, facet: Facet, code: str) -> "Choice":
        """The same with one code put in or taken out."""
        mine = self.of(facet)
        return self.having(facet, [c for c in mine if c != code] if code in mine else [*mine, code])

    def cleared(self) -> "Choice":
        """The same without any filter; view, order and day stay."""
        return replace(self, query="", chosen={}, all=False)


@cache
def code(name: StrEnum) -> str:
    """How an address writes an enum's value: `on-track`."""
    return name.value.replace(" ", "-")


Codes = Mapping[str, tuple[str, ...]]  # what each list in the address may hold, by its name there


def offered(catalogue: Catalogue) -> Codes:
    """Every code that each facet knows, in the order in which it is offered; and the goals that may be opened."""
    documents = {t.document for _, _, t in catalogue.targets()} | {g.document for g in catalogue.goals.values()}
    newest_first = sorted(documents, key=lambda i: (catalogue.documents[i].date, i), reverse=True)
    return {
        Facet.STANDING.value: tuple(code(s) for s in Standing),
        Facet.REASON.value: tuple(code(r) for r in Reason),
        Facet.HORIZON.value: tuple(str(year) for year in sorted(catalogue.card.horizons)),
        Facet.THEME.value: tuple(catalogue.card.themes),
        Facet.DOCUMENT.value: tuple(newest_first),
        Facet.ROLE.value: tuple(code(r) for r in Role),
        Facet.NATURE.value: tuple(code(k) for k in Nature),
        "open": tuple(catalogue.goals),
    }


LONGEST = 200  # characters of a query that are read


def choice_of(known: Codes, given: Mapping[str, str]) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """What an address asks for, and the parts of it, by name and value, that nothing here is called."""
    refused: list[tuple[str, str]] = []
    chosen: dict[Facet, tuple[str, ...]] = {}
    for facet in Facet:
        chosen[facet] = _listed(facet.value, given, known, refused)
    since = _day(given.get("since", ""))
    if given.get("since") and since is None:
        refused.append(("since", given["since"]))
    choice = Choice(
        query=given.get("search", "")[:LONGEST],
        chosen=chosen,
        order=_one(Order, "sort", given, refused),
        view=_one(View, "view", given, refused),
        since=since,
        only=_one(Kept, "only", given, refused),
        opened=_listed("open", given, known, refused),
        all=given.get("all") == "yes",
    )
    return choice, tuple(refused)


def _listed(
    name: str, given: Mapping[str, str], known: Codes, refused: list[tuple[str, str]]
) -> tuple[str, ...]:  # fmt: skip
    """The known codes of a list joined by commas, each once; the others are put with what is refused."""
    codes = tuple(dict.fromkeys(c for c in given.get(name, "").split(",") if c))
    refused += [(name, c) for c in codes if c not in known[name]]
    return tuple(c for c in codes if c in known[name])


def _one(kind: type[_Kind], name: str, given: Mapping[str, str], refused: list[tuple[str, str]]) -> _Kind:
    asked, first = given.get(name, ""), next(iter(kind))
    if asked and asked not in list(kind):
        refused.append((name, asked))
    return kind(asked) if asked in list(kind) else first


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def params_of(choice: Choice) -> dict[str, str]:
    """The choice as an address writes it; what is as it is at first is left out."""
    found = {
        "search": choice.query,
        **{facet.value: ",".join(choice.of(facet)) for facet in Facet},
        "sort": "" if choice.order is Order.DOCUMENT else choice.order.value,
        "view": "" if choice.view is View.GOALS else choice.view.value,
        "since": choice.since.isoformat() if choice.since else "",
        "only": "" if choice.only is Kept.ALL else choice.only.value,
        "open": ",".join(choice.opened),
        "all": "yes" if choice.all else "",
    }
    return {name: text for name, text in found.items() if text}


# all that params_of writes
NAMES = ("search", *(f.value for f in Facet), "sort", "view", "since", "only", "open", "all")


def cells(catalogue: Catalogue, found: Mapping[str, Sequence[Judged]]) -> tuple[Cell, ...]:
    """The whole catalogue in cells, in the document's order."""

    def of(goal_id: str, goal: Goal) -> Iterator[Cell]:
        for link in goal.indicators:
            for judged in found[link.id] or (None,):
                yield Cell(goal_id, goal, link, judged)
        if not goal.indicators:
            yield Cell(goal_id, goal)

    return tuple(cell for goal_id, goal in catalogue.goals.items() for cell in of(goal_id, goal))


@dataclass(frozen=True)
class Shown:
    """The cells that pass, and the counts of what is in them."""

    cells: tuple[Cell, ...]

    @cached_property
    def goals(self) -> dict[str, list[Cell]]:
        found: dict[str, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.goal_id, []).append(cell)
        return found

    @cached_property
    def indicators(self) -> dict[str, list[Cell]]:
        found: dict[str, list[Cell]] = {}
        for cell in self.cells:
            if cell.link is not None:
                found.setdefault(cell.link.id, []).append(cell)
        return found

    @cached_property
    def targets(self) -> tuple[Judged, ...]:
        """Each target once, though several goals may share it."""
        return distinct(self.cells)

    @cached_property
    def standings(self) -> Counter[Standing]:
        return Counter(j.assessment.standing for j in self.targets)

    @cached_property
    def reasons(self) -> Counter[Reason]:
        return Counter(j.assessment.reason for j in self.targets if j.assessment.reason is not None)


def distinct(some: Iterable[Cell]) -> tuple[Judged, ...]:
    """The targets of some cells, each once: the cells of all goals hold the same verdict, not copies of it."""
    return tuple({id(cell.judged): cell.judged for cell in some if cell.judged is not None}.values())


def shown(found: Sequence[Cell], choice: Choice) -> Shown:
    """What the facets of a choice leave of the cells in which its words were found (`matching`)."""
    return Shown(_passing(found, choice))


def _passing(found: Sequence[Cell], choice: Choice, *, aside: Facet | None = None) -> tuple[Cell, ...]:
    """The cells that pass all facets, one set aside if asked."""
    asked = [f for f in _GROUPS if f is not aside and choice.asks(f)]
    return tuple(c for c in found if all(_passes(c, choice, facet) for facet in asked))


_GROUPS = (Facet.STANDING, Facet.HORIZON, Facet.THEME, Facet.DOCUMENT, Facet.ROLE, Facet.NATURE)


def _passes(cell: Cell, choice: Choice, facet: Facet) -> bool:
    if facet is Facet.STANDING:
        return _stands(cell.judged, choice.of(Facet.STANDING), choice.of(Facet.REASON))
    wanted = choice.of(facet)
    return any(c in wanted for c in _codes(cell, facet))


def _stands(judged: Judged | None, standings: Sequence[str], reasons: Sequence[str]) -> bool:
    """A reason says which of the targets that are not judged are meant; it leaves the other standings alone."""
    if not standings and not reasons:
        return True
    if judged is None:
        return False
    reason = judged.assessment.reason
    if reason is not None and reasons:
        return code(reason) in reasons
    return code(judged.assessment.standing) in standings


def _codes(cell: Cell, facet: Facet) -> tuple[str, ...]:
    """What a cell is called under a facet."""
    target = cell.judged.target if cell.judged else None
    match facet:
        case Facet.HORIZON:
            return (str(cell.goal.horizon),)
        case Facet.THEME:
            return (cell.goal.theme,)
        case Facet.ROLE:
            return (code(cell.link.role),) if cell.link else ()
        case Facet.NATURE:
            return (code(target.nature),) if target else ()
    own = (target.document, *(again.document for again in target.also_in)) if target else ()
    return (cell.goal.document, *own)


def matching(some: Sequence[Cell], query: str, index: Index) -> Sequence[Cell]:
    """The cells in which every word of the query is found: in the goal, indicator, target or a document of theirs."""
    words = words_of(query)
    if not words:
        return some
    where: dict[str, Mapping[Any, int]] = {
        "goal": {i: found_in(p, words) for i, p in index.goals.items()},
        "indicator": {i: found_in(p, words) for i, p in index.indicators.items()},
        "target": {k: found_in(p, words) for k, p in index.targets.items()},
        "document": {i: found_in(p, words) for i, p in index.documents.items()},
    }
    wanted = (1 << len(words)) - 1
    return [c for c in some if _found(c, where) == wanted]


def _found(cell: Cell, where: Mapping[str, Mapping[Any, int]]) -> int:
    """Which words stand in the goal of a cell, in its indicator, its target or a document of theirs."""
    found = where["goal"][cell.goal_id] | where["document"][cell.goal.document]
    if cell.link is not None:
        found |= where["indicator"][cell.link.id]
    if cell.judged is not None:
        target = cell.judged.target
        found |= where["target"][cell.judged.key] | where["document"][target.document]
        for again in target.also_in:
            found |= where["document"][again.document]
    return found


@dataclass(frozen=True)
class Offer:
    """One code of a facet: whether it is chosen, and how many targets it holds or, if it is not shown, would add."""

    code: str
    chosen: bool
    count: int
    adds: bool


def standing_offers(found: Sequence[Cell], choice: Choice) -> tuple[list[Offer], list[Offer]]:
    """The standings and the reasons with their counts. Those shown add up to the targets that are shown.

    `found` are the cells in which the words of the choice were found.
    """
    held: Counter[str] = Counter()
    left: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for judged in distinct(_passing(found, choice, aside=Facet.STANDING)):
        is_in = _stands(judged, choice.of(Facet.STANDING), choice.of(Facet.REASON))
        names = [code(name) for name in (judged.assessment.standing, judged.assessment.reason) if name is not None]
        (held if is_in else left).update(names)
        reasons.update(names[1:])

    def offer(facet: Facet, name: str) -> Offer:
        return Offer(name, name in choice.of(facet), held[name] or left[name], not held[name] and bool(left[name]))

    return (
        [offer(Facet.STANDING, code(s)) for s in Standing],
        [offer(Facet.REASON, name) for name, _ in reasons.most_common()],
    )


def looser(all_cells: Sequence[Cell], choice: Choice, index: Index) -> list[tuple[str, Choice, int]]:
    """Each filter by name, the choice without it, and how many goals that shows: the ways out of an empty page."""
    ways = [(f.value, choice.having(f, ())) for f in Facet if choice.of(f)]
    if choice.query.strip():
        ways.insert(0, ("search", replace(choice, query="")))
    cells_of = [matching(all_cells, way.query, index) for _, way in ways]
    found = [(name, way, len(shown(some, way).goals)) for (name, way), some in zip(ways, cells_of, strict=True)]
    return [(name, way, goals) for name, way, goals in found if goals]


WORST = (Standing.MISSED, Standing.MOVING_AWAY, Standing.BEHIND, Standing.ON_TRACK, Standing.MET)


def badness(targets: Iterable[Judged]) -> tuple[int, ...]:
    """Sorts the worst first: most missed, then most moving away, and so on; nothing judged comes last."""
    number = Counter(j.assessment.standing for j in targets)
    return tuple(-number[s] for s in WORST)


def by_name(name: str, language: str) -> str:
    """How names are ordered: the common Chinese characters stand by their sound in GB 18030; Latin ones by letter."""
    return name.encode("gb18030").hex() if language == "zh" else name.casefold()
