"""What was found as YAML: a target of an indicator, a new indicator with its first target, or a new goal.

What the document does not say is left empty, and `validate` names every empty place: nothing is made up.
"""

import json
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from tracking.catalogue import Catalogue
from tracking.drafting.finding import Found, find
from tracking.drafting.matching import Known, Match, Nearness, fits, in_unit, matched
from tracking.drafting.plain import plainly
from tracking.drafting.quantities import Quantity
from tracking.drafting.reading import Read
from tracking.drafting.signs import rules
from tracking.model import LANGUAGES, Bound, Direction, Form, Indicator, Nature, Unit, UnitKind
from tracking.words import words

LONGEST_ID = 60
_AROUND = re.compile(r"^(?:以上|以内|左右|余)?的?|[\s,，、。]+$")
_SLUG = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class About:
    """The document that the text is: its id in documents.yaml, and the day it was adopted; "" where not known yet."""

    document: str = ""
    adopted: str = ""

    @property
    def year(self) -> int | None:
        return int(self.adopted[:4]) if self.adopted[:4].isdigit() else None


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft, `number`ed from 1 in the text's order. `page` is None where the document has no pages.

    `name` is the file it goes to. `yaml` is a target to be added to the file's list where `is_target`, else the whole
    file. `blanks` are the keys that the curator has to fill in.
    """

    number: int
    found: Found
    match: Match
    page: int | None
    name: str
    is_target: bool
    yaml: str
    blanks: tuple[str, ...]

    @property
    def is_tracked(self) -> bool:
        return self.match.nearness is Nearness.TRACKED


def drafts(read: Read, about: About, tracked: Known) -> tuple[Draft, ...]:
    """Every goal that the text states, as a draft. Pure."""
    made: list[Draft] = []
    for number, found in enumerate(find(read.text, about.year), 1):
        match = matched(found, tracked)
        page = read.page(found.first)
        made.append(_draft(number, found, match, page, about, tracked.catalogue))
    return tuple(made)


def _draft(number: int, found: Found, match: Match, page: int | None, about: About, catalogue: Catalogue) -> Draft:
    if found.quantity is None:
        name = _new_id(found, about, number, catalogue.goals)
        lines = list(_goal(found, about, catalogue))
        return _of(number, found, match, page, f"goals/{name}.yaml", False, lines)
    if match.name is not None:
        indicator = catalogue.indicators[match.name]
        lines = [
            *_own_id(found, about, indicator),
            *_target(found, found.quantity, about, catalogue.units[indicator.unit]),
        ]
        return _of(number, found, match, page, f"goals/indicators/{match.name}.yaml", True, lines)
    name = _new_id(found, about, number, catalogue.indicators)
    lines = list(_indicator(found, found.quantity, about, catalogue))
    return _of(number, found, match, page, f"goals/indicators/{name}.yaml", False, lines)


def _of(
    number: int, found: Found, match: Match, page: int | None, name: str, is_target: bool, lines: list[str]
) -> Draft:
    blanks = dict.fromkeys(key for line in lines for key in _blanks(line))
    return Draft(number, found, match, page, name, is_target, "\n".join(lines) + "\n", tuple(blanks))


def _blanks(line: str) -> Iterator[str]:
    """The keys of a line that have no value: `for:`, and `translation` of `translation: {en: }`."""
    if re.search(r": *[,}]", line) or (line.endswith(":") and not line.startswith("targets")):
        yield line.lstrip(" -").partition(":")[0]


def _own_id(found: Found, about: About, indicator: Indicator) -> Iterator[str]:
    """A second target of one document for one year needs an id of its own."""
    taken = {target.key for target in indicator.targets}
    usual = f"{found.horizon.to}-{about.document}" if found.horizon else ""
    if usual in taken:
        yield f"id: {next(f'{usual}-{n}' for n in range(2, len(taken) + 3) if f'{usual}-{n}' not in taken)}"


def _target(found: Found, quantity: Quantity, about: About, unit: Unit | None) -> Iterator[str]:
    form = form_of(found, quantity)
    yield f"form: {form.value}"
    bound = _bound(found, quantity, form)
    if bound is not None:
        yield f"bound: {bound.value}"
    yield from _value(quantity, form, unit)
    yield from _due(found, form)
    if form in (Form.MULTIPLE, Form.CUMULATIVE_CHANGE):
        yield f"baseline: {{period: {found.base or ''}, check: read}}"
    if bound is Bound.ABOUT:
        yield "tolerance:"
    yield from _cited(found, about)


def _value(quantity: Quantity, form: Form, unit: Unit | None) -> Iterator[str]:
    if form is Form.MULTIPLE:
        yield f"times: {_number(quantity.value)}"
        return
    scaled = in_unit(quantity, unit) if unit is not None else quantity.value * quantity.scale
    yield f"value: {_number(scaled)}"
    if quantity.high is not None:
        yield f"high: {_number(scaled / quantity.value * quantity.high if quantity.value else quantity.high)}"


def _due(found: Found, form: Form) -> Iterator[str]:
    horizon = found.horizon
    if form is Form.AVERAGE_GROWTH:
        since, to = (horizon.since or "", horizon.to) if horizon else ("", "")
        yield f"span: {{from: {since}, to: {to}}}"
    else:
        yield f"for: {horizon.to}" if horizon else "for:"


def _cited(found: Found, about: About) -> Iterator[str]:
    yield f"adopted: {about.adopted}".rstrip()
    yield f"document: {about.document}".rstrip()
    yield f"quote: {_text(found.quote)}"
    yield f"translation: {{{_other(found)}: }}"
    yield f"nature: {_nature(found).value}"
    yield "check: read"


def _indicator(found: Found, quantity: Quantity, about: About, catalogue: Catalogue) -> Iterator[str]:
    name, unit = subject(found), _unit(quantity, found, catalogue)
    yield f"name: {_both(found, name)}"
    yield "definition: {zh: , en: }"
    yield f"unit: {_text(unit)}" if unit else "unit:"
    yield f"direction: {_direction(found)}".rstrip()
    yield from ("frequency:", "accumulation:", "publisher:", "series: []", "targets:")
    lines = _target(found, quantity, about, catalogue.units[unit] if unit else None)
    yield from (("  - " if k == 0 else "    ") + line for k, line in enumerate(lines))
    yield "breaks: []"


def _direction(found: Found) -> str:
    """Which way is better, only where the document's own verb says it."""
    patterns = rules(found.language).patterns
    if patterns["falls"].search(found.plain):
        return Direction.LOWER.value
    return Direction.HIGHER.value if patterns["grows"].search(found.plain) else ""


