"""What every page shares: the catalogue, the reader's language, day and theme, and the address that keeps them."""

import html
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from urllib.parse import urlencode, urlsplit

import streamlit as st

from editing.rights import is_at_the_machine
from loaders.report import told
from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.days import FIRST, offered, year_ends
from tracking.fragility import Fragility, fragility
from tracking.history import Change, verdict_history
from tracking.look import LIGHT, THEMES, Theme
from tracking.model import LANGUAGES, Target
from tracking.panel import Key, Panel, panels
from tracking.status import Judged, judge_all
from tracking.store import StoreError
from tracking.words import TAGS, Words, words
from views import shared
from views.command import catalogues

# Another site's page has its own room around ours.
EMBEDDED = '.stMainBlockContainer{padding-bottom:8px}.stMainBlockContainer [data-testid="stVerticalBlock"]{gap:6px}'
LONGEST_GIVEN = 40  # characters of a wrong address that are repeated
NOTICES = ("busy", "lost", "still", "again")  # what notice.js says


# In which language, as known on which day (None: today), on which ground and of which catalogue this run shows things,
# once it has begun: it is asked for hundreds of times, and Streamlit would look it up each time.
_seen: ContextVar[tuple[str, date | None, Theme, str] | None] = ContextVar("seen", default=None)

# What a quiet button opens: its label, key and icon, and what then makes the contents, which change nothing else.
Offer = tuple[str, str, str, Callable[[], None]]


@contextmanager
def seen() -> Iterator[None]:
    """For one run of a page, not for what its controls call: that comes before, and changes the address."""
    token = _seen.set((language(), asked_day(), theme(), shared.asked()))
    try:
        yield
    finally:
        _seen.reset(token)


def language() -> str:
    """The reader's language: the address's, else the browser's."""
    if (known := _seen.get()) is not None:
        return known[0]
    chosen = st.query_params.get("lang")
    if chosen not in LANGUAGES:
        chosen = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
    return str(chosen)


def say() -> Words:
    return words(language())


def theme() -> Theme:
    if (known := _seen.get()) is not None:
        return known[2]
    return THEMES.get(st.context.theme.type or "light", LIGHT)


def asked_day() -> date | None:
    """The day that the address asks for; None where it asks for none, or for something that is no day."""
    if (known := _seen.get()) is not None:
        return known[1]
    try:
        return date.fromisoformat(st.query_params.get("as-of", ""))
    except ValueError:
        return None


def as_of() -> date:
    """The day on which things are known: the address's, else today."""
    return asked_day() or date.today()


def is_embedded() -> bool:
    """Whether the page stands inside another site's: `embed=true` in the address."""
    return bool(st.context.is_embedded)


def catalogue() -> Catalogue:
    """The shared catalogue with what was fetched, read again when a file has changed. Raises CatalogueError."""
    return shared.catalogue(shared.state())


def store_trouble() -> StoreError | None:
    """Why the shipped figures alone are shown, if they are."""
    return shared.state().trouble


def verdicts() -> dict[str, tuple[Judged, ...]]:
    """Every target's verdict on the reader's day, judged once for all readers."""
    return shared.on_day(judge_all, as_of())


def method_panels() -> dict[Key, Panel]:
    """What all methods say of every target on the reader's day, judged once for all readers."""
    return shared.on_day(panels, as_of())


def fragile(indicator_id: str, target: Target) -> Fragility | None:
    """How easily one verdict turns; None for one that is not judged."""
    return shared.of_target(fragility, indicator_id, target, as_of())


def history(indicator_id: str, target: Target) -> tuple[Change, ...]:
    """How one verdict came to be, up to the reader's day."""
    return shared.of_target(verdict_history, indicator_id, target, as_of())


def placed_once(show: Callable[..., None], *details: str) -> None:
    """Place what `show(*details)` places, made once for all readers who see the same.

    For what only shows and depends on nothing but the details, the catalogue, and the reader's day, language, theme
    and kept parameters: a widget would not be there for the next reader.
    """
    seen = (as_of().isoformat(), language(), theme().name, *(f"{k}={v}" for k, v in params().items()))
    shared.placed(show, seen, *details)


