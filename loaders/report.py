"""What the wires did, in words: errors, one line for each series, the report at the end; and the same as JSON."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from loaders.contract import LoaderError
from loaders.refresh import Change, Outcome, Report, Revision, State
from tracking.catalogue import Catalogue
from tracking.model import Observation, Status
from tracking.numbers import exact, plain
from tracking.sentences import sentence, standing_word, target_text
from tracking.store import StoreError
from tracking.words import words

LARGE = 1_000_000
MOST_LINES = 12  # figures shown of one series; the rest is counted


def told(error: LoaderError | StoreError, language: str) -> str:
    """The sentence of an error."""
    section = "store" if isinstance(error, StoreError) else "loader"
    return words(language).say(f"{section}.{error.key}", **error.details).rstrip()


def number(o: Observation) -> str:
    """The figure with its printed decimals."""
    return f"{o.value:.{o.decimals}f}"


def csv_lines(observations: Sequence[Observation]) -> str:
    """`period,value,status`: what `parse` and `fetch` print. A bound is said as status."""
    return "\n".join(["period,value,status", *(f"{o.period.text},{number(o)},{_status(o)}" for o in observations)])


def _status(o: Observation) -> str:
    if o.bound is None:
        return o.status.value
    return o.bound.value if o.status is Status.NORMAL else f"{o.status.value}; {o.bound.value}"


def line(outcome: Outcome, language: str) -> str:
    """One series in one line: the names of its indicators, what became of it, and the provider's code."""
    task, state = outcome.task, _state(outcome, language)
    names = words(language).say("refresh.comma").join(use.indicator.name[language] for use in task.uses)
    if not names:
        return f"{task.provider} {task.key}: {state}"
    return words(language).say("refresh.line", names=names, state=state, provider=task.provider, key=task.key)


def _state(outcome: Outcome, language: str) -> str:
    w = words(language)
    if outcome.error is not None:
        return told(outcome.error, language)
    if outcome.state is not State.CHANGED:
        return w.say(f"refresh.state.{outcome.state.value}")
    counts = {"new": len(outcome.new), "revised": len(outcome.revised), "withdrawn": len(outcome.withdrawn)}
    parts = [w.say(f"refresh.count.{name}", n=n) for name, n in counts.items() if n]
    return w.say("refresh.comma").join(parts)


def details(outcome: Outcome, language: str) -> list[str]:
    """The figures that are revised, new or left out, a line each, the newest first."""
    unit = f" {outcome.unit}" if outcome.unit else ""
    lines = [_revision(r, unit, language) for r in reversed(outcome.revised)]
    lines += [_told("new", o, unit, language) for o in reversed(outcome.new)]
    lines += [_told("withdrawn", o, unit, language) for o in reversed(outcome.withdrawn)]
    w, rest = words(language), len(lines) - MOST_LINES
    shown = lines if rest <= 0 else [*lines[:MOST_LINES], w.say("refresh.figure.more", n=rest)]
    if outcome.undescribed is None:
        return shown
    return [*shown, w.say("refresh.undescribed", why=told(outcome.undescribed, language))]


def _told(kind: str, o: Observation, unit: str, language: str) -> str:
    value = plain(_shown(o))
    return words(language).say(f"refresh.figure.{kind}", period=o.period.text, value=value, unit=unit)


def _shown(o: Observation) -> Decimal:
    """The figure as a reader meets it; of millions only a computer prints a blank decimal."""
    found = exact(o.value, o.decimals)
    return exact(o.value, 0) if abs(found) >= LARGE and found == found.to_integral_value() else found


def _revision(r: Revision, unit: str, language: str) -> str:
    """As a reader writes numbers; a revision that this would hide is shown to its last decimal."""
    decimals = max(r.old.decimals, r.new.decimals)
    old, new = _shown(r.old), _shown(r.new)
    if old == new and r.size:
        old, new = (Decimal(f"{o.value:.{decimals}f}") for o in (r.old, r.new))
    size = new - old
    shown = ("+" if size >= 0 else "") + plain(size)
    return words(language).say(
        "refresh.figure.revised", period=r.new.period.text, old=plain(old), new=plain(new), size=shown, unit=unit
    )


def text(report: Report, after: Catalogue, language: str) -> str:
    """The report in paragraphs: what changed, what failed, which verdicts are others now, and a summary."""
    w = words(language)
    lines: list[str] = []
    for state, heading in ((State.CHANGED, "changed"), (State.FAILED, "failed")):
        found = [o for o in report.outcomes if o.state is state]
        if found:
            lines += [w.say(f"refresh.heading.{heading}")]
        for outcome in found:
            lines += [f"  {line(outcome, language)}", *(f"      {d}" for d in details(outcome, language))]
    if report.changes:
        lines += [w.say("refresh.heading.verdicts")]
        lines += [f"  {part}" for change in report.changes for part in _change(change, after, language)]
    return "\n".join([*lines, summary(report, language)])


def _change(change: Change, after: Catalogue, language: str) -> list[str]:
    name = after.indicators[change.indicator_id].name[language]
    told_change = words(language).say(
        "refresh.verdict", name=name, target=target_text(after, change.indicator_id, change.target, language),
        before=standing_word(change.before.standing, language), after=standing_word(change.after.standing, language),
    )  # fmt: skip
    return [told_change, f"    {sentence(after, change.indicator_id, change.target, change.after, language)}"]


def summary(report: Report, language: str) -> str:
    """The whole refresh in one line."""
    counts = {s.name.lower(): report.count(s) for s in State}
    return words(language).say(
        "refresh.summary", all=len(report.outcomes), verdicts=len(report.changes), place=report.place, **counts
    )


def as_json(report: Report, after: Catalogue, language: str) -> str:
    """The report for programs. States and standings are codes; sentences are in the language asked for."""
    found = {
        "started": report.started.isoformat(),
        "ended": report.ended.isoformat(),
        "store": report.place,
        "counts": {s.value: report.count(s) for s in State},
        "series": [_outcome(o, language) for o in report.outcomes],
        "verdicts": [
            {
                "indicator": c.indicator_id,
                "target": c.target.key,
                "before": c.before.standing.value,
                "after": c.after.standing.value,
                "sentence": sentence(after, c.indicator_id, c.target, c.after, language),
            }
            for c in report.changes
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _outcome(outcome: Outcome, language: str) -> dict[str, Any]:
    error = outcome.error
    return {
        "provider": outcome.task.provider,
        "key": outcome.task.key,
        "indicators": [use.indicator_id for use in outcome.task.uses],
        "state": outcome.state.value,
        "unit": outcome.unit,
        "new": [_figure(o) for o in outcome.new],
        "revised": [_figure(r.new) | {"old": r.old.value, "size": r.size} for r in outcome.revised],
        "withdrawn": [_figure(o) for o in outcome.withdrawn],
        "error": None if error is None else _error(error, language),
        "undescribed": None if outcome.undescribed is None else told(outcome.undescribed, language),
    }


def _error(error: LoaderError | StoreError, language: str) -> dict[str, Any]:
    """`section`, `key` and `details` say the sentence in any language."""
    section = "store" if isinstance(error, StoreError) else "loader"
    details = {name: str(value) for name, value in error.details.items()}
    return {"section": section, "key": error.key, "details": details, "sentence": told(error, language)}


def _figure(o: Observation) -> dict[str, Any]:
    return {"period": o.period.text, "value": o.value, "status": o.status.value, "published": o.published.text}
