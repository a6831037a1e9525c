"""Every goal as a row: what stands where, how fresh the figures are, and a way to the goal."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.charts import sparkline
from tracking.look import Theme, data_address
from tracking.model import Accumulation, Goal, Kind, Observation, Standing
from tracking.sentences import reason_word, standing_word
from tracking.status import Judged
from tracking.words import Words
from views import pieces
from views.frame import address, as_of, catalogue, e, language, params, place, say, theme, verdicts

OLD_DAYS = 550  # a figure this much older than the goal's newest is counted as older


def show() -> None:
    c, found, lang = catalogue(), verdicts(), language()
    used = {link.id for _, _, link, _ in c.links()}
    place(_summary(c, [j for i in sorted(used) for j in found[i]], lang, theme()))
    query, horizon, standings = _filters(c)
    shown = [(i, g) for i, g in c.goals.items() if _matches(c, g, found, query, horizon, standings)]
    if not shown:
        place(f"<p>{e(say().say('overview.none'))}</p>")
        st.button(say().say("overview.clear"), on_click=_clear)
    for year, name in c.card.horizons.items():
        group = [(i, g) for i, g in shown if g.horizon == year]
        if group:
            _group(c, name[lang], group, found)


def _summary(c: Catalogue, found: Sequence[Judged], lang: str, t: Theme) -> str:
    w, number = say(), pieces.count_of(found)
    document = c.documents[c.card.document]
    place_line = " · ".join([
        e(c.publishers[document.issuer].name[lang]),
        pieces.document_link(c, c.card.document, lang),
        e(n.known_text(document.date, lang)),
    ])  # fmt: skip
    judged = w.say("overview.list").join(
        f'<b class="nowrap" style="color:{t.standing[s]}">{e(w.say(f"overview.{s.value}", n=number[s]))}</b>'
        for s in pieces.ORDER
        if number[s]
    )
    headline = _headline(c, found, judged, lang)
    everything = (*pieces.ORDER, Standing.NOT_JUDGED)
    bar = "".join(f'<span style="flex:{number[s]};{_bar_style(s, t)}"></span>' for s in everything if number[s])
    key = "".join(
        f"<span>{pieces.icon_image(s, t, s in (Standing.MET, Standing.MISSED), lang)}"
        f"{e(standing_word(s, lang))}<b>{number[s]}</b></span>"
        for s in everything
    )
    why = Counter(j.assessment.reason for j in found if j.assessment.reason)
    reasons = " · ".join(e(w.say("overview.reason", reason=reason_word(r, lang), n=k)) for r, k in why.most_common())
    return (
        f'<p class="caption">{place_line}</p><h1 class="sentence">{headline}</h1>'
        f'<div class="bar" aria-hidden="true">{bar}</div><div class="key">{key}</div>'
        + (f'<p class="caption reasons">{e(w.say("overview.why-not"))}: {reasons}</p>' if reasons else "")
    )


def _headline(c: Catalogue, found: Sequence[Judged], judged: str, lang: str) -> str:
    """What was promised and what became of it; early days have no target, or none that can be judged."""
    say_it, rest = say().say, pieces.count_of(found)[Standing.NOT_JUDGED]
    if not found:
        return e(say_it("overview.headline-none", goals=len(c.goals), day=n.day_text(as_of(), lang)))
    if not judged:
        return e(say_it("overview.headline-unjudged", goals=len(c.goals), targets=len(found)))
    text = say_it("overview.headline", goals=len(c.goals), targets=len(found), judged="\0", rest=rest)
    return e(text).replace("\0", judged)


def _bar_style(s: Standing, t: Theme) -> str:
    if s is Standing.NOT_JUDGED:
        return f"border:1px dashed {t.standing[s]}"
    ground = t.standing[s] if s in (Standing.MET, Standing.MISSED) else t.tint[s]
    return f"background:{ground};border-color:{t.standing[s]}"


def _filters(c: Catalogue) -> tuple[str, int | None, list[str]]:
    w, lang = say(), language()
    left, middle, right = st.columns([3, 3.4, 5], vertical_alignment="bottom")
    query = left.text_input(
        w.say("overview.search"), key="search", placeholder=w.say("overview.search-hint"), bind="query-params"
    )
    years = sorted(c.card.horizons)
    horizon = middle.segmented_control(w.say("overview.horizon"), [str(y) for y in years], key="horizon")
    standings = right.pills(
        w.say("overview.standings"), [s.value for s in (*pieces.ORDER, Standing.NOT_JUDGED)], key="standings",
        selection_mode="multi", format_func=lambda s: standing_word(Standing(s), lang),
    )  # fmt: skip
    return query or "", int(horizon) if horizon else None, list(standings or [])


def _clear() -> None:
    for key, empty in (("search", ""), ("horizon", None), ("standings", [])):
        st.session_state[key] = empty


def _matches(
    c: Catalogue,
    goal: Goal,
    found: dict[str, tuple[Judged, ...]],
    query: str,
    horizon: int | None,
    standings: list[str],
) -> bool:
    if horizon is not None and goal.horizon != horizon:
        return False
    if standings:
        here = {j.assessment.standing.value for link in goal.indicators for j in found[link.id]}
        if not here & set(standings):
            return False
    names = [c.indicators[link.id].name for link in goal.indicators]
    text = " ".join([goal.statement, goal.title.zh, goal.title.en, *(f"{m.zh} {m.en}" for m in names)])
    return all(word in text.casefold() for word in query.casefold().split())


def _group(c: Catalogue, name: str, group: Sequence[tuple[str, Goal]], found: dict[str, tuple[Judged, ...]]) -> None:
    w = say()
    place(f"<h2>{e(name)}<small>{e(_number(w, 'overview.goals', len(group)))}</small></h2>")
    left, right = st.columns([3.7, 8.3])
    with left:
        place(f'<p class="head">{e(w.say("overview.column-goal"))}</p>')
    with right:
        heads = "".join(f"<span>{e(w.say(f'overview.column-{k}'))}</span>" for k in ("targets", "lead", "newest"))
        place(f'<div class="heads">{heads}</div>')
    for goal_id, goal in sorted(group, key=lambda g: g[1].kind is not Kind.OUTCOME):
        _row(c, goal_id, goal, found)


def _number(w: Words, key: str, count: int) -> str:
    return w.say(f"{key}.one") if count == 1 else w.say(key, n=count)


def _row(c: Catalogue, goal_id: str, goal: Goal, found: dict[str, tuple[Judged, ...]]) -> None:
    w, lang = say(), language()
    quiet = goal.kind is not Kind.OUTCOME
    with st.container(key=f"row-{'quiet-' if quiet else ''}{goal_id}"):
        left, right = st.columns([3.7, 8.3])
        with left:
            label = goal.statement if lang == c.documents[goal.document].language else goal.title[lang]
            st.page_link(st.session_state["pages"]["goal"], label=label, query_params=params(goal=goal_id))
            below = _number(w, "overview.indicators", len(goal.indicators)) if goal.indicators else ""
            if lang != c.documents[goal.document].language:
                original = f'<span lang="{c.documents[goal.document].language}">{e(goal.statement)}</span>'
                below = f"{original} · {e(below)}" if below else original
            place(f'<p class="orig">{below}</p>')
        with right:
            if quiet:
                key = "conduct" if goal.kind is Kind.CONDUCT else "no-number"
                place(f'<p class="orig">{e(w.say(f"overview.{key}"))}</p>')
            else:
                place(_cells(c, goal, [j for link in goal.indicators for j in found[link.id]], lang))


def _cells(c: Catalogue, goal: Goal, found: Sequence[Judged], lang: str) -> str:
    w, t = say(), theme()
    targets = (
        pieces.strip(found, t, lang) + pieces.counts(found, t, lang)
        if found
        else f'<span class="small">{e(w.say("overview.no-targets"))}</span>'
    )
    return (
        f'<div class="grid"><div>{targets}</div><div>{_lead(c, goal, found, lang, t)}</div>'
        f'<div class="newest">{_newest(c, goal, lang)}</div></div>'
    )


def _lead(c: Catalogue, goal: Goal, found: Sequence[Judged], lang: str, t: Theme) -> str:
    lead = goal.indicators[0].id
    indicator, unit = c.indicators[lead], c.unit_of(lead)
    known = _known(c, lead)
    if not known:
        return f'<span class="small">{e(indicator.name[lang])}: {e(say().say("site.missing"))}</span>'
    latest = next((o for o in reversed(known) if o.is_solid), known[-1])
    target = pieces.headline([j for j in found if j.indicator_id == lead])
    level = target.target.value if target and target.target.form.value in ("level", "yearly value") else None
    picture = sparkline([o for o in known if o.period.is_year] or known, indicator, level, t)
    image = f'<img src="{data_address(picture)}" alt="">' if picture else ""
    to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
    figure = pieces.document_link(c, latest.document, lang, n.observed(latest, unit, lang))
    name = f'<a href="{e(address("indicator", indicator=lead))}" target="_self">{e(indicator.name[lang])}</a>'
    return (
        f'<div class="lead">{image}<div><b>{figure}</b> {e(n.period_text(latest.period, lang, to_date=to_date))}'
        f"<br>{name}</div></div>"
    )


def _known(c: Catalogue, indicator_id: str) -> tuple[Observation, ...]:
    return c.main_series(indicator_id).as_known_on(as_of())


def _newest(c: Catalogue, goal: Goal, lang: str) -> str:
    """The newest period of the goal's figures, and how many indicators are older."""
    ends = [(known[-1].period, link.id) for link in goal.indicators if (known := _known(c, link.id))]
    if not ends:
        return e(say().say("site.missing"))
    newest, which = max(ends)
    to_date = c.indicators[which].accumulation is Accumulation.YEAR_TO_DATE
    older = sum((newest.end - period.end).days > OLD_DAYS for period, _ in ends)
    line = e(n.period_text(newest, lang, to_date=to_date))
    return line + (f'<br><span class="small">{e(say().say("overview.older", n=older))}</span>' if older else "")
