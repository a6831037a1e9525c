"""How a verdict came to be: every day on which it changed, with what changed it.

A cause is found by comparing what was known the day before with that day: each thing that changed is undone
alone, and done alone, and is named if the verdict or its numbers move. Nothing is guessed from the dates.
A publication or adoption of which only the month or the year is known counts from its end.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise

from tracking import numbers as n
from tracking.assessment import assess
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.figures import LONG_DECIMALS
from tracking.model import Accumulation, Assessment, Observation, Reason, Target
from tracking.period import parse_period
from tracking.sentences import due_text, figure_text, target_text
from tracking.supposing import (
    Known,
    Place,
    known_figures,
    observations,
    places,
    places_of,
    with_figures,
    with_targets,
)
from tracking.words import words

DAY = timedelta(days=1)


class Cause(StrEnum):
    """Why a verdict is what it is on a day, and was not the day before."""

    ADOPTED = "adopted"
    NEW_FIGURE = "new figure"
    REVISION = "revision"
    TARGET = "target"
    METHOD = "method"
    INDICATOR = "indicator"  # its breaks, direction, unit or series were edited
    TIME = "time"
    UNCHANGED = "unchanged"


class Part(StrEnum):
    """What of a catalogue may change beside its figures."""

    ENTRY = "entry"
    TARGET = "target"
    RIVALS = "rivals"


@dataclass(frozen=True)
class Event:
    """One thing that changed.

    A figure has `old` and `new`, in the unit of `indicator_id`: REVISION has both (`new` is None where a figure
    was taken out), NEW_FIGURE may have an `old` on which no verdict could rest. A target has the version `was`
    and the version `now`; for a target replaced by a later one, `now` is the later one. `keys` are the keys of
    an edited entry whose values changed.
    """

    cause: Cause
    indicator_id: str
    old: Observation | None = None
    new: Observation | None = None
    was: Target | None = None
    now: Target | None = None
    keys: tuple[str, ...] = ()

    @property
    def size(self) -> float | None:
        """How far a figure moved, in the indicator's unit; None where there are not two figures."""
        return self.new.value - self.old.value if self.old and self.new else None


@dataclass(frozen=True)
class Change:
    """One day of a target's history: the verdict before (None on the first day), the verdict, and its causes."""

    day: date
    target: Target
    before: Assessment | None
    assessment: Assessment
    events: tuple[Event, ...]

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Each kind of cause once, in the order of its events."""
        return tuple(dict.fromkeys(e.cause for e in self.events))

    @property
    def turns(self) -> bool:
        """Whether the standing, or the reason for not judging, is another than before."""
        return self.before is None or outcome(self.before) != outcome(self.assessment)


@dataclass(frozen=True)
class Difference:
    """One target that two catalogues, or two days, judge differently. None: it did not stand, or does not."""

    indicator_id: str
    target: Target
    before: Assessment | None
    after: Assessment | None
    events: tuple[Event, ...]

    @property
    def causes(self) -> tuple[Cause, ...]:
        return tuple(dict.fromkeys(e.cause for e in self.events))


@dataclass(frozen=True)
class Sight:
    """One target of a catalogue as it was known on a day."""

    catalogue: Catalogue
    indicator_id: str
    target: Target
    day: date

    @property
    def assessment(self) -> Assessment:
        return assess(self.catalogue, self.indicator_id, self.target, self.day)

    @property
    def places(self) -> tuple[Place, ...]:
        return places(self.catalogue, self.indicator_id, self.target)

    @property
    def known(self) -> Known:
        return known_figures(self.catalogue, self.places, self.day)

    @property
    def rivals(self) -> list[Target]:
        """The indicator's other targets that had been adopted."""
        found = adopted_targets(self.catalogue.indicators[self.indicator_id], self.day)
        return [t for t in found if t.key != self.target.key]

    @property
    def successor(self) -> Target | None:
        return next((t for t in self.rivals if t.supersedes == self.target.key), None)

    @property
    def entries(self) -> Mapping[str, object]:
        """What the catalogue says of the indicator, and of the one compared with, its targets aside."""
        ids = [i for i in (self.indicator_id, self.target.other) if i and i in self.catalogue.indicators]
        return {
            f"{'' if i == self.indicator_id else i + '.'}{key}": value
            for i in ids
            for key, value in [*self.catalogue.indicators[i], ("unit", self.catalogue.unit_of(i))]
            if key != "targets"
        }