def params(**more: str) -> dict[str, str]:
    """The address's part that follows the reader from page to page."""
    kept = {"lang": language()}
    if asked_day() is not None:
        kept["as-of"] = st.query_params["as-of"]
    return {**kept, **_named(_catalogue()), **more}


def _catalogue() -> str:
    """The name of the catalogue that the reader sees."""
    return known[3] if (known := _seen.get()) is not None else shared.asked()


def _named(catalogue: str) -> dict[str, str]:
    """How an address asks for a catalogue; the first need not be asked for."""
    return {} if catalogue == next(iter(catalogues())) else {"catalogue": catalogue}


def other_catalogues() -> dict[str, str]:
    """The ways to the other catalogues that are served, each by its title; by its name where it cannot be read."""
    kept = {k: v for k, v in params().items() if k != "catalogue"}
    return {
        f"./?{urlencode({**kept, **_named(name)})}": _title_of(name) for name in catalogues() if name != _catalogue()
    }


def _title_of(catalogue: str) -> str:
    found = shared.watch_of(catalogue).now().catalogue
    return found.card.title[language()] if found else catalogue


def subject(c: Catalogue, page: str, lang: str) -> str | None:
    """The title of the goal, indicator or document that the address asks for; None if of none that there is."""
    asked = st.query_params.get(page.removesuffix("s"), "")
    found = {
        "goal": lambda: c.goals[asked].title if asked in c.goals else None,
        "indicator": lambda: c.indicators[asked].name if asked in c.indicators else None,
        "documents": lambda: c.documents[asked].title if asked in c.documents else None,
    }
    title = found[page]() if page in found else None
    return title[lang] if title else None


def base_address() -> str:
    """Where this dashboard is, as the reader's browser knows it; nothing where nobody else could open it."""
    address = str(st.context.url or "").partition("?")[0].rpartition("/")[0]
    return "" if urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1") else address


def address(page: str, **more: str) -> str:
    """A link to a page of ours, relative, so that it works under any path."""
    place_of = "./" if page == "overview" else page  # the first page has no path of its own
    return f"{place_of}?{urlencode(params(**more))}"


def asked_but(*left_out: str) -> list[tuple[str, str]]:
    """All that the address asks for, in its order, but for what these names ask."""
    return [(k, v) for k in st.query_params if k not in left_out for v in st.query_params.get_all(k)]


def same_page(**other: str | None) -> str:
    """A link to what the reader sees, but for some of it: `lang="zh"`, or `**{"as-of": None}`, which takes it away."""
    return "?" + urlencode(asked_but(*other) + [(k, v) for k, v in other.items() if v is not None])


def place(markup: str) -> None:
    """Put our own markup on the page. Every text in it was escaped by `e`."""
    st.html(f'<div class="pg">{markup}</div>')


def e(text: object) -> str:
    return html.escape(str(text), quote=True)


def page_head(more: str = "") -> None:
    """Tokens of the reader's theme, what this page adds to the style that came with the first page (views/ways.py), and
    the page's language, for screen readers and for what the scripts say.

    What looks from a box to what it holds (`:has`) stands only in `more`: on every page it made the browser weigh all
    of the page for each part that is placed.
    """
    t = theme()
    tokens = {
        "ground": t.ground, "panel": t.panel, "rule": t.rule, "grid": t.grid, "ink": t.ink, "ink2": t.ink2,
        "ink3": t.ink3, "accent": t.accent,
    }  # fmt: skip
    variables = "".join(f"--{k}:{v};" for k, v in tokens.items())
    st.html(f"<style>:root{{{variables}}}{EMBEDDED if is_embedded() else ''}{more}</style>")
    st.html(_language_script(language()), unsafe_allow_javascript=True)


@cache
def _language_script(lang: str) -> str:
    notices = json.dumps({name: words(lang).say(f"notice.{name}") for name in NOTICES})
    return f"<script>document.documentElement.lang='{TAGS[lang]}';window.notices={notices};</script>"


def say_what_day() -> None:
    """What the address's day means for what is shown, where that is not what is known today."""
    _say_if_no_day()
    _say_if_another_day()


def say_if_no_store(page: str) -> None:
    """That the shipped figures alone are shown, where the store cannot be read; and the way to more, if not there."""
    trouble = store_trouble()
    if trouble is not None:
        why = told(trouble, language()) if is_operator() else ""  # it names folders of this machine
        way = f'<a href="{e(address("data"))}" target="_self">{e(say().say("site.data"))}</a>' if page != "data" else ""
        place(f'<p role="alert">{e(say().say("data.no-store", why=why))} {way}</p>')


