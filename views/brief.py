"""A brief to take along: on a goal, or on the goals that the overview shows. It is made when it is asked for."""

from itertools import count

import streamlit as st

from exporting.brief.formats import KINDS, MIME, made, missing, work
from exporting.brief.pictures import Pictures
from exporting.charts import has_chinese_font
from tracking import numbers as n
from tracking.brief import brief, file_name
from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES
from tracking.words import words
from views import shared
from views.frame import as_of, base_address, catalogue, e, language, place, say
from views.work import Told, place_work


def of_page(c: Catalogue, page: str) -> None:
    """Offer a brief on what the page is about."""
    from views.overview import goals_shown

    named = st.query_params.get("goal", "")
    match page:
        case "overview":
            _offer(goals_shown())
        case "goal" if named in c.goals:
            _offer((named,))


def _offer(goals: tuple[str, ...]) -> None:
    """A button that opens what may be chosen."""
    if not goals:
        return
    w = say()
    opened = st.popover(w.say("brief.download.title"), type="tertiary", width="content", icon=":material/article:",
                        key="brief", on_change="rerun")  # fmt: skip
    if not opened.open:
        return
    with opened, st.container(key="box-brief"):
        text = w.count("brief.download.what", len(goals), day=n.day_text(as_of(), language()))
        place(f'<p class="small">{e(text)}</p>')
        if (why := missing()) is not None:
            place(f'<p role="alert">{e(why.text(language()))}</p>')
            return
        if not has_chinese_font():
            place(f'<p role="alert">{e(w.say("drawing.problem.no-font"))}</p>')
        _choices(goals if len(goals) < len(catalogue().goals) else ())


def _choices(goals: tuple[str, ...]) -> None:
    """Format and language; then the way to have it made, and once it is made, to save it."""
    w = say()
    kind = st.selectbox(w.say("picture.download.format"), KINDS, key="brief-format",
                        format_func=lambda k: w.say(f"brief.download.as.{k}"))  # fmt: skip
    lang = st.selectbox(w.say("site.language"), LANGUAGES, LANGUAGES.index(language()), key="brief-language",
                        format_func=lambda code: words(code).say("picture.download.language"))  # fmt: skip
    c, day, base = catalogue(), as_of(), base_address()

    def make(told: Told) -> bytes:
        said, done = brief(c, goals, day, lang, base), count(1)
        whole = work(said, (kind,))
        return made(said, Pictures(c, said, lambda: told(next(done), whole)), kind)

    asked = (goals, day, lang, kind, shared.state().key)
    place_work("brief", asked, file_name(goals, day, lang, kind), MIME[kind], make)
