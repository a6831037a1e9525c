"""Every publication that is cited: who issued it, when, where it is, and what was taken from it.

The list is searched and filtered, or laid out as a timeline of the targets that its documents set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.documents import (
    NAMES,
    Aspect,
    Drawn,
    Layout,
    Passages,
    Source,
    Wish,
    counted,
    matching,
    params_of,
    passing,
    position_in,
    searchable,
    sources,
    stated_in,
    wish_of,
)
from tracking.model import Document, Nature, Target
from tracking.panel import Key
from tracking.search import Field, hits, words_of
from tracking.timeline import Line, axis_of, timeline
from tracking.words import TAGS
from views import nothing, pieces, shared, verdict
from views import timeline as drawn
from views.filters import chips, facet_link, hit, marked_text, refused
from views.frame import address, as_of, catalogue, e, language, place, placed_once, say, theme, verdicts

HITS_SHOWN = 2


def show() -> None:
    document_id = st.query_params.get("document")
    if document_id is None:
        _shelf()
    elif document_id in _sources():
        placed_once(_one, document_id)
    else:
        _place_unknown(document_id)


def _place_unknown(document_id: str) -> None:
    """A document that is not in the catalogue, or was not out on the reader's day; and the way on."""
    c, w = catalogue(), say()
    back = {address("documents"): w.say("document.all")}
    if document_id in c.documents:
        day = n.day_text(as_of(), language())
        text = w.say("document.not-yet", title=c.documents[document_id].title[language()], day=day)
        place(nothing.state(text, [], back))
    else:
        titles = {i: source.document.title[language()] for i, source in _sources().items()}
        nothing.place_unknown("documents", "document.unknown", document_id, titles, back)


def _sources() -> Mapping[str, Source]:
    return shared.on_day(sources, as_of())


def _texts() -> Passages:
    return shared.drawn(searchable)


def _lines() -> dict[str, tuple[Line, ...]]:
    return timeline(verdicts())


# the list: what is asked for, and what that leaves


def _now() -> tuple[Wish, tuple[tuple[str, str], ...]]:
    return wish_of(_sources(), st.query_params.to_dict())


def _go(wish: Wish) -> None:
    """Keep a wish in the address; what else stands there stays."""
    kept = {k: v for k, v in st.query_params.to_dict().items() if k not in NAMES}
    st.query_params.from_dict(kept | params_of(wish))


def here(wish: Wish) -> str:
    """The address of the list under a wish."""
    return address("documents", **params_of(wish))


def _shelf() -> None:
    wish, wrong = _now()
    asked = urlencode(params_of(wish))
    placed_once(_place_head, asked)
    _controls(wish)
    place(refused(wrong) + _chips(wish))
    if _left(wish):
        placed_once(_place_rest, asked)
    else:
        _place_empty(wish)


def _wish(asked: str) -> Wish:
    return wish_of(_sources(), dict(parse_qsl(asked)))[0]


def _found(wish: Wish) -> Mapping[str, Source]:
    return matching(_sources(), wish.query, _texts())


def _left(wish: Wish) -> Mapping[str, Source]:
    return passing(_found(wish), wish)


def _place_head(asked: str) -> None:
    """How many documents, and what each kind of them gives, each count a filter."""
    w, wish = say(), _wish(asked)
    left, every = _left(wish), len(_sources())
    said = w.count("document.intro", every)
    if not left or wish.filters:
        said = w.say("document.shown" if left else "document.none", n=len(left), all=w.count("document.number", every))
    offers = counted(_found(wish), wish, Aspect.KIND)
    kinds = "".join(_kind(kind, offers[kind.value], wish) for kind in Drawn)
    place(f'<h1>{e(w.say("document.all"))}</h1><p class="dc-intro">{e(said)}</p>'
          f'<div class="key dc-kinds">{kinds}</div><p class="caption">{e(w.say("document.several"))}</p>')  # fmt: skip


