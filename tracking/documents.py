"""What was drawn from each document, and which documents a reader chose to see, as the address writes it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from tracking.catalogue import Catalogue
from tracking.model import Document, Provider, Restatement, Series, SeriesRef, Target
from tracking.search import Field, Index, Passage, build_index, find, folded, words_of

LONGEST = 200  # characters of a query that are read
LAST = 10**6  # after every known place


class Drawn(StrEnum):
    """What the catalogue takes from a document; one document may give several."""

    GOALS = "goals"
    TARGETS = "targets"
    FIGURES = "figures"
    NOTHING = "nothing"


class Aspect(StrEnum):
    """One way of filtering documents; its name in the address."""

    KIND = "kind"
    YEAR = "year"
    ISSUER = "issuer"


class Layout(StrEnum):
    """How the documents are laid out."""

    LIST = "list"
    TIMELINE = "timeline"


@dataclass(frozen=True)
class Source:
    """One document with what was drawn from it: ids of goals, targets by indicator, numbers of figures by indicator.

    Goals stand in the document's order, and so do the targets whose place in it is known; after them the others by due
    period, then in the order in which the goals name their indicators. A target that is only stated again is there too.
    """

    document: Document
    goals: tuple[str, ...]
    targets: tuple[tuple[str, Target], ...]
    figures: Mapping[str, int]

    @property
    def kinds(self) -> tuple[Drawn, ...]:
        held = {Drawn.GOALS: self.goals, Drawn.TARGETS: self.targets, Drawn.FIGURES: self.figures}
        return tuple(kind for kind, some in held.items() if some) or (Drawn.NOTHING,)


def sources(catalogue: Catalogue, day: date) -> dict[str, Source]:
    """Every document that was out by that day, the newest year first, with what is known of it on that day."""
    goals, targets, figures = _goals(catalogue), _targets(catalogue, day), _figures(catalogue, day)
    out = {i: d for i, d in catalogue.documents.items() if d.date.start <= day}
    found = {i: Source(d, tuple(goals.get(i, ())), tuple(targets.get(i, ())), figures.get(i, {}))
             for i, d in out.items()}  # fmt: skip
    return dict(sorted(found.items(), key=_newness, reverse=True))


def _newness(named: tuple[str, Source]) -> tuple[int, bool, date, str]:
    """Sorts by year; within it what gives nothing comes last when the newest comes first."""
    document_id, source = named
    return source.document.date.year, Drawn.NOTHING not in source.kinds, source.document.date.end, document_id


def _goals(catalogue: Catalogue) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for goal_id in sorted(catalogue.goals, key=lambda i: catalogue.goals[i].order):
        found.setdefault(catalogue.goals[goal_id].document, []).append(goal_id)
    return found


def _targets(catalogue: Catalogue, day: date) -> dict[str, list[tuple[str, Target]]]:
    named = list(dict.fromkeys(link.id for _, _, link, _ in catalogue.links()))
    place = {i: k for k, i in enumerate(dict.fromkeys([*named, *catalogue.indicators]))}
    adopted = [(i, t) for i, _, t in catalogue.targets() if t.adopted.end <= day]
    found: dict[str, list[tuple[str, Target]]] = {}
    for i, t in sorted(adopted, key=lambda it: (it[1].due, place[it[0]])):
        for document_id in dict.fromkeys((t.document, *(again.document for again in t.also_in))):
            found.setdefault(document_id, []).append((i, t))
    return {d: sorted(some, key=lambda it: position_in(d, it[1]) or LAST) for d, some in found.items()}


def stated_in(document_id: str, target: Target) -> Target | Restatement:
    """How a document states a target: for the first time, or again. StopIteration if it does not."""
    if target.document == document_id:
        return target
    return next(again for again in target.also_in if again.document == document_id)


def position_in(document_id: str, target: Target) -> int | None:
    """Which of the document's targets it is, where its place is known; the first is 1."""
    return stated_in(document_id, target).position


def _figures(catalogue: Catalogue, day: date) -> dict[str, dict[str, int]]:
    """Of each document, how many figures of each indicator were taken from it."""
    found: dict[str, Counter[str]] = {}
    for indicator_id, indicator in catalogue.indicators.items():
        refs = {(ref.provider, ref.key, ref.area): ref for ref in indicator.series}
        for ref in refs.values():
            for series in _all_areas(catalogue, ref):
                for o in series.observations:
                    if o.known <= day:
                        found.setdefault(o.document, Counter())[indicator_id] += 1
    return {i: dict(number) for i, number in found.items()}


def _all_areas(catalogue: Catalogue, ref: SeriesRef) -> Iterable[Series]:
    """A shipped file holds the areas that are compared too, unless the entry names one."""
    if ref.provider is Provider.FIGURES and ref.area is None:
        return catalogue.figures.get(ref.key, {}).values()
    return [catalogue.series(ref)]


