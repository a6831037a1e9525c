"""Which sentences state goals: every clause is weighed by the rules, and those that weigh enough are found.

A list and a section hand down what their first words say: "by 2030:", 主要目标.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tracking.drafting.horizon import Horizon, base_in, horizon_in
from tracking.drafting.plain import Plain, plainly
from tracking.drafting.quantities import Quantity, quantities
from tracking.drafting.sentences import Sentence, clauses, sentences
from tracking.drafting.signs import ALONE, WEIGHTS, Rules, Sign, rules

_BREAK = re.compile(
    r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])"
)  # a line that ended on paper is no word of a quotation
_SPACE = re.compile(r"\s+")
FOUND = 0.5  # how sure at least


class Sureness(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Found:
    """One stated goal. `first` and `last` are places in the text that was read, of `quote`, its own words.

    `number` is the place of what is promised, None for a direction. `sure` is between 0 and 1; `signs` say why.
    """

    first: int
    last: int
    quote: str
    line: int
    language: str
    plain: str  # the quotation as it is compared
    length: int  # of its last clause in that, the one that was weighed
    quantity: Quantity | None
    number: tuple[int, int] | None
    horizon: Horizon | None
    base: int | None
    signs: tuple[Sign, ...]
    sure: float

    @property
    def how_sure(self) -> Sureness:
        return Sureness.SURE if self.sure >= 0.9 else Sureness.LIKELY if self.sure >= 0.7 else Sureness.UNSURE


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said before and holds on: in the section, in the words before a list, in the line."""

    aims: bool = False
    of_section: Horizon | None = None
    leads: bool = False
    of_lead: Horizon | None = None
    line: int = 0
    of_line: Horizon | None = None

    @property
    def horizon(self) -> Horizon | None:
        return self.of_line or self.of_lead or self.of_section


def find(text: str, written: int | None = None) -> tuple[Found, ...]:
    """The goals that a text states, in its order. Pure. `written`: the year of the document, where it is known.

    Where a document lists aims or numbers, a mere direction elsewhere in it is a task; where it has none, directions
    are all that it promises.
    """
    plain = plainly(text)
    found = _find(plain, written, 0)
    if not any(f.quantity is not None or Sign.AIMS in f.signs for f in found):
        found = _find(plain, written, ALONE)
    return tuple(_in_text(f, text) for f in found)


def _in_text(found: Found, text: str) -> Found:
    """With its line, and its quotation as the text has it."""
    quote = _SPACE.sub(" ", _BREAK.sub("", text[found.first : found.last]))
    return replace(found, quote=quote, line=text.count("\n", 0, found.first) + 1)


def _find(plain: Plain, written: int | None, alone: float) -> tuple[Found, ...]:
    found: list[Found] = []
    said = _Said()
    for sentence in sentences(plain.text):
        own = rules(sentence.language)
        said = _before(said, sentence, own, written)
        for first, last in _parts(sentence):
            here = plain.text[first:last]
            horizon = horizon_in(here, own, written)
            if horizon is not None:
                said = replace(said, of_line=horizon)
            found += _weighed(plain, sentence, first, last, said, own, written, alone, found)
        said = _after(said, sentence, own, written)
    return tuple(found)


