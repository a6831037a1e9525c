"""Verdicts in words: one sentence of figure, comparison and date, and one line of arithmetic. Computes nothing.

The templates stand in tracking/words under `verdict`; what they may name is made here, once, for all of them.
"""

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.freshness import Freshness
from tracking.model import (
    Accumulation,
    Assessment,
    Bound,
    Form,
    Indicator,
    Observation,
    Reason,
    Standing,
    Target,
    Unit,
    UnitKind,
)
from tracking.period import Length, Period, parse_period
from tracking.words import words

_RATES = ("mean", "needed", "change", "failed_rate")
_BY_RATE = (Form.CUMULATIVE_CHANGE, Form.AVERAGE_GROWTH)  # forms whose number is in per cent, whatever the unit
DAYS_SAID = 60  # more days than this are said in months
_COUNTS = ("from", "to", "base", "last", "years", "of", "failed", "months", "left", "done", "total")


def standing_word(standing: Standing, language: str) -> str:
    return words(language).say(f"standing.{standing.value}")


def reason_word(reason: Reason, language: str) -> str:
    """The reason in a few words, for counting: `no official figure`."""
    return words(language).say(f"reason.{reason.value}")


def sentence(catalogue: Catalogue, indicator_id: str, target: Target, a: Assessment, language: str) -> str:
    """What is said of the target: the figure, the comparison, the date."""
    w = words(language)
    details = _details(catalogue, indicator_id, target, a, language)
    if target.bound is Bound.ABOUT and "target" in details:
        tolerance = tolerance_text(catalogue, indicator_id, target, language)
        details["target"] = w.say("about", target=details["target"], tolerance=tolerance)
    rule = a.rule
    if "gap" in a.numbers and w.has(f"verdict.{rule}.{_side(a)}"):
        rule = f"{rule}.{_side(a)}"
    return w.say(f"verdict.{rule}", **details)


def arithmetic(catalogue: Catalogue, indicator_id: str, target: Target, a: Assessment, language: str) -> str:
    """The same in symbols, so that a reader can do it again; empty where nothing was computed."""
    w = words(language)
    keys = ["arithmetic.bound"] if _is_bound(a) else [f"arithmetic.{a.rule}", f"arithmetic.{a.rule.split('.')[0]}"]
    key = next((k for k in keys if w.has(k)), None)
    return w.say(key, **_details(catalogue, indicator_id, target, a, language)) if key else ""


def caution_sentences(
    catalogue: Catalogue, indicator_id: str, target: Target, a: Assessment, language: str
) -> list[str]:
    tolerance = tolerance_text(catalogue, indicator_id, target, language)
    return [words(language).say(f"caution.{c}", tolerance=tolerance) for c in a.cautions]


def tolerance_text(catalogue: Catalogue, indicator_id: str, target: Target, language: str) -> str:
    """How far off still counts: `0.5 percentage points`."""
    unit = catalogue.units[target.unit or catalogue.indicators[indicator_id].unit]
    if target.form in _BY_RATE:
        return n.points(target.tolerance or 0, language)
    return n.difference(target.tolerance or 0, n.short(unit), language)


def target_text(catalogue: Catalogue, indicator_id: str, target: Target, language: str) -> str:
    """The target in words: `at least 26 per 10,000 people by 2025`."""
    w, unit = words(language), catalogue.units[target.unit or catalogue.indicators[indicator_id].unit]
    if target.words is not None and target.value is None and target.times is None:
        return w.say("target.words", words=target.words[language], due=due_text(target, language))
    details: dict[str, str] = {
        "due": due_text(target, language),
        "bound": w.say(f"bound.{target.bound.value}") if target.bound else "",
        "base": n.period_text(target.baseline.period, language) if target.baseline else "",
        "other": catalogue.indicators[target.other].name[language] if target.other else "",
        "times": n.plain(n.exact(target.times or 0)),
    }
    if target.value is not None:
        is_rate = target.form in _BY_RATE
        details["value"] = n.per_cent(target.value, n.decimals_of(target.value)) if is_rate else n.amount(
            target.value, unit, language)  # fmt: skip
    if target.high is not None:
        details["value"] = n.bare(target.value or 0, unit, language)
        details["high"] = n.amount(target.high, unit, language)
    key = f"target.{target.form.value}"
    if target.form is Form.CUMULATIVE_CHANGE:
        falls = unit.kind.value == "fall" or catalogue.indicators[indicator_id].direction.value == "lower"
        key += ".fall" if falls else ".rise"
    return w.say(key, **details)


