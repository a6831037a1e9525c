"""A catalogue's snapshot: a few letters that are others as soon as any figure or any text of it is another."""

import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from tracking.catalogue import Catalogue
from tracking.period import Period

LENGTH = 12  # hexadecimal digits; among a million snapshots two alike are as good as excluded


def snapshot(catalogue: Catalogue) -> str:
    """The first twelve hexadecimal digits of the SHA-256 of all that the catalogue says and knows.

    Every text, target and figure counts, fetched ones and all vintages too; how the files are laid out, their
    comments, and the order of what has a name of its own do not. Alike on every machine.
    """
    text = json.dumps(catalogue, default=_plain, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return sha256(text.encode()).hexdigest()[:LENGTH]


def _plain(thing: Any) -> Any:
    """What JSON can write, of one thing of the catalogue; what it holds comes here in its turn."""
    if isinstance(thing, Period):
        return thing.text
    if isinstance(thing, BaseModel | Mapping):
        return dict(thing)
    return {name: _named(getattr(thing, name)) for name in _fields(type(thing))}


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """The names of a dataclass's fields; TypeError for anything else, so that nothing is left out unnoticed."""
    return tuple(field.name for field in fields(kind))


def _named(thing: Any) -> Any:
    """Fetched series are known by two names, and JSON knows one only."""
    if isinstance(thing, Mapping):
        return {" ".join(name) if isinstance(name, tuple) else name: held for name, held in thing.items()}
    return thing