def _kind(kind: Drawn, count: int, wish: Wish) -> str:
    """One kind with its count: a click shows only it, or gives it up again."""
    to = here(wish.toggled(Aspect.KIND, kind.value))
    word, chosen = say().say(f"document.kind.{kind.value}"), kind.value in wish.of(Aspect.KIND)
    return facet_link(kind.value, to, word, count, chosen=chosen)


# the controls: each reads the address, and writes it


def _controls(wish: Wish) -> None:
    w, keys = say(), st.session_state
    keys["dc-search"], keys["dc-view"] = wish.query, wish.layout.value
    with st.container(key="dc-controls", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(w.say("overview.search"), key="dc-search", placeholder=w.say("document.search-hint"),
                      on_change=_searched, icon=":material/search:")  # fmt: skip
        st.segmented_control(w.say("overview.view"), [v.value for v in Layout], key="dc-view", required=True,
                             format_func=lambda v: w.say(f"document.views.{v}"), on_change=_viewed)  # fmt: skip
        for aspect in (Aspect.YEAR, Aspect.ISSUER):
            _picker(wish, aspect)


def _picker(wish: Wish, aspect: Aspect) -> None:
    """A year or an issuer, each with the number of documents that it alone would show."""
    offers, key = counted(_found(wish), wish, aspect), f"dc-{aspect.value}"
    chosen = list(wish.of(aspect))
    codes = [*offers, *(c for c in chosen if c not in offers)]
    most_first = sorted(codes, key=lambda c: c if aspect is Aspect.YEAR else (offers[c], c), reverse=True)
    names = {c: say().say("document.counted", name=_name(aspect, c), n=offers[c]) for c in most_first}
    st.session_state[key] = chosen
    st.multiselect(say().say(f"document.{aspect.value}"), most_first, key=key, format_func=names.__getitem__,
                   on_change=_chose, args=(aspect,), placeholder=say().say("document.any"))  # fmt: skip


def _name(aspect: Aspect, code: str) -> str:
    """What a code of an aspect is called in the reader's language."""
    if aspect is Aspect.ISSUER:
        return catalogue().publishers[code].name[language()]
    return say().say(f"document.kind.{code}") if aspect is Aspect.KIND else code


def _searched() -> None:
    _go(replace(_now()[0], query=st.session_state["dc-search"]))


def _viewed() -> None:
    _go(replace(_now()[0], layout=Layout(st.session_state["dc-view"])))


def _chose(aspect: Aspect) -> None:
    _go(_now()[0].having(aspect, st.session_state[f"dc-{aspect.value}"]))


def _chips(wish: Wish) -> str:
    """Every filter that is on, each with a way to take it away, and all at once."""
    if not wish.filters:
        return ""
    on = [(here(wish.toggled(a, code)), _name(a, code)) for a in Aspect for code in wish.of(a)]
    if wish.query.strip():
        on.insert(0, (here(replace(wish, query="")), f"“{wish.query.strip()}”"))
    return chips(on, here(wish.cleared()))


def _place_empty(wish: Wish) -> None:
    """Nothing passes, or nothing was out yet: a sentence was said above; here is the way on."""
    if wish.filters:
        st.button(say().say("overview.clear"), on_click=lambda: _go(_now()[0].cleared()), key="dc-clear")
    else:
        place(f"<p>{e(say().say('document.none-yet', day=n.day_text(as_of(), language())))}</p>")


# what is left: as a list, or as a timeline of targets


def _place_rest(asked: str) -> None:
    wish = _wish(asked)
    left = _left(wish)
    if wish.layout is Layout.LIST:
        place(_list(left, wish))
    else:
        place(_timeline({i: some for i, some in _among(left).items() if some}, wish))


def _among(left: Mapping[str, Source]) -> dict[str, tuple[Line, ...]]:
    """The targets that the documents shown have set."""
    return {i: tuple(x for x in some if x.target.document in left) for i, some in _lines().items()}


def _timeline(lines: Mapping[str, Sequence[Line]], wish: Wish) -> str:
    w, every = say(), [line for some in lines.values() for line in some]
    if not every:
        link = here(replace(wish, layout=Layout.LIST))
        return (f'<p>{e(w.say("timeline.none"))} '
                f'<a href="{e(link)}" target="_self">{e(w.say("document.views.list"))}</a></p>')  # fmt: skip
    replaced = sum(line.replaced_by is not None for line in every)
    later = sum(line.followed_by is not None for line in every)
    documents = len({line.target.document for line in every})
    said = verdict.joined([
        w.count("timeline.count", len(every), documents=w.count("document.number", documents)),
        w.say("timeline.replaced" if replaced else "timeline.none-replaced", n=replaced),
        w.say("timeline.later", n=later),
    ], language())  # fmt: skip
    return f'<p class="dc-said">{e(said)}</p>' + drawn.whole(catalogue(), lines, as_of(), theme(), language())


def _list(left: Mapping[str, Source], wish: Wish) -> str:
    """The documents by year, the newest first."""
    by_year: dict[int, list[str]] = {}
    for i, source in left.items():
        by_year.setdefault(source.document.date.year, []).append(i)
    return "".join(
        f"<h2>{year}<small>{e(say().count('document.number', len(ids)))}</small></h2><ul class=dc-list>"
        + "".join(_entry(i, left[i], wish) for i in ids) + "</ul>"
        for year, ids in by_year.items()
    )  # fmt: skip


def _entry(document_id: str, source: Source, wish: Wish) -> str:
    c, lang, words = catalogue(), language(), words_of(wish.query)
    d = source.document
    title = marked_text(d.title[lang], words)
    original = marked_text(d.title[d.language], words)
    own = f'<small lang="{TAGS[d.language]}">{original}</small>' if lang != d.language else ""
    return (
        f'<li><span class="dc-day">{e(n.known_text(d.date, lang))}</span>'
        f'<div><a href="{e(address("documents", document=document_id))}" target="_self">{title}</a>{own}'
        f"{_hits(document_id, words)}</div>"
        f'<span class="dc-issuer">{marked_text(c.publishers[d.issuer].name[lang], words)}</span>'
        f'<span class="dc-gives">{e(_gives(source))}</span></li>'
    )


def _gives(source: Source) -> str:
    """`35 goals · 1 target · 12 figures`."""
    numbers = {"goals": len(source.goals), "targets": len(source.targets), "figures": sum(source.figures.values())}
    w = say()
    given = [w.count(f"document.gives.{kind}", k) for kind, k in numbers.items() if k]
    return " · ".join(given) or w.say("document.kind.nothing")


def _hits(document_id: str, words: Sequence[str]) -> str:
    """Where in its goals and targets the words stand."""
    if not words:
        return ""
    stated = [p for p in _texts()[document_id] if p.field is not Field.DOCUMENT]
    items = "".join(hit(p, words, language()) for p in hits(stated, words, language())[:HITS_SHOWN])
    return f'<ul class="ov-hits">{items}</ul>' if items else ""


# one document


def _one(document_id: str) -> None:
    source = _sources()[document_id]
    parts = [_head(source), _goals(source), _targets(document_id, source), _own_timeline(source), _figures(source)]
    if not any(parts[1:]):
        parts.append(f"<p>{e(say().say('document.nothing'))}</p>")
    place("".join(parts))


def issued(c: Catalogue, document: Document, lang: str) -> str:
    """Who published it and when."""
    issuer = c.publishers[document.issuer].name[lang]
    if document.with_:
        issuer += document.with_[lang] if lang == "zh" else " " + document.with_[lang]
    return say().say("document.issued", issuer=issuer, day=n.known_text(document.date, lang))


def _head(source: Source) -> str:
    w, lang, d = say(), language(), source.document
    lines = [issued(catalogue(), d, lang)]
    lines += [w.say("document.adopted", day=n.known_text(d.adopted, lang))] if d.adopted else []
    lines += [w.say("document.read-in", where=d.read_in[lang])] if d.read_in else []
    link = (
        f'<a href="{e(d.url)}" target="_blank" rel="noopener noreferrer">{e(w.say("source.original"))}</a>'
        if d.url
        else e(w.say("document.no-address"))
    )
    other = "en" if lang == "zh" else "zh"
    gives = f'<p class="dc-gave">{e(_gives(source))}</p>'
    return (
        f'<p class="caption"><a href="{e(address("documents"))}" target="_self">{e(w.say("document.all"))}</a></p>'
        f'<div class="rule3 dc-head"><h1>{e(d.title[lang])}</h1><p class="orig" lang="{other}">{e(d.title[other])}</p>'
        + "".join(f"<p>{e(line)}</p>" for line in lines)
        + f"<p>{link}</p>{gives}</div>"
    )


def _goals(source: Source) -> str:
    """The goals in the document's order, in its own words with our translation beside it."""
    if not source.goals:
        return ""
    c, lang, own, known = catalogue(), language(), source.document.language, verdicts()
    items = []
    for i in source.goals:
        goal = c.goals[i]
        beside = f"<span>{e(goal.title[lang])}</span>" if lang != own else ""
        standing = [j for link in goal.indicators for j in known[link.id]]
        items.append(
            f'<li><b>{goal.order}</b><a href="{e(address("goal", goal=i))}" target="_self" lang="{own}">'
            f"{e(goal.statement)}</a>{beside}{pieces.counts(standing, theme(), lang) if standing else ''}</li>"
        )
    w = say()
    return (f"<h2>{e(w.say('document.goals'))}<small>{e(w.count('document.gives.goals', len(items)))}</small></h2>"
            f'<ol class="dc-goals">{"".join(items)}</ol>')  # fmt: skip


def _targets(document_id: str, source: Source) -> str:
    """Its targets in its own order as far as that is known; that none says whether it binds is said once."""
    if not source.targets:
        return ""
    w, lines = say(), {line.judged.key: line for some in _lines().values() for line in some}
    placed = [(i, t) for i, t in source.targets if position_in(document_id, t) is not None]
    rest = source.targets[len(placed) :]
    known = "unknown" if not placed else "some" if rest else "known"
    said = [w.say(f"document.targets-order.{known}")]
    says_nature = any(t.nature is not Nature.UNSTATED for _, t in source.targets)
    said += [] if says_nature else [w.say("document.nature-unstated")]
    groups = [(w.say("document.in-its-order"), placed)] if placed else []
    groups += [(w.say("document.due", due=n.period_text(due, language())), list(some))
               for due, some in groupby(rest, key=lambda it: it[1].due)]  # fmt: skip
    parts = []
    for head, some in groups:
        together = _by_sentence(document_id, some)
        items = "".join(_sentence(document_id, source, ts, lines, says_nature) for ts in together)
        parts.append(f'<h3>{e(head)}</h3><ol class="dc-targets">{items}</ol>')
    count = e(w.count("document.gives.targets", len(source.targets)))
    return (f"<h2>{e(w.say('document.targets'))}<small>{count}</small></h2>"
            f'<p class="caption">{e(verdict.joined(said, language()))}</p>{"".join(parts)}')  # fmt: skip


Named = tuple[str, Target]  # a target and the indicator that carries it


def _by_sentence(document_id: str, targets: Sequence[Named]) -> list[list[Named]]:
    """The targets that one sentence of the document sets, where the first of them stands; those without words last."""
    found: dict[str | None, list[Named]] = {}
    for i, target in targets:
        found.setdefault(stated_in(document_id, target).quote, []).append((i, target))
    return [found[quote] for quote in sorted(found, key=lambda quote: quote is None)]


def _sentence(
    document_id: str, source: Source, targets: Sequence[Named], lines: Mapping[Key, Line], says_nature: bool
) -> str:  # fmt: skip
    """The document's words once, and beside them each target that they set."""
    items = "".join(_target(document_id, i, t, lines[i, t.key], says_nature) for i, t in targets)
    quoted = _quoted(document_id, source, targets[0][1])
    return f'<li><div class="dc-quote">{quoted}</div><ul>{items}</ul></li>'


def _target(document_id: str, indicator_id: str, target: Target, line: Line, says_nature: bool) -> str:
    """What a target asks of which indicator, where it stands, what came before and after."""
    c, w, lang = catalogue(), say(), language()
    about = [e(w.say("document.nature", nature=w.say(f"nature.{target.nature.value}")))] if says_nature else []
    if target.document != document_id:
        link = address("documents", document=target.document)
        title = e(c.documents[target.document].title[lang])
        about.append(f'{e(w.say("document.first-in"))} <a href="{e(link)}" target="_self">{title}</a>')
    about += drawn.relations(c, indicator_id, line, lang)
    link = address("indicator", indicator=indicator_id, target=target.key)
    return (
        f'<li><div><p class="dc-name"><a href="{e(link)}" target="_self">{e(c.indicators[indicator_id].name[lang])}</a>'
        f'</p><p class="dc-target">{e(pieces.target_line(c, indicator_id, target, lang))}</p>'
        + "".join(f'<p class="small">{text}</p>' for text in about)
        + f"</div><div>{pieces.standing_mark(line.judged, theme(), lang)}"
        f'<p class="small">{e(pieces.reason_text(line.judged, lang))}</p></div></li>'
    )


def _quoted(document_id: str, source: Source, target: Target) -> str:
    """The quotation in the document's language, our translation beside it; or that none is held."""
    said = stated_in(document_id, target)
    if said.quote is None:
        return f'<p class="small">{e(say().say("document.no-quote"))}</p>'
    lang, own = language(), source.document.language
    quote = f'<blockquote lang="{own}">{e(said.quote)}</blockquote>'
    translation = pieces.translated(said, lang) if lang != own else None
    given = target.quote_from if said is target else None
    from_ = f'<p class="small">{e(say().say("document.quote-from", where=given[lang]))}</p>' if given else ""
    return quote + (f'<p class="dc-translation">{e(translation)}</p>' if translation else "") + from_


def _own_timeline(source: Source) -> str:
    """The targets of its indicators, from adoption to due period: its own, and what came before and after."""
    mine = {i for i, _ in source.targets}
    lines = {i: some for i, some in _lines().items() if i in mine}
    if not lines:
        return ""
    w, c, lang, day = say(), catalogue(), language(), as_of()
    axis = axis_of([line for some in lines.values() for line in some], day)
    return (
        f"<h2>{e(w.say('timeline.title'))}<small>{e(w.count('overview.indicators', len(lines)))}</small></h2>"
        f'<p class="caption">{e(w.say("timeline.own"))}</p>{drawn.legend(lines, lang)}'
        + drawn.picture(c, lines, axis, day, theme(), lang)
        + drawn.folded_table(c, lines, theme(), lang)
    )


def _figures(source: Source) -> str:
    """How many figures of each indicator were taken from it; the most first."""
    if not source.figures:
        return ""
    c, w, lang = catalogue(), say(), language()
    most_first = sorted(source.figures.items(), key=lambda it: -it[1])
    items = "".join(
        f'<li><a href="{e(address("indicator", indicator=i))}" target="_self">{e(c.indicators[i].name[lang])}</a>'
        f"<b>{count}</b></li>"
        for i, count in most_first
    )
    total = w.count("document.gives.figures", sum(source.figures.values()))
    return (f"<h2>{e(w.say('document.given'))}<small>{e(total)}</small></h2>"
            f'<ul class="dc-figures">{items}</ul>')  # fmt: skip
