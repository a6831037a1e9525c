"""Several files put in their places together: all of them, or everything stands as it stood."""

import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

_HIDDEN = ".{name}.{mark}-{token}"  # of a file beside its place; no reader of the catalogue takes it for one of its own
DRAFT, ASIDE = "draft", "aside"


def replace_all(bodies: Mapping[Path, bytes | None]) -> None:
    """Write each file, or take it away where there are no bytes; folders are made. OSError: then nothing has changed.

    Each is written beside its place and put on the disk first, so a full disk is met before anything is replaced.
    A file keeps its mode.
    """
    drafts: dict[Path, Path] = {}
    done: list[tuple[Path, Path | None]] = []
    try:
        for path, body in bodies.items():
            if body is not None:
                drafts[path] = _beside(path, DRAFT)
                _write(drafts[path], body, path)
        for path in bodies:
            _replace(path, drafts.get(path), done)
        for folder in {path.parent for path in bodies}:
            _sync(folder)
    except BaseException:
        for path, kept in reversed(done):
            _put_back(path, kept)
        _drop(drafts.values())
        raise
    _drop(kept for _, kept in done if kept)


def sweep(folder: Path) -> None:
    """Take away what a killed process has left beside the files of a folder. Only while nobody writes."""
    for mark in (DRAFT, ASIDE):
        for path in folder.glob(_HIDDEN.format(name="*", mark=mark, token="*")):
            path.unlink(missing_ok=True)


def _beside(path: Path, mark: str) -> Path:
    return path.with_name(_HIDDEN.format(name=path.name, mark=mark, token=secrets.token_hex(4)))


def _write(draft: Path, body: bytes, path: Path) -> None:
    draft.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("xb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, draft)


def _drop(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):  # what is left is swept away before the next change
            path.unlink(missing_ok=True)


def _replace(path: Path, draft: Path | None, done: list[tuple[Path, Path | None]]) -> None:
    """Keep what stands there under a name of its own, then put the draft in its place in one step."""
    kept = _beside(path, ASIDE) if path.exists() else None
    if kept is not None:
        _link(path, kept)
    done.append((path, kept))
    if draft is not None:
        draft.replace(path)
    else:
        path.unlink(missing_ok=True)


def _link(path: Path, kept: Path) -> None:
    try:
        os.link(path, kept)
    except OSError:  # some disks know no links
        shutil.copy2(path, kept)


def _put_back(path: Path, kept: Path | None) -> None:
    with suppress(OSError):  # the first error is the one to tell; history keeps what was there
        if kept is None:
            path.unlink(missing_ok=True)
        else:
            kept.replace(path)


def _sync(folder: Path) -> None:
    if os.name == "posix" and folder.is_dir():  # elsewhere a folder cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
