"""An address that is none: said so, with ways on."""

import streamlit as st

from views.frame import e, place, say
from views.nothing import home, state
from views.ways import LONGEST


def show() -> None:
    w, page = say(), st.query_params.get("page", "")[:LONGEST]
    said = [e(w.say("site.no-such-page", page=page))] if page else []
    place(state(w.say("site.missing-page"), said, home()))
