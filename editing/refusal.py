"""What cannot be done with a catalogue's files, and in which words it is said.

Of the catalogue's own mistakes tracking.problems tells, of two who changed the same place editing/saving.py.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracking.words import words

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class Refused(Exception):
    """Nothing was done. `key` names the sentence in tracking/words under `editing.refused`; `details` fill it."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(f"{key}: {details}")
        self.key = key
        self.details = details

    def sentence(self, language: str) -> str:
        return words(language).say(f"editing.refused.{self.key}", **self.details)


@contextmanager
def told(place: Path, *, reading: bool = False) -> Iterator[None]:
    """What the system refuses at this place is said in our words."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        if reading:
            raise Refused("unreadable", place=place, why=why) from error
        if error.errno in _FULL:
            raise Refused("full", place=place, why=why) from error
        if error.errno in _CLOSED:
            raise Refused("closed", place=place, why=why) from error
        raise Refused("system", place=place, why=why) from error
