"""One verdict laid open: standing and arithmetic, all methods, what would turn it, what may come, how it came to be."""

from collections.abc import Sequence

from tracking import numbers as n
from tracking.backtest import backtest_table, result_text
from tracking.catalogue import Catalogue
from tracking.explain import (
    agreement,
    agreement_with,
    inputs_parts,
    label_text,
    method_name,
    ratio_parts,
    shared_inputs,
    steps_parts,
    why_not,
)
from tracking.fragility import Fragility, fragility_sentences
from tracking.history import Cause, Change, cause_sentence, method_of
from tracking.methods.method import Method
from tracking.model import Standing, Target
from tracking.panel import Line, Panel
from tracking.projection import Projection, Refusal
from tracking.projection_words import method_text, projection_sentences, refusal_text
from tracking.sentences import arithmetic, caution_sentences, standing_word
from tracking.status import Judged
from views import pieces
from views.frame import address, as_of, e, say, theme


def joined(sentences: Sequence[str], lang: str) -> str:
    return ("" if lang == "zh" else " ").join(sentences)


def panel(
    c: Catalogue, judged: Judged, others: Sequence[Judged], found: Panel | None, fragile: Fragility | None, lang: str
) -> str:
    """The verdict beside the chart, and a line for each other target of the indicator."""
    w, t, a = say(), theme(), judged.assessment
    sums = arithmetic(c, judged.indicator_id, judged.target, a, lang)
    notes = caution_sentences(c, judged.indicator_id, judged.target, a, lang)
    asked = pieces.target_line(c, judged.indicator_id, judged.target, lang)
    blocks = [
        f'<p class="small">{e(w.say("judging.asked", target=asked))}</p>'
        f'<div class="big">{pieces.standing_mark(judged, t, lang)}{borderline(fragile)}</div>'
        f"<p>{e(pieces.verdict_sentence(c, judged, lang))}</p>",
        f'<div class="arith">{e(sums)}</div>' if sums else "",
        f'<p class="small">{e(joined(notes, lang))}</p>' if notes else "",
        _rule(judged, lang),
        f'<p class="agree">{e(agreement_with(found, a.standing, lang))}</p>' if found and a.is_judged else "",
    ]
    return (
        f'<section class="panel" aria-label="{e(w.say("indicator.verdict"))}">{"".join(blocks)}'
        f"{_others(c, others, lang)}</section>"
    )


def borderline(fragile: Fragility | None) -> str:
    """The word, where rounding, a usual revision or another base year would turn the verdict."""
    if fragile is None or not fragile.borderline:
        return ""
    return f' <span class="borderline">{e(say().say("fragility.borderline"))}</span>'


def _rule(judged: Judged, lang: str) -> str:
    """Which rule it follows; nothing where nothing was judged."""
    w, a, form = say(), judged.assessment, judged.target.form.value
    if not a.is_judged:
        return ""
    named = method_of(judged.target)
    told = w.say(f"judging.{'settled' if a.final else 'running'}.{form}")
    text = (
        w.say("judging.rule-named", name=method_name(named, lang))
        if named
        else w.say("judging.rule", form=w.say(f"judging.form.{form}"), rule=told)
    )
    return f'<p class="small">{e(text)}</p>'


def _others(c: Catalogue, others: Sequence[Judged], lang: str) -> str:
    if not others:
        return ""
    items = "".join(
        f"<li>{pieces.standing_mark(j, theme(), lang)} "
        f'<a href="{e(address("indicator", indicator=j.indicator_id, target=j.target.key))}" target="_self">'
        f"{e(pieces.target_line(c, j.indicator_id, j.target, lang))}</a></li>"
        for j in others
    )
    head = e(say().say("judging.others"))
    return f'<div class="target"><p class="small">{head}</p><ul class="others">{items}</ul></div>'


def short_line(judged: Judged, found: Panel | None, fragile: Fragility | None, lang: str) -> str:
    """For a card: how many methods agree and whether it is borderline, on the way to the whole."""
    if found is None or not judged.assessment.is_judged:
        return ""
    link = address("indicator", indicator=judged.indicator_id, target=judged.target.key)
    text = agreement_with(found, judged.assessment.standing, lang)
    return f'<p class="also"><a href="{e(link)}" target="_self">{e(text)}</a>{borderline(fragile)}</p>'


