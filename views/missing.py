"""An address that is none: said so, with ways on."""

import streamlit as st

from views.frame import address, e, place, say
from views.ways import LONGEST


def show() -> None:
    w, page = say(), st.query_params.get("page", "")[:LONGEST]
    said = f"<p>{e(w.say('site.no-such-page', page=page))}</p>" if page else ""
    place(f'<h1>{e(w.say("site.missing-page"))}</h1>{said}'
          f'<p><a href="{e(address("overview"))}" target="_self">{e(w.say("site.back"))}</a></p>')  # fmt: skip
