"""What stands at the door of every page: page set-up, language, navigation. No number is computed here."""

import streamlit as st

from tracking.look import Theme
from tracking.model import LANGUAGES
from tracking.problems import CatalogueError
from tracking.words import words
from views import shared
from views.frame import (
    catalogue,
    day_control,
    e,
    keep_day,
    language,
    page_head,
    pages,
    place,
    say,
    say_if_no_store,
    theme,
)


def set_language() -> None:
    """The switch was used: keep it in the address."""
    st.query_params["lang"] = st.session_state["language"]


def language_switch() -> None:
    st.session_state["language"] = language()
    st.query_params["lang"] = language()
    st.segmented_control(
        say().say("site.language"), LANGUAGES, key="language", required=True, on_change=set_language,
        format_func=lambda code: {"zh": "中文"}.get(code, code.upper()), label_visibility="collapsed",
    )  # fmt: skip


def main() -> None:
    """One run for one reader."""
    shared.pin()
    w = say()
    keep_day()
    try:
        title = catalogue().card.title[language()]
    except CatalogueError as error:
        st.set_page_config(page_title=w.say("problems.title"), layout="wide")
        page_head()
        show_problems(error)
        return
    st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
    page_head()
    entries = {
        name: st.Page(show, title=w.say(f"site.{name}"), url_path=name, default=name == "overview")
        for name, show in pages().items()
    }
    st.session_state["pages"] = entries
    st.logo(wordmark(title, theme()), size="large", link=None)
    page = st.navigation(list(entries.values()), position="top")
    language_switch()
    day_control()
    say_if_no_store()
    page.run()


def warm() -> None:
    """Import the pages and read the words, so that no reader waits for it."""
    pages()
    for lang in LANGUAGES:
        words(lang)


def wordmark(title: str, t: Theme) -> str:
    """The catalogue's title as a picture: the only thing that Streamlit's header shows."""
    width = sum(19 if ord(letter) > 0x2E80 else 10 for letter in title) + 6
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="28" viewBox="0 0 {width} 28">'
        f'<text x="0" y="21" font-family="Source Serif, Source Han Serif SC, Noto Serif CJK SC, Songti SC, serif"'
        f' font-size="19" font-weight="600" fill="{t.ink}">{e(title)}</text></svg>'
    )


def show_problems(error: CatalogueError) -> None:
    """A catalogue with mistakes: all of them, each with its place and its cure."""
    w = words(language())
    lines = "\n".join(p.text(language()) for p in error.problems)
    place(f"<h1>{e(w.say('problems.title'))}</h1><p>{e(w.say('problems.intro'))}</p>"
          f"<pre style='white-space:pre-wrap'>{e(lines)}</pre>")  # fmt: skip
