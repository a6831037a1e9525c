"""What is made anew, and what gets another id; both lie on the desk until they are saved."""

from collections.abc import Callable, Mapping

import streamlit as st

from editing import templates
from editing.refusal import Refused
from editing.renaming import Named, renamed
from tracking.catalogue import Catalogue
from views import shared
from views.editing import desk
from views.editing.keeping import tell
from views.editing.kinds import file_of, id_of, ids, kind_of
from views.frame import language, say

NEW, NEW_ID, OLD_KIND, OLD, RENAMED = "edit-new", "edit-new-id", "edit-old-kind", "edit-old", "edit-renamed"
MADE: Mapping[str, Callable[..., dict[str, str]]] = {
    "goal": templates.new_goal, "indicator": templates.new_indicator, "target": templates.new_target,
    "document": templates.new_document, "figures": templates.new_figures, "publisher": templates.new_publisher,
    "unit": templates.new_unit,
}  # fmt: skip
OF_INDICATORS = ("target", "figures")  # what an indicator gets, by whose id it is known


def place_making(here: str) -> None:
    """The two ways, each behind a button; `here`: the file that is open."""
    w, c = say(), desk.good()
    with st.container(horizontal=True, key="edit-make"):
        with st.popover(w.say("edit.new"), icon=":material/add:", type="tertiary", width="content"):
            kind = st.selectbox(w.say("edit.new-what"), list(MADE), key=NEW, format_func=_kind)
            if kind in OF_INDICATORS and c:
                _choose_indicator(c, here)
            else:
                st.text_input(w.say("edit.new-id"), key=NEW_ID, help=w.say("edit.new-id-how"))
            st.button(w.say("edit.new-make"), key="edit-new-make", type="primary", on_click=_make, args=(kind,))
        if c:
            with st.popover(w.say("edit.rename"), icon=":material/edit:", type="tertiary", width="content"):
                _place_renaming(c, here)


def _kind(kind: str) -> str:
    return say().say(f"edit.new-kind.{kind}")


def _choose_indicator(c: Catalogue, here: str) -> None:
    names = dict(ids(c, "indicators", language()))
    mine = [id_of(here)] if kind_of(here) == "indicator" and id_of(here) in names else []
    st.selectbox(say().say("edit.kind.indicator"), [*mine, *(i for i in names if i not in mine)], key=NEW_ID + "-of",
                 format_func=lambda i: names[i])  # fmt: skip


def _make(kind: str) -> None:
    """Lay the new texts on the desk and open the first of them."""
    thing = st.session_state.get(NEW_ID + "-of" if kind in OF_INDICATORS else NEW_ID, "").strip()
    try:
        made = MADE[kind](shared.folder(), desk.texts(), thing)
    except Refused as error:
        tell(error.sentence(language()), alert=True)
        return
    desk.hand_over(made)
    _open(next(iter(made)))
    tell(say().say("edit.made"))


def _place_renaming(c: Catalogue, here: str) -> None:
    w = say()
    own = {"goal": Named.GOAL, "indicator": Named.INDICATOR}.get(kind_of(here) if here else "")
    kinds = sorted(Named, key=lambda kind: kind is not own)
    kind = st.selectbox(w.say("edit.new-what"), kinds, key=f"{OLD_KIND}-{own}", format_func=_kind)
    names = {i: title for i, title in ids(c, f"{kind.value}s", language()) if isinstance(i, str)}
    known = sorted(names, key=lambda i: (i != id_of(here) if here else True, i))
    old = st.selectbox(
        w.say("edit.rename-old"), known, key=f"{OLD}-{kind.value}-{here}", format_func=lambda i: f"{i} ({names[i]})"
    )
    st.text_input(w.say("edit.rename-new"), key=RENAMED, help=w.say("edit.new-id-how"))
    st.button(w.say("edit.rename-do"), key="edit-rename", type="primary", on_click=_rename, args=(kind, old, here))


def _rename(kind: Named, old: str, here: str) -> None:
    new = st.session_state[RENAMED].strip()
    try:
        changes = renamed(shared.folder(), desk.texts(), kind, old, new)
    except Refused as error:
        tell(error.sentence(language()), alert=True)
        return
    desk.hand_over(changes)
    if here and changes.get(here, "") is None:
        _open(file_of(kind_of(here), new))
    st.session_state[RENAMED] = ""
    st.query_params["beside"] = "changes"
    tell(say().count("edit.renamed", len(changes), old=old, new=new))


def _open(name: str) -> None:
    st.query_params["file"] = name
    st.query_params.pop("line", None)
