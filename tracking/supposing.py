"""The same catalogue with other figures or other targets: what would be judged if. Reads nothing, changes nothing."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar, cast

from tracking.catalogue import Catalogue
from tracking.model import Observation, Series, Target

Thing = TypeVar("Thing")
Place = tuple[str, str]  # a key of Catalogue.figures, and an area
Known = Mapping[tuple[Place, str], Observation]  # the figure of each period (its text), by place


def places_of(catalogue: Catalogue, indicator_id: str) -> tuple[Place, ...]:
    """Where the figures of an indicator stand, the series that verdicts rest on first."""
    refs = catalogue.indicators[indicator_id].series
    return tuple(dict.fromkeys((ref.key, ref.area or catalogue.card.area) for ref in refs))


def places(catalogue: Catalogue, indicator_id: str, target: Target) -> tuple[Place, ...]:
    """Where the figures stand that a verdict on this target may rest on: its own, then those compared with."""
    compared = [target.other] if target.other and target.other in catalogue.indicators else []
    return tuple(dict.fromkeys(p for i in (indicator_id, *compared) for p in places_of(catalogue, i)))


def observations(catalogue: Catalogue, place: Place) -> tuple[Observation, ...]:
    """Every vintage at this place; empty where there are no figures yet."""
    found = catalogue.figures.get(place[0], {}).get(place[1])
    return found.observations if found else ()


def known_figures(catalogue: Catalogue, where: Sequence[Place], day: date) -> Known:
    """The newest figure of each period that was public on that day."""
    return {
        (place, o.period.text): o
        for place in where
        for o in Series(place[1], observations(catalogue, place)).as_known_on(day)
    }


def with_figures(catalogue: Catalogue, known: Known, where: Sequence[Place]) -> Catalogue:
    """The catalogue with these figures, and no others, at these places."""
    figures: dict[str, Mapping[str, Series]] = {}
    for place in where:
        key, area = place
        mine = sorted((o for (p, _), o in known.items() if p == place), key=lambda o: (o.period, o.published))
        figures[key] = {**figures.get(key, catalogue.figures.get(key, {})), area: Series(area, tuple(mine))}
    return replace(catalogue, figures=_instead(figures, catalogue.figures))


def with_targets(catalogue: Catalogue, indicator_id: str, targets: Sequence[Target]) -> Catalogue:
    """The catalogue with these targets, and no others, for one indicator."""
    indicator = catalogue.indicators[indicator_id].model_copy(update={"targets": list(targets)})
    return replace(catalogue, indicators=_instead({indicator_id: indicator}, catalogue.indicators))


def _instead(new: Mapping[str, Thing], old: Mapping[str, Thing]) -> Mapping[str, Thing]:
    """The old with the new in their place, in the old order. Nothing is copied: a question about one indicator must not
    cost as much as there are others."""
    return MappingProxyType(ChainMap(cast(dict[str, Thing], new), cast(dict[str, Thing], old)))
