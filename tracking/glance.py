"""What is known of one indicator on a day, at a glance: its figures, which way they went, and how fresh they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracking.catalogue import Catalogue
from tracking.freshness import Freshness, freshness
from tracking.model import Observation
from tracking.trend import Trend, trend


@dataclass(frozen=True, slots=True)
class Glance:
    """`latest` is the newest figure that a verdict may rest on, else the newest; None where none is published."""

    known: tuple[Observation, ...]
    latest: Observation | None
    trend: Trend
    freshness: Freshness


def glance(catalogue: Catalogue, indicator_id: str, day: date) -> Glance:
    """One indicator as known on a day, from the series that its verdicts rest on."""
    indicator, series = catalogue.indicators[indicator_id], catalogue.main_series(indicator_id)
    known = series.as_known_on(day)
    latest = next((o for o in reversed(known) if o.is_solid), known[-1] if known else None)
    return Glance(known, latest, trend(indicator, known), freshness(indicator, series, day))


def glances(catalogue: Catalogue, day: date) -> Mapping[str, Glance]:
    """Every indicator of a catalogue at a glance."""
    return {indicator_id: glance(catalogue, indicator_id, day) for indicator_id in catalogue.indicators}
