"""What has come since a day: verdicts that turned, with their causes, targets adopted, and figures published.

By day, the newest first. What was published before and is only said again is no news.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracking.catalogue import Catalogue
from tracking.history import Change, turns_between
from tracking.model import Observation


@dataclass(frozen=True)
class Turn:
    """One verdict that changed on a day, with what it was and why; one that began where its target was adopted."""

    indicator_id: str
    change: Change


@dataclass(frozen=True)
class NewFigures:
    """What came out on one day for one indicator: its newest period first, and how many figures in all.

    `revised` is the figure that the newest one replaces; None for a period that had none.
    """

    indicator_id: str
    newest: Observation
    revised: Observation | None
    count: int


@dataclass(frozen=True)
class Day:
    """All that is new of one day."""

    day: date
    verdicts: tuple[Turn, ...]
    targets: tuple[Turn, ...]
    figures: tuple[NewFigures, ...]


@dataclass(frozen=True)
class Changes:
    """What is new after `since` and up to `until`."""

    since: date
    until: date
    days: tuple[Day, ...]

    @property
    def verdicts(self) -> int:
        return sum(len(d.verdicts) for d in self.days)

    @property
    def targets(self) -> int:
        return sum(len(d.targets) for d in self.days)

    @property
    def figures(self) -> int:
        return sum(f.count for d in self.days for f in d.figures)

    def among(self, targets: Collection[tuple[str, str]], indicators: Collection[str]) -> "Changes":
        """Only what concerns these targets (indicator and key) and these indicators."""
        return self._of(
            Day(
                d.day,
                tuple(t for t in d.verdicts if (t.indicator_id, t.change.target.key) in targets),
                tuple(t for t in d.targets if (t.indicator_id, t.change.target.key) in targets),
                tuple(f for f in d.figures if f.indicator_id in indicators),
            )
            for d in self.days
        )

    def only(self, kind: str) -> "Changes":
        """Only the verdicts, the targets or the figures."""
        return self._of(
            Day(
                d.day,
                d.verdicts if kind == "verdicts" else (),
                d.targets if kind == "targets" else (),
                d.figures if kind == "figures" else (),
            )
            for d in self.days
        )

    def _of(self, days: Iterable[Day]) -> "Changes":
        return Changes(self.since, self.until, tuple(d for d in days if d.verdicts or d.targets or d.figures))


def changes_since(catalogue: Catalogue, since: date, until: date) -> Changes:
    """Everything new after `since` and up to `until`; nothing where the days do not run forwards."""
    turns = [
        Turn(indicator_id, change)
        for indicator_id, _, target in catalogue.targets()
        for change in turns_between(catalogue, indicator_id, target, since, until)
    ]
    figures = [f for i in catalogue.indicators for f in _new_figures(catalogue, i, since, until)]
    days = sorted({t.change.day for t in turns} | {f.newest.known for f in figures}, reverse=True)
    return Changes(since, until, tuple(
        Day(
            day,
            tuple(t for t in turns if t.change.day == day and t.change.before is not None),
            tuple(t for t in turns if t.change.day == day and t.change.before is None),
            tuple(f for f in figures if f.newest.known == day),
        )
        for day in days
    ))  # fmt: skip


def _new_figures(catalogue: Catalogue, indicator_id: str, since: date, until: date) -> Iterator[NewFigures]:
    """Of the series that verdicts rest on, by day of publication; a figure only said again is left out."""
    earlier: dict[str, Observation] = {}
    by_day: dict[date, list[tuple[Observation, Observation | None]]] = {}
    series = catalogue.main_series(indicator_id)
    for o in sorted(series.observations, key=lambda o: (o.known, o.period)):
        was = earlier.get(o.period.text)
        earlier[o.period.text] = o
        if since < o.known <= until and (was is None or (was.value, was.bound) != (o.value, o.bound)):
            by_day.setdefault(o.known, []).append((o, was))
    for found in by_day.values():
        newest, was = max(found, key=lambda f: f[0].period)
        yield NewFigures(indicator_id, newest, was, len(found))


def visits(kept: str, today: date) -> tuple[date | None, str]:
    """The reader's last visit before today, and the two days to keep: `2026-11-20.2026-11-23`.

    `kept` is what was kept before, empty on a first visit. Anything that is not such days counts as nothing kept.
    """
    days = [day for day in map(_day, kept.split(".")) if day is not None and day <= today]
    before = [day for day in days if day < today]
    last = max(before, default=None)
    return last, ".".join(day.isoformat() for day in (last, today) if day is not None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