def methods_section(judged: Judged, found: Panel | None, lang: str) -> str:
    """All methods side by side."""
    w = say()
    head = f"<h2>{e(w.say('panel.title'))}</h2>"
    if found is None:
        return head + f'<p class="verdict">{e(w.say("panel.refused"))}</p>'
    said, kind = agreement(found, lang), "lede"
    if not judged.assessment.is_judged and found.applying:
        reason = pieces.reason_text(judged, lang)
        said, kind = joined([w.say("judging.refused", reason=reason), said], lang), "verdict"
    link = f'<a href="{e(address("methods"))}" target="_self">{e(w.say("judging.to-methods"))}</a>'
    notes = [w.say("judging.symbols")] * bool(found.applying) + [w.say("panel.product")] * found.is_product
    return (
        f'{head}<p class="{kind}">{e(said)}</p>{methods_table(found, lang)}'
        f'<p class="caption">{e(joined(notes, lang))} {link}</p>'
    )


def methods_table(found: Panel, lang: str) -> str:
    """A line for each method that applies, the others folded away with their reasons; what all start from once."""
    w, shared = say(), shared_inputs(found, lang)
    keys = ["judging.inputs", "judging.steps", "judging.label", "judging.standing"][1 if shared else 0 :]
    heads = [w.say(key) for key in keys]
    rows = "".join(_line(line, heads, lang) for line in found.applying)
    top = "".join(f'<th scope="col" role="columnheader">{e(h)}</th>' for h in [w.say("panel.method"), *heads])
    table = (
        f'<table class="stack methods" role="table"><thead role="rowgroup"><tr role="row">{top}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )
    same = f'<p class="inputs">{e(w.say("judging.shared", inputs=shared))}</p>' if shared else ""
    return (same + table if rows else "") + _not_applying(found, lang)


def _line(line: Line, heads: Sequence[str], lang: str) -> str:
    cells = [
        _parts(inputs_parts(line, lang)),
        _parts([*steps_parts(line, lang), *ratio_parts(line, lang)]),
        e(label_text(line, lang)),
        _word(line.standing, lang),
    ][-len(heads) :]
    body = "".join(
        f'<td role="cell" data-label="{e(head)}">{cell}</td>' for head, cell in zip(heads, cells, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{whose(line.method, lang)}</th>{body}</tr>'


def _parts(texts: Sequence[str]) -> str:
    return " ".join(f'<span class="part">{e(text)}</span>' for text in texts)


def whose(method: Method, lang: str) -> str:
    """The method's name, leading to its publication, with publisher, edition and how well it was read."""
    name = e(method_name(method.name, lang))
    if method.link.startswith("https://"):
        name = f'<a href="{e(method.link)}" target="_blank" rel="noopener noreferrer">{name}</a>'
    return f"{name}<br><small>{e(origin(method))}</small>"


def origin(method: Method) -> str:
    """Publisher, edition, and how we know the rule."""
    w = say()
    return " · ".join([w.say(f"method.{method.name}.publisher"), str(method.edition), w.say(f"read.{method.read}")])


def _not_applying(found: Panel, lang: str) -> str:
    w = say()
    rest = [line for line in found.lines if not line.applies]
    if not rest:
        return ""
    items = "".join(
        f"<li>{e(w.say('panel.not', name=method_name(line.method.name, lang), why=why_not(line, lang)))}</li>"
        for line in rest
    )
    summary = e(w.say("judging.not-applying", n=len(rest)))
    return f'<details class="quiet"><summary>{summary}</summary><ul>{items}</ul></details>'


def turning_section(c: Catalogue, judged: Judged, fragile: Fragility | None, lang: str) -> str:
    """What would turn the verdict."""
    w = say()
    head = f"<h2>{e(w.say('judging.fragility'))}</h2>"
    if fragile is None:
        return head + f'<p class="verdict">{e(w.say("judging.nothing-turns"))}</p>'
    word = w.say("fragility.borderline" if fragile.borderline else "fragility.firm")
    said = fragility_sentences(c, judged.indicator_id, judged.target, fragile, lang)
    return f'{head}<p class="lede">{e(word)}</p>{_list(said)}'


def ahead_section(
    c: Catalogue, indicator_id: str, target: Target, ahead: Projection | Refusal, chance: float | None, lang: str
) -> str:
    """What may come, or why nothing is projected."""
    w = say()
    head = f"<h2>{e(w.say('judging.projection'))}</h2>"
    if isinstance(ahead, Refusal):
        return head + f'<p class="verdict">{e(refusal_text(ahead, lang))}</p>'
    said = projection_sentences(ahead, chance, c.indicators[indicator_id], c.unit_of(indicator_id), target, lang)
    link = f'<a href="{e(address("methods"))}" target="_self">{e(w.say("site.methods"))}</a>'
    how = joined([method_text(ahead, lang), result_text(backtest_table(), lang)], lang)
    return (
        f'{head}<p class="lede">{e(said[0])}</p>{_list(said[1:])}'
        f'<details class="quiet"><summary>{e(w.say("judging.how"))}</summary><p>{e(how)} {link}</p></details>'
    )


def _list(sentences: Sequence[str]) -> str:
    return '<ul class="said">' + "".join(f"<li>{e(s)}</li>" for s in sentences) + "</ul>"


def history_section(c: Catalogue, indicator_id: str, changes: Sequence[Change], lang: str) -> str:
    """Every change with its cause; the ends of years on which nothing changed folded away."""
    w = say()
    steady = [ch for ch in changes if ch.causes == (Cause.UNCHANGED,) and ch.day != as_of()]
    moved = [ch for ch in changes if ch.causes != (Cause.UNCHANGED,)]
    heads = [w.say("judging.day"), w.say("table.standing"), w.say("judging.cause")]
    top = "".join(f'<th scope="col">{e(h)}</th>' for h in heads)
    rows = "".join(_change(c, indicator_id, ch, lang) for ch in moved)
    table = f'<table class="stack history"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'
    return f"<h2>{e(w.say('history.title'))}</h2>{table}{_steady(steady, indicator_id, lang)}"


def _change(c: Catalogue, indicator_id: str, change: Change, lang: str) -> str:
    judged = Judged(indicator_id, change.target, change.assessment)
    reason = pieces.reason_text(judged, lang)
    why = f"<br><small>{e(reason)}</small>" if reason else ""
    kind = "turn" if change.turns else "same"
    return (
        f'<tr class="{kind}"><th scope="row" class="nowrap">{e(n.day_text(change.day, lang))}</th>'
        f"<td>{pieces.standing_mark(judged, theme(), lang)}{why}</td>"
        f'<td class="full">{e(pieces.verdict_sentence(c, judged, lang))}'
        f"<br><small>{e(cause_sentence(c, indicator_id, change, lang))}</small></td></tr>"
    )


def _steady(steady: Sequence[Change], indicator_id: str, lang: str) -> str:
    if not steady:
        return ""
    items = "".join(
        f"<li>{e(n.day_text(ch.day, lang))} "
        f"{pieces.standing_mark(Judged(indicator_id, ch.target, ch.assessment), theme(), lang)}</li>"
        for ch in steady
    )
    summary = e(say().say("judging.steady-years", n=len(steady)))
    return f'<details class="quiet"><summary>{summary}</summary><ul>{items}</ul></details>'


def results(method: Method, lang: str) -> str:
    """A publisher's own labels, each with our word."""
    labels = method.standings.items()
    w = say()
    return "".join(
        f"<li>{e(w.say(f'outcome.{label}') + w.say('judging.colon'))}{_word(ours, lang)}</li>" for label, ours in labels
    )


def _word(standing: Standing, lang: str) -> str:
    """Our word for a method's result, with its icon."""
    mark = pieces.icon_image(standing, theme(), standing in pieces.FINAL, lang)
    colour = theme().standing[standing]
    return f'<span class="standing" style="color:{colour}">{mark}{e(standing_word(standing, lang))}</span>'
