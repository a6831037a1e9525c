"""One target with everything that is known of it on one day: what its rules may look at, and nothing later.

Which figure stands for a year, where the series breaks, what the baseline is, which milestones lie on the way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracking.catalogue import Catalogue
from tracking.cross_checks import converted
from tracking.freshness import constant_tail, measured
from tracking.model import (
    Accumulation,
    Assessment,
    Bound,
    Check,
    Form,
    Indicator,
    Measure,
    Nature,
    Observation,
    Reason,
    Standing,
    Target,
    UnitKind,
)
from tracking.period import Length, Period

PATH_FORMS = (Form.LEVEL, Form.MULTIPLE, Form.COVERAGE)  # a straight path leads from a baseline to these
Numbers = dict[str, Any]  # what a sentence shows, by name: numbers, and periods as text


@dataclass(frozen=True)
class Case:
    """One target with everything that is known of it on one day. Values are in the indicator's unit."""

    indicator: Indicator
    target: Target
    kind: UnitKind
    as_of: date
    value: float | None
    high: float | None
    tolerance: float
    known: tuple[Observation, ...]
    spans: Mapping[tuple[Measure, str], Observation]
    other: tuple[Observation, ...] = ()
    milestones: tuple[tuple[Period, float], ...] = ()

    @property
    def solid(self) -> tuple[Observation, ...]:
        """What a verdict may rest on; not the values that a provider has only carried forward."""
        return tuple(o for o in measured(self.known) if o.is_solid)

    @property
    def due(self) -> Period:
        return self.target.due

    @property
    def is_over(self) -> bool:
        return self.due.end < self.as_of

    def refused(
        self, reason: Reason, rule: str | None = None, *used: Observation, **numbers: float | int | str
    ) -> Assessment:
        latest = self.known[-1] if self.known else None
        return Assessment(
            Standing.NOT_JUDGED, self.as_of, rule or f"refused.{reason.name.lower()}", reason,
            latest=latest, used=used, numbers=numbers,
        )  # fmt: skip

    def judged(
        self, standing: Standing, rule: str, *used: Observation, final: bool = False, **numbers: float | int | str
    ) -> Assessment:
        return Assessment(
            standing, self.as_of, rule, final=final, latest=self.known[-1], used=used, numbers=numbers,
            cautions=_cautions(self, used),
        )  # fmt: skip


def case_of(catalogue: Catalogue, indicator_id: str, target: Target, as_of: date) -> Case:
    indicator = catalogue.indicators[indicator_id]
    unit = catalogue.unit_of(indicator_id)

    def in_unit(number: float | None, of: Target = target) -> float | None:
        own = catalogue.units[of.unit] if of.unit else unit
        return number if number is None or own is unit else converted(number, own, unit)

    spans: dict[tuple[Measure, str], Observation] = {
        (ref.measure, o.period.text): o
        for ref in indicator.series
        if ref.measure is not Measure.VALUE
        for o in catalogue.series(ref).as_known_on(as_of)
        if o.is_solid
    }
    return Case(
        indicator=indicator,
        target=target,
        kind=unit.kind,
        as_of=as_of,
        value=in_unit(target.value),
        high=in_unit(target.high),
        tolerance=in_unit(target.tolerance) or 0,
        known=catalogue.main_series(indicator_id).as_known_on(as_of),
        spans=spans,
        other=catalogue.main_series(target.other).as_known_on(as_of) if target.other else (),
        milestones=tuple(
            (m.due, level) for m in milestones(indicator, target, as_of) if (level := in_unit(m.value, m)) is not None
        ),
    )


def adopted_targets(indicator: Indicator, as_of: date) -> list[Target]:
    """The targets that stood on that day, in order of their due period."""
    return sorted((t for t in indicator.targets if t.adopted.end <= as_of), key=lambda t: (t.due, t.key))


def replacement(indicator: Indicator, target: Target, as_of: date) -> Target | None:
    return next((t for t in adopted_targets(indicator, as_of) if t.supersedes == target.key), None)


def milestones(indicator: Indicator, target: Target, as_of: date) -> list[Target]:
    """The levels that the same plan promises for earlier years, in their order.

    The same plan: the target's own document, and those of the targets that it replaced. A milestone that was
    itself replaced gives way to its replacement; one not checked in its document bends no path.
    """
    if target.form not in (Form.LEVEL, Form.COVERAGE):
        return []
    plan = _documents_of(indicator, target)
    promised = [_in_force(indicator, t, as_of) for t in adopted_targets(indicator, as_of) if t.document in plan]
    by_due = {t.due: t for t in sorted(promised, key=lambda t: t.adopted) if _leads_to(t, target)}
    return [by_due[due] for due in sorted(by_due)]


def _in_force(indicator: Indicator, target: Target, as_of: date) -> Target:
    """The target, or what has replaced it in the end."""
    while (later := replacement(indicator, target, as_of)) is not None:
        target = later
    return target


def _documents_of(indicator: Indicator, target: Target) -> set[str]:
    """The documents in which a target and those that it replaced were set."""
    by_key = {t.key: t for t in indicator.targets}
    documents, earlier = set[str](), by_key.get(target.key)
    while earlier is not None:
        documents.add(earlier.document)
        earlier = by_key.get(earlier.supersedes or "")
    return documents


