"""The head of every page: where the reader is, the other pages, the language and the day."""

from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES
from tracking.words import words
from views import who
from views.frame import address, e, language, same_page, say
from views.ways import EDITORS, PAGES

CONTENT = "content"  # where the way past the head leads


def masthead(c: Catalogue | None, page: str) -> str:
    """The catalogue's title, which leads home, the pages and the languages, as plain links; without the title where
    there is no catalogue to read."""
    w = say()
    title = e(c.card.title[language()]) if c else ""
    home = f'<a class="wordmark" href="{e(address("overview"))}" target="_self">{title}</a>' if c else ""
    pages = "".join(
        f"<li>{_link(address(name), w.say(f'site.{name}'), name == page)}</li>"
        for name in (*PAGES, *(EDITORS if who.may_edit() else ()))
    )
    return (
        f'<div class="masthead"><a class="skip" href="#{CONTENT}">{e(w.say("site.skip"))}</a>'
        f"{home}"
        f'<nav aria-label="{e(w.say("site.pages"))}"><ul>{pages}</ul></nav>'
        f'<nav class="languages" aria-label="{e(w.say("site.language"))}"><ul>{_languages()}</ul></nav></div>'
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
