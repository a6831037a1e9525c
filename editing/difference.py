"""What an edit changes: lines of text, and verdicts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from tracking.catalogue import Catalogue
from tracking.model import Standing
from tracking.sentences import sentence, standing_word
from tracking.status import Judged, judge_all
from tracking.words import words


class ChangeKind(StrEnum):
    """What happened to a verdict. A target that has another key is a new one, and the old is gone."""

    TURNED = "turned"  # another standing
    REASON = "reason"  # the same standing, for another reason or by another rule
    NUMBERS = "numbers"  # the same, with other numbers
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class VerdictChange:
    """One target whose verdict is another; `before` is None for a new one, `after` for one that is gone."""

    indicator_id: str
    target_key: str
    kind: ChangeKind
    before: Judged | None
    after: Judged | None


class LineKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class DifferenceLine:
    """One line of two texts, with its number (from 1) in each that has it."""

    kind: LineKind
    old: int | None
    new: int | None
    text: str


def verdict_changes(before: Catalogue, after: Catalogue, as_of: date) -> tuple[VerdictChange, ...]:
    """Every target whose verdict on that day is another, in the order of the indicators; turned ones first."""
    old, new = _judged(before, as_of), _judged(after, as_of)
    found = [change for key in (*new, *(k for k in old if k not in new))
             if (change := _change(before, after, key, old.get(key), new.get(key)))]  # fmt: skip
    return tuple(sorted(found, key=lambda change: list(ChangeKind).index(change.kind)))


def _judged(catalogue: Catalogue, as_of: date) -> dict[tuple[str, str], Judged]:
    return {judged.key: judged for found in judge_all(catalogue, as_of).values() for judged in found}


def _change(
    before: Catalogue, after: Catalogue, key: tuple[str, str], old: Judged | None, new: Judged | None
) -> VerdictChange | None:
    if old is None or new is None:
        return VerdictChange(*key, ChangeKind.NEW if old is None else ChangeKind.GONE, old, new)
    was, now = old.assessment, new.assessment
    if was.standing is not now.standing:
        return VerdictChange(*key, ChangeKind.TURNED, old, new)
    if (was.reason, was.rule, was.final) != (now.reason, now.rule, now.final):
        return VerdictChange(*key, ChangeKind.REASON, old, new)
    if _said(before, old) != _said(after, new):
        return VerdictChange(*key, ChangeKind.NUMBERS, old, new)
    return None


def _said(catalogue: Catalogue, judged: Judged) -> str:
    """What is said of it; in any language, as it is only compared."""
    return sentence(catalogue, judged.indicator_id, judged.target, judged.assessment, "en")


def summary(changes: Sequence[VerdictChange], language: str) -> str:
    """All changes in a sentence: "This edit turns 2 verdicts from behind to on track; adds 1 target (not judged)."."""
    say = words(language)
    parts = say.say("editing.change.list").join(_parts(changes, language))
    return say.say("editing.change.all", parts=parts) if parts else say.say("editing.change.none")


def _parts(changes: Sequence[VerdictChange], language: str) -> Iterator[str]:
    say = words(language)
    turns = Counter((c.before.assessment.standing, c.after.assessment.standing) for c in changes
                    if c.kind is ChangeKind.TURNED and c.before and c.after)  # fmt: skip
    for (old, new), n in sorted(turns.items()):
        yield say.count("editing.change.turned", n, old=_word(old, language), new=_word(new, language))
    added = Counter(c.after.assessment.standing for c in changes if c.kind is ChangeKind.NEW and c.after)
    for standing, n in sorted(added.items()):
        yield say.count("editing.change.new", n, new=_word(standing, language))
    for kind in (ChangeKind.GONE, ChangeKind.REASON, ChangeKind.NUMBERS):
        if n := sum(c.kind is kind for c in changes):
            yield say.count(f"editing.change.{kind.value}", n)


def _word(standing: Standing, language: str) -> str:
    """The standing as it stands within a sentence."""
    word = standing_word(standing, language)
    return word[:1].lower() + word[1:]


def text_difference(before: str, after: str) -> tuple[DifferenceLine, ...]:
    """Both texts line by line, in order; removed lines stand before those that come for them."""
    return tuple(_lines(before.splitlines(), after.splitlines()))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[DifferenceLine]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (DifferenceLine(LineKind.SAME, a + n + 1, c + n + 1, old[a + n]) for n in range(b - a))
        else:
            yield from (DifferenceLine(LineKind.REMOVED, n + 1, None, old[n]) for n in range(a, b))
            yield from (DifferenceLine(LineKind.ADDED, None, n + 1, new[n]) for n in range(c, d))
