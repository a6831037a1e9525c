"""One goal: its own words and where they stand, its indicators with a chart each, verdicts, figures, publications."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from tracking import numbers as n
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.charts import ChartOptions, progress_chart, sparkline
from tracking.charts.told import summary
from tracking.glance import glance
from tracking.leading import leading
from tracking.look import THEMES, data_address
from tracking.model import Accumulation, Goal, IndicatorLink, Kind
from tracking.status import Judged, headline
from tracking.telling import goal_told
from views import nothing, picture, pieces, shared, verdict
from views.frame import (
    address,
    as_of,
    catalogue,
    e,
    fragile,
    is_embedded,
    language,
    method_panels,
    on_demand,
    place,
    placed_once,
    say,
    theme,
    verdicts,
)

ALL = "all"
HALF, WIDE = 550, 1150  # pixels that a card has for its chart where the page is as wide as it gets


def show() -> None:
    c, lang = catalogue(), language()
    goal_id = st.query_params.get("goal") or next(iter(c.goals))
    if not is_embedded():
        _picker(c, goal_id, lang)
    if goal_id not in c.goals:
        titles = {i: goal.title[lang] for i, goal in c.goals.items()}
        nothing.place_unknown("goal", "goal.unknown", goal_id, titles, nothing.home())
        return
    if st.query_params.get("goal") != goal_id:  # each writing is a message to the browser
        st.query_params["goal"] = goal_id
    charts = st.query_params.get("charts", "")
    if is_embedded():
        placed_once(_embedded, goal_id, charts)
        return
    placed_once(_top, goal_id)
    _charts_head(c, c.goals[goal_id], charts)
    placed_once(_charts, goal_id, charts)


def _top(goal_id: str) -> None:
    """Its words and where its targets stand; it is the same for everybody who reads this goal in this language."""
    c, lang = catalogue(), language()
    goal, found = c.goals[goal_id], verdicts()
    mine = [j for link in goal.indicators for j in found[link.id]]
    place(head(c, goal, lang) + counts(goal, mine, lang) + _told(c, goal_id, found, lang))


def _charts_head(c: Catalogue, goal: Goal, charts: str) -> None:
    """The charts' heading, and beside it the way to take one along."""
    if not goal.indicators:
        return
    found, day = verdicts(), as_of()
    with st.container(key="charts-head", horizontal=True, vertical_alignment="bottom"):
        place(f"<h2>{e(say().say('goal.cards'))}</h2>")
        drawn = {
            link.id: headline(found[link.id]) for link in _charted(c, goal, charts)
            if c.main_series(link.id).as_known_on(day)
        }  # fmt: skip
        if drawn:
            on_demand(picture.of_charts(drawn))


def _charts(goal_id: str, charts: str) -> None:
    """The charts with their verdicts, what is not drawn large, and the table; the same for everybody as well."""
    c, lang = catalogue(), language()
    goal, found = c.goals[goal_id], verdicts()
    if not goal.indicators:
        return
    charted = _charted(c, goal, charts)
    _cards(c, charted, found, lang)
    has_targets = any(found[link.id] for link in goal.indicators)
    rest = _others(c, goal_id, charted, found, lang) + (_table(c, goal, found, lang) if has_targets else "")
    if rest:
        place(rest)


def _charted(c: Catalogue, goal: Goal, charts: str) -> Sequence[IndicatorLink]:
    """The indicators drawn on the page that the address asks for."""
    return goal.indicators if charts == ALL else leading(c, goal, verdicts(), as_of())


def _embedded(goal_id: str, charts: str) -> None:
    """For another site: the goal, where its targets stand, and the charts."""
    c, lang = catalogue(), language()
    goal, found = c.goals[goal_id], verdicts()
    place(head(c, goal, lang) + counts(goal, [j for link in goal.indicators for j in found[link.id]], lang))
    _cards(c, _charted(c, goal, charts), found, lang)


