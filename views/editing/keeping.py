"""Saving what lies on the desk, and what came of it: saved, refused, or changed by somebody else meanwhile."""

from datetime import UTC, datetime

import streamlit as st

from editing.git import commit, is_work_tree, patch, usual_author
from editing.refusal import Refused
from editing.rights import AT_THE_MACHINE, Person
from editing.saving import Clash, Conflict, Saved, save
from tracking.problems import CatalogueError
from views import shared, who
from views.editing import desk
from views.editing.changes import lines
from views.frame import e, place, say

MESSAGE, COMMIT = "edit-message", "edit-commit"
NAME, EMAIL = "edit-author", "edit-email"  # of who commits, where nobody is signed in who has a name
SAID = "edit-said"  # what came of the last press of a button: whether it is an alert, and the sentence


def place_keeping(name: str) -> None:
    """What is unsaved, in which words it is saved, and the buttons; nothing where nothing is."""
    _place_said()
    if not desk.edits():
        return
    w, count = say(), len(desk.edits())
    with st.container(key="edit-keep"):
        listed = ", ".join(sorted(desk.edits()))
        place(f'<p class="ed-unsaved">{e(w.count("edit.unsaved-files", count, files=listed))}</p>')
        st.text_input(w.say("edit.message"), key=MESSAGE, placeholder=w.say("edit.message-hint"), max_chars=300)
        if is_work_tree(shared.folder()) and st.checkbox(w.say("edit.commit"), key=COMMIT):
            _place_author()
        with st.container(horizontal=True, key="edit-buttons"):
            st.button(w.say("edit.save"), key="edit-save", type="primary", on_click=keep)
            _place_patch()
            if name in desk.edits():
                st.button(
                    w.say("edit.drop"), key="edit-drop", on_click=_drop, args=(name,), help=w.say("edit.drop-how")
                )


def _place_author() -> None:
    """Who commits: at the machine nobody vouches for a name, so it is asked for; git's own settings may know it."""
    if who.reader().person != AT_THE_MACHINE:
        return
    w, usual = say(), usual_author(shared.folder())
    with st.container(horizontal=True, key="edit-author-is"):
        st.text_input(w.say("edit.author"), usual.name if usual else "", key=NAME, max_chars=100)
        st.text_input(w.say("edit.email"), usual.email if usual else "", key=EMAIL, max_chars=200)


def _author(person: Person) -> Person:
    """As whom this person commits: who is signed in, else who was named."""
    if person != AT_THE_MACHINE:
        return person
    name, email = (str(st.session_state.get(key, "")).strip() for key in (NAME, EMAIL))
    return Person(name, email, issuer=person.issuer)


def _place_patch() -> None:
    """What is unsaved, to be sent by mail or applied elsewhere. It is made when it is asked for."""
    w, goals, person = say(), shared.folder(), who.reader().person
    by = _author(person or AT_THE_MACHINE)
    if not by.name and is_work_tree(goals):
        by = usual_author(goals) or by
    changes = {n: (None if one.opened.is_new else one.opened.text, one.text) for n, one in desk.edits().items()}
    message = _message()

    def made() -> str:
        return patch(goals, changes, by, message, datetime.now(UTC))

    st.download_button(w.say("edit.patch"), made, "goals.patch", "text/x-patch", on_click="ignore", key="edit-patch",
                       help=w.say("edit.patch-how"))  # fmt: skip


def _message() -> str:
    return str(st.session_state.get(MESSAGE, "")).strip() or say().say("edit.message-hint")


