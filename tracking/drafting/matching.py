"""Whether what a document states is tracked already: held against the statements, names and quotations of a catalogue.

Words are weighed by how few of the catalogue's texts have them, so that 达到 and "the" count for nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import rjieba

from tracking.catalogue import Catalogue
from tracking.drafting.finding import Found
from tracking.drafting.plain import plainly
from tracking.drafting.quantities import Quantity
from tracking.drafting.signs import rules
from tracking.model import Target, Unit, UnitKind

NEAR = 0.5  # of the weight of both sides' words together
CONTAINED = 0.95  # how alike a name and a sentence are that holds all of it: an English one says much besides
_WORD = re.compile(r"[a-z]+(?:&[a-z]+)+|[a-z]{2,}|\d+g\b")
_LEAST = 2  # characters of a Chinese word that says something


class Of(StrEnum):
    GOAL = "goal"
    INDICATOR = "indicator"


class Nearness(StrEnum):
    """How what was found stands to what is tracked."""

    TRACKED = "tracked"
    NEAR = "near"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Match:
    """`like` is between 0 and 1; `name` the goal or indicator that is nearest, None for what is new."""

    nearness: Nearness
    of: Of
    name: str | None = None
    like: float = 0.0
    target: str | None = None  # the key of the target that says the same


@dataclass(frozen=True, slots=True)
class _Entry:
    of: Of
    name: str
    words: tuple[frozenset[str], ...]  # of each text that it is known by
    weighs: tuple[float, ...]  # what these weigh
    said: tuple[str, ...]  # its own words in documents, as they are compared


@dataclass(frozen=True)
class Known:
    """What a catalogue tracks, ready to be held against many documents."""

    catalogue: Catalogue
    entries: tuple[_Entry, ...]
    weights: Mapping[str, float]
    rare: float  # what a word weighs that no text has
    having: Mapping[str, tuple[int, ...]]  # which entries have a word


def known(catalogue: Catalogue) -> Known:
    """Pure; some tenths of a second for a few hundred indicators."""
    entries = [*_goals(catalogue), *_indicators(catalogue)]
    texts = [words for entry in entries for words in entry.words]
    counts = Counter(word for words in texts for word in words)
    weights = {word: math.log(1 + len(texts) / n) for word, n in counts.items()}
    rare = math.log(1 + len(texts))
    weighed = (replace(e, weighs=tuple(_weigh(words, weights, rare) for words in e.words)) for e in entries)
    return Known(catalogue, tuple(weighed), weights, rare, _having(entries))


def _having(entries: Sequence[_Entry]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for k, entry in enumerate(entries):
        for word in frozenset().union(*entry.words):
            found.setdefault(word, []).append(k)
    return {word: tuple(numbers) for word, numbers in found.items()}


def _goals(catalogue: Catalogue) -> Iterable[_Entry]:
    for name, goal in catalogue.goals.items():
        texts = [plainly(text).text for text in (goal.statement, goal.title.zh, goal.title.en)]
        yield _Entry(Of.GOAL, name, tuple(words_of(text) for text in texts), (), (texts[0],))


def _indicators(catalogue: Catalogue) -> Iterable[_Entry]:
    for name, indicator in catalogue.indicators.items():
        texts = [plainly(text).text for text in (indicator.name.zh, indicator.name.en)]
        quoted = [t.quote for t in indicator.targets if t.quote] + [t.translation["en"] for t in indicator.targets
                                                                   if "en" in t.translation]  # fmt: skip
        said = tuple(plainly(quote).text for quote in quoted)
        yield _Entry(Of.INDICATOR, name, tuple(words_of(text) for text in texts), (), said)


def words_of(text: str) -> frozenset[str]:
    """The words of a plain text that may tell it from others."""
    chinese = {w for w in rjieba.cut(text) if len(w) >= _LEAST and not w[0].isascii() and not w[0].isdigit()}
    english = {w.removesuffix("s") for w in _WORD.findall(text)}
    return frozenset((chinese | english) - rules("zh").idle - rules("en").idle)


def matched(found: Found, tracked: Known) -> Match:
    """The nearest goal or indicator. A number is held against indicators, a direction against goals. Pure."""
    of = Of.INDICATOR if found.quantity else Of.GOAL
    words = words_of(found.plain)
    weighs = _weigh(words, tracked.weights, tracked.rare)
    best, name = 0.0, None
    for entry in _sharing(words, of, tracked):
        like = max(_like(found, words, weighs, *own, tracked) for own in zip(entry.words, entry.weighs, strict=True))
        if of is Of.GOAL and _says_the_same(found.plain, entry.said):
            return Match(Nearness.TRACKED, of, entry.name, 1.0)
        if of is Of.INDICATOR and (key := _same_target(found, entry, like, tracked.catalogue)):
            return Match(Nearness.TRACKED, of, entry.name, max(like, 0.99), key)
        if like > best:
            best, name = like, entry.name
    return Match(Nearness.NEAR, of, name, round(best, 2)) if best >= NEAR else Match(Nearness.NEW, of)


def _sharing(words: frozenset[str], of: Of, tracked: Known) -> Iterator[_Entry]:
    """Those that have one of the words; every goal, as some are too short to have any."""
    if of is Of.GOAL:
        return (entry for entry in tracked.entries if entry.of is of)
    numbers = sorted({k for word in words for k in tracked.having.get(word, ())})
    return (tracked.entries[k] for k in numbers if tracked.entries[k].of is of)


def _like(
    found: Found, one: frozenset[str], one_weighs: float, other: frozenset[str], other_weighs: float, tracked: Known
) -> float:
    """What the words weigh that both have, as a share of what both weigh (Dice); in English, of what the name does."""
    weigh = _weigh(one & other, tracked.weights, tracked.rare)
    if not weigh:
        return 0.0
    alike = 2 * weigh / (one_weighs + other_weighs)
    return max(alike, CONTAINED * weigh / other_weighs) if found.language == "en" else alike


def _weigh(words: frozenset[str], weights: Mapping[str, float], rare: float) -> float:
    return sum(weights.get(word, rare) for word in words)


def _says_the_same(plain: str, said: Iterable[str]) -> bool:
    """Whether one holds the other, without the marks around."""
    own = plain.strip(' ,;。"')
    return any(len(text) >= 3 and (own in text or text in own) for text in said)


def _same_target(found: Found, entry: _Entry, like: float, catalogue: Catalogue) -> str | None:
    """The indicator's target that promises this: the same number by the same year, in the same words or of one name."""
    assert found.quantity is not None
    indicator = catalogue.indicators[entry.name]
    quoted = _says_the_same(found.plain, entry.said)
    if not (like >= NEAR or (quoted and like > 0)):
        return None
    for target in indicator.targets:
        due = found.horizon is None or target.due.year == found.horizon.to
        if due and is_value(found.quantity, target, catalogue.units[target.unit or indicator.unit]):
            return target.key
    return None