def _leads_to(milestone: Target, target: Target) -> bool:
    return (
        milestone.form is target.form
        and milestone.due.end < target.due.end
        and milestone.nature is not Nature.FORECAST
        and milestone.check is Check.READ
        and _asks_more(milestone.bound) is _asks_more(target.bound)
    )


def _asks_more(bound: Bound | None) -> bool | None:
    """Whether a bound holds from below (True), from above (False), or on both sides (None)."""
    if bound in (Bound.ABOUT, Bound.EXACTLY):
        return None
    return bound not in (Bound.AT_MOST, Bound.BELOW)


def figure_for(case: Case, period: Period, known: Sequence[Observation]) -> Observation | None:
    """The figure of exactly this period; a year's may be its December's where that says the same."""
    for o in reversed(known):
        if o.period.text == period.text:
            return o
    if not period.is_year or case.indicator.accumulation is Accumulation.PERIOD:
        return None
    for o in reversed(known):
        if o.period.year == period.year and o.period.closes_year and o.period.length is not Length.SPAN:
            return o
    return None


def is_whole(case: Case, observation: Observation) -> bool:
    """Whether a figure stands for a whole year, or is a stock, so that it compares with a year's target."""
    if observation.period.length is Length.SPAN:
        return False
    if observation.period.is_year or case.indicator.accumulation is Accumulation.END_OF_PERIOD:
        return True
    return case.indicator.accumulation is Accumulation.YEAR_TO_DATE and observation.period.closes_year


def whole_figures(case: Case) -> list[Observation]:
    return [o for o in case.solid if is_whole(case, o) and o.period.end <= case.due.end]


def breaks_between(case: Case, first: Period, last: Period) -> bool:
    """Whether the series broke after the first period and by the last."""
    return any(first.end < b.period.end and b.period.start <= last.end for b in case.indicator.breaks)


def wanted_level(case: Case) -> float | None:
    """The level that a target asks for, in the indicator's unit; a multiple is of its base year's figure."""
    if case.target.form is not Form.MULTIPLE:
        return case.value
    base = baseline(case, whole_figures(case))
    return case.target.times * base[1] if base and case.target.times else None


def required_path(case: Case) -> list[tuple[Period, float]]:
    """What is asked for by when: the baseline, the milestones on the way, and the target, joined by straight lines.

    Values in the indicator's unit. Empty where there is no path: no baseline, or a form without one. A
    milestone that was missed is still on the promised path.
    """
    wanted, base = wanted_level(case), baseline(case, whole_figures(case))
    if case.target.form not in PATH_FORMS or wanted is None or base is None or base[0].end >= case.due.end:
        return []
    between = [m for m in case.milestones if base[0].end < m[0].end < case.due.end]
    return [base, *between, (case.due, wanted)]


def wants_upward(case: Case, start: float, wanted: float) -> int:
    """+1 where the target lies above, -1 where below."""
    if case.target.bound in (Bound.AT_LEAST, Bound.ABOVE):
        return 1
    if case.target.bound in (Bound.AT_MOST, Bound.BELOW):
        return -1
    return 1 if wanted >= start else -1


def baseline(case: Case, whole: Sequence[Observation]) -> tuple[Period, float] | None:
    """The document's own baseline; else the newest figure before adoption; else the first there is."""
    given = case.target.baseline
    if given is not None:
        if given.value is not None:
            return given.period, given.value
        found = figure_for(case, given.period, whole)
        return (found.period, found.value) if found else None
    before = [o for o in whole if o.period.end <= case.target.adopted.end]
    first = before[-1] if before else (whole[0] if whole else None)
    return (first.period, first.value) if first else None


def unbroken_years(case: Case, known: Sequence[Observation], years: range) -> dict[int, Observation]:
    """The yearly rates that are there, from the first year on without a gap."""
    found: dict[int, Observation] = {}
    for year in years:
        o = figure_for(case, Period.of_year(year), known)
        if o is None:
            break
        found[year] = o
    return found


def chained(rates: Sequence[float], falls: bool = False) -> float:
    """Yearly changes in per cent chained to one change in per cent (a fall counts as positive if `falls`)."""
    total = 1.0
    for rate in rates:
        total *= 1 - rate / 100 if falls else 1 + rate / 100
    return (1 - total) * 100 if falls else (total - 1) * 100


def _cautions(case: Case, used: Sequence[Observation]) -> tuple[str, ...]:
    """What a reader should know of the ground a verdict stands on."""
    given = case.target.baseline
    found = {
        "baseline-unchecked": given is not None and given.check is Check.RECALLED and case.due.end >= case.as_of,
        "tolerance-ours": case.target.bound is Bound.ABOUT,
        "stable-ours": case.target.form is Form.STABLE,
        "lower-bound": any(o.bound in (Bound.AT_LEAST, Bound.ABOVE) for o in used),
        "rounded": any(o.bound is Bound.ABOUT for o in used),
        "provisional": any(o.status.value in ("provisional", "estimated") for o in used),
        "constant-tail": bool(constant_tail(case.known)),
    }
    return tuple(name for name, is_so in found.items() if is_so)
