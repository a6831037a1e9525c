"""One indicator: a large chart and one target's verdict laid open, its targets in their own words, every figure."""

from collections.abc import Sequence

import streamlit as st

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.freshness import freshness
from tracking.model import Check, Indicator, Target
from tracking.projection import Projection, Refusal, chance_for, projection_for
from tracking.sentences import freshness_sentence, standing_word
from tracking.status import Judged, headline
from views import chart, nothing, pieces, verdict
from views.frame import (
    address,
    as_of,
    catalogue,
    e,
    fragile,
    history,
    is_embedded,
    language,
    method_panels,
    place,
    say,
    theme,
    verdicts,
)


def show() -> None:
    c, lang = catalogue(), language()
    indicator_id = st.query_params.get("indicator") or next(iter(c.goals.values())).indicators[0].id
    if indicator_id not in c.indicators:
        if not is_embedded():
            _picker(c, indicator_id)
        names = {i: indicator.name[lang] for i, indicator in c.indicators.items()}
        nothing.place_unknown("indicator", "indicator.unknown", indicator_id, names, nothing.home())
        return
    if st.query_params.get("indicator") != indicator_id:  # each writing is a message to the browser
        st.query_params["indicator"] = indicator_id
    mine = verdicts()[indicator_id]
    judged = _asked(mine) or headline(mine)
    if is_embedded():
        _embedded(c, indicator_id, mine, judged, lang)
        return
    _pickers(c, indicator_id, mine, judged, lang)
    place(_head(c, indicator_id, c.indicators[indicator_id], lang) + _if_unknown(c, indicator_id, mine, lang))
    ahead = projection_for(c, indicator_id, judged.target, as_of()) if judged else None
    _chart_and_panel(c, indicator_id, mine, judged, ahead, lang)
    if judged is not None and ahead is not None:
        _laid_open(c, judged, ahead, lang)
    place(_targets(c, mine, lang) + _figures(c, indicator_id, lang)
          + _about(c, indicator_id, c.indicators[indicator_id], lang))  # fmt: skip


def _embedded(c: Catalogue, indicator_id: str, mine: Sequence[Judged], judged: Judged | None, lang: str) -> None:
    """For another site: the chart as the address says it, the verdict in a sentence, every figure a click away."""
    place(_head(c, indicator_id, c.indicators[indicator_id], lang) + _if_unknown(c, indicator_id, mine, lang))
    if judged is not None:
        place(f'<p class="verdict">{pieces.standing_mark(judged, theme(), lang)} '
              f"{e(pieces.verdict_sentence(c, judged, lang))}</p>")  # fmt: skip
    chart.show(indicator_id, judged, projection_for(c, indicator_id, judged.target, as_of()) if judged else None)
    figures = _series(c, indicator_id, lang)
    if figures:
        place(f"<details><summary>{e(say().say('indicator.figures'))}</summary>{figures}</details>")


def _asked(mine: Sequence[Judged]) -> Judged | None:
    """The target that the address asks for, if it stood on the reader's day."""
    return next((j for j in mine if j.target.key == st.query_params.get("target")), None)


def _if_unknown(c: Catalogue, indicator_id: str, mine: Sequence[Judged], lang: str) -> str:
    """A target in the address that is none, or was not yet adopted, must not quietly become another."""
    w, key = say(), st.query_params.get("target")
    if key is None or _asked(mine) is not None:
        return ""
    known = next((t for t in c.indicators[indicator_id].targets if t.key == key), None)
    text = w.say("judging.unknown-target", name=key if len(key) <= 60 else key[:59] + "…")
    if known is not None:
        adopted, day = n.known_text(known.adopted, lang), n.day_text(as_of(), lang)
        text = w.say("judging.adopted-later", name=key, adopted=adopted, day=day)
    return f'<p role="alert">{e(text)}</p>'


def _chart_and_panel(
    c: Catalogue, indicator_id: str, mine: Sequence[Judged], judged: Judged | None,
    ahead: Projection | Refusal | None, lang: str,
) -> None:  # fmt: skip
    if judged is None:  # nothing to put beside the chart
        place(f'<p class="verdict">{e(say().say("indicator.no-targets"))}</p>')
        chart.show(indicator_id, judged, ahead)
        return
    with st.container(key="chart-and-verdict"):
        left, right = st.columns([7.6, 4], gap="medium")
        with right:
            place(_panel(c, mine, judged, lang))
        with left:
            chart.show(indicator_id, judged, ahead)


