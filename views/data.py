"""Where the figures come from: each provider's state, licence and series, what is overdue, and the refresh itself."""

from datetime import date, datetime

import streamlit as st

from loaders.background import BACKGROUND, Hear
from loaders.http import Manners, Wires
from loaders.providers import ProviderState, SeriesState, overdue, provider_states
from loaders.refresh import Report, tasks_of
from loaders.remote import open_store
from loaders.report import line, summary, told
from loaders.round import one_round
from tracking import numbers as n
from tracking.catalogue import Catalogue, load_catalogue
from tracking.model import Concept
from tracking.sentences import freshness_sentence
from tracking.store import StoreError
from views import shared
from views.frame import address, as_of, catalogue, e, is_operator, language, place, say
from views.start import goals_folder

SHOWN = 10  # of the overdue figures; the rest is a click away


def show() -> None:
    c, lang = catalogue(), language()
    try:
        states = shared.on_day(_states, as_of())
    except StoreError:  # the door has said so, above every page
        states = []
    place(_head(c, states, lang))
    _refresh(lang)
    place(_providers(c, states, lang) + _overdue(c, lang))


def _states(c: Catalogue, day: date) -> list[ProviderState]:
    return provider_states(c, open_store(), day)


def _head(c: Catalogue, states: list[ProviderState], lang: str) -> str:
    w = say()
    last = max((s.last_success for s in states if s.last_success), default=None)
    when = w.say("data.last", when=_moment(last)) if last else w.say("data.never")
    named, kept = sum(s.named for s in states), sum(s.kept for s in states)
    intro = w.say("data.intro", shipped=len(c.figures), named=named, kept=kept)
    return f'<div class="rule3"><h1>{e(w.say("data.title"))}</h1><p>{e(_joined([intro, when], lang))}</p></div>'


def _joined(sentences: list[str], lang: str) -> str:
    return ("" if lang == "zh" else " ").join(sentences)


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


# ---- the refresh


def _refresh(lang: str) -> None:
    """The button for those who may, or how it is done; while one runs, or has ended, how far it is."""
    w = say()
    if not is_operator():
        place(f'<p class="caption">{e(w.say("data.may-not"))}</p>')
    elif st.button(w.say("data.refresh"), disabled=BACKGROUND.is_running, key="refresh"):
        BACKGROUND.start(_job)
        st.rerun()
    if BACKGROUND.is_running:
        _live(lang)
    else:
        place(_ended(lang) if is_operator() else "")


def _job(hear: Hear) -> Report:
    """Everything that the catalogue names; what has succeeded today is not asked again."""
    bare = load_catalogue(goals_folder())
    report, _ = one_round(bare, tasks_of(bare), open_store(), lambda: Wires(manners=Manners.of_environment()), hear)
    shared.watch().look()  # whoever pressed the button sees what came
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
    w = say()
    named = [s for s in states if s.named]
    others = [s.provider.name[lang] if s.provider else s.id for s in states if not s.named]
    rest = w.say("data.others", names=w.say("data.comma").join(others)) if others else ""
    blocks = "".join(_provider(c, s, lang) for s in named)
    return f"<h2>{e(w.say('data.providers'))}</h2>{blocks}<p class='caption'>{e(rest)}</p>" if states else ""


def _provider(c: Catalogue, s: ProviderState, lang: str) -> str:
    w = say()
    if s.provider is None:
        why = told(s.error, lang) if s.error else ""
        return f'<div class="target"><b>{e(s.id)}</b><p class="verdict">{e(why)}</p></div>'
    last = _moment(s.last_success) if s.last_success else w.say("refresh.list.never")
    lines = [w.say("data.counts", named=s.named, kept=s.kept, last=last)]
    lines += [w.say("data.overdue-of", n=s.overdue)] if s.overdue else []
    failed = f'<p class="verdict" role="note">{e(_failed(s))}</p>' if s.failures else ""
    terms = [w.say("data.licence", licence=s.provider.licence[lang]), s.provider.attribution[lang]]
    terms += [s.provider.limits[lang]] if s.provider.limits else []
    name = (
        f'<a href="{e(s.provider.homepage)}" target="_blank" rel="noopener noreferrer">{e(s.provider.name[lang])}</a>'
    )
    return (
        f'<div class="target"><b>{name}</b><p class="verdict">{e(_joined(lines, lang))}</p>{failed}'
        f'<p class="caption">{"<br>".join(e(term) for term in terms)}</p>{_series(c, s, lang)}</div>'
    )


def _failed(s: ProviderState) -> str:
    w, first = say(), s.failures[0]
    sentence = w.say(first.sentence, **first.details)
    return w.say("data.failed", when=_moment(first.when), n=len(s.failures), first=f"{first.series}: {sentence}")


def _series(c: Catalogue, s: ProviderState, lang: str) -> str:
    w = say()
    heads = [w.say(f"data.column-{k}") for k in ("indicator", "key", "state")]
    top = "".join(f'<th scope="col">{e(h)}</th>' for h in heads)
    rows = "".join(_one(c, one, lang) for one in s.series)
    return (
        f"<details><summary>{e(w.say('data.series', n=len(s.series)))}</summary>"
        f'<table class="stack"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></details>'
    )


def _one(c: Catalogue, s: SeriesState, lang: str) -> str:
    w = say()
    said = [w.say("data.differs" if s.concept is Concept.DIFFERS else "data.same")]
    fetched = [w.say("data.fetched", when=_moment(s.last_success))] if s.last_success else []
    return (
        f'<tr><td class="full">{_link(c, s.indicator_id, lang)}<br><small>{e(said[0])}</small></td>'
        f'<td class="full"><code style="overflow-wrap:anywhere">{e(s.key)}</code></td>'
        f'<td class="full">{e(_joined([*fetched, _fresh(s, lang)], lang))}</td></tr>'
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
    rows = [
        f'<tr><td class="full">{_link(c, i, lang)}</td><td class="full">{e(freshness_sentence(f, lang))}</td></tr>'
        for i, f in late
    ]
    more = f"<details><summary>{e(w.say('data.more', n=len(rows) - SHOWN))}</summary>{_table(rows[SHOWN:])}</details>"
    return (
        f"{head}<p class='caption'>{e(w.say('data.overdue-intro', n=len(late)))}</p>{_table(rows[:SHOWN])}"
        f"{more if len(rows) > SHOWN else ''}"
    )


def _table(rows: list[str]) -> str:
    w = say()
    heads = "".join(f'<th scope="col">{e(w.say(f"data.column-{k}"))}</th>' for k in ("indicator", "state"))
    return f'<table class="stack"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
