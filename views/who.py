"""Who the reader is, and what they may do. Asked anew at each run and at each click: a right can end in between."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from editing.rights import AT_THE_MACHINE, Reader, Refusal, Role, is_at_the_machine
from views.frame import e, place, say
from views.nothing import home, state


def reader() -> Reader:
    """Whoever sees this page, with what he may do."""
    listens = str(st.get_option("server.address") or "")
    if is_at_the_machine(listens, st.context.headers):
        return Reader(Role.ADMIN, AT_THE_MACHINE)
    return Reader(Role.READER, refusal=Refusal.ELSEWHERE)


def may_edit() -> bool:
    return reader().may_edit


def for_editors(show: Callable[[], None]) -> Callable[[], None]:
    """A page that only editors see; who may not edit is told why, and what to do."""

    @wraps(show)
    def guarded() -> None:
        found = reader()
        if found.refusal is None:
            show()
        else:
            _refuse(found.refusal)

    return guarded


def _refuse(why: Refusal) -> None:
    w = say()
    place(state(w.say("who.closed"), [e(w.say(f"who.{why.value}"))], home()))
