"""What changed since a day, as markup: verdicts with their causes, targets adopted, figures published."""

from collections.abc import Sequence
from dataclasses import replace

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.changes import Changes, Day, NewFigures, Turn
from tracking.history import cause_sentence
from tracking.model import Accumulation, Assessment, Observation
from tracking.selection import Choice, Kept
from tracking.sentences import reason_word, standing_word
from views import pieces
from views.frame import address, e, language, say, theme
from views.matrix import here, rest_link

DAYS_SHOWN = 20  # at first; the rest is a click away


def page(c: Catalogue, whole: Changes, found: Changes, choice: Choice) -> str:
    """The days with something new; `found` is the part of `whole` that the filters leave."""
    w, lang = say(), language()
    since, until = n.day_text(whole.since, lang), n.day_text(whole.until, lang)
    head = f"<h2>{e(w.say('changes.title', day=since))}</h2>"
    if whole.since >= whole.until:
        return f'{head}<p class="ov-none" role="alert">{e(w.say("changes.backwards", since=since, until=until))}</p>'
    if not found.days:
        says = "changes.nothing-shown" if whole.days else "changes.none"
        return f'{head}<p class="ov-none">{e(w.say(says, since=since, until=until))}</p>{_visit()}'
    kept = found if choice.only is Kept.ALL else found.only(choice.only.value)
    some = kept.days if choice.all else kept.days[:DAYS_SHOWN]
    days = "".join(_day(c, day) for day in some)
    rest = rest_link("more-days", len(some), len(kept.days), choice) if len(some) < len(kept.days) else ""
    return f"{head}{_counts(found, choice)}{days}{rest}{_visit()}"


def _visit() -> str:
    return f'<p class="caption ov-visit">{e(say().say("changes.visit"))}</p>'


def _counts(found: Changes, choice: Choice) -> str:
    """How many of each kind; each leads to those alone, and from there back to all."""
    parts = "".join(_kind(k, getattr(found, k.value), choice) for k in Kept if k is not Kept.ALL)
    return f'<div class="key ov-kinds">{parts}</div>'


def _kind(kind: Kept, count: int, choice: Choice) -> str:
    w, on = say(), choice.only is kind
    text = w.count(f"changes.{kind.value}", count) if count else w.say(f"changes.{kind.value}.none")
    if not count:
        return f'<span class="ov-facet none">{e(text)}</span>'
    to = here(replace(choice, only=Kept.ALL if on else kind, all=False))
    current = ' aria-current="true"' if on else ""
    return (
        f'<a class="ov-facet{" on" if on else ""}" id="only-{kind.value}" href="{e(to)}" target="_self"{current}>'
        f"{e(text)}</a>"
    )


def _day(c: Catalogue, day: Day) -> str:
    parts = {
        "new-verdict": [_verdict(c, t) for t in day.verdicts],
        "new-target": [_adopted(c, d, some) for d, some in _by_document(day.targets).items()],
        "new-figure": [_figures(c, f) for f in day.figures],
    }
    body = "".join(
        f'<div class="ov-kind"><h4>{e(say().say(f"changes.{kind}"))}</h4><ul class="{kind}">{"".join(items)}</ul></div>'
        for kind, items in parts.items()
        if items
    )
    return f'<section class="ov-day"><h3>{e(n.day_text(day.day, language()))}</h3><div>{body}</div></section>'


def _verdict(c: Catalogue, turn: Turn) -> str:
    """What it was, what it is, and what made the difference."""
    assert turn.change.before is not None
    before, after, w = turn.change.before, turn.change.assessment, say()
    cause = cause_sentence(c, turn.indicator_id, turn.change, language())
    return (
        f'<li><span class="ov-turn">{_mark(before)} <span class="ov-to">{e(w.say("changes.to"))}</span> {_mark(after)}'
        f'</span><div>{_link(c, turn)}<p class="small">{e(cause)}</p></div></li>'
    )


def _mark(a: Assessment) -> str:
    """The standing; for what is not judged, the reason."""
    lang, t = language(), theme()
    word = reason_word(a.reason, lang) if a.reason else standing_word(a.standing, lang)
    image = pieces.icon_image(a.standing, t, a.final, lang)
    return f'<span class="ov-mark" style="color:{t.standing[a.standing]}">{image}{e(word)}</span>'


def _link(c: Catalogue, turn: Turn) -> str:
    """The indicator, and the target in words; both lead to where it is laid open."""
    lang, target = language(), turn.change.target
    to = address("indicator", indicator=turn.indicator_id, target=target.key)
    text = pieces.target_line(c, turn.indicator_id, target, lang)
    return f'<a href="{e(to)}" target="_self">{e(c.indicators[turn.indicator_id].name[lang])}</a>{_colon()}{e(text)}'


def _colon() -> str:
    return "：" if language() == "zh" else ": "


def _by_document(turns: Sequence[Turn]) -> dict[str, list[Turn]]:
    found: dict[str, list[Turn]] = {}
    for turn in turns:
        found.setdefault(turn.change.target.document, []).append(turn)
    return found


def _adopted(c: Catalogue, document_id: str, turns: Sequence[Turn]) -> str:
    """One document's new targets, each with what could be said of it at first."""
    items = "".join(f"<li>{_link(c, t)} {_at_first(t.change.assessment)}</li>" for t in turns)
    return f'<li class="ov-doc">{pieces.document_link(c, document_id, language())}<ul>{items}</ul></li>'


def _at_first(a: Assessment) -> str:
    lang = language()
    word = reason_word(a.reason, lang) if a.reason else standing_word(a.standing, lang)
    return f'<span class="small">{e(say().say("changes.at-first", standing=word))}</span>'


def _figures(c: Catalogue, found: NewFigures) -> str:
    indicator, w = c.indicators[found.indicator_id], say()
    name = (
        f'<a href="{e(address("indicator", indicator=found.indicator_id))}" target="_self">'
        f"{e(indicator.name[language()])}</a>"
    )
    value = pieces.document_link(c, found.newest.document, language(), _value(c, found, found.newest))
    to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
    notes = [n.period_text(found.newest.period, language(), to_date=to_date)]
    if found.revised is not None:
        notes.append(w.say("changes.was", value=_value(c, found, found.revised)))
    if found.count > 1:
        notes.append(w.count("changes.more", found.count - 1))
    return f'<li>{name}{_colon()}<b>{value}</b> <span class="small">{e(_listed(notes))}</span></li>'


def _listed(notes: Sequence[str]) -> str:
    return ("，" if language() == "zh" else ", ").join(notes)


def _value(c: Catalogue, found: NewFigures, o: Observation) -> str:
    return n.observed(o, c.unit_of(found.indicator_id), language())
