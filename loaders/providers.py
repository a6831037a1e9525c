"""Where every provider stands: what the catalogue names of it, what is kept, when it last answered, what failed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from loaders import LOADERS, loader
from loaders.contract import LoaderError, Provider
from loaders.refresh import State, Task, Use, tasks_of
from tracking.catalogue import Catalogue
from tracking.freshness import Freshness, Timeliness, freshness
from tracking.model import Concept
from tracking.store import Store, StoreError

REPORTS = 20  # looked back on for a provider's last failure


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a series was not had, in the sentence of that name in tracking/words."""

    series: str
    sentence: str
    details: Mapping[str, str]
    when: datetime


@dataclass(frozen=True, slots=True)
class SeriesState:
    """One series of a provider for one indicator. With a single state of it nothing is known of its rhythm:
    a first fetch brings old figures, and does not say when they came out."""

    indicator_id: str
    key: str
    concept: Concept
    document: str
    last_success: datetime | None
    fresh: Freshness
    has_rhythm: bool
    licence: str = ""


@dataclass(frozen=True, slots=True)
class ProviderState:
    """A provider; `provider` is None where its package is not installed. `failures` are those of its last refresh."""

    id: str
    provider: Provider | None
    error: LoaderError | None
    series: tuple[SeriesState, ...]
    kept: int
    last_success: datetime | None
    failures: tuple[Failure, ...]

    @property
    def in_time(self) -> int:
        return self._count(Timeliness.IN_TIME)

    @property
    def overdue(self) -> int:
        return self._count(Timeliness.OVERDUE)

    def _count(self, timeliness: Timeliness) -> int:
        return sum(s.has_rhythm and s.fresh.timeliness is timeliness for s in self.series)

    @property
    def named(self) -> int:
        return len({s.key for s in self.series})


def provider_states(catalogue: Catalogue, store: Store, day: date) -> list[ProviderState]:
    """Every provider but the shipped files, those that the catalogue names first. Raises StoreError."""
    failures = _failures(store)
    found = [_state(name, catalogue, store, day, failures.get(name, ())) for name in LOADERS if name != "figures"]
    return sorted(found, key=lambda s: -s.named)


def overdue(catalogue: Catalogue, day: date) -> list[tuple[str, Freshness]]:
    """The indicators whose figures, shipped and fetched, are late by their own rhythm; the latest first."""
    found = [(i, freshness(one, catalogue.main_series(i), day)) for i, one in catalogue.indicators.items()]
    late = [(i, f) for i, f in found if f.timeliness is Timeliness.OVERDUE]
    return sorted(late, key=lambda pair: -pair[1].days_over)


def _state(
    name: str, catalogue: Catalogue, store: Store, day: date, failures: Sequence[Failure]
) -> ProviderState:  # fmt: skip
    try:
        provider, error = loader(name).PROVIDER, None
    except LoaderError as fault:
        provider, error = None, fault
    tasks = tasks_of(catalogue, name)
    series = tuple(s for task in tasks for s in _series(task, catalogue, store, day))
    successes = {s.key: s.last_success for s in series if s.last_success is not None}
    return ProviderState(
        name, provider, error, series, len(successes), max(successes.values(), default=None), tuple(failures)
    )


def _series(task: Task, catalogue: Catalogue, store: Store, day: date) -> list[SeriesState]:
    last, vintage = store.last_success(task.provider, task.key), store.last_vintage(task.provider, task.key)
    licence = vintage.licence if vintage else ""
    return [replace(_for_one(task, use, catalogue, last, day), licence=licence) for use in task.uses]


def _for_one(task: Task, use: Use, catalogue: Catalogue, last: datetime | None, day: date) -> SeriesState:
    """A series of the same concept is as fresh as the run that it joins."""
    is_same = use.ref.concept is Concept.SAME
    run = catalogue.main_series(use.indicator_id) if is_same else catalogue.series(use.ref, use.indicator.unit)
    return SeriesState(
        use.indicator_id, task.key, use.ref.concept, use.ref.document or "", last,
        freshness(use.indicator, run, day), len({o.known for o in run.observations}) > 1,
    )  # fmt: skip


def _failures(store: Store) -> dict[str, tuple[Failure, ...]]:
    """Each provider's failures in the last refresh that asked it."""
    found: dict[str, tuple[Failure, ...]] = {}
    for name in reversed(store.report_names()[-REPORTS:]):
        for provider, failures in _failures_of(store, name).items():
            found.setdefault(provider, failures)
    return found


def _failures_of(store: Store, name: str) -> dict[str, tuple[Failure, ...]]:
    try:
        report = json.loads(store.report(name))
        ended = datetime.fromisoformat(report["ended"])
        asked = [s for s in report["series"] if s["state"] != State.DONE_TODAY.value]
        return {
            provider: tuple(
                Failure(s["key"], f"{s['error']['section']}.{s['error']['key']}", s["error"]["details"], ended)
                for s in asked if s["provider"] == provider and s["error"]
            )
            for provider in {s["provider"] for s in asked}
        }  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError("damaged", place=store.place, file=name) from error
