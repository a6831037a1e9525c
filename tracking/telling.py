"""What a goal's charts show, in sentences: verdicts worst first, how leading figures moved, what is not judged and why.

Only verdicts and published figures are told; a change is told between two figures that compare (tracking/trend.py).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.glance import Glance, glance
from tracking.model import Accumulation, Goal, Kind, Observation, Standing, Unit, UnitKind
from tracking.panel import Key, Panel
from tracking.period import Period
from tracking.sentences import reason_word, sentence, standing_word, when
from tracking.status import Judged
from tracking.words import words

WORST_FIRST = (Standing.MISSED, Standing.MOVING_AWAY, Standing.BEHIND, Standing.ON_TRACK, Standing.MET)
TOLD_IN_FULL = 2  # targets of one standing; the others are named
MOST_NAMED = 6  # others of one standing that are named; more are counted
MOST_CHANGES = 3  # figures whose change is told
RATES = (UnitKind.GROWTH, UnitKind.FALL)
MOST_DIGITS = 10  # of a figure as it was published
LONG_DECIMALS = 4  # more were printed by a computer


def goal_told(
    catalogue: Catalogue, goal_id: str, found: Mapping[str, Sequence[Judged]], panels: Mapping[Key, Panel], day: date,
    language: str,
) -> tuple[tuple[str, ...], ...]:  # fmt: skip
    """The paragraphs for one goal as known on a day, each of whole sentences: verdicts, figures, what is not known."""
    goal = catalogue.goals[goal_id]
    mine = [j for link in goal.indicators for j in found[link.id]]
    known = {link.id: glance(catalogue, link.id, day) for link in goal.indicators}
    verdicts = _kind(goal, language)
    for standing in WORST_FIRST:
        alike = [j for j in mine if j.assessment.standing is standing]
        verdicts += _of_one_standing(catalogue, alike, standing, language)
    changes = _changes(catalogue, goal, mine, known, language)
    rest = _not_judged(mine, language) + _disputed(mine, panels, language) + _newest(catalogue, known, language)
    return tuple(tuple(part) for part in (verdicts, changes, rest) if part)


def _kind(goal: Goal, language: str) -> list[str]:
    """What can be judged of a goal that states no outcome."""
    if goal.kind is Kind.OUTCOME:
        return []
    said = words(language).say
    return [said(f"telling.{goal.kind.value}"), *([said("telling.follows")] if goal.indicators else [])]


def _of_one_standing(catalogue: Catalogue, mine: Sequence[Judged], standing: Standing, language: str) -> list[str]:
    if not mine:
        return []
    w, word = words(language), standing_word(standing, language)
    told = mine[:TOLD_IN_FULL]
    named_before = _names(catalogue, told, language)
    others = [name for name in _names(catalogue, mine[TOLD_IN_FULL:], language) if name not in named_before]
    parts = [
        w.say("telling.verdict", standing=word, name=_name(catalogue, j, language),
              sentence=sentence(catalogue, j.indicator_id, j.target, j.assessment, language))
        for j in told
    ]  # fmt: skip
    more = len(others) - MOST_NAMED
    if others:
        named = w.say("telling.list").join(others[:MOST_NAMED])
        names = w.say("telling.and-more", names=named, n=more) if more > 0 else named
        parts.append(w.say("telling.also", standing=word if language == "zh" else word.lower(), names=names))
    return parts


def _name(catalogue: Catalogue, judged: Judged, language: str) -> str:
    return catalogue.indicators[judged.indicator_id].name[language]


def _names(catalogue: Catalogue, mine: Iterable[Judged], language: str) -> list[str]:
    """Each indicator once, though several of its targets may stand alike."""
    return list(dict.fromkeys(_name(catalogue, j, language) for j in mine))


def _changes(
    catalogue: Catalogue, goal: Goal, mine: Sequence[Judged], known: Mapping[str, Glance], language: str
) -> list[str]:
    """How the first indicators of the goal moved of which no verdict was told."""
    judged = {j.indicator_id for j in mine if j.assessment.is_judged}
    told = (_change(catalogue, link.id, known[link.id], language) for link in goal.indicators if link.id not in judged)
    return [said for said in told if said][:MOST_CHANGES]


def _change(catalogue: Catalogue, indicator_id: str, seen: Glance, language: str) -> str:
    """`Robots: 470 in 2023, up 78 from 392 in 2022.` Nothing where no two figures compare."""
    first, last = seen.trend.first, seen.trend.last
    if first is None or last is None or first == last:
        return ""
    w, unit, indicator = words(language), catalogue.unit_of(indicator_id), catalogue.indicators[indicator_id]
    at = {o.period.text: o for o in seen.known}
    before, after = at[first.text], at[last.text]
    if unit.kind in RATES:
        before = next((o for o in seen.known if o.is_solid and _is_a_year_before(o.period, last)), before)
    before, after = _readable(before), _readable(after)
    return w.say(
        f"telling.{_moved(before, after, unit)}",
        name=indicator.name[language],
        value=n.observed(after, unit, language), when=when(last, indicator, language),
        before=n.observed(before, unit, language), earlier=when(before.period, indicator, language),
        change=n.difference(after.value - before.value, n.short(unit), language, _decimals(before, after)),
    )  # fmt: skip


def _is_a_year_before(period: Period, last: Period) -> bool:
    same_part = (period.end.month, period.length) == (last.end.month, last.length)
    return same_part and period.year == last.year - 1


def _readable(o: Observation) -> Observation:
    """Six figures of a number that only a computer prints in full; the page's table has them all."""
    digits = len(f"{abs(o.value):.{o.decimals}f}".replace(".", "").lstrip("0"))
    return replace(o, value=float(f"{o.value:.6g}"), decimals=0) if digits > MOST_DIGITS and abs(o.value) >= 1e6 else o