@dataclass(frozen=True)
class Wish:
    """Which documents the address asks for. An aspect without any code lets everything pass."""

    query: str = ""
    chosen: Mapping[Aspect, tuple[str, ...]] = field(default_factory=dict)
    layout: Layout = Layout.LIST

    def of(self, aspect: Aspect) -> tuple[str, ...]:
        return self.chosen.get(aspect, ())

    @property
    def filters(self) -> bool:
        return bool(self.query.strip()) or any(self.chosen.values())

    def having(self, aspect: Aspect, codes: Iterable[str]) -> "Wish":
        return replace(self, chosen={**self.chosen, aspect: tuple(codes)})

    def toggled(self, aspect: Aspect, code: str) -> "Wish":
        mine = self.of(aspect)
        return self.having(aspect, [c for c in mine if c != code] if code in mine else [*mine, code])

    def cleared(self) -> "Wish":
        """The same without any filter; the layout stays."""
        return Wish(layout=self.layout)


NAMES = ("search", *(a.value for a in Aspect), "view")  # all that params_of writes


def params_of(wish: Wish) -> dict[str, str]:
    """The wish as an address writes it; what is as it is at first is left out."""
    found = {
        "search": wish.query,
        **{aspect.value: ",".join(wish.of(aspect)) for aspect in Aspect},
        "view": "" if wish.layout is Layout.LIST else wish.layout.value,
    }
    return {name: text for name, text in found.items() if text}


def wish_of(known: Mapping[str, Source], given: Mapping[str, str]) -> tuple[Wish, tuple[tuple[str, str], ...]]:
    """What an address asks for, and the parts of it, by name and value, that nothing here is called."""
    asked = {a: tuple(dict.fromkeys(c for c in given.get(a.value, "").split(",") if c)) for a in Aspect}
    there = {a: {c for s in known.values() for c in codes_of(s, a)} for a in Aspect}
    refused = [(a.value, c) for a in Aspect for c in asked[a] if c not in there[a]]
    view = given.get("view", "")
    if view and view not in list(Layout):
        refused.append(("view", view))
    return Wish(
        query=given.get("search", "")[:LONGEST],
        chosen={a: tuple(c for c in asked[a] if c in there[a]) for a in Aspect},
        layout=Layout(view) if view in list(Layout) else Layout.LIST,
    ), tuple(refused)


def codes_of(source: Source, aspect: Aspect) -> tuple[str, ...]:
    """What a document is called under an aspect."""
    match aspect:
        case Aspect.KIND:
            return source.kinds
        case Aspect.YEAR:
            return (str(source.document.date.year),)
    return (source.document.issuer,)


def passing(found: Mapping[str, Source], wish: Wish, *, aside: Aspect | None = None) -> dict[str, Source]:
    """The documents that pass all aspects, one set aside if asked."""
    asked = [a for a in Aspect if a is not aside and wish.of(a)]
    return {i: s for i, s in found.items() if all(set(codes_of(s, a)) & set(wish.of(a)) for a in asked)}


def counted(found: Mapping[str, Source], wish: Wish, aspect: Aspect) -> Counter[str]:
    """Of each code of an aspect, how many documents it alone would show. Years, and issuers, add up to all shown."""
    return Counter(c for s in passing(found, wish, aside=aspect).values() for c in codes_of(s, aspect))


Passages = Mapping[str, tuple[Passage, ...]]


def searchable(catalogue: Catalogue) -> Passages:
    """Of every document its title, its issuer, and the goals and targets that it states, as they are searched."""
    index = build_index(catalogue)
    return {i: (*index.documents[i], *_issuer(catalogue, d), *_stated(catalogue, index, i))
            for i, d in catalogue.documents.items()}  # fmt: skip


def _issuer(catalogue: Catalogue, document: Document) -> tuple[Passage, ...]:
    name = catalogue.publishers[document.issuer].name
    texts = [("zh", name.zh), ("en", name.en)]
    texts += [("zh", document.with_.zh), ("en", document.with_.en)] if document.with_ else []
    return tuple(Passage(Field.DOCUMENT, text, language, folded(text)) for language, text in texts)


def _stated(catalogue: Catalogue, index: Index, document_id: str) -> tuple[Passage, ...]:
    goals = [p for i, g in catalogue.goals.items() if g.document == document_id for p in index.goals[i]]
    targets = [p for i, _, t in catalogue.targets() if document_id in (t.document, *(a.document for a in t.also_in))
               for p in index.targets[i, t.key]]  # fmt: skip
    return (*goals, *targets)


def matching(found: Mapping[str, Source], query: str, texts: Passages) -> dict[str, Source]:
    """The documents in which every word of the query is found."""
    words = words_of(query)
    return {i: s for i, s in found.items() if all(_stands_in(texts[i], word) for word in words)}


def _stands_in(passages: Sequence[Passage], word: str) -> bool:
    return any(find(word, p.folded) >= 0 for p in passages)
