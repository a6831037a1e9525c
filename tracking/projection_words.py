"""Projections in words: what is projected, from what, how, and what is not. Computes nothing."""

from collections.abc import Mapping

from tracking import numbers as n
from tracking.model import Indicator, Target, Unit
from tracking.projection import Projection, Refusal, Scale
from tracking.words import words


def projection_sentences(
    projection: Projection, chance: float | None, indicator: Indicator, unit: Unit, target: Target, language: str
) -> list[str]:
    """What is projected, the median with its 80 % band, the chance, the figures it rests on, and cautions."""
    w, said = words(language), _details(projection, indicator, unit, target, language)
    what = "rate" if projection.scale is Scale.RATE else "level"
    found = [w.say(f"projection.what.{what}", **said), w.say("projection.median", **said)]
    if chance is not None:
        found.append(w.say("projection.chance", chance=chance_text(chance, language)))
    found.append(w.say("projection.from", **said))
    cautions = {"gaps": projection.has_gaps, "flat": projection.is_flat}
    return found + [w.say(f"projection.caution.{name}") for name, is_so in cautions.items() if is_so]


def method_text(projection: Projection, language: str) -> str:
    """How it was computed, in a few sentences."""
    w = words(language)
    return w.say(projection.method) + ("" if language == "zh" else " ") + w.say("projection.method.bands")


def refusal_text(refusal: Refusal, language: str) -> str:
    """Why nothing is projected."""
    return words(language).say(refusal.rule, **refusal.numbers)


def chance_text(chance: float, language: str) -> str:
    """In whole per cent; what is next to sure is not called sure."""
    if chance < 0.01 or chance > 0.99:
        return words(language).say("projection.hardly" if chance < 0.01 else "projection.nearly")
    return n.per_cent(chance * 100, 0)


def _details(
    projection: Projection, indicator: Indicator, unit: Unit, target: Target, language: str
) -> Mapping[str, object]:
    step = projection.last
    low, high = step.bands[80]
    return {
        "name": indicator.name[language],
        "due": n.period_text(target.due, language),
        "median": n.amount(three_figures(step.median), unit, language),
        "low": n.amount(three_figures(low), n.short(unit), language),
        "high": n.amount(three_figures(high), n.short(unit), language),
        "n": projection.n,
        "first": f"{projection.points[0][0]:.0f}",
        "last": f"{projection.points[-1][0]:.0f}",
    }


def three_figures(value: float) -> float:
    """Three figures: a projection knows no more."""
    return float(f"{value:.3g}")
