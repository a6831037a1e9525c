"""What stands at the door of every page: page set-up, language, navigation. No number is computed here."""

from collections.abc import Callable, Mapping

import streamlit as st

from editing.folder import name_of
from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES
from tracking.problems import CatalogueError, Problem
from tracking.words import words
from views import changes, data, documents, drafting, goal, indicator, methods, missing, overview, shared, who
from views.editing import page as edit
from views.foot import foot
from views.frame import (
    address,
    catalogue,
    day_control,
    e,
    is_embedded,
    language,
    other_catalogues,
    page_head,
    place,
    same_page,
    say,
    say_if_no_store,
    say_if_no_such_catalogue,
    say_what_day,
    seen,
    subject,
)
from views.masthead import CONTENT, masthead
from views.nothing import place_no_goals, state
from views.ways import MISSING

OF_GOALS = ("overview", "goal", "indicator")  # the pages that a catalogue without goals has nothing for
LOOKS = 2  # seconds between two looks whether a broken catalogue was mended

SHOWN_BY: Mapping[str, Callable[[], None]] = {  # each page, by the name in its address
    "overview": overview.show,
    "goal": goal.show,
    "indicator": indicator.show,
    "methods": methods.show,
    "documents": documents.show,
    "data": data.show,
    "edit": who.for_editors(edit.show),
    "draft": who.for_editors(drafting.show),
    "changes": who.for_admins(changes.show),
    MISSING: missing.show,
}


def main() -> None:
    """One run for one reader."""
    shared.pin()
    with seen():
        _run()


def _run() -> None:
    entries = {
        name: st.Page(show, title=say().say(f"site.{name}"), url_path=name, default=name == "overview")
        for name, show in SHOWN_BY.items()
    }
    page = st.navigation(list(entries.values()), position="hidden")  # also where none is shown: it keeps the address
    try:
        c = catalogue()
    except CatalogueError as error:
        _run_broken(error, page.url_path, page.run)
        return
    name = page.url_path or "overview"
    st.set_page_config(page_title=title_of(c, name), layout="wide")
    page_head()
    show_page(c, name, page.run)


def _run_broken(error: CatalogueError, name: str, run: Callable[[], None]) -> None:
    """A catalogue with mistakes has no page but the one on which they are mended."""
    st.set_page_config(page_title=say().say("problems.title", n=len(error.problems)), layout="wide")
    page_head()
    if name == "edit":
        with st.container(key="masthead"):
            place(masthead(None, name))
        run()
    else:
        show_problems(error)


def show_page(c: Catalogue, name: str, run: Callable[[], None]) -> None:
    """The head of every page, what is to be known of all it shows, what `run` places, and the foot."""
    if not is_embedded():
        with st.container(key="masthead"):
            place(masthead(c, name))
            day_control()
            who.control()
    with st.container(key=CONTENT):
        st.html(f'<span id="{CONTENT}" tabindex="-1"></span>')
        who.say_if_failed()
        say_what_day()
        say_if_no_such_catalogue()
        say_if_no_store(name)
        if c.goals or name not in OF_GOALS:
            run()
        else:
            place_no_goals()
    foot(c, name)


def title_of(c: Catalogue, page: str) -> str:
    """What the browser's tab and history call the page."""
    title = subject(c, page, language()) or say().say(f"site.{page}")
    return f"{title} – {c.card.title[language()]}"


def warm() -> None:
    """Read the words, so that no reader waits for it; the pages came with this module."""
    for lang in LANGUAGES:
        words(lang)


def show_problems(error: CatalogueError) -> None:
    """A catalogue with mistakes: all of them, each with its place and its cure; and the page once they are mended."""
    w, lang = say(), language()
    others = {same_page(lang=code): words(code).say("language") for code in LANGUAGES if code != lang}
    ways = {same_page(): w.say("failure.again"), **others, **other_catalogues()}
    texts = [e(w.say("problems.intro")), _problems(error, lang), e(w.say("problems.then"))]
    place(state(w.say("problems.title", n=len(error.problems)), texts, ways, afresh=True))
    _go_on_once_mended(shared.state().key)


def _problems(error: CatalogueError, lang: str) -> str:
    """A line each: the place as editors jump to it, without the folders of this machine, and the sentence."""
    above = shared.folder().parent
    may_edit = who.may_edit()
    return '<span class="problems">' + "".join(
        f"<span><code>{e(p.place(above))}</code>{e(p.sentence(lang))}{_mended(p) if may_edit else ''}</span>"
        for p in error.problems
    ) + "</span>"  # fmt: skip


def _mended(problem: Problem) -> str:
    """The way to the place where an editor mends it."""
    name = name_of(shared.folder(), problem.file)
    if name is None:
        return ""
    way = address("edit", file=name, line=str(problem.line))
    return f' <a href="{e(way)}" target="_self">{e(say().say("problems.mend"))}</a>'


@st.fragment(run_every=LOOKS)
def _go_on_once_mended(key: int) -> None:
    if shared.watch().now().key != key:
        st.rerun()
