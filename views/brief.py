"""A brief to take along: on a goal, or on the goals that the overview shows. It is made when it is asked for."""

from datetime import date

import streamlit as st

from exporting.brief.formats import KINDS, MIME, made, missing, work
from exporting.brief.pictures import Pictures
from exporting.charts import has_chinese_font
from exporting.errors import ExportError
from tracking import numbers as n
from tracking.brief import brief, file_name
from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES
from tracking.words import words
from views import shared
from views.frame import as_of, base_address, catalogue, e, language, place, say

MADE = "brief-made"  # the last brief that this reader had made: what was asked for, and the file
Asked = tuple[tuple[str, ...], date, str, str, int]


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
    with (
        opened,
        st.container(key="brief-box"),
    ):  # as high as what comes, or only a strip would find room at the page's end
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
    asked: Asked = (goals, as_of(), lang, kind, shared.state().key)
    name = file_name(goals, as_of(), lang, kind)
    held = st.session_state.get(MADE)
    if held is not None and held[0] == asked:
        st.download_button(w.say("brief.download.save"), held[1], name, MIME[kind], on_click="ignore", type="primary",
                           key="brief-save", width="stretch")  # fmt: skip
        place(f'<p class="caption" role="status">{e(w.say("brief.download.made", name=name))}</p>')
    elif st.button(w.say("brief.download.make"), key="brief-make", type="primary", width="stretch"):
        _make(asked)


def _make(asked: Asked) -> None:
    """Make it while a bar says how far it is. Whatever else is pressed ends the run, and with it the work; in a
    fragment it would not."""
    w = say()
    st.button(w.say("brief.download.cancel"), key="brief-cancel", width="stretch")
    bar = st.progress(0.0, w.say("brief.download.begun"))
    goals, day, lang, kind, _ = asked
    done = 0
    said = brief(catalogue(), goals, day, lang, base_address())
    whole = work(said, (kind,))

    def one_more() -> None:
        nonlocal done
        done += 1
        bar.progress(done / whole, w.say("brief.download.going", done=done, of=whole))

    try:
        st.session_state[MADE] = (asked, made(said, Pictures(catalogue(), said, one_more), kind))
    except ExportError as error:
        place(f'<p role="alert">{e(error.text(language()))}</p>')
        return
    st.rerun()