def _goal(found: Found, about: About, catalogue: Catalogue) -> Iterator[str]:
    horizon = found.horizon.to if found.horizon else None
    taken = [goal.order for goal in catalogue.goals.values() if goal.document == about.document]
    yield f"statement: {_text(found.quote)}"
    yield f"title: {_both(found, found.quote)}"
    yield f"document: {about.document}".rstrip()
    yield f"order: {max(taken, default=0) + 1}"
    yield "kind: direction"
    yield f"horizon: {horizon}" if horizon else "horizon:"
    yield "theme:"
    yield "meaning: {zh: , en: }"
    yield "indicators: []"


def form_of(found: Found, quantity: Quantity) -> Form:
    """What the words make of the number."""
    if quantity.times:
        return Form.MULTIPLE
    if quantity.high is not None:
        return Form.RANGE
    own = rules(found.language)
    before, after = found.plain[: _place(found, quantity)], found.plain[_place(found, quantity, end=True) :]
    is_change = quantity.unit in ("%", "per cent", "percent") and bool(
        own.patterns["changes"].search(before) or own.patterns["changed"].search(after)
    )
    if is_change and own.patterns["per_year"].search(found.plain):
        return Form.AVERAGE_GROWTH
    if is_change and found.base is None and found.horizon is not None and found.horizon.is_of_a_year:
        return Form.YEARLY_VALUE
    return Form.CUMULATIVE_CHANGE if is_change else Form.LEVEL


def _place(found: Found, quantity: Quantity, *, end: bool = False) -> int:
    """Where the number stands in the quotation, whose beginning may lie in the clause before."""
    shift = len(found.plain) - found.length
    return (quantity.last if end else quantity.first) + shift


