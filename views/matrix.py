"""The overview's rows as markup: goals with their targets at a glance, indicators in a line each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.certainty import Certainty, certainty
from tracking.charts import sparkline
from tracking.freshness import Freshness, Timeliness
from tracking.glance import Glance
from tracking.look import data_address
from tracking.model import Accumulation, Goal, Indicator, IndicatorLink, Kind, Observation
from tracking.search import Field, Index, Passage, hits, words_of
from tracking.selection import Cell, Choice, Order, Shown, badness, by_name, distinct, params_of
from tracking.sentences import duration, reason_word
from tracking.status import Judged, headline
from tracking.trend import Sense, Trend, Way
from views import pieces, shared
from views.filters import hit, marked_text
from views.frame import address, as_of, e, language, say, theme

GOALS_SHOWN, INDICATORS_SHOWN = 40, 50  # at first; the rest is a click away
HITS_SHOWN, TARGETS_SHOWN = 3, 3
ARROWS = {Way.UP: "↗", Way.DOWN: "↘", Way.LEVEL: "→"}
LINKED = ("level", "yearly value")  # forms whose number can be drawn as a line across a sparkline


def here(choice: Choice) -> str:
    """The address of the overview under a choice."""
    return address("overview", **params_of(choice))


# goals


def goals(
    c: Catalogue, left: Shown, choice: Choice, index: Index, known: Mapping[str, Glance]
) -> Iterator[str]:  # fmt: skip
    """One piece of markup for each group of goals, and the way to the rest of a long list."""
    lang = language()
    ids = _ordered_goals(c, left, choice.order, known, lang)
    some = ids if choice.all else ids[:GOALS_SHOWN]
    if choice.order is Order.DOCUMENT:
        years = c.card.horizons.items()
        groups = [(name[lang], [i for i in some if c.goals[i].horizon == year]) for year, name in years]
    else:
        groups = [(say().say(f"overview.order.{choice.order.value}"), some)]
    for name, members in groups:
        if members:
            yield _group(c, name, members, left, choice, index, known)
    if len(some) < len(ids):
        yield rest_link("more-goals", len(some), len(ids), choice)


def rest_link(key: str, some: int, every: int, choice: Choice) -> str:
    w = say()
    to = here(replace(choice, all=True))
    return (
        f'<p class="ov-more">{e(w.say(f"overview.{key}", n=some, all=every))} '
        f'<a href="{e(to)}" target="_self">{e(w.say("overview.show-all"))}</a></p>'
    )


def _ordered_goals(
    c: Catalogue, left: Shown, order: Order, known: Mapping[str, Glance], lang: str
) -> list[str]:  # fmt: skip
    """In the document's order directions without a number come last, for nothing can be judged there."""
    ids = list(left.goals)
    match order:
        case Order.WORST:
            return sorted(ids, key=lambda i: (badness(distinct(left.goals[i])), len(left.goals[i]) == 0))
        case Order.NEWEST:
            return sorted(ids, key=lambda i: _newest_day((x.id for x in c.goals[i].indicators), known), reverse=True)
        case Order.NAME:
            return sorted(ids, key=lambda i: by_name(_label(c, c.goals[i], lang), lang))
    return sorted(ids, key=lambda i: c.goals[i].kind is not Kind.OUTCOME)


def _newest_day(ids: Iterable[str], known: Mapping[str, Glance]) -> str:
    return max((max(o.known for o in known[i].known).isoformat() for i in ids if known[i].known), default="")


def _label(c: Catalogue, goal: Goal, lang: str) -> str:
    return goal.statement if lang == c.documents[goal.document].language else goal.title[lang]


