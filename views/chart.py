"""The chart of one indicator with all that a reader may ask of it; the address keeps what was asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from tracking import numbers as n
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.chart_layers import Event, event_text, events_of, older_vintages
from tracking.chart_options import (
    MOST_AREAS,
    QUERY,
    ChartOptions,
    Choices,
    choices,
    peers,
    read_options,
    written,
)
from tracking.charts import progress_chart, same_years
from tracking.look import THEMES
from tracking.projection import Projection, Refusal, projection_for
from tracking.status import Judged
from views import pieces, shared, verdict
from views.frame import address, as_of, asked_day, catalogue, e, go_to, language, place, say, theme

CONFIG = {"displayModeBar": False, "responsive": True}
HEIGHT, HEIGHT_BESIDE = 460, 260
OF_ONE = ("compare", "beside", "scale", "figures", "years")  # what another indicator may not be able to show


def show(indicator_id: str, mine: Sequence[Judged], judged: Judged | None, ahead: Projection | Refusal | None) -> None:
    """The chart, what its marks mean, and the controls; a sentence where there are no figures."""
    c, lang = catalogue(), language()
    known = c.main_series(indicator_id).as_known_on(as_of())
    may = choices(c, indicator_id, as_of())
    options, wrong = read_options(st.query_params.to_dict(), may)
    if wrong:
        place(f'<p role="alert">{e(say().say("chart.not-here", asked=", ".join(wrong)[:120]))}</p>')
    if not known:
        place(f'<p class="verdict">{e(say().say("goal.no-figures"))}</p>')
        _vintage_slider(c, indicator_id)
        return
    drawn = ahead if isinstance(ahead, Projection) and options.projection else None
    upper, lower = shared.drawn(
        _figures, indicator_id, judged.target.key if judged else "", as_of(), lang, theme().name,
        tuple(written(options).items()),
    )  # fmt: skip
    with st.container(key="chart"):
        _plot(upper, f"chart-{indicator_id}", _alt(c, indicator_id, judged, options, drawn, lang))
        if lower is not None:
            name = c.indicators[options.beside].name[lang]
            place(f'<p class="beside"><a href="{e(address("indicator", indicator=options.beside))}" target="_self">'
                  f"{e(name)}</a></p>")  # fmt: skip
            _plot(lower, f"chart-beside-{options.beside}", name)
    _controls(c, indicator_id, may, options, isinstance(ahead, Projection), lang)
    _vintage_slider(c, indicator_id)
    place(_legend(c, indicator_id, mine, options, drawn, lang))


def _plot(figure: Any, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, config=CONFIG, key=key, alt=alt)


def _figures(
    c: Catalogue,
    indicator_id: str,
    target_key: str,
    day: date,
    lang: str,
    look: str,
    asked: tuple[tuple[str, str], ...],
) -> tuple[Any, Any]:
    """The chart and, where asked for, the other indicator's below it on the same years."""
    t, targets = THEMES[look], adopted_targets(c.indicators[indicator_id], day)
    options, _ = read_options(dict(asked), choices(c, indicator_id, day))
    target = next((x for x in targets if x.key == target_key), None)
    ahead = projection_for(c, indicator_id, target, day) if target else None
    drawn = ahead if isinstance(ahead, Projection) else None
    upper = progress_chart(c, indicator_id, targets, day, lang, t, HEIGHT, drawn, options)
    if not options.beside:
        return upper, None
    other = adopted_targets(c.indicators[options.beside], day)
    lower = progress_chart(c, options.beside, other, day, lang, t, HEIGHT_BESIDE)
    same_years(upper, lower)
    return upper, lower


def _alt(
    c: Catalogue, indicator_id: str, judged: Judged | None, options: ChartOptions, drawn: Projection | None, lang: str
) -> str:
    """What the picture shows, in words, for who cannot see it; the figures are in the table below."""
    w = say()
    parts = [c.indicators[indicator_id].name[lang] + w.say("judging.stop")]
    parts += [pieces.verdict_sentence(c, judged, lang)] if judged else []
    parts += [w.say("judging.drawn")] if drawn else []
    if options.areas:
        names = w.say("overview.list").join(c.card.areas[a][lang] for a in options.areas)
        parts.append(w.say("chart.compared", areas=names))
    return verdict.joined([*parts, w.say("chart.table-below")], lang)


def _legend(
    c: Catalogue, indicator_id: str, mine: Sequence[Judged], options: ChartOptions, drawn: Projection | None, lang: str
) -> str:
    """What the marks mean, the documents behind the numbers on top, and where the figures are from."""
    w, known = say(), c.main_series(indicator_id).as_known_on(as_of())
    events = events_of([j.target for j in mine], as_of(), options) if options.events else ()
    notes = [w.say("judging.drawn")] if drawn else []
    if options.vintages and older_vintages(c.main_series(indicator_id), as_of()):
        notes.append(w.say("chart.vintages-drawn"))
    note = f'<p class="caption">{e(verdict.joined(notes, lang))}</p>' if notes else ""
    items = "".join(_event(c, event, lang) for event in events)
    adopted = f'<p class="caption">{e(w.say("chart.adopted"))}</p><ol class="events">{items}</ol>' if items else ""
    source = pieces.source_line(c, c.indicators[indicator_id], known, lang)
    return note + source + adopted + _sources(c, indicator_id, options, lang)


