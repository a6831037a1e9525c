"""How easily a verdict turns: the same assessment on inputs that might as well have been.

A verdict turns when its standing becomes another standing; that it could no longer be judged is said apart.
Borderline is a verdict that turns within what a publication leaves open: the rounding of the newest figure,
the size of past revisions of the series, or the choice of the base year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import ceil
from statistics import median

from tracking import numbers as n
from tracking.assessment import assess
from tracking.case import case_of
from tracking.catalogue import Catalogue
from tracking.figures import LONG_DECIMALS
from tracking.history import size_decimals
from tracking.model import Assessment, Baseline, Check, Form, Observation, Standing, Target, Unit
from tracking.period import Period, parse_period
from tracking.sentences import figure_text, reason_word, standing_word
from tracking.supposing import Known, Place, known_figures, observations, places, places_of, with_figures, with_targets
from tracking.words import words

EXACT = 1e-9  # of the figure: how near a threshold is found
_BASED = (Form.CUMULATIVE_CHANGE, Form.AVERAGE_GROWTH, Form.MULTIPLE)


class Shift(StrEnum):
    """What is moved in a trial."""

    ROUNDING = "rounding"  # half a unit of the last printed decimal
    MEDIAN_REVISION = "median revision"
    LARGEST_REVISION = "largest revision"
    BASE_YEAR = "base year"


_SIZE = {Shift.MEDIAN_REVISION: "usual", Shift.LARGEST_REVISION: "largest"}


class Ground(StrEnum):
    """What a verdict stands on."""

    EVIDENCE = "evidence"
    BASELINE = "baseline"
    TARGET = "target"


@dataclass(frozen=True)
class Threshold:
    """Where the standing turns as the newest figure moves: `value` and the signed `distance` to it are in the
    indicator's unit, `per_cent` is of the figure (None for a figure of 0). `reached`: at the value itself it has
    turned already; otherwise only beyond it."""

    value: float
    distance: float
    per_cent: float | None
    reached: bool
    becomes: Standing


@dataclass(frozen=True)
class Revisions:
    """How far figures of this series moved from one publication to the next, in the indicator's unit, unsigned.

    `n` counts pairs of publications of one period, those that repeat a figure unchanged among them.
    """

    median: float
    largest: float
    n: int


@dataclass(frozen=True)
class Trial:
    """The verdict on one changed input: the newest figure moved by `amount` (signed, in the indicator's unit), or
    the base year put at `base`."""

    shift: Shift
    assessment: Assessment
    amount: float | None = None
    base: Period | None = None


@dataclass(frozen=True)
class Fragility:
    """How easily one verdict turns. `newest` is the figure that was moved."""

    assessment: Assessment
    newest: Observation
    lower: Threshold | None
    higher: Threshold | None
    revisions: Revisions | None
    trials: tuple[Trial, ...]
    without_newest: Assessment
    recalled: tuple[Ground, ...]

    @property
    def flips(self) -> tuple[Trial, ...]:
        """The trials that turn the standing into another."""
        return tuple(t for t in self.trials if turned(self.assessment, t.assessment))

    @property
    def borderline(self) -> bool:
        return bool(self.flips)

    @property
    def recalled_only(self) -> bool:
        """Whether the evidence, the baseline or the target has not been read in its document."""
        return bool(self.recalled)


def turned(before: Assessment, after: Assessment) -> bool:
    """Whether one standing became another; no longer being judged is none."""
    return after.is_judged and after.standing is not before.standing


@dataclass(frozen=True)
class Ask:
    """The question that is asked again and again, with few enough figures that asking is cheap."""

    catalogue: Catalogue
    indicator_id: str
    target: Target
    as_of: date
    where: tuple[Place, ...]
    known: Known

    def again(self, known: Known | None = None, target: Target | None = None) -> Assessment:
        catalogue = self.catalogue
        if known is not None:
            catalogue = with_figures(catalogue, known, self.where)
        if target is not None:
            rest = [t for t in catalogue.indicators[self.indicator_id].targets if t.key != self.target.key]
            catalogue = with_targets(catalogue, self.indicator_id, [target, *rest])
        return assess(catalogue, self.indicator_id, target or self.target, self.as_of)

    def moved(self, newest: Observation, value: float) -> Assessment:
        """The verdict had the newest figure been this one."""
        return self.again({slot: replace(o, value=value) if o is newest else o for slot, o in self.known.items()})


def fragility(catalogue: Catalogue, indicator_id: str, target: Target, as_of: date) -> Fragility | None:
    """How easily the verdict on a target turns; None for one that is not judged."""
    found = _asked(catalogue, indicator_id, target, as_of)
    if found is None:
        return None
    ask, a, place, newest = found
    sizes = revisions(observations(catalogue, place), as_of)
    return Fragility(
        assessment=a,
        newest=newest,
        lower=_threshold(ask, a, newest, -1),
        higher=_threshold(ask, a, newest, +1),
        revisions=sizes,
        trials=tuple(_trials(ask, a, newest, sizes)),
        without_newest=_without(ask, place, newest),
        recalled=_recalled(a, target),
    )


def is_borderline(catalogue: Catalogue, indicator_id: str, target: Target, as_of: date) -> bool:
    """What `fragility(…).borderline` says, without the long search for where the verdict would turn."""
    found = _asked(catalogue, indicator_id, target, as_of)
    if found is None:
        return False
    ask, a, place, newest = found
    sizes = revisions(observations(catalogue, place), as_of)
    return any(turned(a, trial.assessment) for trial in _trials(ask, a, newest, sizes))


def _asked(
    catalogue: Catalogue, indicator_id: str, target: Target, as_of: date
) -> tuple[Ask, Assessment, Place, Observation] | None:
    """The question, its answer, and the newest figure that this rests on with its place; None if not judged."""
    where = places(catalogue, indicator_id, target)
    known = known_figures(catalogue, where, as_of)
    ask = Ask(with_figures(catalogue, known, where), indicator_id, target, as_of, where, known)
    a = ask.again()
    return (ask, a, *_newest(a, ask, places_of(catalogue, indicator_id))) if a.is_judged else None


def _trials(ask: Ask, a: Assessment, newest: Observation, sizes: Revisions | None) -> Iterator[Trial]:
    yield from _moved(ask, newest, sizes)
    yield from _rebased(ask, a)


def _newest(a: Assessment, ask: Ask, own: Sequence[Place]) -> tuple[Place, Observation]:
    """The newest of the indicator's own figures that the verdict rests on, and where it stands."""
    mine = [(place, o) for (place, _), o in ask.known.items() if place in own]
    used = [(place, o) for place, o in mine if any(o is u for u in a.used)]
    return max(used or mine, key=lambda found: found[1].period)


def _threshold(ask: Ask, a: Assessment, newest: Observation, way: int) -> Threshold | None:
    """The nearest value, `way` (-1 down, +1 up), at which the standing turns; None within 100 % and the limits."""

    def turns(value: float) -> bool:
        return turned(a, ask.moved(newest, value))

    steps = [newest.value, *_probes(ask, a, newest, way)]
    found = next(((kept, gone) for kept, gone in pairwise(steps) if turns(gone)), None)
    if found is None:
        return None
    kept, gone = found
    fine = EXACT * (abs(newest.value) or abs(gone))
    while abs(gone - kept) > fine:
        middle = (kept + gone) / 2
        kept, gone = (kept, middle) if turns(middle) else (middle, gone)
    round_number = float(f"{gone:.6g}")  # what a target names: found to 1e-9, it is meant exactly
    value = round_number if abs(round_number - gone) <= 10 * EXACT * abs(gone) else gone
    distance = value - newest.value
    per_cent = distance / abs(newest.value) * 100 if newest.value else None
    return Threshold(value, distance, per_cent, turns(value), ask.moved(newest, gone).standing)


def _probes(ask: Ask, a: Assessment, newest: Observation, way: int) -> list[float]:
    """Where to look for a turn, nearest first: what the target names, so that no narrow band is stepped over,
    and ever larger steps up to 100 % of the figure (for a figure of 0: up to the target)."""
    case = case_of(ask.catalogue, ask.indicator_id, ask.target, ask.as_of)
    named = [v for v in (case.value, case.high) if v is not None]
    reach = abs(newest.value) or max((abs(v) for v in named), default=0)
    limits = case.indicator.natural_limits
    low = max(newest.value - reach, limits.low if limits.low is not None else -float("inf"))
    high = min(newest.value + reach, limits.high if limits.high is not None else float("inf"))
    middle = [sum(named) / len(named)] if named else []
    steps = [newest.value + way * reach / 2**k for k in range(11)]
    wanted = {*steps, *named, *middle, low if way < 0 else high}
    return sorted((v for v in wanted if low <= v <= high and (v - newest.value) * way > 0), key=lambda v: v * way)


def revisions(vintages: Sequence[Observation], as_of: date) -> Revisions | None:
    """How far solid figures of one series moved between publications known by a day; None if each came once."""
    solid = [o for o in vintages if o.is_solid and o.known <= as_of]
    sizes = [abs(later.value - o.value) for o, later in pairwise(solid) if o.period.text == later.period.text]
    return Revisions(median(sizes), max(sizes), len(sizes)) if sizes else None


def _moved(ask: Ask, newest: Observation, sizes: Revisions | None) -> Iterator[Trial]:
    """The newest figure moved both ways by each size."""
    amounts = {Shift.ROUNDING: 0.5 * 10**-newest.decimals}
    if sizes is not None:
        amounts |= {Shift.MEDIAN_REVISION: sizes.median, Shift.LARGEST_REVISION: sizes.largest}
    for shift, size in amounts.items():
        for amount in (-size, size):
            yield Trial(shift, ask.moved(newest, newest.value + amount), amount=amount)


def _rebased(ask: Ask, a: Assessment) -> Iterator[Trial]:
    """The base year a year earlier and a year later, where the verdict rests on one and figures allow it."""
    year = _base_year(ask.target, a)
    for other in (year - 1, year + 1) if year is not None else ():
        if (target := _with_base(ask.target, other)) is None:
            continue
        trial = ask.again(target=target)
        if trial.is_judged:
            yield Trial(Shift.BASE_YEAR, trial, base=Period.of_year(other))


def _base_year(target: Target, a: Assessment) -> int | None:
    """The year that the verdict counts from; None where it counts from none."""
    if "base_period" in a.numbers:
        return parse_period(str(a.numbers["base_period"])).year
    if target.form not in _BASED:
        return None
    if target.baseline is not None:
        return target.baseline.period.year
    return target.span.from_ - 1 if target.span is not None else None


def _with_base(target: Target, year: int) -> Target | None:
    """The same target counted from another year's published figure; None where that leaves nothing to count."""
    if target.form is not Form.AVERAGE_GROWTH:
        base = Baseline(period=Period.of_year(year), check=Check.READ)
        return target.model_copy(update={"baseline": base, "id": target.key})
    if target.span is None or year + 1 >= target.span.to:
        return None
    return target.model_copy(update={"span": target.span.model_copy(update={"from_": year + 1}), "id": target.key})


def _without(ask: Ask, place: Place, newest: Observation) -> Assessment:
    """The verdict had the newest figure not been published, nor another that ends its period."""
    end = newest.period.end
    return ask.again({slot: o for slot, o in ask.known.items() if slot[0] != place or o.period.end != end})


def _recalled(a: Assessment, target: Target) -> tuple[Ground, ...]:
    """What the verdict stands on that has not been read in its document."""
    base = target.baseline
    found = {
        Ground.EVIDENCE: bool(a.used) and all(o.check is Check.RECALLED for o in a.used),
        Ground.BASELINE: base is not None and base.check is Check.RECALLED and _base_year(target, a) is not None,
        Ground.TARGET: target.check is Check.RECALLED,
    }
    return tuple(ground for ground, is_so in found.items() if is_so)


def fragility_sentences(
    catalogue: Catalogue, indicator_id: str, target: Target, found: Fragility, language: str
) -> list[str]:
    """What a reader should know of how easily the verdict turns, the nearest turn first."""
    say, unit = words(language).say, catalogue.unit_of(indicator_id)
    newest = figure_text(found.newest, catalogue.indicators[indicator_id], unit, language)
    lines = [_threshold_sentence(found, t, unit, language) for t in (found.lower, found.higher) if t]
    lines = lines or [say("fragility.steady")]
    for trial in [t for t in found.flips if t.shift is Shift.ROUNDING][:1]:
        step = n.difference(10**-found.newest.decimals, unit, language)
        lines.append(say("fragility.rounding", step=step, standing=_named(trial.assessment, language)))
    lines.append(_revision_sentence(found, unit, language))
    lines += _base_sentences(found, language)
    lines.append(_without_sentence(found, newest, language))
    return lines + [say(f"fragility.recalled.{ground.value}") for ground in found.recalled]


def least_move(found: Fragility, threshold: Threshold) -> float:
    """The smallest move of the newest figure, in units of its last printed decimal, that turns the standing."""
    decimals = _printed(found.newest)
    steps = round(abs(threshold.distance) * 10**decimals, 6)
    whole = ceil(steps)
    return float(whole + (whole == steps and not threshold.reached)) / float(10**decimals)


def _printed(o: Observation) -> int:
    """The decimals that a reader is shown: two where a computer printed more than four."""
    return o.decimals if o.decimals <= LONG_DECIMALS else 2


def _threshold_sentence(found: Fragility, threshold: Threshold, unit: Unit, language: str) -> str:
    say, move = words(language).say, least_move(found, threshold)
    share = ""
    if found.newest.value:
        share = say("fragility.share", per_cent=n.per_cent(move / abs(found.newest.value) * 100))
    details = {
        "distance": n.difference(move, unit, language, _printed(found.newest)),
        "share": share,
        "standing": standing_word(threshold.becomes, language),
    }
    return say(f"fragility.{'lower' if threshold.distance < 0 else 'higher'}", **details)


def _named(a: Assessment, language: str) -> str:
    return standing_word(a.standing, language)


def _revision_sentence(found: Fragility, unit: Unit, language: str) -> str:
    say, sizes = words(language).say, found.revisions
    if sizes is None:
        return say("fragility.revisions.unknown")
    flips = [t for t in found.flips if t.shift in (Shift.MEDIAN_REVISION, Shift.LARGEST_REVISION)]
    details: dict[str, object] = {
        "times": words(language).count("fragility.revisions.times", sizes.n),
        "median": n.difference(sizes.median, unit, language, size_decimals(sizes.median, found.newest)),
        "largest": n.difference(sizes.largest, unit, language, size_decimals(sizes.largest, found.newest)),
    }
    if not flips:
        return say("fragility.revisions.holds", **details)
    return say(
        f"fragility.revisions.{_SIZE[flips[0].shift]}", **details, standing=_named(flips[0].assessment, language)
    )


def _base_sentences(found: Fragility, language: str) -> list[str]:
    say, flips = words(language).say, found.flips
    trials = [(t, n.period_text(t.base, language)) for t in found.trials if t.base is not None]
    lines = [
        say("fragility.base.turns", period=p, standing=_named(t.assessment, language)) for t, p in trials if t in flips
    ]
    same = [period for trial, period in trials if trial not in flips]
    return lines + ([say("fragility.base.holds", periods=say("fragility.or").join(same))] if same else [])


def _without_sentence(found: Fragility, newest: str, language: str) -> str:
    say, without = words(language).say, found.without_newest
    if without.reason is not None:
        return say("fragility.without.refused", newest=newest, reason=reason_word(without.reason, language))
    key = "same" if without.standing is found.assessment.standing else "turns"
    return say(f"fragility.without.{key}", newest=newest, standing=_named(without, language))
