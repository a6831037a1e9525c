"""A file that takes longer than a moment: made when the reader asks, while a bar says how far it is, then saved.

Not for a fragment: whatever else is pressed ends the run, and with it the work; in a fragment it would not.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import streamlit as st

from exporting.errors import ExportError
from tracking.export.refused import Refused
from views.frame import e, language, place, say

Told = Callable[[int, int], None]  # so many steps are done, of so many


@dataclass(frozen=True)
class Work:
    """`key` begins the names of its controls; `asked` is all that the file depends on: only for the same is one kept.

    `make` may raise ExportError and Refused, which are said in place of the file.
    """

    key: str
    asked: Hashable
    name: str
    media_type: str
    make: Callable[[Told], bytes]


def place_work(work: Work) -> None:
    """The way to have it made, and once it is made, to save it."""
    w = say()
    held = st.session_state.get(_kept(work))
    if held is not None and held[0] == work.asked:
        st.download_button(w.say("work.save"), held[1], work.name, work.media_type, on_click="ignore", type="primary",
                           key=f"{work.key}-save", width="stretch")  # fmt: skip
        place(f'<p class="caption" role="status">{e(w.say("work.made", name=work.name))}</p>')
    elif st.button(w.say("work.make"), key=f"{work.key}-make", type="primary", width="stretch"):
        _make(work)


def _make(work: Work) -> None:
    w = say()
    st.button(w.say("work.cancel"), key=f"{work.key}-cancel", width="stretch")
    bar = st.progress(0.0, w.say("work.begun"))

    def told(done: int, of: int) -> None:
        bar.progress(done / of, w.say("work.going", done=done, of=of))

    try:
        made = work.make(told)
    except (ExportError, Refused) as error:
        place(f'<p role="alert">{e(error.text(language()))}</p>')
        return
    st.session_state[_kept(work)] = (work.asked, made)
    st.rerun()


def _kept(work: Work) -> str:
    """The last file of its kind that this reader had made: what was asked for, and the file."""
    return f"{work.key}-made"