def _picker(c: Catalogue, goal_id: str, lang: str) -> None:
    """Another goal without going back."""
    ids = list(c.goals)

    def label(i: str) -> str:
        goal = c.goals[i]
        return goal.statement if lang == c.documents[goal.document].language else goal.title[lang]

    def go() -> None:
        st.query_params["goal"] = st.session_state["goal-picker"]

    st.session_state["goal-picker"] = goal_id if goal_id in ids else ids[0]
    st.selectbox(say().say("goal.choose"), ids, key="goal-picker", format_func=label, on_change=go)


def head(c: Catalogue, goal: Goal, lang: str) -> str:
    w, document = say(), c.documents[goal.document]
    marks = ("“", "”")
    original = f'<h1 lang="{document.language}">{marks[0]}{e(goal.statement.strip("“”"))}{marks[1]}</h1>'
    if "“" in goal.statement:
        original = f'<h1 lang="{document.language}">「{e(goal.statement)}」</h1>'
    title = "" if lang == document.language else f"<p>{e(goal.title[lang])}</p>"
    source = (
        f'<p class="caption">{e(c.publishers[document.issuer].name[lang])} · '
        f"{pieces.document_link(c, goal.document, lang)} · {e(n.known_text(document.date, lang))} · "
        f"{e(c.card.horizons[goal.horizon][lang])}</p>"
    )
    whole = "".join(
        f'{", " if k else ""}<a href="{e(address("goal", goal=i))}" target="_self">{e(c.goals[i].title[lang])}</a>'
        for k, i in enumerate(goal.part_of)
    )
    part = f'<p class="caption">{e(w.say("goal.part-of"))}: {whole}</p>' if whole else ""
    meaning = f'<p class="verdict meaning">{e(goal.meaning[lang])}</p>' if goal.meaning else ""
    near = "" if is_embedded() else _neighbours(c, goal, lang)
    return f'{near}<div class="rule3">{original}{title}{source}{part}{meaning}</div>'


def _neighbours(c: Catalogue, goal: Goal, lang: str) -> str:
    """Where the goal stands in its document, and the ways to the one before and after it."""
    w, ids = say(), [i for i, g in c.goals.items() if g.document == goal.document]
    at = next(k for k, i in enumerate(ids) if c.goals[i] is goal)
    before, after = ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None
    links = [
        f'<a href="{e(address("goal", goal=i))}" target="_self">{e(w.say(key, title=c.goals[i].title[lang]))}</a>'
        for i, key in ((before, "goal.before"), (after, "goal.after"))
        if i
    ]
    place_in = e(w.say("goal.place", k=at + 1, n=len(ids)))
    return f'<nav class="caption near" aria-label="{e(w.say("goal.near"))}">{" · ".join([place_in, *links])}</nav>'


def counts(goal: Goal, mine: Sequence[Judged], lang: str) -> str:
    w, t = say(), theme()
    if goal.kind is not Kind.OUTCOME:
        return ""
    if not mine:
        return f'<p class="verdict">{e(w.say("goal.no-target"))}</p>'
    number = pieces.count_of(mine)
    parts = [
        f'<b style="color:{t.standing[s]}">{e(w.say(f"overview.{s.value}", n=number[s]))}</b>'
        for s in pieces.ORDER
        if number[s]
    ]
    key = "goal.counts" if parts else "goal.counts-none"
    rest = number[pieces.WORST_FIRST[-1]]
    if parts and rest:
        parts.append(e(w.say("goal.others", n=rest)))
    sentence = e(w.count(key, len(mine), judged="\0")).replace("\0", w.say("overview.list").join(parts))
    return f'<p style="font-size:18px;margin:14px 0 6px">{sentence}</p>{pieces.strip(mine, t, lang)}'


def _told(c: Catalogue, goal_id: str, found: dict[str, tuple[Judged, ...]], lang: str) -> str:
    """What the charts show, in words."""
    parts = goal_told(c, goal_id, found, method_panels(), as_of(), lang)
    text = "".join(f"<p>{e(verdict.joined(sentences, lang))}</p>" for sentences in parts)
    return f'<section class="told" aria-label="{e(say().say("goal.told"))}">{text}</section>'


