"""Saves edits: together, checked as a whole catalogue, and never over what somebody else has changed meanwhile.

Of two changes to one file those to different places are brought together (editing/merging.py); where both changed the
same place nothing is written, and whoever saves sees both.
"""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from editing.checking import checked
from editing.history import replace_and_keep, writing
from editing.merging import merged
from editing.opening import Opened, body_of, bytes_of, opened_from, plain
from editing.refusal import Refused, told
from editing.rights import Person


@dataclass(frozen=True)
class Edit:
    """A file as it was opened, and the text that it is to have; None takes it away."""

    opened: Opened
    text: str | None


@dataclass(frozen=True)
class Saved:
    """`opened`: the files as they stand now, to go on from; `merged`: those that had been changed meanwhile.

    `moment` (UTC, ISO 8601) is "" where nothing had to be written.
    """

    opened: Mapping[str, Opened]
    merged: tuple[str, ...]
    moment: str


@dataclass(frozen=True)
class Clash:
    """One file that was changed at the same place. None: it is not there. `version` is that of theirs."""

    name: str
    base: str | None
    mine: str | None
    theirs: str | None
    version: str

    @property
    def now(self) -> Opened:
        """Their file, to go on from once both are brought together by hand."""
        return Opened(self.name, self.theirs or "", self.version)


class Conflict(Exception):
    """Nothing was written. `merged` has the texts of the other files, as they would have been saved."""

    def __init__(self, clashes: Iterable[Clash], merged: Mapping[str, str | None]) -> None:
        self.clashes, self.merged = tuple(clashes), dict(merged)
        super().__init__(", ".join(clash.name for clash in self.clashes))


@dataclass
class _Work:
    """What is to be written, found while the place is held."""

    before: dict[str, bytes | None] = field(default_factory=dict)
    texts: dict[str, str | None] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def save(goals: Path, edits: Iterable[Edit], by: Person, message: str) -> Saved:
    """Put all edits in their places together, and keep what was there before.

    Raises Conflict, CatalogueError (the catalogue with these edits has mistakes) or Refused (the system refuses, or
    somebody else is saving for too long): then nothing is written.
    """
    edits = list(edits)
    with writing(goals):
        work = _reconciled(goals, edits)
        if work.clashes:
            raise Conflict(work.clashes, work.texts)
        moment = ""
        if work.texts:
            checked(goals, work.texts)
            after = {n: None if t is None else bytes_of(t, work.before[n]) for n, t in work.texts.items()}
            moment = replace_and_keep(goals, work.before, after, by, message)
        now = {edit.opened.name: opened_from(edit.opened.name, body_of(goals, edit.opened.name)) for edit in edits}
    return Saved({n: o for n, o in now.items() if not o.is_new}, tuple(work.merged), moment)


def _reconciled(goals: Path, edits: Iterable[Edit]) -> _Work:
    work = _Work()
    for edit in edits:
        name = edit.opened.name
        if name in work.before:
            raise Refused("twice", name=name)
        work.before[name] = body_of(goals, name)
        _reconcile(edit, opened_from(name, work.before[name]), work)
    work.before = {name: body for name, body in work.before.items() if name in work.texts}
    return work


def _reconcile(edit: Edit, now: Opened, work: _Work) -> None:
    """Decide on one file: what is unchanged on either side leaves the other's word."""
    base, theirs = _text(edit.opened), _text(now)
    mine = None if edit.text is None else plain(edit.text)
    if mine in (base, theirs):
        return
    if theirs == base:
        work.texts[edit.opened.name] = mine
        return
    both = None if base is None or mine is None or theirs is None else _merged(base, mine, theirs)
    if both is None:
        work.clashes.append(Clash(edit.opened.name, base, mine, theirs, now.version))
        return
    work.texts[edit.opened.name] = both
    work.merged.append(edit.opened.name)


def _text(file: Opened) -> str | None:
    return None if file.is_new else file.text


def _merged(base: str, mine: str, theirs: str) -> str | None:
    with told(Path(tempfile.gettempdir())):
        return merged(base, mine, theirs)
