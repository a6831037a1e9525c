"""The folder of a published site: only what differs is written, only what is ours is replaced or taken away.

`published.txt` in the folder names every file of ours. A name is put there before its file is first written, so that
a run that was cut short leaves no file that the next one would not know.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tracking.words import words

OURS = "published.txt"
HEAD = (
    "# Written by `python -m tracking publish`, which may replace these files or take them away. No other is touched."
)


class Refused(Exception):
    """Nothing can be published there. `key` names the sentence in tracking/words under `publish.refused`."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(f"{key}: {details}")
        self.key = key
        self.details = details

    def text(self, language: str) -> str:
        """What is wrong, where, and what to do."""
        return words(language).say(f"publish.refused.{self.key}", **self.details)


@dataclass(frozen=True)
class Written:
    """What became of the files: by name, those that were not there, those that differed, those taken away."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int


def write(place: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    """Make the folder hold exactly these files of ours, by name with `/`, one at a time. Raises Refused.

    A file that is the same, byte for byte, is left alone; one that is not is replaced at once and whole.
    """
    try:
        return _write(place, files)
    except OSError as error:
        where = error.filename or place
        raise Refused("system", path=where, why=error.strerror or error) from error


def _write(place: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    before = _ours(place)
    new: list[str] = []
    changed: list[str] = []
    same: set[str] = set()
    for name, content in files:
        path = place / name
        if name not in before:
            _claim(place, name, path)
            new.append(name)
        elif not path.is_file() or path.read_bytes() != content:
            changed.append(name)
        else:
            same.add(name)
            continue
        _replace(path, content)
    kept = {*new, *changed, *same}
    removed = sorted(before - kept)
    for name in removed:
        _take_away(place, name)
    _name_ours(place, kept, before | set(new))
    return Written(tuple(new), tuple(changed), tuple(removed), len(same))


def _ours(place: Path) -> set[str]:
    """The names of our files in the folder, which is made if it is not there."""
    place.mkdir(parents=True, exist_ok=True)
    listed = place / OURS
    if not listed.exists():
        if any(place.iterdir()):
            raise Refused("foreign", path=place, file=OURS)
        _replace(listed, f"{HEAD}\n".encode())
    return set(_names(listed))


def _names(listed: Path) -> Iterator[str]:
    try:
        first, *lines = listed.read_text(encoding="utf-8").splitlines() or [""]
    except UnicodeDecodeError:
        first, lines = "", []
    if first != HEAD:
        raise Refused("not-ours", path=listed)
    for line in lines:
        if line.startswith("/") or "\\" in line or ".." in PurePosixPath(line).parts:
            raise Refused("outside", path=listed, name=line[:80])
        yield line


def _claim(place: Path, name: str, path: Path) -> None:
    """Put a new name on the list; somebody else's file in its place stays."""
    if path.is_symlink() or path.exists():
        raise Refused("in-the-way", path=path)
    with (place / OURS).open("a", encoding="utf-8", newline="\n") as listed:
        listed.write(f"{name}\n")


def _replace(path: Path, content: bytes) -> None:
    """Readers of the file see the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        error.filename = error.filename or str(path)  # a full disk does not say which file it was
        raise
    finally:
        part.unlink(missing_ok=True)  # also where a reader stopped the run


def _take_away(place: Path, name: str) -> None:
    """A file that is no longer made, and the folders that it leaves empty."""
    (place / name).unlink(missing_ok=True)
    for above in (place / name).relative_to(place).parents:
        if above == Path(".") or not (place / above).is_dir() or any((place / above).iterdir()):
            break
        (place / above).rmdir()


def _name_ours(place: Path, kept: set[str], listed: set[str]) -> None:
    content = "".join(f"{line}\n" for line in (HEAD, *sorted(kept))).encode()
    if kept != listed or (place / OURS).read_bytes() != content:
        _replace(place / OURS, content)
