"""Every goal or indicator as a row: what stands where, how fresh and how sure it is; filtered, sorted and searched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.changes import Changes, changes_since, visits
from tracking.days import FIRST, offered
from tracking.glance import glances
from tracking.look import Theme
from tracking.model import Nature, Reason, Role, Standing
from tracking.search import Index, build_index
from tracking.selection import (
    NAMES,
    Cell,
    Choice,
    Codes,
    Facet,
    Offer,
    Order,
    Shown,
    View,
    cells,
    choice_of,
    code,
    distinct,
    looser,
    matching,
    params_of,
    shown,
    standing_offers,
)
from tracking.selection import offered as offered_codes
from tracking.sentences import reason_word, standing_word
from tracking.status import judge_all
from views import matrix, news, pieces, shared
from views.filters import chips, facet_link, refused
from views.frame import as_of, catalogue, e, is_embedded, language, place, placed_once, say, theme
from views.matrix import here

COOKIE = "visits"  # the days of the reader's last two visits, and nothing else
YEAR, MONTHS = timedelta(days=365), timedelta(days=90)
CHANGES = "changes"  # the third way of viewing; in the address it is `since`
IN_POPOVER = (Facet.HORIZON, Facet.THEME, Facet.ROLE, Facet.NATURE, Facet.DOCUMENT)


def show() -> None:
    c = catalogue()
    choice, wrong = choice_of(_codes(), st.query_params.to_dict())
    asked, last = urlencode(params_of(choice)), _last_visit()
    placed_once(_place_head, asked)
    if is_embedded():  # what stands where, in one sentence and one bar; a visit to another site is none to ours
        return
    place(_ways_to_changes(choice, last))
    _controls(c, choice, last)
    place(refused(wrong) + _chips(c, choice))
    if choice.since is None and not _left(choice).cells:
        _place_empty(choice)
    else:
        placed_once(_place_rows, asked)
    _keep_visit()


def goals_shown() -> tuple[str, ...]:
    """The goals that the address's filters leave, in the document's order."""
    return tuple(_left(_now()).goals)


def _choice(asked: str) -> Choice:
    return choice_of(_codes(), dict(parse_qsl(asked)))[0]


def _left(choice: Choice) -> Shown:
    return shared.found(_what_is_left, as_of(), urlencode(params_of(choice)))


def _what_is_left(_c: Catalogue, _day: date, asked: str) -> Shown:
    choice = _choice(asked)
    return shown(_found(choice.query), choice)


def _cells() -> tuple[Cell, ...]:
    return shared.on_day(_all_cells, as_of())


def _all_cells(c: Catalogue, day: date) -> tuple[Cell, ...]:
    return cells(c, shared.on_day(judge_all, day))


def _codes() -> Codes:
    return shared.drawn(offered_codes)


def _found(query: str) -> Sequence[Cell]:
    """The cells in which the words of a query are found."""
    return shared.found(_where_found, as_of(), query)


def _where_found(_c: Catalogue, _day: date, query: str) -> Sequence[Cell]:
    return matching(_cells(), query, _texts())


def _texts() -> Index:
    return shared.drawn(build_index)


def _place_head(asked: str) -> None:
    choice = _choice(asked)
    place(_head(catalogue(), _left(choice), choice))


def _place_rows(asked: str) -> None:
    """What the choice leaves, as it is to be laid out."""
    c, choice = catalogue(), _choice(asked)
    left, known = _left(choice), shared.on_day(glances, as_of())
    if choice.since is not None:
        place(_news(c, left, choice, choice.since))
    elif choice.view is View.INDICATORS:
        place(matrix.indicators(c, left, choice, _texts(), known))
    else:
        for part in matrix.goals(c, left, choice, _texts(), known):
            place(part)


# the head: what is shown, in one sentence, one bar and its key


def _head(c: Catalogue, left: Shown, choice: Choice) -> str:
    lang, t = language(), theme()
    document = c.documents[c.card.document]
    place_line = " · ".join([
        e(c.publishers[document.issuer].name[lang]),
        pieces.document_link(c, c.card.document, lang),
        e(n.known_text(document.date, lang)),
    ])  # fmt: skip
    if not left.cells:
        return f'<p class="caption">{place_line}</p><h1 class="sentence">{e(say().say("overview.none"))}</h1>'
    standings, reasons = standing_offers(_found(choice.query), choice)
    keys = "".join(_key(o.code, o.chosen, o.count, o.adds, choice, t) for o in standings if o.code != "not-judged")
    return (
        f'<p class="caption">{place_line}</p><h1 class="sentence">{_headline(c, left, choice)}</h1>'
        + _bar(left, t)
        + f'<div class="key">{keys}</div>'
        + _not_judged(left, standings[-1].count, standings[-1].adds, choice, reasons)
    )


def _headline(c: Catalogue, left: Shown, choice: Choice) -> str:
    """What was promised and what became of it; early days have no target, or none that can be judged."""
    w, t = say(), theme()
    number, targets = left.standings, len(left.targets)
    judgeable = targets - number[Standing.NOT_JUDGED]
    kind = "-none" if not targets else ("" if judgeable else "-unjudged")
    judged = w.say("overview.list").join(
        f'<b class="nowrap" style="color:{t.standing[s]}">{e(w.say(f"overview.{s.value}", n=number[s]))}</b>'
        for s in pieces.ORDER
        if number[s]
    )
    details = {"judgeable": judgeable, "judged": "\0", "day": n.day_text(as_of(), language())}
    if choice.filters:
        all_goals = w.count("overview.goals", len(c.goals))
        all_targets = w.count("overview.official", len(distinct(_cells())))
        text = w.say(f"overview.shown{kind}", goals=len(left.goals), all_goals=all_goals, targets=targets,
                     all_targets=all_targets, **details)  # fmt: skip
    else:
        goals = w.count("overview.goals", len(left.goals))
        text = w.count(f"overview.headline{kind}", targets, goals=goals,
                       targets=w.count("overview.official", targets), **details)  # fmt: skip
    return e(text).replace("\0", judged)


def _bar(left: Shown, t: Theme) -> str:
    """The judged targets by standing; below, as a thin line, how many of all targets they are."""
    number = left.standings
    rest = number[Standing.NOT_JUDGED]
    judged = len(left.targets) - rest
    if not judged:
        return ""
    bar = "".join(f'<span style="flex:{number[s]};{_bar_style(s, t)}"></span>' for s in pieces.ORDER if number[s])
    share = f'<i style="flex:{judged}"></i>' + (f'<i class="rest" style="flex:{rest}"></i>' if rest else "")
    w = say()
    every = w.count("overview.official", len(left.targets))
    said = e(w.say("overview.share", judged=judged, rest=rest, targets=every))
    line = f'<div class="ov-share" role="img" aria-label="{said}" title="{said}">{share}</div>'
    return f'<div class="bar" aria-hidden="true">{bar}</div>{line}'


def _bar_style(s: Standing, t: Theme) -> str:
    ground = t.standing[s] if s in pieces.FINAL else t.tint[s]
    return f"background:{ground};border-color:{t.standing[s]}"


def _key(name: str, chosen: bool, count: int, adds: bool, choice: Choice, t: Theme) -> str:
    """One standing with its count: a click shows only it, or gives it up again."""
    standing = next(s for s in Standing if code(s) == name)
    word = standing_word(standing, language())
    image = pieces.icon_image(standing, t, standing in pieces.FINAL, language())
    to = here(choice.toggled(Facet.STANDING, name))
    return facet_link(name, to, word, count, chosen=chosen, adds=adds, image=image)


def _not_judged(left: Shown, count: int, adds: bool, choice: Choice, reasons: Sequence[Offer]) -> str:
    """The targets that are not judged, quietly: how many, and each reason as a way to them."""
    if not count:
        return ""
    lang, name = language(), code(Standing.NOT_JUDGED)
    to = choice.having(Facet.REASON, ()).toggled(Facet.STANDING, name)
    image = pieces.icon_image(Standing.NOT_JUDGED, theme(), False, lang)
    first = facet_link(name, here(to), say().say("overview.why-not"), count, chosen=name in choice.of(Facet.STANDING),
                       adds=adds, image=image)  # fmt: skip
    by_code = {code(r): r for r in Reason}
    rest = "".join(
        facet_link(
            o.code, here(choice.toggled(Facet.REASON, o.code)), reason_word(by_code[o.code], lang), o.count,
            chosen=o.chosen, adds=o.adds,
        )
        for o in reasons
    )  # fmt: skip
    return f'<div class="key ov-reasons">{first}{rest}</div>'


# what changed: one click away


def _visits() -> tuple[date | None, str]:
    return visits(str(st.context.cookies.get(COOKIE, "")), date.today())


def _last_visit() -> date | None:
    return _visits()[0]


def _keep_visit() -> None:
    """Ask the reader's own browser to keep the day of this visit."""
    script = f"document.cookie='{COOKIE}={_visits()[1]};path=/;max-age=31536000;samesite=lax'"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _starts(last: date | None) -> dict[str, date]:
    """The days from which changes are offered."""
    w, day = say(), as_of()
    found = {"months": day - MONTHS, "year": day - YEAR}
    named = {w.say(f"changes.{k}"): d for k, d in found.items()}
    if last is not None and last < day:
        named = {w.say("changes.last-visit", day=n.day_text(last, language())): last, **named}
    return named