def due_text(target: Target, language: str) -> str:
    """The year a target is for, or the years it holds in."""
    if target.span is not None:
        return n.period_text(parse_period(f"{target.span.from_}/{target.span.to}"), language)
    return n.period_text(target.due, language)


def when(period: Period, indicator: Indicator, language: str) -> str:
    """`at the end of 2025`, `in 2025`, `in Jan–Aug 2026`."""
    w = words(language)
    is_stock = indicator.accumulation is Accumulation.END_OF_PERIOD and period.length is not Length.DAY
    to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
    key = "when.end" if is_stock else ("when.day" if period.length is Length.DAY else "when.in")
    return w.say(key, period=n.period_text(period, language, to_date=to_date))


def figure_text(o: Observation, indicator: Indicator, unit: Unit, language: str) -> str:
    """A figure with its period: `34.4 per 10,000 people at the end of 2025`."""
    return words(language).say("figure", value=n.observed(o, unit, language), when=when(o.period, indicator, language))


def _is_bound(a: Assessment) -> bool:
    """Whether a single figure that is only a bound decided: then no difference is to be named."""
    return a.rule in ("due.met", "due.missed", "early.met") and a.used[-1].bound not in (None, Bound.ABOUT)


def _side(a: Assessment) -> str:
    if _is_bound(a):
        return "bound"
    gap = float(a.numbers["gap"])
    return "equal" if gap == 0 else ("above" if gap > 0 else "below")


def _details(catalogue: Catalogue, indicator_id: str, target: Target, a: Assessment, language: str) -> dict[str, str]:
    indicator, unit = catalogue.indicators[indicator_id], catalogue.unit_of(indicator_id)
    details = {
        "name": indicator.name[language],
        "due": due_text(target, language),
        "as_of": n.day_text(a.as_of, language),
        "target_words": target_text(catalogue, indicator_id, target, language),
    }
    decimals = max((o.decimals for o in a.used), default=0)
    if a.used:
        newest = a.used[-1]
        details["newest"] = n.observed(newest, unit, language)
        details["when"] = when(newest.period, indicator, language)
        details["figures"] = _chain(a, unit, language)
    elif a.latest is not None:
        details["newest"] = n.observed(a.latest, unit, language)
        details["when"] = when(a.latest.period, indicator, language)
    for key, value in a.numbers.items():
        details[key] = _number(key, value, a, unit, language, decimals)
    if "gap" in details:
        details["signed"] = (n.MINUS if float(a.numbers["gap"]) < 0 else "+") + details["gap"]
    if "from" in a.numbers:
        first, last = int(a.numbers["from"]), int(a.numbers["to"])
        text = str(first) if first == last else f"{first}/{last}"
        details["years_text"] = n.period_text(parse_period(text), language)
    for key in ("base", "step", "to"):
        if f"{key}_period" in a.numbers:
            period = parse_period(str(a.numbers[f"{key}_period"]))
            details[f"{key}_when"] = when(period, indicator, language)
    if "replaced_by" in a.numbers:
        later = next(t for t in indicator.targets if t.key == a.numbers["replaced_by"])
        details["replacement"] = target_text(catalogue, indicator_id, later, language)
        details["replacing_document"] = catalogue.documents[later.document].title[language]
    if a.rule.split(".")[0] in ("average", "change", "relative") and "target" in a.numbers:
        wanted = float(a.numbers["target"])
        details["target"] = n.per_cent(wanted, n.decimals_of(wanted))
        details["gap"] = n.points(abs(n.exact(float(a.numbers["gap"]), 2).__float__()), language)
    if "method" in a.numbers:
        w = words(language)
        details["method_name"] = w.say(f"method.{a.numbers['method']}.name")
        details["outcome_label"] = w.say(f"outcome.{a.numbers['outcome']}") if "outcome" in a.numbers else ""
        details["why_not"] = w.say(f"why-not.{a.numbers['why']}") if "why" in a.numbers else ""
    if target.other:
        details["other"] = catalogue.indicators[target.other].name[language]
    return details


