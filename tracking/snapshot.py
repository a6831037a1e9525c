"""A catalogue's snapshot: a few letters that are others as soon as any figure or any text of it is another."""

import json
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from tracking.catalogue import Catalogue
from tracking.model import Series
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
    return {field.name: _named(getattr(thing, field.name)) for field in fields(thing)}  # TypeError for what has none


def _named(thing: Any) -> Any:
    """Fetched series are known by two names, and JSON knows one only; one that was never fetched says nothing."""
    if isinstance(thing, Mapping):
        held = {" ".join(name) if isinstance(name, tuple) else name: each for name, each in thing.items()}
        return {name: each for name, each in held.items() if not isinstance(each, Series) or each.observations}
    return thing