def _ways_to_changes(choice: Choice, last: date | None) -> str:
    links = " · ".join(
        f'<a href="{e(here(replace(choice, since=day)))}" target="_self">{e(name)}</a>'
        for name, day in _starts(last).items()
    )
    return f'<p class="ov-since">{e(say().say("changes.link"))} {links}</p>'


def _news(c: Catalogue, left: Shown, choice: Choice, since: date) -> str:
    until = as_of()
    found = shared.found(changes_since, since, until) if since < until else Changes(since, until, ())
    return news.page(c, found, found.among({j.key for j in left.targets}, set(left.indicators)), choice)


# the controls: each reads the address, and writes it


def _controls(c: Catalogue, choice: Choice, last: date | None) -> None:
    w, keys = say(), st.session_state
    keys["search"], keys["sort"] = choice.query, choice.order.value
    keys["view"] = CHANGES if choice.since else choice.view.value
    with st.container(key="ov-controls", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(w.say("overview.search"), key="search", placeholder=w.say("overview.search-hint"),
                      on_change=_searched, icon=":material/search:")  # fmt: skip
        st.segmented_control(
            w.say("overview.view"), [*(v.value for v in View), CHANGES], key="view", required=True,
            format_func=lambda v: w.say(f"overview.views.{v}"), on_change=_viewed, args=(last,),
        )  # fmt: skip
        if choice.since is None:
            st.selectbox(w.say("overview.sort"), [o.value for o in Order], key="sort", on_change=_sorted,
                         format_func=lambda o: w.say(f"overview.order.{o}"))  # fmt: skip
        else:
            keys["since"] = offered(choice.since, date.today())
            st.date_input(w.say("changes.since"), key="since", min_value=FIRST, max_value=date.today(),
                          format="YYYY-MM-DD", on_change=_since)  # fmt: skip
        _filters(c, choice)


def _filters(c: Catalogue, choice: Choice) -> None:
    w, codes = say(), _codes()
    on = sum(bool(choice.of(f)) for f in IN_POPOVER)
    with st.popover(w.say("overview.filters-on", n=on) if on else w.say("overview.filters"), icon=":material/tune:"):
        for facet in IN_POPOVER:
            names = {name: _facet_word(c, facet, name) for name in codes[facet.value]}
            key = f"facet-{facet.value}"
            st.session_state[key] = list(choice.of(facet))
            label = w.say(f"overview.facet.{facet.value}")
            if facet is Facet.DOCUMENT:
                st.multiselect(label, list(names), key=key, format_func=names.__getitem__,
                               on_change=_chose, args=(facet,))  # fmt: skip
            else:
                st.pills(label, list(names), key=key, format_func=names.__getitem__, selection_mode="multi",
                         on_change=_chose, args=(facet,))  # fmt: skip


def _facet_word(c: Catalogue, facet: Facet, name: str) -> str:
    """What a code of a facet is called in the reader's language."""
    lang = language()
    match facet:
        case Facet.STANDING:
            return standing_word(next(s for s in Standing if code(s) == name), lang)
        case Facet.REASON:
            return reason_word(next(r for r in Reason if code(r) == name), lang)
        case Facet.HORIZON:
            return c.card.horizons[int(name)][lang]
        case Facet.THEME:
            return c.card.themes[name][lang]
        case Facet.ROLE:
            return say().say(f"role.{next(r for r in Role if code(r) == name).value}")
        case Facet.NATURE:
            return say().say(f"nature.{next(k for k in Nature if code(k) == name).value}")
    return c.documents[name].title[lang]


def _now() -> Choice:
    return choice_of(_codes(), st.query_params.to_dict())[0]


def _go(choice: Choice) -> None:
    """Keep a choice in the address; what else stands there stays."""
    kept = {k: v for k, v in st.query_params.to_dict().items() if k not in NAMES}
    st.query_params.from_dict(kept | params_of(choice))


def _searched() -> None:
    _go(replace(_now(), query=st.session_state["search"], all=False))


def _sorted() -> None:
    _go(replace(_now(), order=Order(st.session_state["sort"]), all=False))


def _viewed(last: date | None) -> None:
    view = st.session_state["view"]
    if view == CHANGES:
        start = last if last is not None and last < as_of() else as_of() - MONTHS
        _go(replace(_now(), since=start, all=False))
    else:
        _go(replace(_now(), since=None, view=View(view), all=False))


def _since() -> None:
    _go(replace(_now(), since=st.session_state["since"], all=False))


def _chose(facet: Facet) -> None:
    _go(_now().having(facet, st.session_state[f"facet-{facet.value}"]))


# what is filtered, and the way out


def _chips(c: Catalogue, choice: Choice) -> str:
    """Every filter that is on, each with a way to take it away, and all at once."""
    if not choice.filters:
        return ""
    on = [(here(choice.toggled(f, name)), _facet_word(c, f, name)) for f in Facet for name in choice.of(f)]
    if choice.query.strip():
        on.insert(0, (here(replace(choice, query="")), f"“{choice.query.strip()}”"))
    return chips(on, here(choice.cleared()))


def _place_empty(choice: Choice) -> None:
    """Nothing passes: which filter to give up, and what that would show."""
    w = say()
    ways = "".join(
        f'<li><a href="{e(here(way))}" target="_self">'
        f"{e(w.say('overview.without', name=w.say(f'overview.facet.{name}'), goals=w.count('overview.goals', goals)))}"
        "</a></li>"
        for name, way, goals in looser(_cells(), choice, _texts())
    )
    how = f"<p>{e(w.say('overview.none-how'))}</p><ul>{ways}</ul>" if ways else ""
    place(f'<div class="ov-empty">{how}</div>')
    st.button(w.say("overview.clear"), on_click=lambda: _go(_now().cleared()), key="ov-clear")