def outcome(a: Assessment) -> Hashable:
    """What a reader sees of a verdict at a glance."""
    return a.standing, a.reason


def substance(a: Assessment) -> Hashable:
    """The verdict with its numbers: all that its sentence says, without the day."""
    used = tuple((o.period, _said(o)) for o in a.used)
    return a.standing, a.reason, a.rule, a.final, tuple(sorted(a.numbers.items())), used


def _said(o: Observation) -> Hashable:
    """What a figure says, whoever repeats it later."""
    return o.value, o.bound, o.status, o.check, o.derived


def verdict_history(catalogue: Catalogue, indicator_id: str, target: Target, until: date) -> tuple[Change, ...]:
    """Every day, up to `until`, on which the verdict on a target or its numbers changed, and each year's end.

    Empty for a target not yet adopted by then. The first entry is the adoption, the last is `until`.
    """

    def sight(day: date) -> Sight:
        return Sight(catalogue, indicator_id, target, day)

    if target.adopted.end > until:
        return ()
    days = _days(catalogue, indicator_id, target, until)
    changes = [Change(days[0], target, None, sight(days[0]).assessment, _adoption(sight(days[0])))]
    for before, day in pairwise(days):
        changes += [_step(sight(turn)) for turn in _turns(lambda d: sight(d).assessment, before, day - DAY)]
        step = _step(sight(day))
        if step.causes != (Cause.UNCHANGED,) or (day.month, day.day) == (12, 31) or day == until:
            changes.append(step)
    return tuple(changes)


def turns_between(
    catalogue: Catalogue, indicator_id: str, target: Target, since: date, until: date
) -> tuple[Change, ...]:
    """Those days of `verdict_history` after `since` and up to `until` on which the verdict turned, or began.

    Much quicker than the whole history: causes are looked for only where the verdict is another than the day before.
    """

    @cache
    def judge(day: date) -> Assessment:
        return assess(catalogue, indicator_id, target, day)

    def step(day: date) -> Change:
        return _step(Sight(catalogue, indicator_id, target, day))

    if target.adopted.end > until or since >= until:
        return ()
    days = _days(catalogue, indicator_id, target, until)
    changes: list[Change] = []
    if days[0] > since:
        first = Sight(catalogue, indicator_id, target, days[0])
        changes.append(Change(days[0], target, None, first.assessment, _adoption(first)))
    later = [max(since, days[0]), *(day for day in days if day > max(since, days[0]))]
    for before, day in pairwise(later):
        changes += [step(turn) for turn in _turns(judge, before, day - DAY)]
        if outcome(judge(day - DAY)) != outcome(judge(day)):
            changes.append(step(day))
    return tuple(changes)


def _days(catalogue: Catalogue, indicator_id: str, target: Target, until: date) -> list[date]:
    """From adoption on: every publication, adoption and year's end, and the day after the due period."""
    first = target.adopted.end
    published = {o.known for p in places(catalogue, indicator_id, target) for o in observations(catalogue, p)}
    adopted = {t.adopted.end for t in catalogue.indicators[indicator_id].targets}
    years = {date(year, 12, 31) for year in range(first.year, until.year + 1)}
    found = published | adopted | years | {first, target.due.end + DAY, until}
    return sorted(day for day in found if first <= day <= until)


def _turns(judge: Callable[[date], Assessment], first: date, last: date) -> Iterator[date]:
    """The days after `first` on which the calendar alone turns the verdict; nothing is published in between."""
    while outcome(judge(first)) != outcome(judge(last)):
        low, high = first, last
        while (high - low).days > 1:
            middle = low + (high - low) // 2
            low, high = (middle, high) if outcome(judge(middle)) == outcome(judge(first)) else (low, middle)
        yield high
        first = high


def _adoption(sight: Sight) -> tuple[Event, ...]:
    """Adopted; and where the target replaces an earlier one, which, and whether by another method."""
    targets = sight.catalogue.indicators[sight.indicator_id].targets
    earlier = next((t for t in targets if t.key == sight.target.supersedes), None)
    events = [Event(Cause.ADOPTED, sight.indicator_id, was=earlier, now=sight.target)]
    if earlier is not None and method_of(earlier) != method_of(sight.target):
        events.append(Event(Cause.METHOD, sight.indicator_id, was=earlier, now=sight.target))
    return tuple(events)