def _decimals(before: Observation, after: Observation) -> int:
    """As many as were printed; two of what a computer printed."""
    printed = max(before.decimals, after.decimals)
    return printed if printed <= LONG_DECIMALS else 2


def _moved(before: Observation, after: Observation, unit: Unit) -> str:
    """Rates are set side by side; of anything else the change is told."""
    if unit.kind in RATES:
        return "rate"
    if after.value == before.value:
        return "unchanged"
    return "up" if after.value > before.value else "down"


def _not_judged(mine: Sequence[Judged], language: str) -> list[str]:
    why = Counter(j.assessment.reason for j in mine if j.assessment.reason is not None)
    if not why:
        return []
    w = words(language)
    reasons = w.say("telling.list").join(
        w.say("telling.reason", reason=reason_word(reason, language), n=count) for reason, count in why.most_common()
    )
    key = "telling.none-judged" if sum(why.values()) == len(mine) else "telling.not-judged"
    return [w.count(key, sum(why.values()), of=len(mine), reasons=reasons)]


def _disputed(mine: Sequence[Judged], panels: Mapping[Key, Panel], language: str) -> list[str]:
    """On how many judged targets the methods that apply do not all say the same."""
    judged = [panels[j.key] for j in mine if j.assessment.is_judged and j.key in panels]
    compared = [panel for panel in judged if len(panel.applying) > 1]
    apart = sum(len(panel.counts) > 1 for panel in compared)
    if not compared:
        return []
    key = "telling.disputed" if apart else "telling.undisputed"
    return [words(language).count(key, len(compared), apart=apart)]


def _newest(catalogue: Catalogue, known: Mapping[str, Glance], language: str) -> list[str]:
    newest = max(
        ((seen.known[-1].period, seen.known[-1].known, i) for i, seen in known.items() if seen.known), default=None
    )
    if newest is None:
        return [words(language).say("telling.no-figures")] if known else []
    o, indicator = known[newest[2]].known[-1], catalogue.indicators[newest[2]]
    period = n.period_text(o.period, language, to_date=indicator.accumulation is Accumulation.YEAR_TO_DATE)
    published, name = n.known_text(o.published, language), indicator.name[language]
    return [words(language).say("telling.newest", name=name, published=published, period=period)]
