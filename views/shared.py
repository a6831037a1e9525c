"""What all readers share: the catalogue, what is judged of it on a day, and what is drawn of that; made once.

Everything is kept by the catalogue's state, so nothing outlives a change, and in bounded number, so that many days
and many goals cannot fill the memory. What is shared is never changed.
"""

import os
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from threading import Condition
from typing import Any, TypeVar

import streamlit as st
from cachetools import LRUCache, cached

from loaders.watching import State, Watch
from tracking.catalogue import Catalogue
from tracking.model import Target
from tracking.panel import panels
from tracking.snapshot import snapshot
from tracking.status import judge_all
from views import ways
from views.command import catalogues

MOST_WATCHED = 32  # catalogues
MOST_ON_DAYS = 24  # of what is made of a whole catalogue on a day
MOST_OF_TARGETS = 1024  # of what is made of one target on a day
MOST_PLACED = 256  # parts of pages, of up to half a megabyte
MOST_DRAWN = 1536  # figures of indicators as readers asked for them, each in one language
MOST_ASKED = 64  # of what is found for a reader's own words, filters and days, of which there is no end
Made = TypeVar("Made")


def asked() -> str:
    """The name of the catalogue that the reader's address asks for; the first one's where it asks for none, or for one
    that there is not. Where one is served nothing is looked up."""
    served = catalogues()
    first = next(iter(served))
    named = str(st.query_params.get("catalogue", first)) if len(served) > 1 else first
    return named if named in served else first


def folder() -> Path:
    """The goals folder of the catalogue that the reader sees."""
    return catalogues()[asked()]


@lru_cache(maxsize=MOST_WATCHED)
def _watch(name: str, goals: Path, store: str) -> Watch:
    return Watch(goals, store, partial(make_ready, name))


def watch_of(name: str) -> Watch:
    """Looks after one of the catalogues that are served."""
    return _watch(name, catalogues()[name], os.environ.get("TRACKER_STORE", ""))


def watch() -> Watch:
    """Looks after the catalogue that the reader sees."""
    return watch_of(asked())


_pinned: ContextVar[State | None] = ContextVar("pinned", default=None)


def pin() -> None:
    """One run of a page sees one state, though another may come meanwhile."""
    _pinned.set(watch().now())


def state() -> State:
    """The state that this run sees, else the newest."""
    return _pinned.get() or watch().now()


def catalogue(found: State) -> Catalogue:
    """The catalogue of a state. Raises CatalogueError."""
    if found.catalogue is None:
        assert found.mistakes is not None  # one of the two is there
        raise found.mistakes
    return found.catalogue


def on_day(make: Callable[[Catalogue, date], Made], day: date) -> Made:
    """What `make` makes of the whole catalogue as known on a day, made once for all readers."""
    found = state()
    made: Made = _on_day((make, found.key, (day,)), catalogue(found))
    return made


def of_target(
    make: Callable[[Catalogue, str, Target, date], Made], indicator_id: str, target: Target, day: date
) -> Made:
    """What `make` makes of one target as known on a day, made once for all readers."""
    found = state()
    made: Made = _of_target((make, found.key, (indicator_id, target.key, day)), catalogue(found), target)
    return made


def drawn(make: Callable[..., Made], *details: Any) -> Made:
    """What `make(catalogue, *details)` draws, made once for all readers who ask the same."""
    found = state()
    made: Made = _drawn((make, found.key, details), catalogue(found))
    return made


def found(make: Callable[..., Made], *asked: Any) -> Made:
    """What `make(catalogue, *asked)` finds for what a reader asked in words of his own; the last of it is kept."""
    now = state()
    made: Made = _found((make, now.key, asked), catalogue(now))
    return made


def revised(figure: Any) -> Any:
    """The figure with the mark of what it holds, by which plotly.js sees that nothing is to be drawn anew.

    Streamlit hands every chart to it twice. Of `meta` as an object, and of a template, plotly.js never knows that they
    are the same: the one becomes a list, and the other goes, as the figure says everything itself.
    """
    figure.update_layout(meta=[figure.layout.meta])
    figure.layout.template = None  # `update_layout` would leave an empty one
    figure.layout.datarevision = sha256(figure.to_json().encode()).hexdigest()
    return figure


def placed(show: Callable[..., None], seen: tuple[str, ...], *details: str) -> None:
    """Place what `show(*details)` places; for a reader who sees the same, what was placed before.

    `seen` is all else that it depends on. For what only shows: a widget would not be there for the next reader.
    """
    _placed(show, f"{show.__module__}.{show.__qualname__}", state().key, seen, details)


def _once(most: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Kept by the first argument; whoever asks for what another thread is just making waits for it.

    Not Streamlit's own cache, which looks at a function's signature for each argument of each call: 0.4 ms, ten times
    a page.
    """
    return cached(LRUCache(most), key=lambda asked, *_: asked, condition=Condition())


Asked = tuple[Callable[..., Any], int, tuple[Any, ...]]  # what makes it, of which state, of which details


def _made(asked: Asked, c: Catalogue) -> Any:
    make, _, details = asked
    return make(c, *details)


_on_day, _drawn, _found = (_once(most)(_made) for most in (MOST_ON_DAYS, MOST_DRAWN, MOST_ASKED))


@_once(MOST_OF_TARGETS)
def _of_target(asked: Asked, c: Catalogue, target: Target) -> Any:
    make, _, (indicator_id, _key, day) = asked
    return make(c, indicator_id, target, day)


@st.cache_resource(show_spinner=False, max_entries=MOST_PLACED)
def _placed(_show: Callable[..., None], name: str, key: int, seen: tuple[str, ...], details: tuple[str, ...]) -> None:
    _show(*details)


def make_ready(name: str, found: State) -> None:
    """Judge all of a new state of a catalogue before readers see it."""
    if found.catalogue is not None:
        ways.TITLE.update({(name, lang): found.catalogue.card.title[lang] for lang in ways.LANGUAGES})
        for make in (judge_all, panels):
            _on_day((make, found.key, (date.today(),)), found.catalogue)
        _drawn((snapshot, found.key, ()), found.catalogue)
