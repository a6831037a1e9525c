"""What a reader sees where our code failed: a sentence, a number that is also in the log, and ways on."""

import logging
import secrets

import streamlit as st

from views.frame import e, is_embedded, page_head, place, same_page, say
from views.masthead import masthead
from views.nothing import home, state

_log = logging.getLogger(__name__)

# Hides what was placed before: half a page would pass for a whole one.
ALONE = ".stMainBlockContainer:has(.st-key-failure)>.stVerticalBlock>:not(:has(.st-key-failure)){display:none}"


def show(error: Exception) -> None:
    """Log what failed under a number, and place a page in place of the one that was begun."""
    number = secrets.token_hex(4)
    _log.error("A reader was told of failure %s", number, exc_info=error)
    st.set_page_config(page_title=say().say("failure.title"), layout="wide")
    page_head(ALONE)
    with st.container(key="failure"):
        if not is_embedded():
            place(masthead(None, ""))
        place(_page(number))


def _page(number: str) -> str:
    w = say()
    texts = [e(w.say("failure.text")), f"{e(w.say('failure.report'))} <code>{number}</code>"]
    return state(w.say("failure.title"), texts, {same_page(): w.say("failure.again")} | home(), afresh=True)