def _group(
    c: Catalogue, name: str, ids: Sequence[str], left: Shown, choice: Choice, index: Index, known: Mapping[str, Glance]
) -> str:
    w = say()
    heads = "".join(f"<span>{e(w.say(f'overview.column-{k}'))}</span>" for k in ("goal", "targets", "lead", "newest"))
    rows = "".join(_row(c, i, left.goals[i], choice, index, known) for i in ids)
    return (
        f"<h2>{e(name)}<small>{e(say().count('overview.goals', len(ids)))}</small></h2>"
        f'<div class="ov-heads" aria-hidden="true">{heads}</div>{rows}'
    )


def _row(
    c: Catalogue, goal_id: str, mine: Sequence[Cell], choice: Choice, index: Index, known: Mapping[str, Glance]
) -> str:
    goal, lang = c.goals[goal_id], language()
    quiet = goal.kind is not Kind.OUTCOME
    is_open = goal_id in choice.opened
    right = _quiet(goal) if quiet else _cells(c, goal, mine, known)
    return (
        f'<article class="ov-row{" quiet" if quiet else ""}{" open" if is_open else ""}" data-goal="{e(goal_id)}">'
        f'<div class="ov-goal">{_name(c, goal_id, goal, mine, choice, lang)}'
        f"{_hits(c, goal, mine, choice, index, lang)}</div>{right}"
        + (_lines(c, _by_indicator(mine), known, choice) if is_open else "")
        + "</article>"
    )