def _step(sight: Sight) -> Change:
    """One day against the day before it."""
    before = Sight(sight.catalogue, sight.indicator_id, sight.target, sight.day - DAY)
    events = _events(before, sight, substance) or (Event(Cause.UNCHANGED, sight.indicator_id),)
    return Change(sight.day, sight.target, before.assessment, sight.assessment, events)


def changes_between(
    before: Catalogue, after: Catalogue, as_of_before: date, as_of_after: date
) -> tuple[Difference, ...]:
    """Every target whose standing, or reason for not being judged, differs between two catalogues or two days.

    In the order of the later catalogue; targets that are gone come last. ValueError if the days run backwards.
    """
    if as_of_after < as_of_before:
        raise ValueError(f"changes from {as_of_before} to {as_of_after}: the second day is the earlier one")
    old, new = _sights(before, as_of_before), _sights(after, as_of_after)
    found = (_difference(before, old.get(key), new.get(key)) for key in {**new, **old})
    return tuple(d for d in found if d is not None)


def _sights(catalogue: Catalogue, day: date) -> dict[tuple[str, str], Sight]:
    return {
        (indicator_id, target.key): Sight(catalogue, indicator_id, target, day)
        for indicator_id, target in ((i, t) for i, _, t in catalogue.targets())
        if target.adopted.end <= day
    }


def _difference(catalogue: Catalogue, old: Sight | None, new: Sight | None) -> Difference | None:
    """`catalogue` is the earlier one: a target that stood in it already was adopted since, not added."""
    if new is None:
        assert old is not None
        gone = Event(Cause.TARGET, old.indicator_id, was=old.target)
        return Difference(old.indicator_id, old.target, old.assessment, None, (gone,))
    if old is None:
        indicator = catalogue.indicators.get(new.indicator_id)
        was_there = indicator is not None and any(t.key == new.target.key for t in indicator.targets)
        come = _adoption(new) if was_there else (Event(Cause.TARGET, new.indicator_id, now=new.target),)
        return Difference(new.indicator_id, new.target, None, new.assessment, come)
    if outcome(old.assessment) == outcome(new.assessment):
        return None
    return Difference(
        new.indicator_id, new.target, old.assessment, new.assessment, _events(old, new, outcome)
    )  # fmt: skip


def method_of(target: Target) -> str | None:
    """The method that a target's entry names; None for the default of its form."""
    name = target.model_dump().get("method")
    return None if name is None else str(name)


Handle = tuple[Place, str] | Part  # a figure by its place and period, or a part of the catalogue


def _events(before: Sight, after: Sight, view: Callable[[Assessment], Hashable]) -> tuple[Event, ...]:
    """What made the difference between two sights of one target; empty if there is none.

    Every change is undone alone and done alone: it is a cause if the verdict then differs. Where several
    changes hide one another, all of them are named.
    """
    start, end = view(before.assessment), view(after.assessment)
    if start == end:
        return ()
    candidates = {**_figure_events(before, after), **_target_events(before, after)}
    # units of two versions of an indicator do not mix: everything is weighed under the later version
    forced = frozenset({Part.ENTRY, Part.TARGET} if before.entries != after.entries else ())

    def judged(*chosen: Handle) -> Hashable:
        return view(_supposed(before, after, {*chosen, *forced}))

    aged, ground = view(_supposed(before, after, set())), judged()
    causes = [
        handle
        for handle in candidates
        if judged(*(h for h in candidates if h != handle)) != end or judged(handle) != ground
    ]
    if forced and ground != aged:
        causes += [h for h in (Part.ENTRY, Part.TARGET) if h in candidates and h not in causes]
    if not causes and ground != end:
        causes = list(candidates)
    undone = view(_supposed(before, after, {*candidates, *forced}, before.day))
    time = (Event(Cause.TIME, after.indicator_id),) if undone != end or not causes else ()
    return (*(event for handle in causes for event in candidates[handle]), *time)


