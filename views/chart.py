"""The chart of one indicator with all that a reader may ask of it; the address keeps what was asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from tracking import numbers as n
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.charts import indicator_chart
from tracking.charts.beside import peers
from tracking.charts.events import PolicyEvent, policy_events
from tracking.charts.options import (
    MOST_AREAS,
    QUERY,
    ChartOptions,
    Choices,
    choices,
    chosen,
    index_year,
    options_of,
    written,
)
from tracking.charts.past import older_vintages
from tracking.charts.told import notes, summary
from tracking.look import THEMES
from tracking.projection import Projection, Refusal, projection_for
from tracking.status import Judged
from views import download, picture, pieces, shared, verdict
from views.frame import (
    address,
    as_of,
    asked_day,
    catalogue,
    e,
    go_to,
    is_embedded,
    language,
    on_demand,
    place,
    same_page,
    say,
    theme,
)

# what another indicator may not be able to show
OF_ONE = ("compare", "beside", "index", "scale", "figures", "axis", "years")


def show(indicator_id: str, judged: Judged | None, ahead: Projection | Refusal | None) -> None:
    """The chart, what its marks mean, and the controls; a designed nothing where there are no figures."""
    c, lang = catalogue(), language()
    if not c.main_series(indicator_id).as_known_on(as_of()):
        place(_no_chart_to_ask() + _nothing(c, indicator_id, lang))
        if not is_embedded():
            _vintage_slider(c, indicator_id)
        return
    options, wrong = options_of(c, indicator_id, as_of(), st.query_params.to_dict())
    if wrong:
        place(_alert("chart.not-here", wrong))
    drawn = ahead if isinstance(ahead, Projection) and _shows_projection(options) else None
    figure = _drawn(c, indicator_id, judged, options, lang)
    meta = figure.layout.meta if figure else {}
    beyond = [said for name in ("beyond", "beside beyond") if (said := meta.get(name))]
    if not is_embedded():
        _controls(c, indicator_id, options, judged, ahead, options.whole or bool(beyond), lang)
    if figure:
        alt = _alt(c, indicator_id, judged, options, drawn, beyond, lang)
        st.plotly_chart(figure, theme=None, config=picture.CONFIG, key=f"chart-{indicator_id}", alt=alt)
    else:
        place(f'<div class="nothing"><p>{e(say().say("chart.none-in-sight"))}</p></div>')
    if not is_embedded():
        _sliders(c, indicator_id, options)
    place(_legend(c, indicator_id, options, drawn, figure, lang))


def _alert(key: str, asked: Sequence[str]) -> str:
    return f'<p role="alert">{e(say().say(key, asked=", ".join(asked)[:120]))}</p>'


def _no_chart_to_ask() -> str:
    """What the address asks of a chart that there is not must not be passed over."""
    asked = [f"{name}={st.query_params[name]}" for name in QUERY if name in st.query_params]
    return _alert("chart.no-figures", asked) if asked else ""


def _shows_projection(options: ChartOptions) -> bool:
    """Beside other areas, and among indices, a projection of one would only confuse."""
    return options.projection and not options.areas and not options.indexed


def _nothing(c: Catalogue, indicator_id: str, lang: str) -> str:
    """No figures: what that means, and the way to who would publish them."""
    w, publisher = say(), c.publishers[c.indicators[indicator_id].publisher]
    text = w.say("chart.empty.text", day=n.day_text(as_of(), lang), publisher=publisher.name[lang])
    way = ""
    if publisher.url:
        way = (f'<p><a href="{e(publisher.url)}" target="_blank" rel="noopener noreferrer">'
               f'{e(w.say("chart.empty.publisher"))}</a></p>')  # fmt: skip
    return f'<div class="nothing"><h2>{e(w.say("chart.empty.title"))}</h2><p>{e(text)}</p>{way}</div>'


def _drawn(
    c: Catalogue, indicator_id: str, judged: Judged | None, options: ChartOptions, lang: str
) -> go.Figure | None:
    """The chart; None where no figure lies in the years asked for."""
    if not chosen(c, indicator_id, as_of(), options):
        return None
    return shared.drawn(
        _figure, indicator_id, judged.target.key if judged else "", as_of(), lang, theme().name,
        tuple(written(options).items()),
    )  # fmt: skip


def _figure(
    c: Catalogue, indicator_id: str, target_key: str, day: date, lang: str, look: str,
    asked: tuple[tuple[str, str], ...],
) -> go.Figure:  # fmt: skip
    """The chart as the address asks for it, with the projection to one target."""
    options, _ = options_of(c, indicator_id, day, dict(asked))
    target = next((t for t in adopted_targets(c.indicators[indicator_id], day) if t.key == target_key), None)
    ahead = projection_for(c, indicator_id, target, day) if target else None
    drawn = ahead if isinstance(ahead, Projection) else None
    return indicator_chart(c, indicator_id, options, day, lang, THEMES[look], drawn)


def _alt(
    c: Catalogue, indicator_id: str, judged: Judged | None, options: ChartOptions, drawn: Projection | None,
    beyond: Sequence[str], lang: str,
) -> str:  # fmt: skip
    """What the picture shows, in words, for who cannot see it; the figures are in the table below."""
    w = say()
    parts = [c.indicators[indicator_id].name[lang] + w.say("judging.stop")]
    parts += [pieces.verdict_sentence(c, judged, lang)] if judged else []
    parts += [summary(c, indicator_id, options, as_of(), lang)]
    parts += beyond
    parts += [w.say("judging.drawn")] if drawn else []
    if options.areas:
        names = w.say("overview.list").join(c.card.areas[a][lang] for a in options.areas)
        parts.append(w.say("chart.compared", areas=names))
    return verdict.joined([*parts, w.say("chart.table-below")], lang)


def _legend(
    c: Catalogue, indicator_id: str, options: ChartOptions, drawn: Projection | None, figure: go.Figure | None,
    lang: str,
) -> str:  # fmt: skip
    """What the chart shows and its marks mean, where the figures are from, the documents behind the numbers on top."""
    w, known = say(), c.main_series(indicator_id).as_known_on(as_of())
    meta = figure.layout.meta if figure else {}
    lines = [summary(c, indicator_id, options, as_of(), lang), *notes(c, indicator_id, options, as_of(), lang)]
    lines += [w.say("judging.drawn")] if drawn else []
    told = "".join(f'<p class="caption">{e(line)}</p>' for line in lines if line)
    source = pieces.source_line(c, c.indicators[indicator_id], known, lang)
    adopted = _adopted(c, indicator_id, options, meta.get("span"), lang)
    other = _other(c, options, meta.get("beside beyond", ""), lang)
    return told + _beyond(meta.get("beyond", "")) + source + other + adopted + _sources(c, indicator_id, options, lang)


def _beyond(said: str) -> str:
    """The figures that the axis leaves out, why it does, and the way to see them to scale."""
    if not said:
        return ""
    w = say()
    way = f'<a href="{e(same_page(axis="whole"))}" target="_self">{e(w.say("chart.show-whole"))}</a>'
    return f'<p class="caption">{e(verdict.joined([said, w.say("chart.beyond-why")], language()))} {way}</p>'


def _other(c: Catalogue, options: ChartOptions, beyond: str, lang: str) -> str:
    """The other indicator's name, which leads to its page, what its axis leaves out, and its source."""
    if not options.beside:
        return ""
    other, there = c.indicators[options.beside], c.main_series(options.beside).as_known_on(as_of())
    link = address("indicator", indicator=options.beside)
    return (f'<p class="beside"><a href="{e(link)}" target="_self">{e(other.name[lang])}</a></p>'
            + _beyond(beyond) + pieces.source_line(c, other, there, lang))  # fmt: skip


