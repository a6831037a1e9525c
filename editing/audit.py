"""Who changed what: one line for every change, and for every refusal, never taken back.

    .history/audit/log.jsonl        beside the folder of the goals: one JSON object a line, the newest last

The line of a change is on disk before the files are replaced, so there is no change without one; where replacing then
fails, another line says so.
"""

import errno
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from editing.rights import Person
from tracking.export.csv_text import csv_text, plain_text

PLACE = Path(".history", "audit", "log.jsonl")  # beside the folder of the goals
WAIT = 10.0  # seconds for whoever is writing just now
COLUMNS = (
    "when",
    "what",
    "name",
    "email",
    "subject",
    "issuer",
    "file",
    "version_before",
    "version_after",
    "message",
    "why",
)


class What(StrEnum):
    """What a line tells; the words are under `audit.what.` in tracking/words."""

    SAVED = "saved"  # files were replaced, added or taken away
    FAILED = "failed"  # the files of the line before could not be put in their places, and are as they were
    REFUSED = "refused"  # somebody who had signed in wanted to edit, and may not


@dataclass(frozen=True, slots=True)
class Touched:
    """One file; the versions are the SHA-256 of its bytes, "" where it is not there."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `message` is the editor's own, `why` the refusal (editing/rights.py)."""

    when: datetime
    what: What
    who: Person
    files: tuple[Touched, ...] = ()
    message: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """All that can be read, the newest first, and the numbers of the lines that cannot."""

    entries: tuple[Entry, ...]
    torn: tuple[int, ...]


class Busy(OSError):
    """Another process has been writing to the log for too long."""


def now() -> datetime:
    return datetime.now(UTC)


def record(goals: Path, entry: Entry) -> None:
    """Add a line, on disk when this returns. Raises OSError (Busy among them): then the log is as it was."""
    place = goals.parent / PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.with_name(".gitignore").write_text("*\n", encoding="ascii")  # who did what is no part of the catalogue
    try:
        with FileLock(place.with_suffix(".lock"), timeout=WAIT):
            _append(place, _line(entry))
    except Timeout:
        raise Busy(f"{place}: another process has been writing for more than {WAIT:.0f} seconds") from None


def _append(place: Path, line: bytes) -> None:
    """All of the line or nothing of it; one that was cut off before stays a line of its own."""
    with place.open("a+b", buffering=0) as log:
        end = log.seek(0, os.SEEK_END)
        log.seek(max(0, end - 1))
        whole = line if log.read(1) in (b"", b"\n") else b"\n" + line
        try:
            if log.write(whole) != len(whole):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))
            os.fsync(log.fileno())
        except OSError:
            os.ftruncate(log.fileno(), end)
            raise


def _line(entry: Entry) -> bytes:
    """As JSON, in one line whatever the texts hold."""
    told = asdict(entry) | {"when": entry.when.isoformat(timespec="milliseconds")}
    return (json.dumps(told, ensure_ascii=True) + "\n").encode("ascii")


def read(goals: Path) -> Log:
    """The whole log; empty where nothing was changed yet. Raises OSError."""
    place = goals.parent / PLACE
    lines = place.read_bytes().splitlines() if place.exists() else []
    found = [(number, _entry(line)) for number, line in enumerate(lines, start=1)]
    entries = tuple(entry for _, entry in reversed(found) if entry is not None)
    return Log(entries, tuple(number for number, entry in found if entry is None))


def _entry(line: bytes) -> Entry | None:
    """None for what is no whole line of ours: a write that was cut off, or somebody else's."""
    try:
        told: dict[str, Any] = json.loads(line)
        files = tuple(Touched(**file) for file in told.pop("files"))
        when, what, who = datetime.fromisoformat(told.pop("when")), What(told.pop("what")), Person(**told.pop("who"))
        return Entry(when, what, who, files, **told)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def csv_of(entries: Iterable[Entry]) -> bytes:
    """The log as CSV, a line for each file; nothing in it is a formula to a spreadsheet."""
    rows = ([plain_text(cell) for cell in row] for entry in entries for row in _rows(entry))
    return csv_text(COLUMNS, rows).encode("utf-8-sig")


def _rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    who = entry.who
    for file in entry.files or (Touched("", "", ""),):
        yield (
            entry.when.isoformat(timespec="milliseconds"), entry.what.value, who.name, who.email, who.subject,
            who.issuer, file.name, file.before, file.after, entry.message, entry.why,
        )  # fmt: skip