def keep() -> None:
    """Save everything that lies on the desk. Nothing is lost: what is refused stays where it is."""
    w, person = say(), who.editor()
    st.session_state[SAID] = None
    if person is None:
        tell(w.say("edit.may-not"), alert=True)
        return
    if not desk.edits():
        tell(w.say("edit.no-changes"))
        return
    message, by = _message(), person
    if st.session_state.get(COMMIT) and not _author(by).name:  # once saved it lies on the desk no more
        tell(w.say("edit.no-author"), alert=True)
        return
    try:
        saved = save(shared.folder(), list(desk.edits().values()), by, message)
    except CatalogueError as error:
        tell(w.count("edit.not-valid", len(error.problems)), alert=True)
    except Refused as error:
        tell(w.say("edit.refused", why=error.sentence(w.language)), alert=True)
    except Conflict as conflict:
        desk.desk()["conflict"] = conflict.clashes
    else:
        _went_well(saved, by, message)


def _went_well(saved: Saved, by: Person, message: str) -> None:
    w, names = say(), sorted(desk.edits())
    desk.edits().clear()
    desk.desk()["shown"].update(saved.opened)
    desk.given()
    said = [w.count("edit.saved", len(names), files=", ".join(names), at=datetime.now(UTC).strftime("%H:%M UTC"))]
    if saved.merged:
        said.append(w.say("edit.merged", files=", ".join(saved.merged)))
    if st.session_state.get(COMMIT):
        said.append(_committed(names, _author(by), message))
    st.session_state[MESSAGE] = ""
    tell(" ".join(said))


def _committed(names: list[str], by: Person, message: str) -> str:
    """What is saved stays saved, whatever becomes of the commit."""
    w = say()
    try:
        made = commit(shared.folder(), names, by, message)
    except Refused as error:
        return w.say("edit.not-committed", why=error.sentence(w.language))
    return w.say("edit.committed", commit=made[:10]) if made else w.say("edit.nothing-committed")


def tell(sentence: str, *, alert: bool = False) -> None:
    st.session_state[SAID] = (alert, sentence)


def _place_said() -> None:
    said = st.session_state.get(SAID)
    if said is not None:
        alert, sentence = said
        place(f'<p role="{"alert" if alert else "status"}" class="ed-said">{e(sentence)}</p>')


def _drop(name: str) -> None:
    desk.put_away(name)
    tell(say().say("edit.dropped", file=name))


def place_conflict() -> bool:
    """Both versions of what two changed at the same place, to choose from; whether there is any."""
    clashes: tuple[Clash, ...] = desk.desk()["conflict"]
    if not clashes:
        return False
    w = say()
    place(f'<p role="alert" class="ed-said">{e(w.say("edit.conflict"))}</p>')
    for clash in clashes:
        _place_clash(clash)
    return True


def _place_clash(clash: Clash) -> None:
    w, base = say(), clash.base or ""
    sides = {"theirs": clash.theirs, "mine": clash.mine}
    place(f"<h3>{e(clash.name)}</h3>" + "".join(
        f"<h4>{e(w.say(f'edit.{side}'))}</h4>"
        + (lines(base, text) if text is not None else f'<p class="small">{e(w.say("edit.taken-away"))}</p>')
        for side, text in sides.items()
    ))  # fmt: skip
    with st.container(horizontal=True):
        for side in ("mine", "theirs"):
            st.button(w.say(f"edit.take-{side}"), key=f"edit-{side}-{clash.name}", on_click=_settle, args=(clash, side))
    place("".join(_whole(w.say(f"edit.whole-{side}"), text) for side, text in (("base", clash.base), *sides.items())))


def _whole(title: str, text: str | None) -> str:
    return "" if text is None else f'<details><summary>{e(title)}</summary><pre tabindex="0">{e(text)}</pre></details>'


def _settle(clash: Clash, side: str) -> None:
    """Go on from the file as it stands, with my text over it, or with theirs."""
    desk.put_away(clash.name)
    desk.desk()["shown"][clash.name] = clash.now
    if side == "mine":
        desk.write(clash.name, clash.mine, clash.now)
    desk.desk()["conflict"] = tuple(one for one in desk.desk()["conflict"] if one.name != clash.name)
    tell(say().say(f"edit.took-{side}", file=clash.name))
