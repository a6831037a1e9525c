"""A new catalogue: its folders, and the files that a curator begins with, which the strict reader accepts.

What they say is in tracking/starter/<language>/ as it will lie in the folder; `$day` in it is the day of the start.
"""

import os
import secrets
import shutil
from datetime import date
from pathlib import Path
from string import Template

from tracking.schema import SCHEMAS, schema_text
from tracking.words import words

STARTER = Path(__file__).with_name("starter")


class NotStarted(Exception):
    """No catalogue can be started there. `key` names the sentence in tracking/words under `init.refused`."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(f"{key}: {details}")
        self.key, self.details = key, details

    def text(self, language: str) -> str:
        """What is wrong, where, and what to do."""
        return words(language).say(f"init.refused.{self.key}", **self.details)


def started(place: Path, language: str, day: date) -> tuple[Path, ...]:
    """Start a catalogue in a folder that is empty or not there; the files, relative to it. Raises NotStarted.

    All of it is written beside the folder first and then put there in one step, so nothing is ever half there.
    """
    _refuse(place)
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        names = _write(draft, starting_files(language, day))
        if place.exists():
            place.rmdir()
        draft.rename(place)
    except OSError as error:
        raise NotStarted("system", path=place, why=error.strerror or error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return names


def starting_files(language: str, day: date) -> dict[str, str]:
    """The text of each file by its name, with `/`."""
    found = STARTER / language
    texts = {
        path.relative_to(found).as_posix(): Template(path.read_text(encoding="utf-8")).substitute(day=day.isoformat())
        for path in sorted(found.rglob("*"))
        if path.is_file()
    }
    return texts | {f"schema/{kind}.schema.json": schema_text(kind) for kind in SCHEMAS}


def _refuse(place: Path) -> None:
    if not place.name:
        raise NotStarted("no-name", path=place)
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise NotStarted("no-folder", path=place)
    if place.is_dir() and (first := next(iter(sorted(os.listdir(place))), None)) is not None:
        raise NotStarted("not-empty", path=place, file=first)


def _write(folder: Path, texts: dict[str, str]) -> tuple[Path, ...]:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(Path(name) for name in texts)