def _others(
    c: Catalogue, goal_id: str, charted: Sequence[IndicatorLink], found: dict[str, tuple[Judged, ...]], lang: str
) -> str:
    """The indicators that are not drawn large, a line each, and the way to draw them all."""
    rest = [link for link in c.goals[goal_id].indicators if link not in charted]
    if not rest:
        return ""
    w = say()
    rows = "".join(row(c, link, found[link.id], lang) for link in rest)
    every = address("goal", goal=goal_id, charts=ALL)
    return (
        f"<h3>{e(w.count('goal.further', len(rest)))}</h3><ul class='further'>{rows}</ul>"
        f'<p class="caption"><a href="{e(every)}" target="_self">{e(w.count("goal.draw-all", len(rest)))}</a></p>'
    )


def row(c: Catalogue, link: IndicatorLink, mine: Sequence[Judged], lang: str) -> str:
    """Name, small picture, newest figure with its publication, and where its leading target stands."""
    seen, indicator = glance(c, link.id, as_of()), c.indicators[link.id]
    name = f'<a href="{e(address("indicator", indicator=link.id))}" target="_self">{e(indicator.name[lang])}</a>'
    picture = sparkline([o for o in seen.known if o.period.is_year] or seen.known, indicator, None, theme())
    said = pieces.trend_text(c, link.id, seen.trend, lang)
    image = f'<img src="{data_address(picture)}" alt="{e(said)}">' if picture else ""
    newest = f'<span class="small">{e(say().say("site.missing"))}</span>'
    if seen.latest is not None:
        to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
        shown = n.observed(seen.latest, c.unit_of(link.id), lang)
        newest = (f"<b>{pieces.document_link(c, seen.latest.document, lang, shown)}</b> "
                  f"{e(n.period_text(seen.latest.period, lang, to_date=to_date))}")  # fmt: skip
    first = headline(mine)
    standing = pieces.standing_mark(first, theme(), lang) if first else ""
    return f"<li><span>{name}</span><span>{image}</span><span>{newest}</span><span>{standing}</span></li>"


def _cards(
    c: Catalogue, charted: Sequence[IndicatorLink], found: dict[str, tuple[Judged, ...]], lang: str
) -> None:  # fmt: skip
    """Two beside each other by our own style (an odd first one over both): columns would be eight more boxes.

    A card is known by its place, so that another goal's takes the same box, and has its words in one part, which the
    style sets above and below the chart: the browser weighs every box and part anew at each switch.
    """
    with st.container(key="cards"):
        for k, link in enumerate(charted):
            _card(c, k, link, found, lang, WIDE if not k and len(charted) % 2 else HALF)


def _card(
    c: Catalogue, k: int, link: IndicatorLink, found: dict[str, tuple[Judged, ...]], lang: str, width: int
) -> None:
    w, t, indicator = say(), theme(), c.indicators[link.id]
    mine = found[link.id]
    shown = headline(mine)
    known = c.main_series(link.id).as_known_on(as_of())
    figure = shared.drawn(_figure, link.id, as_of(), lang, t.name, width) if known else None
    beyond = figure.layout.meta[0]["beyond"] if figure else ""
    name = f'<a href="{e(address("indicator", indicator=link.id))}" target="_self">{e(indicator.name[lang])}</a>'
    above = f'<h3 class="name">{name}</h3>{_verdicts(c, shown, mine, lang)}'
    below = (
        _beyond(link.id, beyond)
        + (pieces.source_line(c, indicator, known, lang) if known else
           f'<p class="caption">{e(w.say("goal.no-figures"))}</p>')
        + f'<p class="why">{e(w.say(f"role.{link.role.value}"))} · {e(w.say("goal.why"))}: {e(link.why[lang])}<br>'
        f'{e(w.say("goal.limits"))}: {e(link.limits[lang])}</p>'
        + (f'<details><summary>{e(w.say("goal.figures", n=len(known)))}</summary>'
           f"{pieces.figures_table(c, link.id, known, lang)}</details>" if known else "")
    )  # fmt: skip
    with st.container(key=f"card-{k}", height="stretch"):
        place(f'<div class="above">{above}</div><div class="below">{below}</div>')
        if figure:
            alt = _alt(c, link, shown, beyond, lang)
            st.plotly_chart(figure, theme=None, config=picture.CONFIG, key=f"chart-{k}", alt=alt)