def _parts(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Chinese strings clauses together, and each may be a goal; an English sentence stands for itself."""
    if sentence.language == "zh":
        yield from clauses(sentence)
    else:
        yield sentence.first, sentence.last


def _before(said: _Said, sentence: Sentence, own: Rules, written: int | None) -> _Said:
    if sentence.is_heading:
        aims = bool(own.patterns["heading"].search(sentence.text))
        return _Said(aims, horizon_in(sentence.text, own, written) if aims else None, line=sentence.line)
    if sentence.line == said.line:
        return said
    apart = sentence.line > said.line + 1 and not sentence.is_item  # an empty line ends a list
    kept = replace(said, leads=False, of_lead=None) if apart else said
    return replace(kept, line=sentence.line, of_line=None)


def _after(said: _Said, sentence: Sentence, own: Rules, written: int | None) -> _Said:
    if not sentence.leads or sentence.is_item:
        return said
    leads = bool(own.patterns["aims"].search(sentence.text))
    return replace(said, leads=leads, of_lead=horizon_in(sentence.text, own, written) if leads else None)


def _weighed(
    plain: Plain, sentence: Sentence, first: int, last: int, said: _Said, own: Rules, written: int | None,
    alone: float, earlier: list[Found],
) -> Iterator[Found]:  # fmt: skip
    """What a clause states: a goal for each of its numbers, or a direction, or nothing."""
    if (reported := own.patterns["reported"].match(plain.text[first:last])) and reported.end() < last - first:
        first += reported.end()
    first += len(plain.text[first:last]) - len(plain.text[first:last].lstrip(" :,;"))
    here = plain.text[first:last]
    measured = quantities(here, sentence.language)
    signs = _signs(here, sentence, plain.text[sentence.first : last], bool(measured), said, own, written)
    sure = _sure(signs, own, alone)
    if (
        sure < FOUND
        or _only_says_when(here, horizon_in(here, own, written))
        or (sentence.leads and not measured and last == sentence.last)
    ):
        return
    for quantity in measured or (None,):
        start = _start(here, quantity, first, sentence, earlier, plain)
        begin, end = plain.original(start, last)
        number = plain.original(first + quantity.first, first + quantity.last) if quantity else None
        yield Found(
            begin, end, "", sentence.line, sentence.language, plain.text[start:last], last - first, quantity, number,
            said.horizon, base_in(here, own), tuple(signs), sure,
        )  # fmt: skip


def _signs(
    here: str, sentence: Sentence, before: str, has_number: bool, said: _Said, own: Rules, written: int | None
) -> list[Sign]:
    found = [sign for sign, (_, pattern) in own.signs.items() if pattern.search(here)]
    if Sign.DIRECTION in found and (has_number or Sign.OUTCOME in found):
        found.remove(Sign.DIRECTION)  # one of them is enough
    if own.patterns["frame"].search(before) and Sign.PAST not in found:
        found.append(Sign.PAST)
    horizon = said.horizon
    known = {
        Sign.NUMBER: has_number,
        Sign.HORIZON: horizon is not None and (horizon.is_plain or (written is not None and horizon.to >= written)),
        Sign.AIMS: said.aims or said.leads or bool(own.patterns["aims"].search(before)),
        Sign.BASE: base_in(here, own) is not None,
        Sign.ELAPSED: horizon is not None and written is not None and horizon.to < written,
    }
    return [*found, *(sign for sign, holds in known.items() if holds)]


def _sure(signs: list[Sign], own: Rules, alone: float) -> float:
    """The sum of the rules' weights as a share of certainty, to two decimals."""
    weight = own.threshold + sum(own.signs[sign][0] if sign in own.signs else WEIGHTS[sign] for sign in signs)
    weight += alone if Sign.DIRECTION in signs else 0
    return round(1 / (1 + math.exp(-weight)), 2)


def _only_says_when(here: str, horizon: Horizon | None) -> bool:
    return horizon is not None and len(here.strip(' "')) - (horizon.last - horizon.first) <= 2


def _start(
    here: str, quantity: Quantity | None, first: int, sentence: Sentence, earlier: list[Found], plain: Plain
) -> int:
    """Where the quotation begins: with the clause before, if this one says a second thing of the same subject."""
    if quantity is None or not earlier or sentence.language != "zh":
        return first
    subject = re.sub('年均|平均|增长|增速|达到?|超过|突破|约|["(]', "", here[: quantity.first])
    before = earlier[-1]
    is_next = before.line == sentence.line and 0 <= plain.origin[first] - before.last <= 2
    return bisect_left(plain.origin, before.first) if is_next and not subject else first
