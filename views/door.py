"""What stands at the door of every page: page set-up, language, navigation. No number is computed here."""

import streamlit as st

from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES
from tracking.problems import CatalogueError
from tracking.words import words
from views import shared
from views.frame import (
    catalogue,
    day_control,
    e,
    language,
    page_head,
    pages,
    place,
    say,
    say_if_no_store,
    say_what_day,
)
from views.masthead import CONTENT, masthead


def main() -> None:
    """One run for one reader."""
    shared.pin()
    try:
        c = catalogue()
    except CatalogueError as error:
        st.set_page_config(page_title=say().say("problems.title"), layout="wide")
        page_head()
        show_problems(error)
        return
    entries = {name: st.Page(show, url_path=name, default=name == "overview") for name, show in pages().items()}
    page = st.navigation(list(entries.values()), position="hidden")
    name = page.url_path or "overview"
    st.set_page_config(page_title=title_of(c, name), layout="wide")
    page_head()
    with st.container(key="masthead"):
        place(masthead(c, name))
        day_control()
    with st.container(key=CONTENT):
        st.html(f'<span id="{CONTENT}" tabindex="-1"></span>')
        say_what_day()
        say_if_no_store()
        page.run()


def title_of(c: Catalogue, page: str) -> str:
    """What the browser's tab and history call the page."""
    asked, lang = st.query_params.get(page.removesuffix("s"), ""), language()
    named = {
        "goal": lambda: c.goals[asked].title[lang] if asked in c.goals else None,
        "indicator": lambda: c.indicators[asked].name[lang] if asked in c.indicators else None,
        "documents": lambda: c.documents[asked].title[lang] if asked in c.documents else None,
    }
    title = named[page]() if page in named else None
    return f"{title or say().say(f'site.{page}')} – {c.card.title[lang]}"


def warm() -> None:
    """Import the pages and read the words, so that no reader waits for it."""
    pages()
    for lang in LANGUAGES:
        words(lang)


def show_problems(error: CatalogueError) -> None:
    """A catalogue with mistakes: all of them, each with its place and its cure."""
    w = words(language())
    lines = "\n".join(p.text(language()) for p in error.problems)
    place(f"<h1>{e(w.say('problems.title'))}</h1><p>{e(w.say('problems.intro'))}</p>"
          f"<pre style='white-space:pre-wrap'>{e(lines)}</pre>")  # fmt: skip
