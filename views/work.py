"""A file that takes longer than a moment: made when the reader asks, while a bar says how far it is, then saved.

Not for a fragment: whatever else is pressed ends the run, and with it the work; in a fragment it would not.
"""

from collections.abc import Callable, Hashable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from exporting.errors import ExportError
from tracking.export.refused import Refused
from views.frame import e, language, place, say

Told = Callable[[int, int], None]  # so many steps are done, of so many
Make = Callable[[Told], bytes]  # may raise ExportError and Refused, which are said in place of the file


def place_work(key: str, asked: Hashable, name: str, media_type: str, make: Make) -> None:
    """The way to have a file made, and once it is made, to save it.

    `key` ends the names of the controls; `asked` is all that the file depends on: only for the same is one kept.
    """
    w, bar, slot = say(), st.empty(), st.empty()
    held = st.session_state.get(_kept(key))
    if held is not None and held[0] == asked:
        st.download_button(w.say("work.save"), held[1], name, media_type, on_click="ignore", type="primary",
                           key=f"save-{key}", width="stretch")  # fmt: skip
        place(f'<p class="caption" role="status">{e(w.say("work.made", name=name))}</p>')
    elif slot.button(w.say("work.make"), key=f"make-{key}", type="primary", width="stretch"):
        bar.progress(0.0, w.say("work.begun"))
        # What was pressed stays at the end of the box while it has the focus, and goes when Cancel is pressed, which
        # would move under the hand: the look hides it.
        slot.button(w.say("work.cancel"), key=f"cancel-{key}", width="stretch")
        _make(key, asked, make, bar)


def _make(key: str, asked: Hashable, make: Make, bar: DeltaGenerator) -> None:
    w = say()

    def told(done: int, of: int) -> None:
        bar.progress(done / of, w.say("work.going", done=f"{done:,}", of=f"{of:,}"))

    try:
        made = make(told)
    except (ExportError, Refused) as error:
        place(f'<p role="alert">{e(error.text(language()))}</p>')
        return
    st.session_state[_kept(key)] = (asked, made)
    st.rerun()


def _kept(key: str) -> str:
    """The last file of its kind that this reader had made: what was asked for, and the file."""
    return f"{key}-made"