def _number(key: str, value: float | int | str, a: Assessment, unit: Unit, language: str, decimals: int) -> str:
    if isinstance(value, str) or key in _COUNTS:
        return str(value)
    if key == "ratio":
        return f"{value:.3g}"
    if key in _RATES:
        return n.per_cent(value, 2)
    if key == "share":
        return n.per_cent(value * 100, 0)
    if key in ("moved", "yearly_change", "last_change"):
        return _signed(key, value, unit, language, decimals)
    if key == "places":
        return n.plain(n.exact(value))
    if key == "tolerance":
        return n.difference(value, n.short(unit), language)
    if key in ("needed_value", "needed_high"):
        return n.amount(value, n.short(unit), language, decimals + 1)
    if key == "gap":
        wanted = float(a.numbers.get("target", 0))
        digits = max(decimals, n.decimals_of(wanted)) if "required" not in a.numbers else decimals + 1
        return n.difference(value, n.short(unit), language, digits)
    if key == "required" and a.rule.startswith("change"):
        return n.per_cent(value, 2)
    if key == "required":
        return n.amount(value, n.short(unit), language, decimals + 1)
    return n.amount(value, n.short(unit), language, decimals if key == "value" else None)


def _signed(key: str, value: float, unit: Unit, language: str, decimals: int) -> str:
    """A change with its sign; where the figures are rates, they are the changes themselves."""
    decimals += key == "yearly_change"
    if unit.kind in (UnitKind.GROWTH, UnitKind.FALL) and key != "moved":
        return n.amount(value, unit, language, decimals)
    return (n.MINUS if value < 0 else "+") + n.difference(value, n.short(unit), language, decimals)


def _chain(a: Assessment, unit: Unit, language: str) -> str:
    """The figures a verdict rests on, with their periods."""
    parts = [f"{n.observed(o, unit, language)} ({n.period_text(o.period, language)})" for o in a.used]
    return ("、" if language == "zh" else ", ").join(parts)


def freshness_sentence(found: Freshness, language: str) -> str:
    """What is said of it: the last figure, what is due, and by how much it is late."""
    last, expected, due = found.last, found.expected, found.due
    return words(language).say(
        f"freshness.{found.timeliness.value}",
        as_of=n.day_text(found.as_of, language),
        last=n.period_text(last.period, language) if last else "",
        published=n.known_text(last.published, language) if last else "",
        expected=n.period_text(expected, language) if expected else "",
        due=n.day_text(due, language) if due else "",
        lag=duration(found.lag or 0, language),
        late=duration(found.days_over, language),
    )


def duration(days: int, language: str) -> str:
    """So many days as one would say it: days up to 60, then whole months, from a year on years and months.

    Months are a twelfth of 365.25 days; one day more is counted, so that 365 days are a year.
    """
    w = words(language)
    if days <= DAYS_SAID:
        return w.count("duration.days", days)
    years, months = divmod((days + 1) * 48 // 1461, 12)
    parts = {"years": years, "months": months}
    said = {name: w.count(f"duration.{name}", count) for name, count in parts.items() if count}
    return w.say("duration.both", **said) if len(said) == 2 else next(iter(said.values()))
