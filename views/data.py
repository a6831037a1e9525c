"""Where the figures come from: each provider's state, licence and series, what is overdue, and the refresh itself."""

from datetime import date, datetime
from functools import partial
from pathlib import Path

import streamlit as st

from loaders.background import BACKGROUND, Hear
from loaders.http import Manners, Wires
from loaders.providers import ProviderState, SeriesState, overdue, provider_states
from loaders.refresh import Report, tasks_of
from loaders.remote import open_store
from loaders.report import line, summary, told
from loaders.round import one_round
from loaders.watching import Watch
from tracking import numbers as n
from tracking.catalogue import Catalogue, load_catalogue
from tracking.freshness import Freshness
from tracking.model import Concept
from tracking.sentences import duration, freshness_sentence
from tracking.store import StoreError
from views import shared
from views.frame import address, as_of, catalogue, e, is_operator, language, place, say

SHOWN = 10  # of the overdue figures; the rest is a click away


def show() -> None:
    c, lang = catalogue(), language()
    try:
        states = shared.on_day(_states, as_of())
    except StoreError:  # the door has said so, above every page
        states = []
    place(_head(c, states, lang) if states else _bare_head(c))
    _refresh(lang)
    place(_providers(c, states, lang) + _overdue(c, lang))


def _states(c: Catalogue, day: date) -> list[ProviderState]:
    return provider_states(c, open_store(), day)


def _head(c: Catalogue, states: list[ProviderState], lang: str) -> str:
    w = say()
    last = max((s.last_success for s in states if s.last_success), default=None)
    when = w.say("data.last", when=_moment(last, lang)) if last else w.say("data.never")
    named, kept = sum(s.named for s in states), sum(s.kept for s in states)
    intro = w.say("data.intro", files=w.count("data.files", len(c.figures)), named=named, kept=kept)
    return f'<div class="rule3"><h1>{e(w.say("data.title"))}</h1><p>{e(_joined([intro, when], lang))}</p></div>'


def _bare_head(c: Catalogue) -> str:
    """What is shipped is all that can be told while the store cannot be read."""
    w = say()
    told = w.say("data.only-shipped", files=w.count("data.files", len(c.figures)))
    return f'<div class="rule3"><h1>{e(w.say("data.title"))}</h1><p>{e(told)}</p></div>'


def _joined(sentences: list[str], lang: str) -> str:
    return ("" if lang == "zh" else " ").join(sentences)


def _moment(moment: datetime, lang: str) -> str:
    return say().say("data.moment", day=n.day_text(moment.date(), lang), time=moment.strftime("%H:%M"))


# ---- the refresh


def _refresh(lang: str) -> None:
    """The button for those who may, or how it is done; while one runs, or has ended, how far it is."""
    w = say()
    if not is_operator():
        place(f'<p class="caption">{e(w.say("data.may-not"))}</p>')
    elif st.button(w.say("data.refresh"), disabled=BACKGROUND.is_running, key="refresh"):
        BACKGROUND.start(partial(_job, shared.folder(), shared.watch()))
        st.rerun()
    if BACKGROUND.is_running:
        _live(lang)
    else:
        place(_ended(lang) if is_operator() else "")


def _job(goals: Path, watch: Watch, hear: Hear) -> Report:
    """Everything that the catalogue names; what has succeeded today is not asked again."""
    bare = load_catalogue(goals)
    report, _ = one_round(bare, tasks_of(bare), open_store(), lambda: Wires(manners=Manners.of_environment()), hear)
    watch.look()  # whoever pressed the button sees what came
    return report


@st.fragment(run_every=1)
def _live(lang: str) -> None:
    """Looks again every second; when the refresh has ended the whole page is drawn anew."""
    if not BACKGROUND.is_running:
        st.rerun()
    w, p = say(), BACKGROUND.progress
    if p.last is None:
        place(f'<p role="status">{e(w.say("data.begun"))}</p>')
        return
    st.progress(p.n / p.of)
    told_now = w.say("data.asking", n=p.n, of=p.of, failed=p.failed, last=line(p.last, lang))
    place(f'<p class="caption" role="status">{e(told_now)}</p>')


def _ended(lang: str) -> str:
    """What the last refresh of this process came to."""
    p = BACKGROUND.progress
    if p.report is not None:
        return f'<p role="status">{e(summary(p.report, lang))}</p>'
    if p.error is not None:
        return f'<p role="alert">{e(told(p.error, lang))}</p>'
    return f'<p role="alert">{e(say().say("data.gone"))}</p>' if p.of else ""


# ---- the providers


def _providers(c: Catalogue, states: list[ProviderState], lang: str) -> str:
    """A line for each provider that the catalogue names; under the table its terms and its series."""
    w = say()
    named = [s for s in states if s.named]
    others = [s.provider.name[lang] if s.provider else s.id for s in states if not s.named]
    rest = w.say("data.others", names=w.say("data.comma").join(others)) if others else ""
    heads = [w.say(f"data.column-{k}") for k in ("provider", "state", "success", "rhythm", "licence")]
    rows = "".join(_provider(s, heads, lang) for s in named)
    more = "".join(_terms(c, s, lang) for s in named)
    return (
        f"<h2>{e(w.say('data.providers'))}</h2>{_table(heads, rows, 'providers')}"
        f'<div class="terms">{more}</div><p class="caption">{e(rest)}</p>'
        if states
        else ""
    )


