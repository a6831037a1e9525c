"""The head of every page: where the reader is, the other pages, the language and the day."""

from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES
from tracking.words import words
from views import who
from views.frame import address, e, language, other_catalogues, same_page, say
from views.ways import FOR_EDITORS, PAGES

CONTENT = "content"  # where the way past the head leads


def masthead(c: Catalogue | None, page: str) -> str:
    """The catalogue's title, which leads home, the pages and the languages, as plain links; without the title where
    there is no catalogue to read."""
    w = say()
    home = _home(c) if c else ""
    pages = "".join(
        f"<li>{_link(address(name), w.say(f'site.{name}'), name == page)}</li>"
        for name in (*PAGES, *(FOR_EDITORS if who.may_edit() else ()))
    )
    return (
        f'<div class="masthead"><a class="skip" href="#{CONTENT}">{e(w.say("site.skip"))}</a>'
        f"{home}"
        f'<nav aria-label="{e(w.say("site.pages"))}"><ul>{pages}</ul></nav>'
        f'<nav class="languages" aria-label="{e(w.say("site.language"))}"><ul>{_languages()}</ul></nav></div>'
    )


def _home(c: Catalogue) -> str:
    """The catalogue's title; where several are served, with the others under a quiet mark beside it."""
    home = f'<a class="wordmark" href="{e(address("overview"))}" target="_self">{e(c.card.title[language()])}</a>'
    others = "".join(f"<li>{_link(to, title, False)}</li>" for to, title in other_catalogues().items())
    if not others:
        return home
    name = e(say().say("site.catalogues"))
    return (
        f'<div class="catalogues">{home}<details><summary title="{name}" aria-label="{name}"></summary>'
        f"<ul>{others}</ul></details></div>"
    )


def _languages() -> str:
    """Each language by its own name: the same page, in it."""
    return "".join(
        f'<li lang="{code}">{_link(same_page(lang=code), words(code).say("site.in-short"), code == language())}</li>'
        for code in LANGUAGES
    )


def _link(to: str, text: str, is_here: bool) -> str:
    here = ' aria-current="page"' if is_here else ""
    return f'<a href="{e(to)}" target="_self"{here}>{e(text)}</a>'