def _figure(c: Catalogue, indicator_id: str, day: date, lang: str, look: str, width: int) -> Any:
    """An indicator's chart with its targets, the same on the card of every goal.

    Streamlit draws first at the figure's own width, then at the card's: at a desk the second time is spared.
    """
    targets = adopted_targets(c.indicators[indicator_id], day)
    figure = progress_chart(c, indicator_id, targets, day, lang, THEMES[look])
    return shared.revised(figure.update_layout(width=width))


def _verdicts(c: Catalogue, shown: Judged | None, mine: Sequence[Judged], lang: str) -> str:
    """The leading target in full, the others in a line each."""
    if shown is None:
        return f'<p class="verdict">{e(say().say("indicator.no-targets"))}</p>'
    t = theme()
    found = method_panels().get(shown.key)
    first = (
        f'{pieces.standing_mark(shown, t, lang)}<p class="verdict">{e(pieces.verdict_sentence(c, shown, lang))}</p>'
        + verdict.short_line(shown, found, fragile(shown.indicator_id, shown.target), lang)
    )
    others = "".join(
        f'<p class="also">{pieces.standing_mark(j, t, lang)} · '
        f"{e(pieces.target_line(c, j.indicator_id, j.target, lang))}</p>"
        for j in pieces.worst_first(mine)
        if j is not shown
    )
    return first + others


def _alt(c: Catalogue, link: IndicatorLink, shown: Judged | None, beyond: str, lang: str) -> str:
    """What the picture shows, in words, for who cannot see it; the figures are in the table below."""
    name = c.indicators[link.id].name[lang] + say().say("judging.stop")
    judged = [pieces.verdict_sentence(c, shown, lang)] if shown else []
    edge = [beyond] if beyond else []
    return verdict.joined([name, *judged, summary(c, link.id, ChartOptions(), as_of(), lang), *edge], lang)


def _beyond(indicator_id: str, said: str) -> str:
    """The figures that the chart's axis leaves out, and the way to see them to scale."""
    if not said:
        return ""
    link = address("indicator", indicator=indicator_id, axis="whole")
    return f'<p class="caption">{e(said)} <a href="{e(link)}" target="_self">{e(say().say("chart.show-whole"))}</a></p>'


def _table(c: Catalogue, goal: Goal, found: dict[str, tuple[Judged, ...]], lang: str) -> str:
    w, t = say(), theme()
    heads = "".join(
        f'<th scope="col"{a}>{e(w.say(f"table.{k}"))}</th>'
        for k, a in (("indicator", ""), ("latest", " class=num"), ("period", ""), ("target", ""), ("standing", ""))
    )
    mine = pieces.worst_first([j for link in goal.indicators for j in found[link.id]])
    return (
        f"<h2>{e(w.say('goal.table'))}</h2><div class='scroll'><table class='stack verdicts'>"
        f"<thead><tr>{heads}</tr></thead><tbody>"
        + "".join(_line(c, j, lang, t) for j in mine)
        + "</tbody></table></div>"
    )


def _line(c: Catalogue, j: Judged, lang: str, t: object) -> str:
    w, indicator, unit = say(), c.indicators[j.indicator_id], c.unit_of(j.indicator_id)
    a = j.assessment
    latest = a.used[-1] if a.used and a.is_judged else a.latest
    to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
    value, period = f'<span class="small">{e(w.say("site.missing"))}</span>', ""
    if latest is not None:
        value = pieces.document_link(c, latest.document, lang, n.observed(latest, unit, lang))
        period = e(n.period_text(latest.period, lang, to_date=to_date))
    name = f'<a href="{e(address("indicator", indicator=j.indicator_id))}" target="_self">{e(indicator.name[lang])}</a>'
    target = pieces.document_link(c, j.target.document, lang, pieces.target_line(c, j.indicator_id, j.target, lang))
    reason = pieces.reason_text(j, lang)
    return (
        f'<tr><th scope="row">{name}</th><td class="num">{value}</td><td>{period}</td><td class="full">{target}</td>'
        f'<td class="full">{pieces.standing_mark(j, theme(), lang)}'
        f"{f'<br><small>{e(reason)}</small>' if reason else ''}</td></tr>"
    )
