"""What the page of a goal, an indicator or figures would show, were the texts on the desk saved."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.charts import ChartOptions, progress_chart
from tracking.charts.told import summary
from tracking.model import Provider
from tracking.status import Judged, headline, judge_all
from views import goal as goal_page
from views import picture, pieces, shared, verdict
from views.editing import desk
from views.editing.kinds import id_of, kind_of
from views.frame import as_of, e, language, place, say, theme

MOST_CHARTS = 1  # redrawn at each pause: one keeps up with whoever types


def place_preview(name: str) -> None:
    """Drawn from the last texts that held together; that they are not the newest is said."""
    w, c = say(), desk.good()
    _, now, _ = desk.held()
    if c is None:
        place(f'<p class="small">{e(w.say("edit.preview-none"))}</p>')
        return
    if now is None:
        place(f'<p class="ed-old" role="status">{e(w.say("edit.preview-old"))}</p>')
    kind, thing = kind_of(name), id_of(name)
    if kind == "goal" and thing in c.goals:
        _goal(c, thing)
    elif kind == "indicator" and thing in c.indicators:
        _indicator(c, thing)
    elif kind == "figures" and (users := _users(c, thing)):
        for indicator_id in users[:MOST_CHARTS]:
            _indicator(c, indicator_id)
    else:
        place(f'<p class="small">{e(w.say("edit.preview-nothing"))}</p>')


def _users(c: Catalogue, figures: str) -> list[str]:
    """The indicators that show these figures."""
    return [i for i, one in c.indicators.items()
            if any(ref.provider is Provider.FIGURES and ref.key == figures for ref in one.series)]  # fmt: skip


def _judged(c: Catalogue, wanted: Sequence[str], day: date) -> dict[str, tuple[Judged, ...]]:
    found = judge_all(c, day)
    return {i: found[i] for i in wanted}


def _goal(c: Catalogue, goal_id: str) -> None:
    """Its words, where its targets stand, and a line for each indicator."""
    goal, lang = c.goals[goal_id], language()
    ids = [link.id for link in goal.indicators]
    found = _judged(c, ids, as_of())
    mine = [j for i in ids for j in found[i]]
    head = goal_page.head(c, goal, lang) + goal_page.counts(goal, mine, lang)
    rows = "".join(goal_page.row(c, link, found[link.id], lang) for link in goal.indicators)
    place(f'<div class="ed-preview">{head}<ul class="further">{rows}</ul></div>')


def _indicator(c: Catalogue, indicator_id: str) -> None:
    """Its name, each target with its verdict, the chart, and the figures behind it."""
    indicator, lang, day = c.indicators[indicator_id], language(), as_of()
    mine = _judged(c, [indicator_id], day)[indicator_id]
    known = c.main_series(indicator_id).as_known_on(day)
    caution = f'<p class="why">{e(indicator.caution[lang])}</p>' if indicator.caution else ""
    head = f'<h2>{e(indicator.name[lang])}</h2><p class="why">{e(indicator.definition[lang])}</p>{caution}'
    place(f'<div class="ed-preview">{head}{_verdicts(c, mine, lang)}</div>')
    if not known:
        place(f'<p class="caption">{e(say().say("goal.no-figures"))}</p>')
        return
    figure = progress_chart(c, indicator_id, adopted_targets(indicator, day), day, lang, theme())
    st.plotly_chart(shared.revised(figure), theme=None, config=picture.CONFIG, key="edit-chart",
                    alt=_alt(c, indicator_id, headline(mine), lang))  # fmt: skip
    table = pieces.figures_table(c, indicator_id, known, lang)
    place(pieces.source_line(c, indicator, known, lang)
          + f"<details><summary>{e(say().say('goal.figures', n=len(known)))}</summary>{table}</details>")  # fmt: skip


def _verdicts(c: Catalogue, mine: Sequence[Judged], lang: str) -> str:
    if not mine:
        return f'<p class="verdict">{e(say().say("indicator.no-targets"))}</p>'
    return "".join(
        f'<div class="ed-verdict">{pieces.standing_mark(j, theme(), lang)}'
        f'<p class="verdict">{e(pieces.verdict_sentence(c, j, lang))}</p>'
        f'<p class="also">{e(pieces.target_line(c, j.indicator_id, j.target, lang))}</p></div>'
        for j in pieces.worst_first(mine)
    )


def _alt(c: Catalogue, indicator_id: str, first: Judged | None, lang: str) -> str:
    name = c.indicators[indicator_id].name[lang] + say().say("judging.stop")
    judged = [pieces.verdict_sentence(c, first, lang)] if first else []
    return verdict.joined([name, *judged, summary(c, indicator_id, ChartOptions(), as_of(), lang)], lang)