def _bound(found: Found, quantity: Quantity, form: Form) -> Bound | None:
    """The document's own, else what reaching a number means: at most where something is to fall to it."""
    if form is Form.RANGE:
        return None
    if quantity.bound is not None:
        return quantity.bound
    falls_to = form is Form.LEVEL and rules(found.language).patterns["falls"].search(found.plain)
    return Bound.AT_MOST if falls_to else Bound.AT_LEAST


def _nature(found: Found) -> Nature:
    patterns = rules(found.language).patterns
    if patterns["binding"].search(found.plain):
        return Nature.BINDING
    return Nature.EXPECTED if patterns["expected"].search(found.plain) else Nature.UNSTATED


def subject(found: Found) -> str:
    """What a Chinese clause says before it comes to its number, or behind it where so many are made; "" for nothing."""
    if found.quantity is None or found.language != "zh":
        return ""
    stem = found.quote if len(found.quote) == len(found.plain) else found.plain  # capitals, where letters match
    before = found.plain[: _place(found, found.quantity)]
    if rules("zh").patterns["makes"].search(before):
        return _AROUND.sub("", stem[_place(found, found.quantity, end=True) :])
    verb = rules("zh").patterns["subject"].search(before)
    return stem[: verb.start() if verb else len(before)].strip(" ,，、")


def _unit(quantity: Quantity, found: Found, catalogue: Catalogue) -> str:
    """The unit of units.yaml that the document's words say, if only one does; "" else."""
    kind = UnitKind.SHARE if quantity.unit in ("%", "per cent", "percent") else UnitKind.AMOUNT
    fitting = [n for n, u in catalogue.units.items() if u.kind is kind and fits(quantity, u)]
    exact = [n for n in fitting if catalogue.units[n].factor == quantity.scale]
    return (exact or fitting)[0] if len(exact or fitting) == 1 else ""


def _new_id(found: Found, about: About, number: int, taken: Container[str]) -> str:
    """Words of an English text; else the document's id with the draft's number."""
    slug = _SLUG.findall(found.plain) if found.language == "en" else []
    name = "-".join(slug)[:LONGEST_ID].rpartition("-")[0] if slug else f"{about.document or 'draft'}-{number}"
    return f"{name}-{number}" if name in taken else name


def _both(found: Found, text: str) -> str:
    return (
        "{" + ", ".join(f"{code}: {_text(text) if code == found.language and text else ''}" for code in LANGUAGES) + "}"
    )


def _other(found: Found) -> str:
    return next(code for code in LANGUAGES if code != found.language)


def _number(value: float) -> str:
    return str(round(value)) if value == round(value) else f"{value:.10g}"


def _text(text: str) -> str:
    """In quotes, as JSON has them, which YAML reads the same."""
    return json.dumps(text, ensure_ascii=False)


def with_target(text: str, target: str) -> str:
    """An indicator's file with one target more at the end of its list; all else stays as it is. Pure.

    Raises ValueError where the text has no list of targets.
    """
    lines = text.rstrip("\n").split("\n")
    at = next((k for k, line in enumerate(lines) if re.match(r"targets:", line)), None)
    if at is None:
        raise ValueError("no targets")
    end = next((k for k in range(at + 1, len(lines)) if lines[k][:1] not in (" ", "#", "-", "")), len(lines))
    while lines[end - 1][:1] in ("#", "") and end > at + 1:  # what stands above the next key is its own
        end -= 1
    indent = next((len(line) - len(line.lstrip()) for line in lines[at + 1 : end] if line.lstrip().startswith("- ")), 2)
    first, *rest = target.rstrip("\n").split("\n")
    item = [" " * indent + f"- {first}", *(" " * (indent + 2) + line for line in rest)]
    head = [*lines[:at], re.sub(r"^targets:\s*\[\s*\]", "targets:", lines[at]), *lines[at + 1 : end]]
    return "\n".join([*head, *item, *lines[end:]]) + "\n"


def notes_on(read: Read, language: str) -> tuple[str, ...]:
    """What the curator must know of how the document was read."""
    notes = plainly(read.text).notes
    left = (words(language).say("drafting.noted.notes", count=notes),) if notes else ()
    return (*read.said(language), *left)
