"""What was there before: every save keeps the bytes that it replaced and those that it put in their place.

    .history/contents/<sha256>              bytes, once
    .history/saves/<name>/<number>.json     one save of one file: when, by whom, why, from which bytes to which
    .history/under-way.json                 what is being replaced just now; gone as soon as it is

It lies beside the folder of the goals and tells git to leave it alone. Records are put in their places together with
the files themselves; where a process was killed between two files, the next one to open or to save puts them back.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from editing import audit
from editing.folder import folders, path_of
from editing.refusal import Refused, told
from editing.replacing import replace_all, sweep
from editing.rights import Person

FOLDER = ".history"
WAIT = 10.0  # seconds for whoever is saving just now
_UNDER_WAY = "under-way.json"
Bodies = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Version:
    """A file as it was after a save. `content` is the SHA-256 of its bytes, "" where it was taken away.

    Without `by` it was changed by other means than a save (an editor, git), and `moment` is when a save found it so.
    """

    name: str
    moment: str
    by: Person | None
    message: str
    content: str
    names: tuple[str, ...]


def versions(goals: Path, name: str) -> tuple[Version, ...]:
    """Every version of a file that is kept, the newest first; none of a file that was never saved here."""
    path_of(goals, name)
    found: list[Version] = []
    last = None
    for record in _records(goals, name):
        if record["before"] != last and record["before"]:
            found.append(Version(name, record["moment"], None, "", record["before"], (name,)))
        by = Person(record["name"], record["email"])
        found.append(Version(name, record["moment"], by, record["message"], record["after"], tuple(record["names"])))
        last = record["after"]
    return tuple(reversed(found))


def text_of(goals: Path, version: Version) -> str | None:
    """The text of a version, to be saved like any other edit; None where the file was taken away."""
    from editing.opening import opened_from

    return opened_from(version.name, _content(goals, version.content)).text if version.content else None


def replace_and_keep(goals: Path, before: Bodies, after: Bodies, by: Person, message: str) -> str:
    """Replace the files, by name, and keep what they were and what they are; the moment of it. Only inside `writing`.

    Raises Refused where the system does; then nothing is done.
    """
    place = goals.parent / FOLDER
    moment = datetime.now(UTC).isoformat(timespec="microseconds")
    common = {"moment": moment, "name": by.name, "email": by.email, "message": message, "names": sorted(after)}
    changes = {name: {"before": _hash(before[name]), "after": _hash(body)} for name, body in after.items()}
    records = {_next_record(goals, name): _json(common | change) for name, change in changes.items()}
    under_way = {"files": changes, "records": [str(path.relative_to(place)) for path in records],
                 "by": asdict(by), "message": message}  # fmt: skip
    with told(place):
        replace_all(_contents(place, before) | _contents(place, after))
        _log(goals, audit.What.SAVED, under_way)
        replace_all({place / _UNDER_WAY: _json(under_way)})
    try:
        with told(goals.parent):
            replace_all({path_of(goals, name): body for name, body in after.items()} | records)
    except BaseException:
        with suppress(OSError):  # then whoever comes next tries again
            _put_in_order(goals)
        raise
    with told(place):
        (place / _UNDER_WAY).unlink()
    return moment


@contextmanager
def writing(goals: Path) -> Iterator[None]:
    """Only one at a time, of all processes; what a killed one left is put in order first. Refused where not at all."""
    place = goals.parent / FOLDER
    with told(place):
        (place / "contents").mkdir(parents=True, exist_ok=True)
        if not (place / ".gitignore").exists():
            replace_all({place / ".gitignore": b"*\n"})
        lock = FileLock(place / "lock")
        try:
            lock.acquire(timeout=WAIT)
        except Timeout:
            raise Refused("busy", seconds=round(WAIT)) from None
    try:
        with told(place):
            _put_in_order(goals)
        yield
    finally:
        lock.release()


def mend(goals: Path) -> None:
    """Put back what a killed process has half replaced; nothing else, and nothing at all where all is well."""
    if (goals.parent / FOLDER / _UNDER_WAY).exists():
        with writing(goals):
            pass


def _put_in_order(goals: Path) -> None:
    place = goals.parent / FOLDER
    for folder in (*folders(goals).values(), place, place / "contents"):
        if folder.is_dir():
            sweep(folder)
    if not (place / _UNDER_WAY).exists():
        return
    left = json.loads((place / _UNDER_WAY).read_bytes())
    if not all((place / record).exists() for record in left["records"]):
        half = {n: change for n, change in left["files"].items() if _is(goals, n, change)}
        back: dict[Path, bytes | None] = {path_of(goals, n): _content(goals, half[n]["before"]) for n in half}
        replace_all(back | dict.fromkeys((place / record for record in left["records"]), None))
        _log(goals, audit.What.FAILED, left)
    (place / _UNDER_WAY).unlink()


def _log(goals: Path, what: audit.What, under_way: Mapping[str, Any]) -> None:
    """A line in the log of who changed what. Before a replacement, as there is to be no change without one."""
    touched = tuple(audit.Touched(name, **change) for name, change in sorted(under_way["files"].items()))
    audit.record(goals, audit.Entry(audit.now(), what, Person(**under_way["by"]), touched, under_way["message"]))


def _is(goals: Path, name: str, change: Mapping[str, str]) -> bool:
    """Whether the file is as the killed process wanted it; whatever else stands there is somebody's work."""
    path = path_of(goals, name)
    return _hash(path.read_bytes() if path.exists() else None) == change["after"]


def _records(goals: Path, name: str) -> list[dict[str, Any]]:
    folder = goals.parent / FOLDER / "saves" / name
    with told(folder, reading=True):
        return [_record(path) for path in sorted(folder.glob("[0-9]*.json"))]


def _record(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_bytes())
    except ValueError:
        raise Refused("damaged", place=path) from None
    return record


def _next_record(goals: Path, name: str) -> Path:
    """The number orders them, as clocks may be set back."""
    folder = goals.parent / FOLDER / "saves" / name
    last = max((int(path.stem) for path in folder.glob("[0-9]*.json")), default=0)
    return folder / f"{last + 1:08d}.json"


def _content(goals: Path, content: str) -> bytes | None:
    if not content:
        return None
    path = goals.parent / FOLDER / "contents" / content
    with told(path, reading=True):
        body = path.read_bytes()
    if _hash(body) != content:
        raise Refused("damaged", place=path)
    return body


def _contents(place: Path, bodies: Bodies) -> dict[Path, bytes | None]:
    kept = {place / "contents" / _hash(body): body for body in bodies.values() if body is not None}
    return {path: body for path, body in kept.items() if not path.exists()}


def _hash(body: bytes | None) -> str:
    return "" if body is None else sha256(body).hexdigest()


def _json(thing: object) -> bytes:
    return (json.dumps(thing, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
