"""The numbers that a clause promises: value, range, scale, unit, bound, and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tracking.drafting.signs import Rules, rules
from tracking.model import Bound

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHARACTERS = re.compile(
    r"(?P<number>[一二两三四五六七八九十百千万亿]*[百千万亿])(?:多|余)?(?P<unit>[家个户项座台辆件种人套所])"
)
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NOT_AFTER = re.compile(r"\bfrom\s$")
_NOT_COUNTED = re.compile(r"\b(?:per|aged|article|goal)\s$")
AROUND = 60  # characters on either side of a number that say what it is
BEFORE, AFTER = 12, 6  # how far from a number its bound may stand


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` as printed; times `scale` it is in `unit`, the words that the document has. `high` ends a range.

    A multiple of what was before has `times` and the unit "".
    """

    first: int
    last: int
    value: float
    unit: str
    scale: float = 1
    high: float | None = None
    bound: Bound | None = None
    times: bool = False


@cache
def _shape(language: str) -> re.Pattern[str]:
    """A number or a range of two, then perhaps a scale, then perhaps a unit."""
    own = rules(language)
    scales = "|".join(sorted(own.scales, key=len, reverse=True))
    to, before = ("-|~|to|and", r"\w.,/-") if language == "en" else ("-|~|至|到", r"第a-z\d.,/-")
    return re.compile(
        rf"(?<![{before}])(?P<low>{_NUMBER})(?: ?(?P<low_unit>%))?(?: ?(?:{to}) ?(?P<high>{_NUMBER}))?"
        rf"(?:多|余)? ?(?P<scale>{scales})?(?:多|余)? ?(?P<unit>{own.patterns['units'].pattern})?"
    )


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Every number of a clause that measures something, in their order; years, dates and numbering are none. Pure."""
    own = rules(language)
    found = [
        *_numbers(text, language, own),
        *_multiples(text, own),
        *_fractions(text, own),
        *_in_characters(text, own),
        *_whole_of(text, own),
    ]
    opening = own.patterns["introduces"].match(text)
    after = opening.end() if opening else 0
    return tuple(sorted(_apart([q for q in found if q.first >= after]), key=lambda q: q.first))


def _numbers(text: str, language: str, own: Rules) -> Iterator[Quantity]:
    for shape in _shape(language).finditer(text):
        before, after = text[max(shape.start() - AROUND, 0) : shape.start()], text[shape.end() : shape.end() + AROUND]
        unit = shape["unit"] or shape["low_unit"] or ""
        if _measures(shape, unit, before, after, own) if unit else _is_bare(shape, before, own):
            high = float(shape["high"].replace(",", "")) if shape["high"] else None
            value, scale = float(shape["low"].replace(",", "")), own.scales.get(shape["scale"] or "", 1)
            bound = None if high is not None else _bound(before, after, own)
            yield Quantity(*shape.span(), value, unit, scale, high, bound)


def _is_bare(shape: re.Match[str], before: str, own: Rules) -> bool:
    """A number without a unit measures where an index or a ratio, or with its scale (1亿) anything, is to reach it."""
    return own.patterns["scaled" if shape["scale"] else "bare"].search(before) is not None


def _measures(shape: re.Match[str], unit: str, before: str, after: str, own: Rules) -> bool:
    """Not a year, a date, an age, "per 100,000", what it changes from, or a count of chapters and ministries."""
    if unit == "年":
        return own.patterns["years_only"].search(before) is not None
    is_year = _YEAR.fullmatch(shape["low"]) and not shape["scale"] and unit != "%"
    if is_year and unit.isascii() and shape.end("low") != shape.start("unit"):
        return False  # 2030 targets; but 1990ha
    if unit == "g" or own.patterns["counts"].search(unit + after if unit.isascii() else after):
        return False
    return not (_NOT_AFTER.search(before) or (_NOT_COUNTED.search(before) and unit != "%"))


def _in_characters(text: str, own: Rules) -> Iterator[Quantity]:
    """五万家, 一百万个: a number in Chinese characters, from ten on."""
    for shape in re.finditer(
        r"(?P<n>[一二两三四五六七八九十百千万亿]*[百千万亿])(?:多|余)?(?P<unit>[家个户项座台辆件种人套所])", text
    ):
        if (value := in_figures(shape["n"])) is not None:
            yield Quantity(
                *shape.span(), value, shape["unit"], bound=_bound(text[: shape.start()], text[shape.end() :], own)
            )


def in_figures(characters: str) -> float:
    """一百二十万 -> 1200000."""
    total = part = digit = 0
    for c in characters:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in "万亿":
            total, part, digit = (total + part + digit) * _TENS[c], 0, 0
        else:
            part, digit = part + (digit or 1) * _TENS[c], 0
    return float(total + part + digit)


def _bound(before: str, after: str, own: Rules) -> Bound | None:
    """The bound that stands nearest to the number; words right behind it (以上, 左右) say more than those before."""
    near, behind = before[-BEFORE * (3 if before.isascii() else 1) :], after[:AFTER]
    for text, at_start in ((behind, True), (near, False)):
        places = {b: [m.start() for m in pattern.finditer(text)] for b, pattern in own.bounds.items()}
        found = {b: (min(at) if at_start else -max(at)) for b, at in places.items() if at}
        if at_start:
            found = {b: at for b, at in found.items() if at == 0}
        if found:
            return min(found, key=lambda b: found[b])
    return None


def _multiples(text: str, own: Rules) -> Iterator[Quantity]:
    for word, times in own.multiples.items():
        for found in re.finditer(_whole(word), text):
            yield Quantity(*found.span(), float(times), "", times=True)


def _fractions(text: str, own: Rules) -> Iterator[Quantity]:
    for word, share in own.fractions.items():
        for found in re.finditer(_whole(word), text):
            yield Quantity(*found.span(), float(share), "%")


def _whole_of(text: str, own: Rules) -> Iterator[Quantity]:
    """Words that promise all of something are a hundred per cent."""
    if (found := own.patterns["coverage"].search(text)) and "%" not in text:
        yield Quantity(*found.span(), 100, "%")


def _whole(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)


def _apart(found: list[Quantity]) -> Iterator[Quantity]:
    """Without those inside another, and without a multiple where a number says the same in the next words."""
    for q in found:
        inside = any(o is not q and o.first <= q.first and q.last <= o.last for o in found)
        told = q.times and any(not o.times and 0 < o.first - q.last < 40 for o in found)
        if not (inside or told):
            yield q
