"""What lies on an editor's desk: the texts that nobody has saved yet, each with the file as it was opened.

It is the reader's own, in the session. Nothing here writes a file.
"""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from editing.checking import checked
from editing.folder import name_of
from editing.opening import Opened, opened
from editing.saving import Edit
from loaders.watching import fingerprint
from tracking.catalogue import Catalogue
from tracking.problems import CatalogueError, Problem
from views import shared

KEY = "desk"
# The catalogue as it is saved (None where that has mistakes), as it would be, and the mistakes that stand against it.
Held = tuple[Catalogue | None, Catalogue | None, tuple[Problem, ...]]


def desk() -> dict[str, Any]:
    """`edits` by file; the editor's `serial` (of the text it is given), `heard` (of its last text) and `token`."""
    begun = {
        "edits": {},
        "shown": {},
        "serial": 0,
        "given": "",
        "heard": 0,
        "token": secrets.token_hex(8),
        "good": None,
        "conflict": (),
    }
    mine = f"{KEY} {shared.folder()}"  # one for each catalogue
    found: dict[str, Any] = st.session_state.setdefault(mine, begun)
    return found


def edits() -> dict[str, Edit]:
    found: dict[str, Edit] = desk()["edits"]
    return found


def texts() -> dict[str, str | None]:
    return {name: edit.text for name, edit in edits().items()}


def taken_up(name: str) -> Opened:
    """The file that a change of this text is held against: as it was when the change began, else as it stands.

    Raises Refused.
    """
    if name in edits():
        return edits()[name].opened
    found = opened(shared.folder(), name)
    desk()["shown"] = {name: found}
    return found


def shown(name: str) -> Opened:
    """The file as the reader sees it: another may have changed it since. Raises Refused."""
    if name in edits():
        return edits()[name].opened
    known: Mapping[str, Opened] = desk()["shown"]
    return known[name] if name in known else taken_up(name)


def text_of(name: str) -> str:
    return (edits()[name].text or "") if name in edits() else shown(name).text


def write(name: str, text: str | None, base: Opened | None = None) -> None:
    """Lay down a text; one that says what the file says is no edit. `base`: the file as it was when it was begun."""
    held = base or shown(name)
    if text == (held.text if not held.is_new else None) or (held.is_new and not text):
        edits().pop(name, None)
    else:
        edits()[name] = Edit(held, text)


def hand_over(changes: Mapping[str, str | None]) -> None:
    """Lay down texts that did not come from the editor: it is given them."""
    for name, text in changes.items():
        write(name, text)
    given()


def given() -> None:
    """The editor is to take the text that is here."""
    desk()["serial"] += 1


def put_away(name: str) -> None:
    edits().pop(name, None)
    desk()["shown"].pop(name, None)
    given()


def held() -> Held:
    """What the texts on the desk make of the catalogue; checked once for each state of files and texts."""
    goals, laid = shared.folder(), texts()
    print_ = fingerprint(goals)
    key = (print_, tuple(sorted(laid.items(), key=lambda it: it[0])))
    if desk().get("held key") != key:
        desk()["held"] = _held(goals, print_, laid)
        desk()["held key"] = key
        desk()["good"] = desk()["held"][1] or desk()["good"] or desk()["held"][0]
    found: Held = desk()["held"]
    return found


def good() -> Catalogue | None:
    """The catalogue as the last texts without a mistake made it; None if there was none yet."""
    held()
    found: Catalogue | None = desk()["good"]
    return found


def _held(goals: Path, print_: object, laid: Mapping[str, str | None]) -> Held:
    before, mistakes = _saved(goals, print_)
    if not laid:
        return before, before, mistakes
    after, mistakes = _read(goals, laid)
    return before, after, mistakes


@lru_cache(maxsize=2)
def _saved(goals: Path, _print: object) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """What the files say; the same for every editor until one of them changes."""
    return _read(goals, {})


def _read(goals: Path, laid: Mapping[str, str | None]) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    try:
        found = checked(goals, laid)
    except CatalogueError as error:
        return None, error.problems
    known = shared.state().catalogue
    return (replace(found, stored=known.stored) if known else found), ()


def problems_of(name: str, problems: tuple[Problem, ...]) -> list[Problem]:
    return [p for p in problems if name_of(shared.folder(), p.file) == name]