def _laid_open(c: Catalogue, judged: Judged, ahead: Projection | Refusal, lang: str) -> None:
    """The verdict's methods, fragility, projection and history."""
    i, target = judged.indicator_id, judged.target
    chance = chance_for(c, i, target, as_of(), ahead) if isinstance(ahead, Projection) else None
    turning = verdict.turning_section(c, judged, fragile(i, target), lang)
    coming = verdict.ahead_section(c, i, target, ahead, chance, lang)
    place(
        verdict.methods_section(judged, method_panels().get((i, target.key)), lang)
        + f'<div class="two"><section>{turning}</section><section>{coming}</section></div>'
        + verdict.history_section(c, i, history(i, target), lang)
    )


def _pickers(c: Catalogue, indicator_id: str, mine: Sequence[Judged], judged: Judged | None, lang: str) -> None:
    if judged is None or len(mine) < 2:
        _picker(c, indicator_id)
        return
    left, right = st.columns(2)
    with left:
        _picker(c, indicator_id)
    with right:
        _target_picker(c, mine, judged, lang)


def _picker(c: Catalogue, indicator_id: str) -> None:
    lang = language()
    ids = sorted(c.indicators, key=lambda i: c.indicators[i].name[lang])

    def go() -> None:
        st.query_params["indicator"] = st.session_state["indicator-picker"]
        for name in ("target", *chart.OF_ONE):
            st.query_params.pop(name, None)

    st.session_state["indicator-picker"] = indicator_id if indicator_id in c.indicators else ids[0]
    st.selectbox(
        say().say("indicator.choose"), ids, key="indicator-picker", format_func=lambda i: c.indicators[i].name[lang],
        on_change=go,
    )  # fmt: skip


def _target_picker(c: Catalogue, mine: Sequence[Judged], judged: Judged, lang: str) -> None:
    """Another target of the indicator; the address keeps which."""
    by_key = {j.target.key: j for j in mine}

    def label(key: str) -> str:
        j = by_key[key]
        text = pieces.target_line(c, j.indicator_id, j.target, lang)
        return f"{text} · {standing_word(j.assessment.standing, lang)}"

    def go() -> None:
        st.query_params["target"] = st.session_state["target-picker"]

    st.session_state["target-picker"] = judged.target.key
    st.selectbox(say().say("judging.choose"), list(by_key), key="target-picker", format_func=label, on_change=go)


def _head(c: Catalogue, indicator_id: str, indicator: Indicator, lang: str) -> str:
    fresh = freshness_sentence(freshness(indicator, c.main_series(indicator_id), as_of()), lang)
    said = "" if is_embedded() else f'<p class="caption">{e(fresh)}</p>'
    return (
        f'<div class="rule3"><h1>{e(indicator.name[lang])}</h1>'
        f'<p class="caption">{e(c.publishers[indicator.publisher].name[lang])} · '
        f"{e(say().say(f'frequency.{indicator.frequency.value}'))}</p>{said}</div>"
    )


def _panel(c: Catalogue, mine: Sequence[Judged], judged: Judged, lang: str) -> str:
    others = [j for j in pieces.worst_first(mine) if j is not judged]
    found = method_panels().get((judged.indicator_id, judged.target.key))
    return verdict.panel(c, judged, others, found, fragile(judged.indicator_id, judged.target), lang)


