"""The page on which the catalogue is changed: a tree of its files, the text of one, and what the text makes of it."""

import streamlit as st

from editing.folder import name_of, path_of
from editing.refusal import Refused
from tracking.problems import Problem
from views import shared, who
from views.editing import desk, keeping, past, preview, writing
from views.editing.changes import place_changes
from views.editing.form import place_form
from views.editing.kinds import id_of, kind_of
from views.editing.making import place_making
from views.editing.table import place_table
from views.editing.tree import place_tree, titles
from views.frame import address, e, place, say
from views.nothing import state

BESIDE = ("preview", "changes", "past")
MOST = 8  # problems of other files
# Wider than a page that is read, and below each other where there is no room.
STYLE = ".stMainBlockContainer{max-width:1680px}"


def show() -> None:
    name = st.query_params.get("file", "")
    st.html(f"<style>{STYLE}</style>")
    if name and (refused := _refusal(name)):
        place(state(say().say("edit.cannot-open"), [e(refused)], {address("edit"): say().say("edit.all-files")}))
        return
    desk.given()  # whatever the editor still shows of an earlier run, it takes the text that is here
    if name:
        desk.taken_up(name)
    with st.container(key="edit"):
        left, right = st.columns([2.6, 9.4], gap="medium")
        with left, st.container(key="edit-tree"):
            place_making(name)
            place_tree(name)
        with right:
            if name:
                _place_desk(name)
            else:
                _place_welcome()


def _refusal(name: str) -> str:
    """Why there is no such file to change; nothing where there is."""
    try:
        path_of(shared.folder(), name)
        desk.taken_up(name)
    except Refused as error:
        return error.sentence(say().language)
    return ""


def _place_welcome() -> None:
    w = say()
    place(f'<h1 class="ed-h1">{e(w.say("edit.title"))}</h1>'
          + "".join(f'<p class="ed-intro">{e(w.say(f"edit.intro-{k}"))}</p>' for k in (1, 2, 3))
          + who.way_to_changes())  # fmt: skip
    keeping.place_keeping("")


@st.fragment
def _place_desk(name: str) -> None:
    """The open file. A run of its own at each pause of whoever types; the tree and the head stay."""
    if not who.may_edit():  # the right has ended since the page was opened
        st.rerun()
    place(_head(name))
    if keeping.place_conflict():
        return
    _, _, mistakes = desk.held()
    left, right = st.columns([5.2, 4.2], gap="medium")
    with left:
        _place_text(name, mistakes)
    with right:
        _place_beside(name)


def _head(name: str) -> str:
    w, kind, thing = say(), kind_of(name), id_of(name)
    title = titles([name], desk.good())[name]
    page = {"goal": address("goal", goal=thing), "indicator": address("indicator", indicator=thing)}.get(kind)
    is_new = desk.shown(name).is_new
    way = f' · <a href="{e(page)}" target="_self">{e(w.say("edit.see-page"))}</a>' if page and not is_new else ""
    kinds = f" · {e(w.say(f'edit.kind.{kind}'))}" if kind in ("goal", "indicator", "figures") else ""
    new = f" · {e(w.say('edit.is-new'))}" if is_new else ""
    return f'<h1 class="ed-h1">{e(title)}</h1><p class="caption"><code>{e(name)}</code>{kinds}{new}{way}</p>'


def _place_text(name: str, mistakes: tuple[Problem, ...]) -> None:
    """The file by the means that were chosen, and what is wrong with the catalogue."""
    mode, mine = _mode(name), desk.problems_of(name, mistakes)
    if name in desk.edits() and desk.edits()[name].text is None:
        place(f'<p class="ed-said">{e(say().say("edit.goes-away"))}</p>')
    else:
        line = st.query_params.get("line", "")
        goto = int(line) if line.isdecimal() and len(line) < 7 else None
        writing.place_editor(name, mine, goto, is_shown=mode == "text")
        _place_other(mode, name, mine)
    place(_elsewhere([p for p in mistakes if p not in mine]))
    keeping.place_keeping(name)


def _place_other(mode: str, name: str, mine: list[Problem]) -> None:
    """What stands in the editor's place, with the problems that it would list."""
    match mode:
        case "plain":
            writing.place_plain(name)
        case "table":
            place_table(name)
        case "form":
            place_form(name, mine)
    if mode != "text":
        place(_listed(mine))


def _mode(name: str) -> str:
    """How the file is changed: as text, in a form or a table, or as text without the editor."""
    modes = ("text", "table" if kind_of(name) == "figures" else "form", "plain")
    asked = st.query_params.get("mode", "")
    st.session_state["edit-mode"] = asked if asked in modes else modes[0]
    st.segmented_control(say().say("edit.mode"), modes, key="edit-mode", required=True, on_change=_moved,
                         label_visibility="collapsed", format_func=lambda m: say().say(f"edit.as-{m}"))  # fmt: skip
    return str(st.session_state["edit-mode"])


def _moved() -> None:
    st.query_params["mode"] = st.session_state["edit-mode"]
    desk.given()


def _listed(mine: list[Problem]) -> str:
    """The problems of the open file where no editor shows them."""
    w, lang = say(), say().language
    said = w.count("editor.many", len(mine)) if mine else w.say("editor.none")
    items = "".join(f"<li><span>{e(w.say('editor.line', line=p.line))}</span> {e(p.sentence(lang))}</li>" for p in mine)
    return f'<p class="ed-count" role="status">{e(said)}</p><ol class="ed-problems">{items}</ol>'


def _elsewhere(rest: list[Problem]) -> str:
    """What is wrong in other files, as what is written here may make it so: each with the way there."""
    if not rest:
        return ""
    w = say()
    items = "".join(_problem(p) for p in rest[:MOST])
    more = f"<li>{e(w.say('edit.more-problems', n=len(rest) - MOST))}</li>" if len(rest) > MOST else ""
    said = e(w.count("edit.problems-elsewhere", len(rest)))
    return f'<p class="ed-count">{said}</p><ol class="ed-problems">{items}{more}</ol>'


def _problem(p: Problem) -> str:
    name = name_of(shared.folder(), p.file)
    where = e(p.place(shared.folder().parent))
    if name is not None:
        where = f'<a href="{e(address("edit", file=name, line=str(p.line)))}" target="_self">{e(name)}:{p.line}</a>'
    return f"<li>{where} {e(p.sentence(say().language))}</li>"


def _place_beside(name: str) -> None:
    """What the text makes of the page, what it changes, or what the file was."""
    w, asked = say(), st.query_params.get("beside", BESIDE[0])
    st.session_state["edit-beside"] = asked if asked in BESIDE else BESIDE[0]
    st.segmented_control(w.say("edit.beside"), BESIDE, key="edit-beside", required=True, on_change=_turned,
                         label_visibility="collapsed", format_func=lambda v: w.say(f"edit.show-{v}"))  # fmt: skip
    match st.session_state["edit-beside"]:
        case "changes":
            place_changes()
        case "past":
            past.place_past(name)
        case _:
            preview.place_preview(name)


def _turned() -> None:
    st.query_params["beside"] = st.session_state["edit-beside"]
