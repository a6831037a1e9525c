"""One indicator: a large chart, the verdict with its arithmetic, its targets in their own words, every figure."""

from collections.abc import Sequence

import streamlit as st

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.charts import progress_chart
from tracking.model import Indicator
from tracking.sentences import arithmetic, caution_sentences
from tracking.status import Judged
from views import pieces
from views.frame import address, as_of, catalogue, e, language, place, say, theme, verdicts

CHART = {"displayModeBar": False, "responsive": True}


def show() -> None:
    c, w, lang = catalogue(), say(), language()
    indicator_id = st.query_params.get("indicator") or next(iter(c.goals.values())).indicators[0].id
    _picker(c, indicator_id, lang)
    if indicator_id not in c.indicators:
        place(f'<p>{e(w.say("indicator.unknown", name=indicator_id))}</p>'
              f'<p><a href="{e(address("overview"))}" target="_self">{e(w.say("site.back"))}</a></p>')  # fmt: skip
        return
    st.query_params["indicator"] = indicator_id
    indicator, mine = c.indicators[indicator_id], verdicts()[indicator_id]
    known = c.main_series(indicator_id).as_known_on(as_of())
    place(_head(c, indicator_id, indicator, lang))
    left, right = st.columns([7.6, 4], gap="medium")
    with left:
        if known:
            shown = pieces.headline(mine)
            figure = progress_chart(c, indicator_id, [j.target for j in mine], as_of(), lang, theme(), height=460)
            alt = indicator.name[lang] + (". " + pieces.verdict_sentence(c, shown, lang) if shown else "")
            st.plotly_chart(figure, theme=None, config=CHART, key=f"chart-{indicator_id}", alt=alt)
            place(pieces.source_line(c, indicator, known, lang))
        else:
            place(f'<p class="verdict">{e(w.say("goal.no-figures"))}</p>')
    with right:
        place(_panel(c, mine, lang))
    place(_targets(c, mine, lang) + _figures(c, indicator_id, lang) + _about(c, indicator_id, indicator, lang))


def _picker(c: Catalogue, indicator_id: str, lang: str) -> None:
    ids = sorted(c.indicators, key=lambda i: c.indicators[i].name[lang])

    def go() -> None:
        st.query_params["indicator"] = st.session_state["indicator-picker"]

    st.session_state["indicator-picker"] = indicator_id if indicator_id in c.indicators else ids[0]
    st.selectbox(
        say().say("indicator.choose"), ids, key="indicator-picker", format_func=lambda i: c.indicators[i].name[lang],
        on_change=go,
    )  # fmt: skip


def _head(c: Catalogue, indicator_id: str, indicator: Indicator, lang: str) -> str:
    return (
        f'<div class="rule3"><h1>{e(indicator.name[lang])}</h1>'
        f'<p class="caption">{e(c.publishers[indicator.publisher].name[lang])} · '
        f"{e(say().say(f'frequency.{indicator.frequency.value}'))}</p></div>"
    )


def _panel(c: Catalogue, mine: Sequence[Judged], lang: str) -> str:
    w, t = say(), theme()
    if not mine:
        return f'<div class="panel"><p>{e(w.say("indicator.no-targets"))}</p></div>'
    first = pieces.headline(mine)
    ordered = [first, *[j for j in pieces.worst_first(mine) if j is not first]]
    blocks = []
    for j in ordered:
        assert j is not None
        sums = arithmetic(c, j.indicator_id, j.target, j.assessment, lang)
        notes = caution_sentences(c, j.indicator_id, j.target, j.assessment, lang)
        blocks.append(
            f'<div class="{"target" if blocks else ""}"><div class="big">{pieces.standing_mark(j, t, lang)}</div>'
            f"<p>{e(pieces.verdict_sentence(c, j, lang))}</p>"
            + (f'<div class="arith">{e(sums)}</div>' if sums else "")
            + (f'<p class="small">{e(" ".join(notes) if lang == "en" else "".join(notes))}</p>' if notes else "")
            + "</div>"
        )
    return f'<section class="panel" aria-label="{e(w.say("indicator.verdict"))}">{"".join(blocks)}</section>'


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
            quote += f"<small>{e(t.translation[lang])}</small>"  # type: ignore[index]
    elif t.words:
        quote = e(t.words[lang])
    source = f"<br><small>{e(t.quote_from[lang])}</small>" if t.quote_from else ""
    note = f"<br><small>{e(t.note[lang])}</small>" if t.note else ""
    again = "".join(f"<br><small>{pieces.document_link(c, a.document, lang)}</small>" for a in t.also_in)
    unchecked = f"<br><small>{e(w.say('check.recalled'))}</small>" if t.check.value == "recalled" else ""
    return (
        f'<tr><td class="full">{quote}{source}{note}</td>'
        f'<td class="full">{e(pieces.target_line(c, j.indicator_id, t, lang))}{unchecked}</td>'
        f"<td>{e(w.say(f'nature.{t.nature.value}'))}</td>"
        f'<td class="full">{pieces.document_link(c, t.document, lang)}'
        f"<br><small>{e(n.known_text(t.adopted, lang))}</small>{again}"
        f"</td></tr>"
    )


def _figures(c: Catalogue, indicator_id: str, lang: str) -> str:
    """Every series of the indicator, the one that verdicts rest on first."""
    parts = []
    for ref in c.indicators[indicator_id].series:
        known = c.series(ref, c.indicators[indicator_id].unit).as_known_on(as_of())
        if known:
            said = " ".join(text[lang] for text in (ref.difference, ref.note) if text)
            note = f'<p class="caption">{e(said)}</p>' if said else ""
            parts.append(note + pieces.figures_table(c, indicator_id, known, lang))
    return f"<h2>{e(say().say('indicator.figures'))}</h2>" + "".join(parts) if parts else ""


def _about(c: Catalogue, indicator_id: str, indicator: Indicator, lang: str) -> str:
    w, unit = say(), c.unit_of(indicator_id)
    users = ", ".join(
        f'<a href="{e(address("goal", goal=g))}" target="_self">{e(c.goals[g].title[lang])}</a>'
        for g in c.goals_with(indicator_id)
    )
    broken = "; ".join(f"{n.period_text(b.period, lang)}: {b.reason[lang]}" for b in indicator.breaks)
    entries = {
        "definition": e(indicator.definition[lang]),
        "unit": e(unit.zh if lang == "zh" else " ".join(p for p in (unit.before, unit.en) if p)),
        "publisher": e(c.publishers[indicator.publisher].name[lang]),
        "rhythm": e(w.say(f"frequency.{indicator.frequency.value}")),
        "direction": e(w.say(f"direction.{indicator.direction.value}")),
        "caution": e(indicator.caution[lang]) if indicator.caution else "",
        "breaks": e(broken),
        "used-by": users,
        "id": f"<code>{e(indicator_id)}</code>",
    }
    body = "".join(f"<dt>{e(w.say(f'indicator.{k}'))}</dt><dd>{v}</dd>" for k, v in entries.items() if v)
    return f"<h2>{e(w.say('indicator.about'))}</h2><dl>{body}</dl>"