def _targets(c: Catalogue, mine: Sequence[Judged], lang: str) -> str:
    w = say()
    if not mine:
        return ""
    heads = "".join(f'<th scope="col">{e(w.say(f"table.{k}"))}</th>' for k in ("quote", "target", "nature", "document"))
    rows = "".join(_target(c, j, lang) for j in mine)
    return (
        f"<h2>{e(w.say('indicator.targets'))}</h2>"
        f"<div class='scroll'><table class='stack'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _target(c: Catalogue, j: Judged, lang: str) -> str:
    w, t = say(), j.target
    language_of = c.documents[t.document].language
    quote = "–"
    if t.quote:
        quote = f'<blockquote lang="{language_of}">“{e(t.quote)}”</blockquote>'
        if lang != language_of:
            quote += f"<small>{e(pieces.translated(t, lang) or '')}</small>"
    elif t.words:
        quote = e(t.words[lang])
    source = f"<br><small>{e(t.quote_from[lang])}</small>" if t.quote_from else ""
    note = f"<br><small>{e(t.note[lang])}</small>" if t.note else ""
    again = "".join(f"<br><small>{pieces.document_link(c, a.document, lang)}</small>" for a in t.also_in)
    unchecked = "".join(f"<br><small>{e(w.say(key))}</small>" for key in _unchecked(t))
    return (
        f'<tr><td class="full">{quote}{source}{note}</td>'
        f'<td class="full">{e(pieces.target_line(c, j.indicator_id, t, lang))}{unchecked}</td>'
        f"<td>{e(w.say(f'nature.{t.nature.value}'))}</td>"
        f'<td class="full">{pieces.document_link(c, t.document, lang)}'
        f"<br><small>{e(n.known_text(t.adopted, lang))}</small>{again}"
        f"</td></tr>"
    )


def _unchecked(target: Target) -> list[str]:
    """The key of what is to be said of a target that was not read in its publication, or whose baseline was not."""
    own, base = target.check, target.baseline.check if target.baseline else None
    if own is Check.RECALLED:
        return ["check.recalled-both" if base is Check.RECALLED else "check.recalled"]
    return ["certainty.baseline unchecked"] if base is Check.RECALLED else []


def _figures(c: Catalogue, indicator_id: str, lang: str) -> str:
    figures = _series(c, indicator_id, lang)
    return f"<h2>{e(say().say('indicator.figures'))}</h2>{figures}" if figures else ""


def _series(c: Catalogue, indicator_id: str, lang: str) -> str:
    """Every series of the indicator, the one that verdicts rest on first."""
    parts = []
    for ref in c.indicators[indicator_id].series:
        known = c.series(ref, c.indicators[indicator_id].unit).as_known_on(as_of())
        if known:
            said = " ".join(text[lang] for text in (ref.difference, ref.note) if text)
            note = f'<p class="caption">{e(said)}</p>' if said else ""
            parts.append(note + pieces.figures_table(c, indicator_id, known, lang))
    return "".join(parts)


def _about(c: Catalogue, indicator_id: str, indicator: Indicator, lang: str) -> str:
    w, unit = say(), c.unit_of(indicator_id)
    users = "".join(_user(c, g, indicator_id, lang) for g in c.goals_with(indicator_id))
    broken = "; ".join(f"{n.period_text(b.period, lang)}: {b.reason[lang]}" for b in indicator.breaks)
    entries = {
        "definition": e(indicator.definition[lang]),
        "unit": e(unit.zh if lang == "zh" else " ".join(p for p in (unit.before, unit.en) if p)),
        "publisher": e(c.publishers[indicator.publisher].name[lang]),
        "rhythm": e(w.say(f"frequency.{indicator.frequency.value}")),
        "direction": e(w.say(f"direction.{indicator.direction.value}")),
        "caution": e(indicator.caution[lang]) if indicator.caution else "",
        "breaks": e(broken),
        "used-by": f'<ul class="users">{users}</ul>' if users else "",
        "id": f"<code>{e(indicator_id)}</code>",
    }
    body = "".join(f"<dt>{e(w.say(f'indicator.{k}'))}</dt><dd>{v}</dd>" for k, v in entries.items() if v)
    return f"<h2>{e(w.say('indicator.about'))}</h2><dl>{body}</dl>"


def _user(c: Catalogue, goal_id: str, indicator_id: str, lang: str) -> str:
    """A goal that uses the indicator: as what, and why."""
    link = next(link for link in c.goals[goal_id].indicators if link.id == indicator_id)
    name = f'<a href="{e(address("goal", goal=goal_id))}" target="_self">{e(c.goals[goal_id].title[lang])}</a>'
    role = e(say().say(f"role.{link.role.value}"))
    return f"<li>{name} <small>{role} · {e(link.why[lang])}</small></li>"
