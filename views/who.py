"""Who the reader is, and what they may do. Asked anew at each run and at each click: a right can end in between."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path

import streamlit as st

from editing import audit
from editing.rights import AT_THE_MACHINE, Person, Reader, Refusal, Role, is_at_the_machine, of_claims
from editing.sign_in import SettingsError
from views import shared, sign_in
from views.back import FAILED, SIGN_IN
from views.frame import address, e, place, say
from views.nothing import home, state
from views.sign_in import was_set_up
from views.ways import FOR_ADMINS

AN_HOUR = 3600  # seconds
MOST_NOTED = 1000  # people whose refusal is remembered
_log = logging.getLogger(__name__)
AGAIN = (Refusal.SIGNED_OUT, Refusal.EXPIRED)  # signing in may help


def reader() -> Reader:
    """Whoever sees this page, with what they may do. For a page, and for what a click calls."""
    try:
        rights = sign_in.rights()
    except SettingsError:
        return Reader(Role.READER, refusal=Refusal.SETTINGS)
    if st.context.is_embedded:
        return Reader(Role.READER, refusal=Refusal.EMBEDDED)
    if rights is not None:
        return of_claims(st.user.to_dict(), rights, datetime.now(UTC))
    if is_at_the_machine(str(st.get_option("server.address") or ""), st.context.headers):
        return Reader(Role.ADMIN, AT_THE_MACHINE)
    return Reader(Role.READER, refusal=Refusal.ELSEWHERE)


def may_edit() -> bool:
    return reader().may_edit


def editor() -> Person | None:
    """Who changes something now; None, and a line in the log, where they may not. For what a click calls."""
    found = reader()
    _noted(found)
    return found.person if found.may_edit else None


def for_editors(show: Callable[[], None]) -> Callable[[], None]:
    """A page that only editors see; who may not edit is told why, and what to do."""
    return _guarded(show, lambda found: found.may_edit)


def for_admins(show: Callable[[], None]) -> Callable[[], None]:
    return _guarded(show, lambda found: found.is_admin)


def _guarded(show: Callable[[], None], may: Callable[[Reader], bool]) -> Callable[[], None]:
    @wraps(show)
    def guarded() -> None:
        found = reader()
        if may(found):
            show()
        else:
            _noted(found)
            refuse(found)

    return guarded


def _noted(found: Reader) -> None:
    """A line in the log of who had signed in and may not edit; one an hour, or anybody could fill the disk."""
    if found.person is not None and found.refusal is not None:
        _note(shared.folder(), found.person, found.refusal.value)


@st.cache_data(ttl=AN_HOUR, max_entries=MOST_NOTED, show_spinner=False)
def _note(goals: Path, person: Person, why: str) -> None:
    try:
        audit.record(goals, audit.Entry(audit.now(), audit.What.REFUSED, person, why=why))
    except OSError as error:  # they stay out all the same
        _log.error("A refusal could not be written to the log of changes: %s", error)


def refuse(found: Reader) -> None:
    """A page in place of one that this reader may not see."""
    w = say()
    texts = [e(text) for text in _why(found)]
    place(state(w.say("who.closed-to-editors" if found.may_edit else "who.closed"), texts, home()))
    if found.refusal in AGAIN:
        st.button(w.say("who.sign-in"), key="sign-in-here", on_click=st.login)


def _why(found: Reader) -> list[str]:
    """Why this reader may not, and whom to ask."""
    w, rights = say(), sign_in.rights() if found.person else None
    why = [w.say(f"who.{found.refusal.value if found.refusal else 'no-admin'}")]
    if found.person and found.refusal not in AGAIN:
        why = [w.say("who.signed-in", name=found.person.name), *why]
    if rights and rights.contact and found.refusal not in AGAIN:
        why.append(w.say("who.ask", contact=rights.contact))
    return why


# ---- signing in and out


def control() -> None:
    """In the head of every page where sign-in is set up: the way in; for who is signed in, the name and the way out."""
    if not was_set_up():
        return
    found, w = reader(), say()
    if found.refusal in (Refusal.SETTINGS, Refusal.EMBEDDED):
        return
    with st.container(key="who"):
        if found.person is None or found.refusal in AGAIN:
            st.button(w.say("who.sign-in"), type="tertiary", key="sign-in", on_click=st.login)
            return
        with st.popover(found.person.name, type="tertiary"):
            role = [w.say(f"who.role.{found.role.name.lower()}")] if found.may_edit else _why(found)[1:]
            place("".join(f'<p class="caption">{e(text)}</p>' for text in [*_vouched(found), *role]) + way_to_changes())
            st.button(w.say("who.sign-out"), key="sign-out", on_click=st.logout)


def _vouched(found: Reader) -> list[str]:
    assert found.person is not None
    return [say().say("who.vouched", who=found.person.known_as, issuer=found.person.issuer)]


def way_to_changes() -> str:
    """The link to the log of who changed what, for whoever may see it."""
    ways = {address(page): say().say(f"site.{page}") for page in FOR_ADMINS} if reader().is_admin else {}
    return "".join(f'<p><a href="{e(to)}" target="_self">{e(text)}</a></p>' for to, text in ways.items())


def say_if_failed() -> None:
    """That signing in has come to nothing: Streamlit comes back without a word."""
    if st.query_params.get(SIGN_IN) == FAILED and was_set_up() and reader().refusal in AGAIN:
        place(f'<p role="alert">{e(say().say("who.failed"))}</p>')
