"""The text of one file: in the editor, or in a plain text area for whom that serves better."""

from hashlib import sha256
from typing import Any

import streamlit as st

from editing.opening import Opened
from tracking.model import Standing
from tracking.problems import Problem
from views import shared
from views.editing import desk
from views.editing.keeping import keep
from views.editing.kinds import kind_of, known, schema_of
from views.editor import editor
from views.frame import address, language, say, theme

KEY = "editor"
PLAIN = "edit-plain"  # the key of the text area
TALL = "min(58vh,720px)"


def place_editor(name: str, mistakes: list[Problem], line: int | None, *, is_shown: bool) -> None:
    """The editor with what is wrong at its lines; `line`: where it is to begin.

    Where it is not shown it still keeps in the browser what is changed by other means, and offers what was kept.
    """
    own = desk.desk()
    told = sha256(desk.text_of(name).encode("utf-8", "surrogatepass")).hexdigest()
    own["given"] = f"{own['serial']}" if is_shown else f"{own['serial']} {told}"
    editor(KEY, _data(name, mistakes, line) | {"shown": is_shown, "serial": own["given"]}, _sent, _wished)


def place_plain(name: str) -> None:
    """The same text without the editor. It is sent when the area is left, or with Ctrl and Enter."""
    w = say()
    st.session_state[PLAIN] = desk.text_of(name)
    st.text_area(w.say("edit.text-of", file=name), key=PLAIN, height=520, help=w.say("edit.plain-how"),
                 on_change=lambda: desk.hand_over({name: st.session_state[PLAIN]}))  # fmt: skip


def _data(name: str, mistakes: list[Problem], line: int | None) -> dict[str, Any]:
    lang, file, kind, c = language(), desk.shown(name), kind_of(name), desk.good()
    own = desk.desk()
    return {
        "name": name, "catalogue": _catalogue(),
        "version": file.version, "saved": file.text, "text": desk.text_of(name),
        "session": own["token"], "heard": own["heard"],
        "problems": [{"line": p.line, "column": p.column, "message": p.sentence(lang)} for p in mistakes],
        "schema": schema_of(kind, lang), "known": known(c, kind, lang) if c else {"paths": {}, "lists": {}},
        "words": _words("editor."), "phrases": _words("editor.phrases."),
        "label": say().say("edit.text-of", file=name), "links": address("edit", file="NAME"),
        "alarm": theme().standing[Standing.MISSED], "tall": TALL,
        "goto": {"line": line, "at": f"{name}:{line}"} if line else None,
    }  # fmt: skip


def _catalogue() -> str:
    """By what the browser knows it again, without a folder of this machine."""
    return sha256(str(shared.folder()).encode()).hexdigest()[:12]


def _words(above: str) -> dict[str, str]:
    return {key.removeprefix(above): text for key, text in say().texts.items() if key.startswith(above)}


def _sent() -> None:
    """The editor has another text. `base` comes with one that was kept in the browser: what it was begun from."""
    sent = st.session_state[KEY]["sent"]
    if sent["catalogue"] != _catalogue():  # it was left a moment ago; the browser keeps the text
        return
    own = desk.desk()
    own["heard"] = sent["number"]
    base = sent["base"]
    if base is not None:
        desk.write(sent["name"], sent["text"], Opened(sent["name"], base["text"], base["version"]))
        desk.given()
    elif (sent["session"], sent["serial"]) == (own["token"], own["given"]):
        desk.write(sent["name"], sent["text"])
        if own["given"] != f"{own['serial']}":  # a form or a table is shown: it is to take the text too
            desk.given()


def _wished() -> None:
    """A shortcut of the editor."""
    if st.session_state[KEY]["wish"] == "save":
        keep()