def _provider(s: ProviderState, heads: list[str], lang: str) -> str:
    w = say()
    last = _moment(s.last_success, lang) if s.last_success else w.say("refresh.list.never")
    cells = [_state_of(s, lang), e(last), _rhythm(s), e(s.provider.licence[lang] if s.provider else "")]
    told_cells = "".join(
        f'<td data-label="{e(head)}">{cell}</td>' for head, cell in zip(heads[1:], cells, strict=True) if cell
    )
    return f'<tr><th scope="row">{_home(s, lang)}</th>{told_cells}</tr>'


def _home(s: ProviderState, lang: str) -> str:
    if s.provider is None:
        return e(s.id)
    link = f'href="{e(s.provider.homepage)}" target="_blank" rel="noopener noreferrer"'
    return f"<a {link}>{e(s.provider.name[lang])}</a>"


def _state_of(s: ProviderState, lang: str) -> str:
    """How many of its series are kept, and what failed when it was last asked."""
    w = say()
    kept = e(w.say("data.kept", named=s.named, kept=s.kept))
    if s.error is not None:
        return f"{kept}<br><small>{e(told(s.error, lang))}</small>"
    return f'{kept}<br><small role="note">{e(_failed(s, lang))}</small>' if s.failures else kept


def _rhythm(s: ProviderState) -> str:
    """How many of its series are in time for their own rhythm, how many late, and of how many it is not known."""
    counts = {"in-time": s.in_time, "overdue": s.overdue, "unknown": len(s.series) - s.in_time - s.overdue}
    return "".join(
        f'<span class="part">{e(say().say(f"data.count-{name}", n=count))}</span>'
        for name, count in counts.items()
        if count
    )


def _failed(s: ProviderState, lang: str) -> str:
    w, first = say(), s.failures[0]
    sentence = w.say(first.sentence, **first.details)
    return w.say("data.failed", when=_moment(first.when, lang), n=len(s.failures), first=f"{first.series}: {sentence}")


def _terms(c: Catalogue, s: ProviderState, lang: str) -> str:
    """What to know before using its figures, and each of its series; closed until asked for."""
    if s.provider is None:
        return ""
    terms = [s.provider.attribution[lang], *([s.provider.limits[lang]] if s.provider.limits else [])]
    head = say().say("data.series", name=s.provider.name[lang], n=len(s.series))
    return (
        f'<details><summary>{e(head)}</summary><p class="caption">{"<br>".join(e(term) for term in terms)}</p>'
        f"{_series(c, s, lang)}</details>"
    )


def _series(c: Catalogue, s: ProviderState, lang: str) -> str:
    heads = [say().say(f"data.column-{k}") for k in ("indicator", "key", "state")]
    return _table(heads, "".join(_one(c, one, lang) for one in s.series), "series")


def _one(c: Catalogue, s: SeriesState, lang: str) -> str:
    w = say()
    said = [w.say("data.differs" if s.concept is Concept.DIFFERS else "data.same")]
    fetched = [w.say("data.fetched", when=_moment(s.last_success, lang))] if s.last_success else []
    licence = [w.say("data.licence", licence=s.licence)] if s.licence else []
    return (
        f'<tr><td class="full">{_link(c, s.indicator_id, lang)}<br><small>{e(said[0])}</small></td>'
        f'<td class="full"><code>{e(s.key)}</code></td>'
        f'<td class="full">{e(_joined([*fetched, _fresh(s, lang), *licence], lang))}</td></tr>'
    )


def _fresh(s: SeriesState, lang: str) -> str:
    if s.has_rhythm or s.fresh.last is None:
        return freshness_sentence(s.fresh, lang)
    return say().say("data.one-state", last=n.period_text(s.fresh.last.period, lang))


def _link(c: Catalogue, indicator_id: str, lang: str) -> str:
    name = c.indicators[indicator_id].name[lang]
    return f'<a href="{e(address("indicator", indicator=indicator_id))}" target="_self">{e(name)}</a>'


# ---- what is overdue


def _overdue(c: Catalogue, lang: str) -> str:
    w, late = say(), shared.on_day(overdue, as_of())
    head = f"<h2>{e(w.say('data.overdue'))}</h2>"
    if not late:
        return f"{head}<p>{e(w.say('data.overdue-none'))}</p>"
    heads = [w.say(f"data.column-{k}") for k in ("indicator", "last", "published", "due", "late")]
    rows = [_one_late(c, i, f, heads, lang) for i, f in late]
    rest = _table(heads, "".join(rows[SHOWN:]), "late")
    more = f"<details><summary>{e(w.say('data.more', n=len(rows) - SHOWN))}</summary>{rest}</details>"
    return (
        f"{head}<p class='caption'>{e(w.count('data.overdue-intro', len(late)))}</p>"
        f"{_table(heads, ''.join(rows[:SHOWN]), 'late')}{more if len(rows) > SHOWN else ''}"
    )


def _one_late(c: Catalogue, indicator_id: str, f: Freshness, heads: list[str], lang: str) -> str:
    if f.last is None or f.expected is None or f.due is None:  # what is overdue has all three
        return ""
    w = say()
    due = w.say("data.due", expected=n.period_text(f.expected, lang), due=n.day_text(f.due, lang))
    cells = [
        n.period_text(f.last.period, lang), n.known_text(f.last.published, lang), due,
        duration(f.days_over, lang),
    ]  # fmt: skip
    told_cells = "".join(
        f'<td data-label="{e(head)}">{e(cell)}</td>' for head, cell in zip(heads[1:], cells, strict=True)
    )
    return f'<tr><th scope="row">{_link(c, indicator_id, lang)}</th>{told_cells}</tr>'


def _table(heads: list[str], rows: str, name: str = "") -> str:
    top = "".join(f'<th scope="col">{e(h)}</th>' for h in heads)
    return f'<table class="stack {name}"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'