def _event(c: Catalogue, event: Event, lang: str) -> str:
    link = address("documents", document=event.document)
    return f'<li><a href="{e(link)}" target="_self">{e(event_text(event, c, lang))}</a></li>'


def _sources(c: Catalogue, indicator_id: str, options: ChartOptions, lang: str) -> str:
    """The figures of the areas that are compared, each with its publication."""
    others = peers(c, indicator_id)
    parts = []
    for area in options.areas:
        known = others[area].as_known_on(as_of())
        summary = say().say("chart.figures-of", area=c.card.areas[area][lang], n=len(known))
        parts.append(f"<details><summary>{e(summary)}</summary>{pieces.figures_table(c, indicator_id, known, lang)}"
                     "</details>")  # fmt: skip
    return "".join(parts)


def _ask(**changes: Any) -> None:
    """Keep what was asked in the address, in the place of what was there."""
    c, indicator_id = catalogue(), st.query_params["indicator"]
    now, _ = read_options(st.query_params.to_dict(), choices(c, indicator_id, as_of()))
    asked = written(ChartOptions(**{name: changes.get(name, getattr(now, name)) for name in now.__slots__}))
    for name in QUERY:
        st.query_params.pop(name, None)
    st.query_params.update(asked)


def _controls(
    c: Catalogue, indicator_id: str, may: Choices, options: ChartOptions, has_projection: bool, lang: str
) -> None:
    """One quiet row: the years, other lines, and switches; only what these figures allow."""
    w = say()
    with st.container(key="chart-controls", horizontal=True, vertical_alignment="bottom"):
        if may.years:
            _years(may.years, options)
        with st.popover(w.say("chart.compare"), width="content"):
            _areas(c, may, options, lang)
            _beside(c, may, options, lang)
        with st.popover(w.say("chart.options"), width="content"):
            if has_projection:
                _switch("projection", options.projection, w.say("judging.draw"))
            _switch("events", options.events, w.say("chart.draw-events"))
            if older_vintages(c.main_series(indicator_id), as_of()):
                _switch("vintages", options.vintages, w.say("chart.draw-vintages"))
            if may.yearly:
                _switch("yearly", options.yearly, w.say("chart.only-yearly"))
            if may.log:
                _switch("log", options.log, w.say("chart.log"))


def _switch(name: str, on: bool, label: str) -> None:
    key = f"chart-{name}"
    st.session_state[key] = on
    st.toggle(label, key=key, on_change=lambda: _ask(**{name: st.session_state[key]}))


def _years(years: tuple[int, int], options: ChartOptions) -> None:
    def go() -> None:
        first, last = st.session_state["chart-years"]
        whole = (first, last) == years
        _ask(first=None if whole else first, last=None if whole else last)

    st.session_state["chart-years"] = (options.first or years[0], options.last or years[1])
    st.slider(say().say("chart.years"), *years, key="chart-years", on_change=go, width=300)


def _areas(c: Catalogue, may: Choices, options: ChartOptions, lang: str) -> None:
    if not may.areas:
        return
    st.session_state["chart-areas"] = list(options.areas)
    st.multiselect(
        say().say("chart.areas"), may.areas, key="chart-areas", max_selections=MOST_AREAS,
        format_func=lambda a: c.card.areas[a][lang], placeholder=say().say("chart.areas-hint"),
        on_change=lambda: _ask(areas=tuple(st.session_state["chart-areas"])),
    )  # fmt: skip


def _beside(c: Catalogue, may: Choices, options: ChartOptions, lang: str) -> None:
    ids = ["", *sorted(may.beside, key=lambda i: c.indicators[i].name[lang])]
    st.session_state["chart-beside"] = options.beside
    st.selectbox(
        say().say("chart.beside"), ids, key="chart-beside",
        format_func=lambda i: c.indicators[i].name[lang] if i else say().say("chart.nothing-beside"),
        on_change=lambda: _ask(beside=st.session_state["chart-beside"]),
    )  # fmt: skip


def vintage_days(c: Catalogue, indicator_id: str, today: date) -> list[date]:
    """The days on which more became known of this indicator: figures published and targets adopted, and today."""
    figures = {o.known for o in c.main_series(indicator_id).observations}
    targets = {t.adopted.end for t in c.indicators[indicator_id].targets}
    return sorted({day for day in figures | targets if day < today} | {today})


def _vintage_slider(c: Catalogue, indicator_id: str) -> None:
    """Back through what was known: each step is a day on which a figure was published or a target adopted."""
    today, lang = date.today(), language()
    days = vintage_days(c, indicator_id, today)
    if len(days) < 2:
        return
    now = max((day for day in days if day <= as_of()), default=days[0])
    if asked_day() is not None and as_of() not in days:
        days, now = sorted({*days, as_of()}), as_of()
    st.session_state["chart-known"] = now

    def go() -> None:
        go_to(st.session_state["chart-known"])

    st.select_slider(
        say().say("chart.known"), days, key="chart-known", on_change=go, format_func=lambda day: n.day_text(day, lang)
    )  # fmt: skip