def is_value(quantity: Quantity, target: Target, unit: Unit) -> bool:
    """Whether a printed number is the target's."""
    if quantity.times:
        return target.times == quantity.value
    return target.value is not None and math.isclose(target.value, in_unit(quantity, unit), rel_tol=1e-9)


def in_unit(quantity: Quantity, unit: Unit) -> float:
    """A printed number as the unit has it: 14万亿 in units of 万亿 is 14."""
    return quantity.value * quantity.scale / (unit.factor if unit.kind is UnitKind.AMOUNT else 1)


def fits(quantity: Quantity, unit: Unit) -> bool:
    """Whether a unit may be what the document's words say."""
    if quantity.times:
        return True
    if quantity.unit in ("%", "per cent", "percent", "percentage points", "个百分点"):
        return unit.kind in (UnitKind.SHARE, UnitKind.GROWTH, UnitKind.FALL)
    if not quantity.unit:
        return unit.kind in (UnitKind.INDEX, UnitKind.RANK, UnitKind.AMOUNT)
    return any(text and (quantity.unit in text or text in quantity.unit) for text in _written(unit))


@lru_cache(maxsize=1024)
def _written(unit: Unit) -> tuple[str, ...]:
    return plainly(unit.zh).text, unit.en.lower(), unit.quantity.lower()