def is_operator() -> bool:
    """Whether the reader may refresh, and see where things are kept: whoever sits at the machine, and everybody where
    the operator says so."""
    listens = str(st.get_option("server.address") or "")
    allowed = os.environ.get("TRACKER_ALLOW_REFRESH", "")
    return allowed == "1" or is_at_the_machine(listens, st.context.headers)


def say_if_no_such_catalogue() -> None:
    """A name in the address that no catalogue has must not quietly become the first."""
    asked = st.query_params.get("catalogue", "")
    if asked and asked not in catalogues():
        place(f'<p role="alert">{e(say().say("site.no-such-catalogue", given=short(asked)))}</p>')


def short(given: str) -> str:
    """What an address holds, as it can be repeated."""
    return given if len(given) <= LONGEST_GIVEN else given[: LONGEST_GIVEN - 1] + "…"


def _say_if_no_day() -> None:
    """A day in the address that is none must not quietly become today."""
    given = st.query_params.get("as-of", "")
    if given and asked_day() is None:
        place(f'<p role="alert">{e(say().say("site.no-such-day", given=short(given)))}</p>')


def _say_if_another_day() -> None:
    """What is shown is not what is known today: said on every page, with the way back."""
    day, w = asked_day(), say()
    if day is None or day == date.today():
        return
    text = w.say("day.older" if day < date.today() else "day.ahead", day=n.day_text(day, language()))
    back = same_page(**{"as-of": None})
    place(f'<p class="older" role="status">{e(text)} '
          f'<a href="{e(back)}" target="_self">{e(w.say("day.back"))}</a></p>')  # fmt: skip


def on_demand(*offers: Offer) -> None:
    """Quiet buttons; what one opens is made when it is opened, in a run of its own, and costs no page before.

    The style keeps some room for it, also while it comes piece by piece: at the end of a page a low box would be placed
    below its button, and show a strip of what then fills it.
    """

    @st.fragment
    def part() -> None:
        for label, key, icon, show in offers:
            opened = st.popover(label, type="tertiary", width="content", icon=icon, key=key, on_change="rerun")
            if opened.open:
                with opened, st.container(key=f"box-{key}"):
                    show()

    if offers:
        part()


def day_control() -> None:
    """The day on which things are known, on every page: today, ends of years, any other; kept in the address."""
    w, lang, today = say(), language(), date.today()
    st.session_state["as-of-picker"] = offered(as_of(), today)
    with st.container(key="as-of"), st.popover(w.say("day.label", day=n.day_text(as_of(), lang)), type="tertiary"):
        place(f'<p class="caption">{e(w.say("day.title"))}</p>{_days(catalogue(), today)}')
        st.date_input(
            w.say("day.other"), min_value=FIRST, max_value=today, format="YYYY-MM-DD", key="as-of-picker",
            on_change=_go_to_picked,
        )  # fmt: skip


def _days(c: Catalogue, today: date) -> str:
    """Today and the ends of the years that have figures, as links: a button each would cost every page its time."""
    w, ends = say(), shared.drawn(year_ends, today)
    ways = {w.say("day.today"): None} | {w.say("day.year-end", year=end.year): end.isoformat() for end in ends}
    kept = asked_but("as-of")  # once: a look into the address is dear
    items = "".join(
        f'<li><a id="as-of-{day or "today"}" href="?{e(urlencode(kept + [("as-of", day)] * bool(day)))}" target="_self"'
        f"{_current(day, today)}>{e(name)}</a></li>"
        for name, day in ways.items()
    )
    return f'<ul class="days">{items}</ul>'


def _current(day: str | None, today: date) -> str:
    return ' aria-current="date"' if (day or today.isoformat()) == as_of().isoformat() else ""


def go_to(day: date | None) -> None:
    """Keep the day in the address; today needs none."""
    if day is None or day == date.today():
        st.query_params.pop("as-of", None)
    else:
        st.query_params["as-of"] = day.isoformat()


def _go_to_picked() -> None:
    go_to(st.session_state["as-of-picker"])
