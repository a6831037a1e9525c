"""The newest state of a catalogue's files and of the store, without making anybody wait for it.

A thread looks once a second whether a file has changed. What has changed is read, and made ready, before it takes the
place of the old: until then readers go on with what they had. Where nobody asks for a while the thread ends; whoever
comes next looks for himself.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock, Thread

from loaders.remote import open_store
from tracking.catalogue import Catalogue, load_catalogue, with_stored
from tracking.problems import CatalogueError
from tracking.store import StoreError

PAUSE = 1.0  # seconds between two looks at the files and at a store on this machine
REMOTE = 30.0  # at a store elsewhere
MOST_READINGS = 3  # more, where somebody does not stop writing
IDLE = 600.0  # after the last reader


@dataclass(frozen=True)
class State:
    """What was found. `key` is another whenever a file, what the store holds, or the day is.

    One of `catalogue` and `mistakes` is there; with `trouble` the catalogue has the shipped figures alone.
    """

    key: int
    catalogue: Catalogue | None
    mistakes: CatalogueError | None = None
    trouble: StoreError | None = None


class Watch:
    """One catalogue's folder and one store (TRACKER_STORE as it stood). `ready` is called with each new state before
    readers see it; not with the first, for which a reader is waiting."""

    def __init__(self, goals: Path, store: str, ready: Callable[[State], None]) -> None:
        self._goals, self._store, self._ready = goals, store, ready
        self._looking = Lock()
        self._state: State | None = None
        self._kept, self._kept_until = "", 0.0
        self._asked = 0.0
        self._thread: Thread | None = None

    def now(self) -> State:
        """The newest state that is ready."""
        self._asked = time.monotonic()
        if self._state is None or self._thread is None or not self._thread.is_alive():
            return self._begin()
        return self._state

    def look(self) -> State:
        """Look now, and wait until what was found is ready."""
        with self._looking:
            key = self._key()
            if self._state is None or self._state.key != key:
                found = self._settled(key)
                if self._state is not None:
                    self._ready(found)
                self._state = found
            return self._state

    def _settled(self, key: int) -> State:
        """What is found, read again where files were replaced while they were read: half of a save is no state."""
        found = _read(key, self._goals, self._store)
        for _ in range(MOST_READINGS):
            if (now := self._key()) == found.key:
                break
            found = _read(now, self._goals, self._store)
        return found

    def _begin(self) -> State:
        state = self.look()
        with self._looking:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
        return state

    def _run(self) -> None:
        while time.monotonic() - self._asked < IDLE:
            time.sleep(PAUSE)
            self.look()

    def _key(self) -> int:
        if time.monotonic() >= self._kept_until:
            self._kept = _kept(self._store)
            self._kept_until = time.monotonic() + (REMOTE if "://" in self._store else 0)
        return hash((fingerprint(self._goals), self._kept, date.today()))


def fingerprint(goals: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever a file of the catalogue does. A file that an editor is just putting in its place is left out."""
    found = []
    for folder in (goals, goals / "indicators", goals.parent / "figures"):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            with suppress(FileNotFoundError):
                status = path.stat()
                found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


def _kept(store: str) -> str:
    """Changes whenever a refresh has ended; the store's own words where it cannot be read."""
    try:
        return f"{store} {open_store(store or None).report_names()[-1:]}"
    except StoreError as error:
        return str(error)


def _read(key: int, goals: Path, store: str) -> State:
    try:
        bare = load_catalogue(goals)
    except CatalogueError as error:
        return State(key, None, mistakes=error)
    try:
        return State(key, with_stored(bare, open_store(store or None)))
    except StoreError as error:
        return State(key, bare, trouble=error)
