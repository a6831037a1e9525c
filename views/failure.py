"""What a reader sees where our code failed: a sentence, a number that is also in the log, and ways on."""

import logging
import secrets

import streamlit as st

from views.frame import address, e, page_head, place, same_page, say
from views.masthead import masthead

_log = logging.getLogger(__name__)


def show(error: Exception) -> None:
    """Log what failed under a number, and place a page in place of the one that was begun.

    The style hides what was placed before: half a page would pass for a whole one.
    """
    number = secrets.token_hex(4)
    _log.error("A reader was told of failure %s", number, exc_info=error)
    st.set_page_config(page_title=say().say("failure.title"), layout="wide")
    page_head()
    with st.container(key="failure"):
        place(masthead(None, ""))
        place(_page(number))


def _page(number: str) -> str:
    w = say()
    again = f'<a class="afresh" href="{e(same_page())}" target="_self">{e(w.say("failure.again"))}</a>'
    home = f'<a href="{e(address("overview"))}" target="_self">{e(w.say("site.back"))}</a>'
    return (
        f'<div class="state" role="alert"><h1 class="sentence">{e(w.say("failure.title"))}</h1>'
        f"<p>{e(w.say('failure.text'))}</p><p>{e(w.say('failure.report'))} <code>{number}</code></p>"
        f'<p class="ways">{again}{home}</p></div>'
    )