def _supposed(before: Sight, after: Sight, chosen: Set[Handle], day: date | None = None) -> Assessment:
    """The verdict on the later day had only the chosen changes come about; or, on `day`, had they come by then."""
    day = day or after.day
    where = tuple(dict.fromkeys((*before.places, *after.places)))
    figures = {slot: o for slot, o in before.known.items() if slot not in chosen}
    figures |= {slot: _public_by(o, day) for slot, o in after.known.items() if slot in chosen}
    base = (after if Part.ENTRY in chosen else before).catalogue
    target = _adopted_by((after if Part.TARGET in chosen else before).target, day)
    rivals = (after if Part.RIVALS in chosen else before).rivals
    supposed = with_targets(
        with_figures(base, figures, where), after.indicator_id, [target, *(_adopted_by(t, day) for t in rivals)]
    )
    return assess(supposed, after.indicator_id, target, day)


def _public_by(o: Observation, day: date) -> Observation:
    return o if o.known <= day else replace(o, published=parse_period(day.isoformat()))


def _adopted_by(target: Target, day: date) -> Target:
    if target.adopted.end <= day:
        return target
    return target.model_copy(update={"adopted": parse_period(day.isoformat())})


def _figure_events(before: Sight, after: Sight) -> dict[Handle, tuple[Event, ...]]:
    """Each figure that says something else than before, newest period first."""
    old, new = before.known, after.known
    own = {*places_of(before.catalogue, before.indicator_id), *places_of(after.catalogue, after.indicator_id)}
    found: dict[Handle, tuple[Event, ...]] = {}
    for slot in sorted({*old, *new}, key=lambda s: (old.get(s) or new[s]).period, reverse=True):
        was, now = old.get(slot), new.get(slot)
        if (was and _said(was)) != (now and _said(now)):
            owner = after.indicator_id if slot[0] in own else (after.target.other or after.indicator_id)
            first = was is None or (now is not None and now.is_solid and not was.is_solid)
            found[slot] = (Event(Cause.NEW_FIGURE if first else Cause.REVISION, owner, old=was, new=now),)
    return found


def _target_events(before: Sight, after: Sight) -> dict[Handle, tuple[Event, ...]]:
    """The target edited, or replaced by a later one; and the indicator's entry edited."""
    found: dict[Handle, tuple[Event, ...]] = {}
    if before.entries != after.entries:
        found[Part.ENTRY] = (Event(Cause.INDICATOR, after.indicator_id, keys=_changed(before.entries, after.entries)),)
    if edits := _changed(dict(before.target), dict(after.target)):
        found[Part.TARGET] = _version(after.indicator_id, before.target, after.target, edits)
    if before.successor != after.successor:
        now = after.successor or after.target
        found[Part.RIVALS] = _version(after.indicator_id, before.successor or before.target, now, ("supersedes",))
    return found


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(k for k in {*before, *after} if before.get(k) != after.get(k)))


def _version(indicator_id: str, was: Target, now: Target, keys: tuple[str, ...]) -> tuple[Event, ...]:
    """One version of a target after another: what changed, and the method by its own name."""
    method = (Event(Cause.METHOD, indicator_id, was=was, now=now),) if method_of(was) != method_of(now) else ()
    rest = tuple(k.rstrip("_") for k in keys if k != "method")
    return (*((Event(Cause.TARGET, indicator_id, was=was, now=now, keys=rest),) if rest else ()), *method)


NAMED = 3  # changed figures named in one sentence; a bulk publication changes dozens


def cause_sentence(catalogue: Catalogue, indicator_id: str, change: Change | Difference, language: str) -> str:
    """What changed the verdict, a sentence for each cause; of many changed figures the newest periods are named."""
    figures = [e for e in change.events if e.cause in (Cause.NEW_FIGURE, Cause.REVISION)]
    others = [e for e in change.events if e not in figures]
    said = [_figure_sentence(catalogue, indicator_id, e, language) for e in figures[:NAMED]]
    if len(figures) > NAMED:
        said.append(words(language).count("history.more", len(figures) - NAMED))
    said += [_entry_sentence(catalogue, change, e, language) for e in others]
    return ("" if language == "zh" else " ").join(said)


