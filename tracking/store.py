"""Figures fetched from providers, kept for good: each change of a series is a new vintage, and none is overwritten.

    series/<provider>/<key>/<number>-<moment>.parquet   one vintage, immutable; the names order themselves
    answers/<provider>/<key>/<moment>.json              one answer: address, time, sha256 of its bytes
    answers/<provider>/<key>/<sha256>.raw               its bytes, once
    reports/<moment>.json                               what a whole refresh did

A file appears whole or not at all, so readers need no lock. One process writes at a time. Where the files lie is the
business of Files: a folder here, another address in loaders/remote.py (this package uses no network).
"""

import errno
import hashlib
import io
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import platformdirs
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from tracking.model import Bound, Check, Observation, Series, Status, Text
from tracking.period import parse_period

LAYOUT = b"1"  # of the Parquet files; a reader refuses a layout it does not know
MOMENT = "%Y%m%dT%H%M%S.%fZ"
LONGEST_NAME = 80
MOST_REPORTS = 100
FIELDS = pa.schema(
    [("period", pa.string()), ("value", pa.float64()), ("decimals", pa.int16()), ("bound", pa.string()),
     ("status", pa.string()), ("published", pa.string()), ("document", pa.string()), ("check", pa.string()),
     ("derived", pa.string()), ("note_zh", pa.string()), ("note_en", pa.string())]
)  # fmt: skip
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class StoreError(Exception):
    """The store cannot be used. `key` names the sentence in tracking/words under `store`; `details` fill it."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(f"{key}: {details}")
        self.key = key
        self.details = details


class Files(Protocol):
    """Named bytes below one place. Names use `/`."""

    place: str

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; none if it does not exist."""

    def read(self, name: str) -> bytes:
        """The whole file."""

    def write(self, name: str, body: bytes) -> None:
        """A new file: whole, or not at all."""

    def delete(self, name: str) -> None:
        """Take a file away."""

    def lock(self) -> AbstractContextManager[None]:
        """Hold the place for writing. StoreError `busy` if another process does."""


def own_place() -> Path:
    """Where the store of whoever runs this lies, if none is named."""
    return Path(platformdirs.user_data_dir("policy-goal-tracker")) / "store"