def _adopted(
    c: Catalogue, indicator_id: str, options: ChartOptions, span: Sequence[float] | None, lang: str
) -> str:  # fmt: skip
    """The documents behind the numbers on top of the chart."""
    if span is None or not options.events or options.indexed:
        return ""
    events = policy_events(c, indicator_id, as_of(), (span[0], span[1]))
    items = "".join(_event(c, event, lang) for event in events)
    if not items:
        return ""
    head, listed = e(say().say("chart.adopted")), f'<ol class="events">{items}</ol>'
    return _folded(head, listed) if is_embedded() else f'<p class="caption">{head}</p>{listed}'


def _folded(head: str, what: str) -> str:
    """What can wait, a click away; more of it where the page is embedded, for its height does not follow."""
    return f"<details><summary>{head}</summary>{what}</details>"


def _event(c: Catalogue, event: PolicyEvent, lang: str) -> str:
    return f"<li>{e(n.known_text(event.adopted, lang))} {pieces.document_link(c, event.document, lang)}</li>"


def _sources(c: Catalogue, indicator_id: str, options: ChartOptions, lang: str) -> str:
    """The figures of the areas that are compared, each with its publication."""
    others, found = peers(c, indicator_id), ""
    for area in options.areas:
        known = others[area].as_known_on(as_of())
        head = say().count("chart.figures-of", len(known), area=c.card.areas[area][lang])
        found += _folded(e(head), pieces.figures_table(c, indicator_id, known, lang))
    return _folded(e(say().say("chart.areas")), found) if found and is_embedded() else found