def _figure_sentence(catalogue: Catalogue, indicator_id: str, event: Event, language: str) -> str:
    say, (old, new) = words(language).say, (event.old, event.new)
    indicator, unit = catalogue.indicators[event.indicator_id], catalogue.unit_of(event.indicator_id)
    shown = new or old
    assert shown is not None  # a figure's event has at least one of the two
    details = {"figure": figure_text(shown, indicator, unit, language), **_publication(catalogue, shown, language)}
    key = "new" if event.cause is Cause.NEW_FIGURE else "withdrawn"
    if event.cause is Cause.REVISION and old and new:
        size, was = new.value - old.value, _publication(catalogue, old, language)
        key = "revision." + ("same" if size == 0 else ("higher" if size > 0 else "lower"))
        details = {
            "period": n.period_text(new.period, language, to_date=indicator.accumulation is Accumulation.YEAR_TO_DATE),
            "old": n.observed(old, unit, language), "old_day": was["day"], "old_document": was["document"],
            "new": n.observed(new, unit, language), "new_day": details["day"], "new_document": details["document"],
            "size": n.difference(size, unit, language, size_decimals(size, old, new)),
        }  # fmt: skip
    sentence = say(f"history.{key}", **details)
    if event.indicator_id == indicator_id:
        return sentence
    return say("history.of", name=indicator.name[language], sentence=sentence)


def size_decimals(size: float, *figures: Observation) -> int:
    """With how many decimals a difference of figures is written: as they are, two where a computer printed more."""
    printed = max(o.decimals for o in figures)
    if printed <= LONG_DECIMALS:
        return printed
    return 2 if abs(size) >= 0.005 else LONG_DECIMALS


def _publication(catalogue: Catalogue, o: Observation, language: str) -> dict[str, str]:
    document = catalogue.documents.get(o.document)
    return {
        "day": n.known_text(o.published, language),
        "document": document.title[language] if document else o.document,
    }


def _entry_sentence(catalogue: Catalogue, change: Change | Difference, event: Event, language: str) -> str:
    """All that is no figure: the target, its method, the indicator's entry, the calendar."""
    say = words(language).say
    match event.cause:
        case Cause.TARGET:
            return _target_sentence(catalogue, event, language)
        case Cause.METHOD:
            names = [method_of(t) if t else None for t in (event.was, event.now)]
            old, new = (name or say("history.default-method") for name in names)
            return say("history.method", old=old, new=new)
        case Cause.ADOPTED:
            assert event.now is not None  # an adoption is of a target
            adopted = say("history.adopted", day=n.known_text(event.now.adopted, language))
            if event.was is None:
                return adopted
            earlier = _target_text(catalogue, event.indicator_id, event.was, language)
            return adopted + ("" if language == "zh" else " ") + say("history.replaces", target=earlier)
        case Cause.INDICATOR:
            return say("history.indicator", keys=", ".join(event.keys))
        case Cause.TIME:
            return say(f"history.time.{_passed(change)}", due=due_text(change.target, language))
    return say("history.unchanged")


def _target_sentence(catalogue: Catalogue, event: Event, language: str) -> str:
    say, shown = words(language).say, event.now or event.was
    assert shown is not None  # a target's event has at least one version
    texts = [_target_text(catalogue, event.indicator_id, t, language) if t else "" for t in (event.was, event.now)]
    if event.was is None or event.now is None:
        return say("history.added" if event.was is None else "history.removed", target="".join(texts))
    if event.keys == ("supersedes",):
        document = catalogue.documents.get(shown.document)
        name = document.title[language] if document else shown.document
        return say("history.replaced", target=texts[1], document=name)
    if texts[0] != texts[1]:
        return say("history.edited", old=texts[0], new=texts[1])
    return say("history.edited-keys", keys=", ".join(event.keys))


def _target_text(catalogue: Catalogue, indicator_id: str, target: Target, language: str) -> str:
    """The target in words; of one whose indicator or unit is gone, its id."""
    units = {catalogue.indicators[indicator_id].unit} if indicator_id in catalogue.indicators else set()
    known = units and (target.unit or next(iter(units))) in catalogue.units
    return target_text(catalogue, indicator_id, target, language) if known else target.key


def _passed(change: Change | Difference) -> str:
    """What the calendar did: the due period ended, the newest figure grew too old, or something else."""
    after = change.assessment if isinstance(change, Change) else change.after
    if after is not None and after.reason is Reason.TOO_OLD:
        return "old"
    over = (
        after is not None and change.before is not None and change.before.as_of <= change.target.due.end < after.as_of
    )
    return "due" if over else "other"