class Folder:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self.root, self.place = root, str(root)

    def names(self, folder: str) -> list[str]:
        with _told(self.place):
            path = self.root / folder
            if self.root.is_file():  # a mistake in its name must not pass for a store that is still empty
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            return sorted(p.name for p in path.iterdir() if not p.name.startswith(".")) if path.is_dir() else []

    def read(self, name: str) -> bytes:
        with _told(self.place):
            return (self.root / name).read_bytes()

    def write(self, name: str, body: bytes) -> None:
        """Written beside its place under a hidden name, put on the disk, then renamed."""
        path = self.root / name
        with _told(self.place):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            try:
                with draft.open("xb") as file:
                    file.write(body)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
            except OSError:
                with suppress(OSError):  # the first error is the one to tell
                    draft.unlink()
                raise

    def delete(self, name: str) -> None:
        with _told(self.place):
            (self.root / name).unlink(missing_ok=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Gone when the process is, however it ends. Drafts that a killed process left are swept away."""
        lock = FileLock(self.root / ".lock")
        with _told(self.place):
            self.root.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                raise StoreError("busy", place=self.place) from None
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    def _sweep(self) -> None:
        with _told(self.place):
            for draft in (*self.root.glob("*/*/*/.*"), *self.root.glob("reports/.*")):
                draft.unlink()


@contextmanager
def _told(place: str) -> Iterator[None]:
    """What the system says of a folder, in our words."""
    try:
        yield
    except OSError as error:
        raise StoreError(_kind(error), place=place, what=error.strerror or str(error)) from error


def _kind(error: OSError) -> str:
    if error.errno in _FULL:
        return "full"
    if error.errno in _CLOSED:
        return "read-only"
    return "gone" if isinstance(error, FileNotFoundError) else "unusable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one kept answer."""

    address: str
    retrieved: datetime
    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Vintage:
    """One state of a series: its number from 1, when it was fetched, and its observations by period."""

    number: int
    retrieved: datetime
    observations: tuple[Observation, ...]
    name: str = ""
    unit: str = ""
    licence: str = ""


class Store:
    """All vintages of all fetched series. Reading needs no lock; `with store.writing():` holds the store."""

    def __init__(self, files: Files) -> None:
        self.files = files

    @property
    def place(self) -> str:
        return self.files.place

    def writing(self) -> AbstractContextManager[None]:
        """Hold the store. StoreError `busy` if another process writes."""
        return self.files.lock()

    # ---- reading

    def series(self, provider: str, key: str, area: str) -> Series:
        """Every figure that a vintage brought, ordered by period, then publication; empty if never fetched."""
        return Series(area, merged(v.observations for v in self.vintages(provider, key)))

    def vintages(self, provider: str, key: str) -> list[Vintage]:
        """Oldest first."""
        folder = _folder("series", provider, key)
        while True:
            try:
                return [self._vintage(f"{folder}/{name}") for name in self._vintage_names(provider, key)]
            except StoreError as error:
                if error.key != "gone":  # pruned while we read: the names are fewer now
                    raise

    def last_vintage(self, provider: str, key: str) -> Vintage | None:
        names = self._vintage_names(provider, key)
        return self._vintage(f"{_folder('series', provider, key)}/{names[-1]}") if names else None

    def answers(self, provider: str, key: str) -> list[Answer]:
        """What is known of each answer, oldest first."""
        folder = _folder("answers", provider, key)
        names = [n for n in self.files.names(folder) if n.endswith(".json")]
        return [self._answer(f"{folder}/{name}") for name in names]

    def last_success(self, provider: str, key: str) -> datetime | None:
        """When the series was last fetched whole (UTC), also if nothing had changed; None if never."""
        names = [n for n in self.files.names(_folder("answers", provider, key)) if n.endswith(".json")]
        return _moment(names[-1]) if names else None

    def body(self, provider: str, key: str, sha256: str) -> bytes:
        """The bytes of a kept answer. StoreError `damaged` if they are not what was written."""
        name = f"{_folder('answers', provider, key)}/{sha256}.raw"
        body = self.files.read(name)
        if hashlib.sha256(body).hexdigest() != sha256:
            raise StoreError("damaged", place=self.place, file=name)
        return body

    def report_names(self) -> list[str]:
        """The reports of refreshes, oldest first. The last one's name changes whenever a refresh has ended."""
        return [f"reports/{n}" for n in self.files.names("reports") if n.endswith(".json")]

    def report(self, name: str) -> bytes:
        return self.files.read(name)

    def kept(self) -> list[tuple[str, str]]:
        """Every (provider, key) that has a vintage."""
        found = []
        for provider in self.files.names("series"):
            for folder in self.files.names(f"series/{provider}"):
                names = self.files.names(f"series/{provider}/{folder}")
                if names:
                    head = self._table(f"series/{provider}/{folder}/{names[-1]}").schema.metadata
                    found.append((head[b"provider"].decode(), head[b"key"].decode()))
        return sorted(found)

    def _vintage_names(self, provider: str, key: str) -> list[str]:
        return [n for n in self.files.names(_folder("series", provider, key)) if n.endswith(".parquet")]

    def _table(self, name: str) -> pa.Table:
        body = self.files.read(name)
        try:
            # in this thread alone: one of Arrow's own that still holds the file at the end of Python ends the program
            table = pq.ParquetFile(pa.BufferReader(body)).read(use_threads=False)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise StoreError("damaged", place=self.place, file=name) from error
        if (table.schema.metadata or {}).get(b"layout") != LAYOUT:
            raise StoreError("layout", place=self.place, file=name)
        return table

    def _vintage(self, name: str) -> Vintage:
        table = self._table(name)
        head = table.schema.metadata
        return Vintage(
            number=int(name.rpartition("/")[2].partition("-")[0]),
            retrieved=_moment(name),
            observations=tuple(_observation(record) for record in table.to_pylist()),
            name=head[b"name"].decode(),
            unit=head[b"unit"].decode(),
            licence=head[b"licence"].decode(),
        )

    def _answer(self, name: str) -> Answer:
        try:
            found = json.loads(self.files.read(name))
            return Answer(**found | {"retrieved": datetime.fromisoformat(found["retrieved"])})
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError("damaged", place=self.place, file=name) from error

    # ---- writing: inside `with store.writing():`

    def keep_report(self, body: bytes, moment: datetime) -> None:
        """Keep what a refresh did; the oldest reports beyond MOST_REPORTS go."""
        self.files.write(f"reports/{moment.astimezone(UTC).strftime(MOMENT)}.json", body)
        for name in self.report_names()[:-MOST_REPORTS]:
            self.files.delete(name)

    def keep_answer(
        self, provider: str, key: str, body: bytes, address: str, media_type: str, retrieved: datetime
    ) -> str:
        """Keep the bytes of one answer; returns their sha256. The same bytes are kept once."""
        folder, digest = _folder("answers", provider, key), hashlib.sha256(body).hexdigest()
        if f"{digest}.raw" not in self.files.names(folder):
            self.files.write(f"{folder}/{digest}.raw", body)
        answer = asdict(Answer(address, retrieved, digest, media_type, len(body)))
        told = json.dumps(answer | {"retrieved": retrieved.isoformat()}, ensure_ascii=False, indent=1)
        self.files.write(f"{folder}/{retrieved.astimezone(UTC).strftime(MOMENT)}.json", told.encode())
        return digest

    def append(
        self, provider: str, key: str, observations: Sequence[Observation], retrieved: datetime,
        name: str = "", unit: str = "", licence: str = "", sha256: str = "",
    ) -> Vintage | None:  # fmt: skip
        """Keep a new vintage; None, and nothing kept, if the last one says the same of every period and of the series.

        Blank name, unit and licence say nothing: those of the last vintage go on.
        """
        last = self.last_vintage(provider, key)
        ordered = tuple(sorted(observations, key=lambda o: o.period))
        if last is not None:
            name, unit, licence = name or last.name, unit or last.unit, licence or last.licence
            is_same = [_content(o) for o in last.observations] == [_content(o) for o in ordered]
            if is_same and (name, unit, licence) == (last.name, last.unit, last.licence):
                return None
        number = last.number + 1 if last else 1
        head = {
            "layout": LAYOUT.decode(), "provider": provider, "key": key, "name": name, "unit": unit,
            "licence": licence, "sha256": sha256, "retrieved": retrieved.isoformat(),
        }  # fmt: skip
        file = f"{number:06d}-{retrieved.astimezone(UTC).strftime(MOMENT)}.parquet"
        self.files.write(f"{_folder('series', provider, key)}/{file}", _parquet(ordered, head))
        return Vintage(number, retrieved, ordered, name, unit, licence)

    def prune(self, provider: str, key: str, keep: int, before: datetime | None = None) -> list[str]:
        """Take away vintages older than the newest `keep`, and answers older than `before`; never the only one.

        A vintage that alone holds a period stays: some providers tell only their newest figure each time.
        Returns the names of what went.
        """
        if keep < 1:
            raise StoreError("keep-one", keep=keep)
        folder = _folder("series", provider, key)
        names = self._vintage_names(provider, key)
        gone = self._covered(folder, names[:-keep], names[-keep:])
        gone += self._old_answers(provider, key, before) if before is not None else []
        for name in gone:
            self.files.delete(name)
        return gone

    def _covered(self, folder: str, old: Sequence[str], kept: Sequence[str]) -> list[str]:
        """The old vintages of whose periods none would be lost."""
        periods = {p for name in kept for p in self._periods(f"{folder}/{name}")}
        gone = []
        for name in reversed(old):
            own = self._periods(f"{folder}/{name}")
            gone += [f"{folder}/{name}"] if own <= periods else []
            periods |= own
        return gone

    def _periods(self, name: str) -> set[str]:
        return set(self._table(name).column("period").to_pylist())

    def _old_answers(self, provider: str, key: str, before: datetime) -> list[str]:
        folder = _folder("answers", provider, key)
        cards = [n for n in self.files.names(folder) if n.endswith(".json")]
        old = [n for n in cards[:-1] if _moment(n) < before]
        kept = {self._answer(f"{folder}/{n}").sha256 for n in cards if n not in old}
        bodies = [n for n in self.files.names(folder) if n.endswith(".raw") and n.removesuffix(".raw") not in kept]
        return [f"{folder}/{n}" for n in old + bodies]


def merged(vintages: Iterable[Sequence[Observation]]) -> tuple[Observation, ...]:
    """All vintages as one run: a figure comes in again only where it says something else than before.

    So each figure keeps the day on which it was first published. A period that a later vintage leaves out stays.
    """
    found: dict[str, list[Observation]] = {}
    for observations in vintages:
        for o in observations:
            earlier = found.setdefault(o.period.text, [])
            if not earlier or _content(earlier[-1]) != _content(o):
                earlier.append(o)
    every = [o for run in found.values() for o in run]
    return tuple(sorted(every, key=lambda o: (o.period, o.published)))


def _content(o: Observation) -> tuple[object, ...]:
    """What a figure says: all but the day and the document of its publication."""
    return (o.period.text, o.value, o.decimals, o.bound, o.status, o.check, o.derived, o.note)


def _folder(kind: str, provider: str, key: str) -> str:
    """The folder of a series. The sum keeps apart keys that some systems would take for one (A and a)."""
    told = quote(key, safe="").replace(".", "%2E", 1 if key.startswith(".") else 0)[:LONGEST_NAME].rstrip(".%")
    return f"{kind}/{quote(provider, safe='')}/{told}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _moment(name: str) -> datetime:
    """The moment in a file's name."""
    text = name.rpartition("/")[2].rpartition(".")[0].rpartition("-")[2]
    return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)


def _parquet(observations: Sequence[Observation], head: Mapping[str, str]) -> bytes:
    table = pa.Table.from_pylist([_record(o) for o in observations], schema=FIELDS).replace_schema_metadata(dict(head))
    body = io.BytesIO()
    pq.write_table(table, body, compression="zstd")
    return body.getvalue()


def _record(o: Observation) -> dict[str, Any]:
    return {
        "period": o.period.text, "value": o.value, "decimals": o.decimals, "bound": o.bound, "status": o.status,
        "published": o.published.text, "document": o.document, "check": o.check, "derived": o.derived,
        "note_zh": o.note.zh if o.note else None, "note_en": o.note.en if o.note else None,
    }  # fmt: skip


def _observation(record: Mapping[str, Any]) -> Observation:
    return Observation(
        period=parse_period(record["period"]),
        value=record["value"],
        decimals=record["decimals"],
        bound=Bound(record["bound"]) if record["bound"] else None,
        status=Status(record["status"]),
        published=parse_period(record["published"]),
        document=record["document"],
        check=Check(record["check"]),
        derived=record["derived"],
        note=Text(zh=record["note_zh"], en=record["note_en"]) if record["note_zh"] else None,
    )