def _ask(**changes: Any) -> None:
    """Keep what was asked in the address, in the place of what was there."""
    c, indicator_id = catalogue(), st.query_params["indicator"]
    now, _ = options_of(c, indicator_id, as_of(), st.query_params.to_dict())
    asked = written(replace(now, **changes))
    for name in QUERY:
        st.query_params.pop(name, None)
    st.query_params.update(asked)


def _sliders(c: Catalogue, indicator_id: str, options: ChartOptions) -> None:
    """What was known, and the years in sight, side by side."""
    years = shared.drawn(choices, indicator_id, as_of()).years
    if years is None:
        _vintage_slider(c, indicator_id)
        return
    with st.container(key="chart-sliders"):
        left, right = st.columns(2, gap="medium")
        with left:
            _vintage_slider(c, indicator_id)
        with right:
            _years(years, options)


def _controls(
    c: Catalogue, indicator_id: str, options: ChartOptions, judged: Judged | None,
    ahead: Projection | Refusal | None, has_edge: bool, lang: str,
) -> None:  # fmt: skip
    """One quiet row above the chart: other lines, switches, the way out; only what these figures allow."""
    w, may = say(), shared.drawn(choices, indicator_id, as_of())
    with st.container(key="chart-controls", horizontal=True):
        with st.popover(w.say("chart.compare"), type="tertiary", width="content", icon=":material/stacked_line_chart:"):
            _areas(c, may, options, lang)
            _beside(c, may, options, lang)
            year = index_year(c, indicator_id, as_of(), options)
            if year is not None:
                _switch("indexed", options.indexed, w.say("chart.index-switch", year=year))
        with st.popover(w.say("chart.options"), type="tertiary", width="content", icon=":material/tune:"):
            _switches(c, indicator_id, may, options, isinstance(ahead, Projection), has_edge)
        drawn = picture.of_a_chart(indicator_id, judged, options, ahead if isinstance(ahead, Projection) else None)
        on_demand(drawn, download.of_a_chart(c, indicator_id, options))


def _switches(
    c: Catalogue, indicator_id: str, may: Choices, options: ChartOptions, has_projection: bool, has_edge: bool
) -> None:
    w, known = say(), c.main_series(indicator_id).as_known_on(as_of())
    if may.log:
        _switch("log", options.log, w.say("chart.log"))
    if may.yearly:
        _switch("yearly", options.yearly, w.say("chart.only-yearly"))
    if has_edge:
        _switch("whole", options.whole, w.say("chart.show-whole"))
    if has_projection:
        _switch("projection", options.projection, w.say("judging.draw"))
    _switch("events", options.events, w.say("chart.draw-events"))
    if older_vintages(c.main_series(indicator_id), known, 1):
        _switch("vintages", options.vintages, w.say("chart.draw-vintages"))


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
    st.slider(say().say("chart.years"), *years, key="chart-years", on_change=go)


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
