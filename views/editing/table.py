"""Figures as a table of cells, and rows that a spreadsheet copied."""

from typing import Any

import pandas as pd
import streamlit as st

from editing.grid import Row, pasted, rows, with_rows
from editing.refusal import Refused
from tracking.figures import COLUMNS
from tracking.model import Bound, Check, Status
from views.editing import desk
from views.editing.keeping import tell
from views.editing.kinds import ids
from views.frame import e, language, place, say

PASTED, PASTED_COLUMNS, FILL = "edit-pasted", "edit-pasted-columns", ("document", "published", "check")
MOST = 8  # problems of a paste that are told at once
CHOICES = {"bound": Bound, "status": Status, "check": Check}


def place_table(name: str) -> None:
    """The cells, as they were when the table was drawn, and the text that follows what is changed in them."""
    try:
        begun = _begun(name)
    except Refused as error:
        place(f'<p role="alert">{e(error.sentence(language()))}</p>')
        return
    key = f"cells {name} {begun['serial']}"
    st.data_editor(begun["cells"], key=key, num_rows="dynamic", height=480, hide_index=True, placeholder="",
                   column_config=_columns(), on_change=_take, args=(name, key))  # fmt: skip
    _place_pasting(name, begun["rows"])


def _begun(name: str) -> dict[str, Any]:
    """What the table began with. It is not given what it gave: the cells would be drawn anew under the hand."""
    own = desk.desk()
    if own.get("table", {}).get("at") != (name, own["serial"]):
        text = desk.text_of(name)
        found = rows(text)
        cells = pd.DataFrame(found, columns=list(COLUMNS), dtype="object")
        own["table"] = {
            "at": (name, own["serial"]),
            "serial": own["serial"],
            "text": text,
            "rows": found,
            "cells": cells,
        }
    begun: dict[str, Any] = own["table"]
    return begun


def _columns() -> dict[str, Any]:
    w, c = say(), desk.good()
    found: dict[str, Any] = {name: st.column_config.TextColumn(w.say(f"edit.column.{name}")) for name in COLUMNS}
    for name, words in CHOICES.items():
        found[name] = st.column_config.SelectboxColumn(w.say(f"edit.column.{name}"), options=["", *words])
    if c:
        options = [i for i, _ in ids(c, "documents", language())]
        found["document"] = st.column_config.SelectboxColumn(w.say("edit.column.document"), options=options)
    return found


def _take(name: str, key: str) -> None:
    """Make the changes of the cells in the text that the table began with."""
    begun, changed = desk.desk()["table"], st.session_state[key]
    rows_now: list[list[Any] | None] = [list(row) for row in begun["rows"]]
    for n, cells in changed["edited_rows"].items():
        rows_now[int(n)] = [cells.get(c, old) for c, old in zip(COLUMNS, begun["rows"][int(n)], strict=True)]
    for n in changed["deleted_rows"]:
        rows_now[int(n)] = None
    rows_now += [[cells.get(c) for c in COLUMNS] for cells in changed["added_rows"]]
    typed = [tuple("" if cell is None else str(cell).strip() for cell in row) for row in rows_now if row]
    desk.write(name, with_rows(begun["text"], [row for row in typed if any(row)]))


def _place_pasting(name: str, before: tuple[Row, ...]) -> None:
    """Rows from a spreadsheet: which columns they have, and what stands in the others."""
    w, last = say(), dict(zip(COLUMNS, before[-1], strict=True)) if before else {}
    with st.expander(w.say("edit.paste")):
        place(f'<p class="small">{e(w.say("edit.paste-how"))}</p>')
        st.multiselect(w.say("edit.paste-columns"), COLUMNS, ["period", "value"], key=PASTED_COLUMNS,
                       format_func=lambda k: w.say(f"edit.column.{k}"))  # fmt: skip
        for key in FILL:
            st.text_input(w.say("edit.paste-fill", column=w.say(f"edit.column.{key}")), last.get(key, ""),
                          key=f"{PASTED}-{key}")  # fmt: skip
        st.text_area(w.say("edit.pasted"), key=PASTED, height=140)
        st.button(w.say("edit.paste-add"), key="edit-paste", on_click=_paste, args=(name,))


def _paste(name: str) -> None:
    fill = {key: st.session_state[f"{PASTED}-{key}"].strip() for key in FILL}
    found = pasted(st.session_state[PASTED], st.session_state[PASTED_COLUMNS], fill)
    w = say()
    if found.problems:
        said = [
            w.say("edit.pasted-at", line=p.line, column=p.column, what=p.sentence(language())) for p in found.problems
        ]
        tell(" ".join(said[:MOST]), alert=True)
        return
    text = desk.text_of(name)
    desk.hand_over({name: with_rows(text, [*rows(text), *found.rows])})
    st.session_state[PASTED] = ""
    tell(w.count("edit.pasted-rows", len(found.rows)))