def _by_indicator(mine: Iterable[Cell]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for cell in mine:
        if cell.link is not None:
            found.setdefault(cell.link.id, []).append(cell)
    return found


def _name(c: Catalogue, goal_id: str, goal: Goal, mine: Sequence[Cell], choice: Choice, lang: str) -> str:
    """The goal in the reader's language, its own words below, and the way to open its indicators here."""
    words, own = words_of(choice.query), c.documents[goal.document].language
    label = marked_text(_label(c, goal, lang), words)
    link = f'<a href="{e(address("goal", goal=goal_id))}" target="_self">{label}</a>'
    below = [] if lang == own else [f'<span lang="{own}">{marked_text(goal.statement, words)}</span>']
    count = len(_by_indicator(mine))
    if count:
        below.append(_opener(goal_id, count, choice))
    return f'<h3>{link}</h3><p class="orig">{" · ".join(below)}</p>'


def _opener(goal_id: str, count: int, choice: Choice) -> str:
    is_open = goal_id in choice.opened
    opened = [i for i in choice.opened if i != goal_id] if is_open else [*choice.opened, goal_id]
    to = here(replace(choice, opened=tuple(opened)))
    is_shown = "true" if is_open else "false"
    name = e(say().count("overview.indicators", count))
    return (
        f'<a class="ov-open" id="open-{e(goal_id)}" href="{e(to)}" target="_self" aria-expanded="{is_shown}">{name}</a>'
    )


def _quiet(goal: Goal) -> str:
    key = "conduct" if goal.kind is Kind.CONDUCT else "no-number"
    return f'<p class="ov-says">{e(say().say(f"overview.{key}"))}</p>'


def _cells(c: Catalogue, goal: Goal, mine: Sequence[Cell], known: Mapping[str, Glance]) -> str:
    lang, t = language(), theme()
    found, by_indicator = distinct(mine), _by_indicator(mine)
    targets = (
        pieces.strip(found, t, lang) + pieces.counts(found, t, lang)
        if found
        else f'<span class="small">{e(say().say("overview.no-targets"))}</span>'
    )
    lead = next((link for link in goal.indicators if link.id in by_indicator), goal.indicators[0])
    return (
        f"<div>{targets}</div><div>{_lead(c, lead, found, known[lead.id])}</div>"
        f'<div class="newest">{_newest(c, by_indicator, known)}</div>'
    )


def _lead(c: Catalogue, link: IndicatorLink, found: Sequence[Judged], at: Glance) -> str:
    indicator = c.indicators[link.id]
    name = f'<a href="{e(address("indicator", indicator=link.id))}" target="_self">{e(indicator.name[language()])}</a>'
    if at.latest is None:
        return f'<span class="small">{name}<br>{e(say().say("overview.no-figure"))}</span>'
    said = pieces.trend_text(c, link.id, at.trend, language())
    image = _picture(c, link.id, [j for j in found if j.indicator_id == link.id], at, said)
    return f'<div class="lead">{image}<div>{_figure(c, link.id, at.latest)}<br>{name}</div></div>'


def _figure(c: Catalogue, indicator_id: str, o: Observation) -> str:
    """A figure that leads to its publication, with its period."""
    lang, indicator = language(), c.indicators[indicator_id]
    value = pieces.document_link(c, o.document, lang, n.observed(o, c.unit_of(indicator_id), lang))
    return f"<b>{value}</b> {e(_period(o, indicator))}"


def _period(o: Observation, indicator: Indicator) -> str:
    return n.period_text(o.period, language(), to_date=indicator.accumulation is Accumulation.YEAR_TO_DATE)


def _picture(c: Catalogue, indicator_id: str, found: Sequence[Judged], at: Glance, said: str = "") -> str:
    """The whole-year figures as a small line, with the target it is shown by; silent where words beside it say it."""
    leading = headline(found)
    level = leading.target.value if leading and leading.target.form.value in LINKED else None
    shown = [o for o in at.known if o.period.is_year] or at.known
    picture = sparkline(shown, c.indicators[indicator_id], level, theme())
    return f'<img src="{data_address(picture)}" alt="{e(said)}">' if picture else ""


def _newest(c: Catalogue, ids: Iterable[str], known: Mapping[str, Glance]) -> str:
    """The newest period of these indicators' figures, and how many are overdue by their own rhythm."""
    mine = [(known[i].known[-1], i) for i in ids if known[i].known]
    if not mine:
        return e(say().say("site.missing"))
    o, indicator_id = max(mine, key=lambda m: m[0].period)
    overdue = sum(known[i].freshness.timeliness is Timeliness.OVERDUE for _, i in mine)
    line = e(_period(o, c.indicators[indicator_id]))
    return line + (f'<br><span class="small">{e(say().say("overview.overdue", n=overdue))}</span>' if overdue else "")


# what a search found


def _hits(c: Catalogue, goal: Goal, mine: Sequence[Cell], choice: Choice, index: Index, lang: str) -> str:
    """Where else the words stand, beside the goal's own words, which are marked in place."""
    words = words_of(choice.query)
    if not words:
        return ""
    goal_id = mine[0].goal_id
    own = hits(index.goals[goal_id], words, lang)
    visible = [p for p in index.goals[goal_id] if p.text in (_label(c, goal, lang), goal.statement)]
    if all(any(word in p.folded for p in visible) for word in words):
        return ""
    other = [p for p in own if p not in visible]
    return _hit_list([*other, *_below(mine, words, index, lang)], words, lang)


def _below(mine: Sequence[Cell], words: Sequence[str], index: Index, lang: str) -> list[Passage]:
    """The matches in a goal's indicators, their targets, and the documents that these come from."""
    indicators = [hits(index.indicators[i], words, lang)[:1] for i in _by_indicator(mine)]
    targets = [hits(index.targets[j.key], words, lang)[:1] for j in distinct(mine)]
    ids = dict.fromkeys(d for j in distinct(mine) for d in (j.target.document, *(a.document for a in j.target.also_in)))
    own = dict.fromkeys([mine[0].goal.document, *ids])
    documents = [hits(index.documents[d], words, lang)[:1] for d in own]
    return list(dict.fromkeys(p for found in (*indicators, *targets, *documents) for p in found))


def _hit_list(found: Sequence[Passage], words: Sequence[str], lang: str) -> str:
    if not found:
        return ""
    w = say()
    ordered = sorted(found, key=lambda p: list(Field).index(p.field))
    items = "".join(hit(p, words, lang) for p in ordered[:HITS_SHOWN])
    more = len(found) - HITS_SHOWN
    rest = f'<li class="small">{e(w.count("overview.hits-more", more))}</li>' if more > 0 else ""
    return f'<ul class="ov-hits">{items}{rest}</ul>'


# indicators, a line each


def indicators(c: Catalogue, left: Shown, choice: Choice, index: Index, known: Mapping[str, Glance]) -> str:
    """Every indicator once, with all its targets that are shown and the goals that use it."""
    ids = _ordered_indicators(c, left, choice.order, known)
    some = ids if choice.all else ids[:INDICATORS_SHOWN]
    table = _lines(c, {i: left.indicators[i] for i in some}, known, choice, index=index)
    rest = rest_link("more-indicators", len(some), len(ids), choice) if len(some) < len(ids) else ""
    head = e(say().say("overview.all-indicators"))
    return f"<h2>{head}<small>{e(say().count('overview.indicators', len(ids)))}</small></h2>{table}{rest}"


def _ordered_indicators(c: Catalogue, left: Shown, order: Order, known: Mapping[str, Glance]) -> list[str]:
    ids, lang = list(left.indicators), language()
    match order:
        case Order.WORST:
            return sorted(ids, key=lambda i: badness(distinct(left.indicators[i])))
        case Order.NEWEST:
            return sorted(ids, key=lambda i: _newest_day([i], known), reverse=True)
        case Order.NAME:
            return sorted(ids, key=lambda i: by_name(c.indicators[i].name[lang], lang))
    return ids


def _lines(
    c: Catalogue, mine: Mapping[str, Sequence[Cell]], known: Mapping[str, Glance], choice: Choice,
    *, index: Index | None = None,
) -> str:  # fmt: skip
    """The table of indicators; with an index, each line also says which goals use it and where a search found it."""
    w = say()
    keys = ("indicator", "latest", "trend", "standing", "freshness")
    heads = "".join(f'<th scope="col">{e(w.say(f"overview.column-{k}"))}</th>' for k in keys)
    body = "".join(_line(c, i, some, known[i], choice, index) for i, some in mine.items())
    table = f'<table class="stack"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="ov-lines">{table}</div>'


def _line(
    c: Catalogue, indicator_id: str, mine: Sequence[Cell], at: Glance, choice: Choice, index: Index | None
) -> str:
    indicator, words, lang = c.indicators[indicator_id], words_of(choice.query), language()
    name = (
        f'<a href="{e(address("indicator", indicator=indicator_id))}" target="_self">'
        f"{marked_text(indicator.name[lang], words)}</a>"
    )
    roles = (
        say()
        .say("roles.list")
        .join(dict.fromkeys(say().say(f"role.{cell.link.role.value}") for cell in mine if cell.link))
    )
    below = f"<small>{e(roles)}</small>"
    if index is not None:
        found = [p for p in hits(index.indicators[indicator_id], words, lang) if p.field is not Field.INDICATOR]
        more = [p for j in distinct(mine) for p in hits(index.targets[j.key], words, lang)[:1]]
        below += _used_by(c, mine, words) + (_hit_list([*found, *more], words, lang) if words else "")
    label = e(say().say("overview.column-freshness"))  # on a phone there is no head of the column
    fresh = f'<td class="full" data-label="{label}">{_freshness(at.freshness)}</td>'
    return (
        f'<tr><th scope="row">{name}{below}</th><td>{_latest(c, indicator_id, at)}</td>'
        f'<td class="ov-trend">{_picture(c, indicator_id, distinct(mine), at)}{_trend(c, indicator_id, at.trend)}</td>'
        f'<td class="full">{_targets(c, distinct(mine))}</td>{fresh}</tr>'
    )


def _used_by(c: Catalogue, mine: Sequence[Cell], words: Sequence[str]) -> str:
    lang = language()
    links = ("、" if lang == "zh" else ", ").join(
        f'<a href="{e(address("goal", goal=i))}" target="_self">{marked_text(_label(c, c.goals[i], lang), words)}</a>'
        for i in dict.fromkeys(cell.goal_id for cell in mine)
    )
    text = e(say().say("overview.used-by", goals="\0")).replace("\0", links)
    return f'<small class="ov-used">{text}</small>'


def _latest(c: Catalogue, indicator_id: str, at: Glance) -> str:
    if at.latest is None:
        return f'<span class="small">{e(say().say("site.missing"))}</span>'
    value = pieces.document_link(
        c, at.latest.document, language(), n.observed(at.latest, c.unit_of(indicator_id), language())
    )
    unchecked = "" if at.latest.check.value == "read" else f"<small>{e(say().say('check.recalled'))}</small>"
    return f"<b>{value}</b><small>{e(_period(at.latest, c.indicators[indicator_id]))}</small>{unchecked}"


def _trend(c: Catalogue, indicator_id: str, found: Trend) -> str:
    w = say()
    way = e(w.say(f"trend.{found.way.value}"))
    if found.first is None or found.last is None:
        return f'<span class="small">{way}</span>'
    sense = "" if found.sense is Sense.NEITHER else w.say(f"trend.{found.sense.value}")
    to_date = c.indicators[indicator_id].accumulation is Accumulation.YEAR_TO_DATE
    first, last = (n.period_text(p, language(), to_date=to_date) for p in (found.first, found.last))
    arrow = f'<span aria-hidden="true">{ARROWS[found.way]}</span>'
    said = f"{way}{e(w.say('trend.list'))}{e(sense)}" if sense else way
    return f'<span class="ov-way">{arrow} {said}</span><small>{e(w.say("trend.span", first=first, last=last))}</small>'


def _targets(c: Catalogue, found: Sequence[Judged]) -> str:
    """Each target with its standing, how sure that is, and what it asks; worst first, the judged before the rest."""
    if not found:
        return f'<span class="small">{e(say().say("overview.no-targets"))}</span>'
    ordered = pieces.worst_first(found)
    some = "".join(_target(c, j) for j in ordered[:TARGETS_SHOWN])
    rest = ordered[TARGETS_SHOWN:]
    if not rest:
        return f'<ul class="ov-targets">{some}</ul>'
    summary = e(say().count("overview.targets", len(ordered)))
    more = "".join(_target(c, j) for j in rest)
    folded = f'<details><summary>{summary}</summary><ul class="ov-targets">{more}</ul></details>'
    return f'<ul class="ov-targets">{some}</ul>{folded}'


def _target(c: Catalogue, j: Judged) -> str:
    lang = language()
    to = address("indicator", indicator=j.indicator_id, target=j.target.key)
    text = pieces.target_line(c, j.indicator_id, j.target, lang)
    judged = j.assessment.is_judged
    return (
        f'<li class="{"" if judged else "unjudged"}">{pieces.standing_mark(j, theme(), lang)} {_sure(j, lang)}'
        f'<br><a href="{e(to)}" target="_self">{e(text)}</a></li>'
    )


def _sure(j: Judged, lang: str) -> str:
    """How sure the verdict is, in a word; for what is not judged, why not."""
    if j.assessment.reason is not None:
        return f'<span class="small">{e(reason_word(j.assessment.reason, lang))}</span>'
    w = say()
    found = shared.of_target(certainty, j.indicator_id, j.target, as_of())
    kinds = {x: "borderline" if x is Certainty.BORDERLINE else "ov-sure" for x in found}
    return "".join(f'<span class="{kind}">{e(w.say(f"certainty.{x.value}"))}</span>' for x, kind in kinds.items())


def _freshness(found: Freshness) -> str:
    w, kind = say(), found.timeliness
    if kind is Timeliness.OVERDUE:
        text = w.say("timely.overdue", time=duration(found.days_over, language()))
        return f'<span class="ov-late">{e(text)}</span>'
    return f'<span class="small">{e(w.say(f"timely.{kind.value}"))}</span>'
