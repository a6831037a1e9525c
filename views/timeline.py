"""Adopted targets as lines from the day of adoption to the due period, by indicator, and the same as a table. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.look import Theme
from tracking.model import Standing, Target
from tracking.sentences import standing_word
from tracking.timeline import Axis, Line, axis_of
from tracking.words import words
from views import pieces
from views.frame import address, e

Lines = Mapping[str, Sequence[Line]]
NEAR = 2  # years on either side of the day that are not named beside it
LATE = 50  # per cent of the axis: what begins after it is named to the left of its end


def picture(c: Catalogue, lines: Lines, axis: Axis, day: date, theme: Theme, lang: str) -> str:
    """Every indicator with its targets, one line each, on a common axis of years."""
    rows = "".join(_indicator(c, i, some, axis, day, theme, lang) for i, some in lines.items())
    return f'<div class="tl" style="--years:{axis.years}">{_axis(axis, day, lang)}<ul>{rows}</ul></div>'


def legend(lines: Lines, lang: str) -> str:
    """What the marks mean that are there."""
    w = words(lang)
    replaced = any(line.replaced_by for some in lines.values() for line in some)
    kinds = ("settled", "running", *(("replaced",) if replaced else ()))
    items = "".join(f'<span><i class="tl-line {k}"></i>{e(w.say(f"timeline.mark.{k}"))}</span>' for k in kinds)
    return f'<p class="tl-legend">{items}<span>{e(w.say("timeline.mark.icon"))}</span></p>'


def _axis(axis: Axis, day: date, lang: str) -> str:
    named = [year for year in axis.marks() if year < axis.last and abs(year - day.year) > NEAR]
    marks = "".join(f'<span style="left:{axis.at(date(year, 1, 1))}%">{year}</span>' for year in named)
    now = f'<b style="left:{axis.at(day)}%" title="{e(n.day_text(day, lang))}">{day.year}</b>'
    return f'<div class="tl-axis" aria-hidden="true"><span></span><div>{marks}{now}</div></div>'


def _indicator(
    c: Catalogue, indicator_id: str, lines: Sequence[Line], axis: Axis, day: date, theme: Theme, lang: str
) -> str:  # fmt: skip
    order = {line.target.key: k for k, line in enumerate(lines)}
    lanes = "".join(_lane(c, indicator_id, line, order, axis, day, theme, lang) for line in lines)
    link = address("indicator", indicator=indicator_id)
    now = f'<i class="tl-now" style="left:{axis.at(day)}%"></i>'
    return (f'<li><a class="tl-name" href="{e(link)}" target="_self">{e(c.indicators[indicator_id].name[lang])}</a>'
            f'<div class="tl-lanes">{now}{lanes}</div></li>')  # fmt: skip


def _lane(
    c: Catalogue, indicator_id: str, line: Line, order: Mapping[str, int], axis: Axis, day: date, theme: Theme,
    lang: str,
) -> str:  # fmt: skip
    """The target in words and its document above its line; the icon of its standing where it is due."""
    start, end, due = axis.at(line.begins), axis.at(line.ends), axis.at(line.target.due.end)
    standing = line.judged.assessment.standing
    kind = "replaced" if line.replaced_by else "running" if line.runs_on(day) else "settled"
    place = f"margin-right:{100 - due:.2f}%" if start > LATE else f"margin-left:{start}%"
    side = " late" if start > LATE else ""
    link = address("documents", document=line.target.document)
    said = e(f"{standing_word(standing, lang)}. {_when(line, lang)}")
    text = pieces.target_line(c, indicator_id, line.target, lang)
    icon = pieces.icon_image(standing, theme, line.judged.assessment.final, lang)
    mark = icon if not line.replaced_by and standing is not Standing.NOT_JUDGED else "<em></em>"
    return (
        f'<div class="tl-lane"><a class="tl-say{side}" style="{place}" href="{e(link)}" target="_self"'
        f' title="{e(c.documents[line.target.document].title[lang])}">{e(text)}</a>'
        f'<div class="tl-bar" role="img" aria-label="{said}" title="{said}">'
        f'<i class="tl-line {kind}" style="left:{start}%;width:{max(end - start, 0.4):.2f}%"></i>'
        f'{_join(line, order, axis)}<span class="tl-due" style="left:{end}%">{mark}</span></div></div>'
    )


def _join(line: Line, order: Mapping[str, int], axis: Axis) -> str:
    """From where a replaced target ends down to where its replacement begins."""
    later = line.replaced_by
    if later is None:
        return ""
    lanes = order[later.key] - order[line.target.key]
    return f'<i class="tl-join" style="left:{axis.at(line.ends)}%;height:calc({lanes}*var(--lane))"></i>'


def _when(line: Line, lang: str) -> str:
    return words(lang).say("timeline.line", adopted=n.known_text(line.target.adopted, lang),
                           due=n.period_text(line.target.due, lang))  # fmt: skip


def relations(c: Catalogue, indicator_id: str, line: Line, lang: str) -> list[str]:
    """What replaced a target or what it replaced, and the targets before and after it, as escaped sentences."""
    w = words(lang)
    found = {"replaced-by": line.replaced_by, "replaces": line.replaces,
             "followed-by": line.followed_by if line.replaced_by is None else None,
             "follows": line.follows if line.replaces is None else None}  # fmt: skip
    return [_relation(c, indicator_id, w.say(f"timeline.{key}"), t, lang) for key, t in found.items() if t is not None]


def _relation(c: Catalogue, indicator_id: str, what: str, target: Target, lang: str) -> str:
    link = address("documents", document=target.document)
    text = pieces.target_line(c, indicator_id, target, lang)
    title = c.documents[target.document].title[lang]
    return f'{e(what)} <a href="{e(link)}" target="_self" title="{e(title)}">{e(text)}</a>'


def table(c: Catalogue, lines: Lines, theme: Theme, lang: str) -> str:
    """All that the picture shows, as a table."""
    w = words(lang)
    keys = ("indicator", "target", "adopted", "due", "document", "standing")
    heads = "".join(f'<th scope="col">{e(w.say(f"table.{k}"))}</th>' for k in keys)
    rows = "".join(_row(c, i, line, theme, lang) for i, some in lines.items() for line in some)
    return (f'<div class="scroll"><table class="stack tl-table"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>")  # fmt: skip


def _row(c: Catalogue, indicator_id: str, line: Line, theme: Theme, lang: str) -> str:
    target, w = line.target, words(lang)
    link = address("indicator", indicator=indicator_id)
    more = "".join(f"<small>{text}</small>" for text in relations(c, indicator_id, line, lang))
    document, title = address("documents", document=target.document), c.documents[target.document].title[lang]
    return (
        f'<tr><th scope="row"><a href="{e(link)}" target="_self">{e(c.indicators[indicator_id].name[lang])}</a></th>'
        f'<td class="full">{e(pieces.target_line(c, indicator_id, target, lang))}{more}</td>'
        f'<td class="nowrap" data-label="{e(w.say("table.adopted"))}">{e(n.known_text(target.adopted, lang))}</td>'
        f'<td class="nowrap" data-label="{e(w.say("table.due"))}">{e(n.period_text(target.due, lang))}</td>'
        f'<td class="full"><a href="{e(document)}" target="_self">{e(title)}</a></td>'
        f'<td class="full">{pieces.standing_mark(line.judged, theme, lang)}</td></tr>'
    )


def whole(c: Catalogue, lines: Lines, day: date, theme: Theme, lang: str) -> str:
    """The indicators with several targets first, for there something changed; then those with one; then the table."""
    w, axis = words(lang), axis_of([line for some in lines.values() for line in some], day)
    parts = {"several": {i: s for i, s in lines.items() if len(s) > 1},
             "single": {i: s for i, s in lines.items() if len(s) == 1}}  # fmt: skip
    shown = "".join(
        f"<h2>{e(w.say(f'timeline.{k}'))}<small>{e(w.count('overview.indicators', len(some)))}</small></h2>"
        + picture(c, some, axis, day, theme, lang)
        for k, some in parts.items() if some
    )  # fmt: skip
    return legend(lines, lang) + shown + folded_table(c, lines, theme, lang)


def folded_table(c: Catalogue, lines: Lines, theme: Theme, lang: str) -> str:
    summary = e(words(lang).say("timeline.table"))
    return f"<details><summary>{summary}</summary>{table(c, lines, theme, lang)}</details>"
