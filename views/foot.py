"""The foot of every page: what is known and under what terms, and how the page is cited or shown elsewhere."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.citation import Cited, citation, embed_code, updated
from tracking.model import LANGUAGES
from tracking.snapshot import snapshot
from tracking.words import words
from views import brief, download, shared
from views.frame import Offer, as_of, asked_but, e, is_embedded, language, on_demand, place, say, subject
from views.ways import PAGES

# The height in which an embedded page shows what matters: pixels at a desk; and as CSS, for words need more lines on a
# phone than in the column of an article (600 pixels), and hardly fewer above that.
HEIGHTS = {
    "overview": (520, "clamp(520px, 1000px - 80vw, 720px)"),
    "goal": (900, "900px"),
    "indicator": (940, "clamp(940px, 1300px - 53vw, 1120px)"),
}


def foot(c: Catalogue, page: str) -> None:
    """What can be cited is offered where the address leads to something; the terms stand on every page."""
    here = _here(page)
    with st.container(key="foot-embedded" if is_embedded() else "foot"):
        if here and not is_embedded() and _is_there(c, page):
            with st.container(key="foot-boxes", horizontal=True):
                embed = [_embed(c, page, here)] if page in HEIGHTS else []
                if page == "overview":
                    download.of_all(c)
                on_demand(*download.of_page(c, page), _cite(c, page, here), *embed)
                brief.of_page(c, page)
        place(_terms(c, here))


def _here(page: str) -> str:
    """What stands in the reader's own address bar; empty without a browser."""
    bare = st.context.url or ""
    if page == "overview":  # Streamlit takes its slash away, and servers differ in whether they put it back
        bare = bare.rstrip("/") + "/"
    kept = urlencode(asked_but())
    return f"{bare}?{kept}" if bare.startswith(("http://", "https://")) else ""


def _is_there(c: Catalogue, page: str) -> bool:
    """Whether the address leads to something: a goal, indicator or document that is named must be one of ours."""
    return page in PAGES and (page.removesuffix("s") not in st.query_params or subject(c, page, language()) is not None)


def _title(c: Catalogue, page: str, lang: str) -> str:
    return subject(c, page, lang) or words(lang).say(f"site.{page}")


def _cite(c: Catalogue, page: str, here: str) -> Offer:
    """Both forms to copy, whatever the page's own language: who writes in one may read in the other."""
    w, title = say(), None if page == "overview" else {lang: _title(c, page, lang) for lang in LANGUAGES}
    cited = Cited(here, title, as_of(), date.today())

    def show() -> None:
        for lang, name in (("zh", "chinese"), ("en", "english")):
            place(f'<p class="small">{e(w.say(f"cite.{name}"))}</p>')
            st.code(citation(c, cited, shared.drawn(snapshot), lang), language=None, wrap_lines=True)
        place(f'<p class="caption">{e(w.say("cite.why"))}</p>')

    return w.say("cite.open"), f"cite-{page}", ":material/format_quote:", show


def _embed(c: Catalogue, page: str, here: str) -> Offer:
    w, lang = say(), language()
    title = c.card.title[lang] if page == "overview" else f"{_title(c, page, lang)} – {c.card.title[lang]}"

    def show() -> None:
        place(f'<p class="small">{e(w.say("embed.why"))}</p>')
        st.code(embed_code(here, title, *HEIGHTS[page]), language=None, wrap_lines=True)
        place(f'<p class="caption">{e(w.say("embed.why-day"))}</p>')

    return w.say("embed.open"), f"embed-{page}", ":material/code:", show


def _terms(c: Catalogue, here: str) -> str:
    """When, which state, under what terms, and where to tell of a mistake."""
    w, lang = say(), language()
    state = " · ".join([
        e(c.card.title[lang]), e(w.say("cite.known", day=n.day_text(as_of(), lang))),
        e(w.say("site.gathered", day=n.day_text(shared.drawn(updated, min(as_of(), date.today())), lang))),
        e(w.say("cite.snapshot", snapshot=shared.drawn(snapshot))),
    ])  # fmt: skip
    licence = w.say("site.licence", licence=c.card.licence[lang]) if c.card.licence else w.say("site.no-licence")
    terms = [e(licence)]
    if is_embedded():
        terms += [_link(here, w.say("site.open-in", catalogue=c.card.title[lang]))] if here else []
    else:
        terms += [e(w.say("site.code-licence"))]
        terms += [_link(c.card.corrections, w.say("site.corrections"))] if c.card.corrections else []
    return (f'<section class="foot" aria-label="{e(w.say("site.about"))}"><p class="caption">{state}</p>'
            f'<p class="caption">{" ".join(terms)}</p></section>')  # fmt: skip


def _link(to: str, text: str) -> str:
    return f'<a href="{e(to)}" target="_blank" rel="noopener">{e(text)}</a>'
