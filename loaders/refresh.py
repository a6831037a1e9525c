"""Ask every provider for every series that the catalogue names, and say what has changed.

tasks_of(catalogue) -> refresh(tasks, store) -> outcomes -> Report. One request at a time to a host, several hosts at
once. What has succeeded today is not asked again unless forced, so that an interrupted refresh goes on where it was.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from threading import Event, Lock
from typing import Any
from urllib.parse import urlsplit

from loaders import loader
from loaders.contract import LoaderError, NotFound, Reading, Refused, Request, Response, Unreadable
from loaders.http import PORTS, Wires, get
from loaders.reading import described
from tracking.catalogue import Catalogue
from tracking.cross_checks import converted, within
from tracking.model import Assessment, Concept, Indicator, Observation, Provider, SeriesRef, Status, Target, Unit
from tracking.status import judge_all
from tracking.store import Store, StoreError

WORKERS = 6  # hosts asked at the same time
MOST_PAGES = 500


class State(StrEnum):
    """What a refresh did for one series."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    DONE_TODAY = "done today"


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """An indicator that names a series, and what its figures must keep to."""

    indicator_id: str
    indicator: Indicator
    ref: SeriesRef
    own: Unit
    unit: Unit


@dataclass(frozen=True, slots=True)
class Task:
    """One series to be fetched: the same one wherever provider and key are."""

    provider: str
    key: str
    uses: tuple[Use, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that the provider now gives otherwise."""

    old: Observation
    new: Observation

    @property
    def size(self) -> float:
        return round(self.new.value - self.old.value, max(self.new.decimals, self.old.decimals))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one task. `withdrawn` are periods that the provider has left out from among its others;
    `undescribed` is why its unit and licence were not to be had, though its figures were."""

    task: Task
    state: State
    unit: str = ""
    new: tuple[Observation, ...] = ()
    revised: tuple[Revision, ...] = ()
    withdrawn: tuple[Observation, ...] = ()
    error: LoaderError | StoreError | None = None
    undescribed: LoaderError | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A target of which something else is said after the refresh."""

    indicator_id: str
    target: Target
    before: Assessment
    after: Assessment


@dataclass(frozen=True, slots=True)
class Report:
    """A whole refresh. Moments are UTC."""

    started: datetime
    ended: datetime
    place: str
    outcomes: tuple[Outcome, ...]
    changes: tuple[Change, ...]

    def count(self, state: State) -> int:
        return sum(o.state is state for o in self.outcomes)

    @property
    def has_failed(self) -> bool:
        return self.count(State.FAILED) > 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """All pages of one series as one reading, and the answers it was read from; `about` is what describes it, where
    the provider tells that apart, and `undescribed` why it was not to be had."""

    reading: Reading
    answers: tuple[Response, ...]
    about: Response | None = None
    undescribed: LoaderError | None = None

    @property
    def stale(self) -> LoaderError | None:
        """Why an earlier answer stands in, if one does."""
        return next((a.stale for a in self.answers if a.stale is not None), None)


# ---- what to ask


def tasks_of(
    catalogue: Catalogue, provider: str | None = None, indicator: str | None = None, goal: str | None = None
) -> list[Task]:
    """Every series that the catalogue wants fetched, or those of one provider, indicator or goal."""
    wanted = set(catalogue.indicators) if indicator is None else {indicator}
    if goal is not None:
        wanted &= {link.id for link in catalogue.goals[goal].indicators}
    found: dict[tuple[str, str], list[Use]] = {}
    for indicator_id in sorted(wanted):
        one = catalogue.indicators[indicator_id]
        for ref in one.series:
            if ref.provider is not Provider.FIGURES and provider in (None, ref.provider.value):
                unit = catalogue.units[one.unit]
                use = Use(indicator_id, one, ref, catalogue.units[ref.unit] if ref.unit else unit, unit)
                found.setdefault((ref.provider.value, ref.key), []).append(use)
    return [Task(*name, tuple(uses)) for name, uses in sorted(found.items())]


# ---- asking


def fetch(provider: str, key: str, wires: Wires) -> Fetched:
    """All pages of a series. Raises the loader's and the wire's errors."""
    module = loader(provider)
    request: Request | None = module.request(key)
    readings: list[Reading] = []
    answers: list[Response] = []
    while request is not None:
        if len(answers) == MOST_PAGES:
            raise Unreadable("pages", provider=provider, most=MOST_PAGES)
        answer = _answer(module, request, wires)
        reading = module.parse(answer, key)
        readings.append(reading)
        answers.append(answer)
        request = reading.more
    whole = replace(readings[-1], observations=_one_run(readings), name=_first(readings, "name"),
                    unit=_first(readings, "unit"), licence=_first(readings, "licence"))  # fmt: skip
    if not whole.observations:
        raise NotFound("no-values", provider=provider, series=key)
    return _described(Fetched(whole, tuple(answers)), module, key, wires)


def _described(fetched: Fetched, module: Any, key: str, wires: Wires) -> Fetched:
    """With unit, licence and vintage of the provider's metadata. Figures are figures without them: that is told."""
    if not hasattr(module, "request_metadata"):
        return fetched
    try:
        about = _answer(module, module.request_metadata(key), wires)
        reading = described(fetched.reading, module.parse_metadata(about, key))
    except LoaderError as error:
        return replace(fetched, undescribed=error)
    return replace(fetched, reading=reading, about=about)


def _answer(module: Any, request: Request, wires: Wires) -> Response:
    """From the wire; or from the module itself, where its files lie on this machine."""
    if urlsplit(request.url).scheme in PORTS:
        return get(request, module.PROVIDER, wires)
    if hasattr(module, "answer"):
        found: Response = module.answer(request)
        return found
    raise Refused("by-hand", provider=module.PROVIDER.id)


def _first(readings: Sequence[Reading], name: str) -> str:
    return next((found for r in readings if (found := str(getattr(r, name)))), "")


def _one_run(readings: Sequence[Reading]) -> tuple[Observation, ...]:
    """The observations of all pages by period; Unreadable if two pages disagree."""
    found: dict[str, Observation] = {}
    for o in (o for reading in readings for o in reading.observations):
        earlier = found.setdefault(o.period.text, o)
        if earlier.value != o.value:
            raise Unreadable("pages-disagree", period=o.period.text, one=earlier.value, other=o.value)
    return tuple(sorted(found.values(), key=lambda o: o.period))


def check(reading: Reading, task: Task) -> None:
    """Refuse figures that cannot be: for a time to come, or outside the natural limits of an indicator."""
    for o in reading.observations:
        if o.published.end < o.period.start and o.status is not Status.FORECAST:
            raise Unreadable("ahead", series=task.key, period=o.period.text, published=o.published.text)
        for use in task.uses:
            value, limits = converted(o.value, use.own, use.unit), use.indicator.natural_limits
            if use.ref.concept is Concept.SAME and not within(value, limits):
                low, high = limits.low, limits.high
                raise Unreadable("limits", series=task.key, period=o.period.text, value=value,
                                 low="–" if low is None else low, high="–" if high is None else high)  # fmt: skip


def compare(old: Iterable[Observation], new: Sequence[Observation]) -> tuple[tuple[Observation, ...],
                                                                             tuple[Revision, ...],
                                                                             tuple[Observation, ...]]:  # fmt: skip
    """New figures, revisions, and periods left out from among those that the new run spans."""
    known = {o.period.text: o for o in old}
    here = {o.period.text for o in new}
    added = tuple(o for o in new if o.period.text not in known)
    revised = tuple(Revision(was, o) for o in new if (was := known.get(o.period.text)) and _differs(was, o))
    withdrawn = tuple(
        o for text, o in known.items()
        if text not in here and new and new[0].period <= o.period <= new[-1].period
    )  # fmt: skip
    return added, revised, withdrawn


def _differs(old: Observation, new: Observation) -> bool:
    return (old.value, old.status, old.bound) != (new.value, new.status, new.bound)


def refresh_one(task: Task, store: Store, wires: Wires) -> Outcome:
    """Fetch, check and keep one series. Whatever fails, the figures kept before stay."""
    try:
        fetched = fetch(task.provider, task.key, wires)
        if fetched.stale is not None:
            return Outcome(task, State.FAILED, error=fetched.stale)
        check(fetched.reading, task)
        return _keep(task, fetched, store)
    except (LoaderError, StoreError) as error:
        return Outcome(task, State.FAILED, error=error)


def _keep(task: Task, fetched: Fetched, store: Store) -> Outcome:
    """The vintage first and the answers after it: an answer on file is the mark of a success."""
    reading, last = fetched.reading, fetched.answers[-1]
    before = {o.period.text: o for o in store.series(task.provider, task.key, "").observations}
    new, revised, withdrawn = compare(before.values(), reading.observations)
    store.append(
        task.provider, task.key, reading.observations, last.retrieved,
        name=reading.name, unit=reading.unit, licence=reading.licence,
    )  # fmt: skip
    for answer in (*([fetched.about] if fetched.about else []), *fetched.answers):
        store.keep_answer(task.provider, task.key, answer.body, answer.url, answer.media_type, answer.retrieved)
    state = State.CHANGED if new or revised or withdrawn else State.UNCHANGED
    return Outcome(task, state, reading.unit, new, revised, withdrawn, undescribed=fetched.undescribed)


# ---- many series


def refresh(
    tasks: Sequence[Task], store: Store, open_wires: Callable[[], Wires], *, force: bool = False,
    workers: int = WORKERS, told: Callable[[Outcome, int, int], None] = lambda outcome, n, of: None,
) -> tuple[Outcome, ...]:  # fmt: skip
    """Refresh each series once, in the order of the tasks. `told` hears each outcome as it comes.

    Raises StoreError if another process is writing, or the store may not be written to.
    """
    outcomes: dict[Task, Outcome] = {}
    speaking, stop = Lock(), Event()

    def tell(outcome: Outcome) -> None:
        with speaking:
            outcomes[outcome.task] = outcome
            told(outcome, len(outcomes), len(tasks))

    with store.writing(), ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        today = datetime.now(UTC).date()
        due = []
        for task in tasks:
            if not force and _done(task, store, today):
                tell(Outcome(task, State.DONE_TODAY))
            else:
                due.append(task)
        try:
            for run in [pool.submit(_group, group, store, open_wires, tell, stop) for group in _by_host(due).values()]:
                run.result()
        finally:
            stop.set()  # an interrupted refresh ends after the series that are under way
    return tuple(outcomes[task] for task in tasks)


def _group(
    group: Sequence[Task], store: Store, open_wires: Callable[[], Wires], tell: Callable[[Outcome], None], stop: Event
) -> None:
    """The series of one host, one after another."""
    try:
        wires = open_wires()
    except LoaderError as error:
        for task in group:
            tell(Outcome(task, State.FAILED, error=error))
        return
    with wires:
        for task in group:
            if not stop.is_set():
                tell(refresh_one(task, store, wires))


def _done(task: Task, store: Store, today: date) -> bool:
    success = store.last_success(task.provider, task.key)
    return success is not None and success.date() == today


def _by_host(tasks: Iterable[Task]) -> Mapping[str, Sequence[Task]]:
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        groups.setdefault(_host(task), []).append(task)
    return groups


def _host(task: Task) -> str:
    """The host that a series is asked from; a key that is none is told when its turn comes."""
    try:
        return urlsplit(loader(task.provider).request(task.key).url).hostname or task.provider
    except LoaderError:
        return task.provider


def changes(before: Catalogue, after: Catalogue, day: date) -> tuple[Change, ...]:
    """The targets whose standing, or reason for not being judged, is another."""
    old = {j.key: j for judged in judge_all(before, day).values() for j in judged}
    new = [j for judged in judge_all(after, day).values() for j in judged]
    return tuple(
        Change(j.indicator_id, j.target, was.assessment, j.assessment)
        for j in new
        if (was := old.get(j.key)) is not None and _word(was.assessment) != _word(j.assessment)
    )


def _word(a: Assessment) -> tuple[object, ...]:
    return a.standing, a.reason
