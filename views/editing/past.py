"""What a file was: every version that a save has kept, and the way back to one of them."""

from datetime import datetime

import streamlit as st

from editing.history import Version, text_of, versions
from editing.refusal import Refused
from views import shared
from views.editing import desk
from views.editing.changes import lines
from views.editing.keeping import tell
from views.frame import e, place, say

CHOICE = "edit-version"


def place_past(name: str) -> None:
    """The versions to choose from, what one would change in the text, and the button that brings it back."""
    w = say()
    try:
        found = versions(shared.folder(), name)
    except Refused as error:
        place(f'<p role="alert">{e(error.sentence(w.language))}</p>')
        return
    if not found:
        place(f'<p class="small">{e(w.say("edit.no-versions"))}</p>')
        return
    chosen = st.selectbox(w.say("edit.versions"), range(len(found)), key=CHOICE, format_func=lambda k: _said(found[k]))
    _place_version(name, found[min(chosen, len(found) - 1)])


def _said(version: Version) -> str:
    w = say()
    when = datetime.fromisoformat(version.moment).strftime("%Y-%m-%d %H:%M:%S UTC")
    by = (version.by.name or w.say("edit.somebody")) if version.by else w.say("edit.outside")
    return " · ".join(part for part in (when, by, version.message) if part)


def _place_version(name: str, version: Version) -> None:
    w = say()
    try:
        text = text_of(shared.folder(), version)
    except Refused as error:
        place(f'<p role="alert">{e(error.sentence(w.language))}</p>')
        return
    if text is None:
        place(f'<p class="small">{e(w.say("edit.taken-away"))}</p>')
        return
    place(f'<p class="small">{e(w.say("edit.version-differs"))}</p>' + lines(desk.text_of(name), text))
    st.button(w.say("edit.restore"), key="edit-restore", on_click=_restore, args=(name, text))


def _restore(name: str, text: str) -> None:
    desk.hand_over({name: text})
    tell(say().say("edit.restored", file=name))
