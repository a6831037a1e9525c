"""What changes in the verdicts between two catalogues, to be read in a shell or on a page of a code host."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editing.difference import ChangeKind, VerdictChange, summary
from tracking.catalogue import Catalogue
from tracking.sentences import reason_word, sentence, standing_word, target_text
from tracking.status import Judged
from tracking.words import words

MOST_SHOWN = 200  # changes in a table; the rest is counted
# what Markdown, or a code host, would make into more than the text that it is
_MEANT = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~@&:.])")


@dataclass(frozen=True)
class Told:
    """One change in words: which target of which indicator, what was said of it and what is."""

    kind: ChangeKind
    indicator: str
    target: str
    before: str
    after: str
    sentence: str


def told(before: Catalogue, after: Catalogue, changes: Sequence[VerdictChange], language: str) -> tuple[Told, ...]:
    """Each change in words, in the same order."""
    return tuple(_told(before, after, change, language) for change in changes)


def _told(before: Catalogue, after: Catalogue, change: VerdictChange, language: str) -> Told:
    catalogue, judged = (after, change.after) if change.after else (before, change.before)
    assert judged is not None  # a change has one side at least
    i, target = change.indicator_id, judged.target
    said = sentence(catalogue, i, target, judged.assessment, language) if change.after else ""
    return Told(
        change.kind, catalogue.indicators[i].name[language], target_text(catalogue, i, target, language),
        _standing(change.before, language), _standing(change.after, language), said,
    )  # fmt: skip


def _standing(judged: Judged | None, language: str) -> str:
    """`not judged: too few figures`; a dash where there is no target."""
    if judged is None:
        return "–"
    word, reason = standing_word(judged.assessment.standing, language), judged.assessment.reason
    named = reason_word(reason, language) if reason and not judged.assessment.is_judged else ""
    return words(language).say("editing.told.reason", standing=word, reason=named) if named else word


def as_text(before: Catalogue, after: Catalogue, changes: Sequence[VerdictChange], language: str) -> str:
    """The sum in a sentence, and two or three lines a change."""
    lines = [summary(changes, language)]
    for one in told(before, after, changes, language):
        lines += ["", f"{one.indicator} · {one.target}", f"    {one.before} → {one.after}"]
        lines += [f"    {one.sentence}"] if one.sentence else []
    return "\n".join(lines)


def as_markdown(before: Catalogue, after: Catalogue, changes: Sequence[VerdictChange], language: str) -> str:
    """The sum in a sentence, and a table. Texts of the catalogue stay texts: no link, no picture, no mention."""
    return "\n".join(_markdown(before, after, changes, language)) + "\n"


def _markdown(
    before: Catalogue, after: Catalogue, changes: Sequence[VerdictChange], language: str
) -> Iterator[str]:  # fmt: skip
    say = words(language)
    yield f"### {say.say('editing.told.title')}\n\n{summary(changes, language)}"
    if changes:
        heads = [say.say(f"editing.told.{head}") for head in ("indicator", "target", "before", "after")]
        yield f"\n| {' | '.join(heads)} |\n|{' --- |' * len(heads)}"
    for one in told(before, after, changes[:MOST_SHOWN], language):
        cells = [one.indicator, one.target, one.before]
        now = f"**{plain(one.after)}**" + (f"<br>{plain(one.sentence)}" if one.sentence else "")
        yield f"| {' | '.join(plain(cell) for cell in cells)} | {now} |"
    if len(changes) > MOST_SHOWN:
        yield f"\n{say.count('editing.told.more', len(changes) - MOST_SHOWN)}"


def plain(text: str) -> str:
    """A text that Markdown shows as it stands, on one line."""
    return _MEANT.sub(lambda found: f"&#{ord(found[0])};", " ".join(text.split()))
