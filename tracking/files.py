"""The files of a catalogue as they are read: those on disk, with texts laid over them that nobody has saved yet.

What was made of a file is kept by its bytes, so that after one change only that file is read again.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from tracking.problems import Problem, read_body, too_large

MOST_KEPT = (
    64_000_000  # bytes of files of which is kept what was made; the shipped catalogue has one and a half million
)
LEAST_WEIGHT = 500  # of an empty file: what is kept of it weighs something too
Made = TypeVar("Made")
Key = tuple[str, str, bytes]


class Memory:
    """What was made of files, by name, kind and bytes; what was asked for last stays longest. Shared by threads.

    What is kept is never changed by anybody.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most, self._weight = most, 0
        self._kept: OrderedDict[Key, tuple[int, Any]] = OrderedDict()
        self._lock = Lock()

    def made(self, name: str, kind: str, body: bytes, make: Callable[[bytes, str], Made]) -> Made:
        """`make(body, name)`, made once."""
        key = (name, kind, sha256(body).digest())
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Made = self._kept[key][1]
                return found
        made = make(body, name)
        self._keep(key, len(body) + LEAST_WEIGHT, made)
        return made

    def _keep(self, key: Key, weight: int, made: object) -> None:
        with self._lock:
            self._weight += weight - self._kept.pop(key, (0, None))[0]
            self._kept[key] = (weight, made)
            while self._weight > self._most:
                _, (gone, _) = self._kept.popitem(last=False)
                self._weight -= gone


MEMORY = Memory()  # of this process


@dataclass(frozen=True)
class Files:
    """`unsaved` holds the bytes of files that are new or other than on disk, and None for one that is gone."""

    unsaved: Mapping[Path, bytes | None] = field(default_factory=dict)
    memory: Memory = MEMORY

    def has(self, path: Path) -> bool:
        return self.unsaved[path] is not None if path in self.unsaved else path.is_file()

    def has_folder(self, folder: Path) -> bool:
        return folder.is_dir() or any(path.parent == folder for path in self.unsaved)

    def listed(self, folder: Path) -> list[Path]:
        """Everything in a folder, sorted; OSError where it cannot be looked into."""
        there = set(folder.iterdir()) if folder.is_dir() else set()
        return sorted((there | {path for path in self.unsaved if path.parent == folder}) - self._gone())

    def _gone(self) -> set[Path]:
        return {path for path, body in self.unsaved.items() if body is None}

    def made(self, path: Path, name: str, kind: str, limit: int, make: Callable[[bytes | Problem, str], Made]) -> Made:
        """What `make` makes of a file's bytes, or of the reason why there are none; it is called `name` there."""
        body = self._body(path, name, limit)
        return make(body, name) if isinstance(body, Problem) else self.memory.made(name, kind, body, make)

    def _body(self, path: Path, name: str, limit: int) -> bytes | Problem:
        body = self.unsaved.get(path)
        if body is None:
            return read_body(path, name, limit)
        return body if len(body) <= limit else too_large(name, len(body), limit)
