"""What the texts on the desk change: which lines of which file, and which verdicts."""

from collections.abc import Sequence
from itertools import groupby

from editing.difference import (
    ChangeKind,
    DifferenceLine,
    LineKind,
    VerdictChange,
    summary,
    text_difference,
    verdict_changes,
)
from tracking.catalogue import Catalogue
from views import pieces
from views.editing import desk
from views.frame import address, as_of, e, language, place, say, theme

AROUND = 3  # lines shown before and after a change
MOST = 400  # lines of one file
SIGNS = {LineKind.ADDED: "+", LineKind.REMOVED: "−", LineKind.SAME: ""}


def place_changes() -> None:
    """Verdicts first: they are what a reader of the page will see."""
    w = say()
    if not desk.edits():
        place(f'<p class="small">{e(w.say("edit.no-changes"))}</p>')
        return
    place(_verdicts() + "".join(
        f'<h3>{e(name)}</h3>{lines(edit.opened.text, edit.text or "")}' for name, edit in sorted(desk.edits().items())
    ))  # fmt: skip


def _verdicts() -> str:
    before, after, _ = desk.held()
    w, lang = say(), language()
    if before is None or after is None:
        return f'<p class="ed-old" role="status">{e(w.say("edit.verdicts-unknown"))}</p>'
    found = verdict_changes(before, after, as_of())
    return f'<p class="ed-sum" role="status">{e(summary(found, lang))}</p>{turned(before, after, found)}'


def turned(before: Catalogue, after: Catalogue, found: Sequence[VerdictChange]) -> str:
    """Each verdict that is another, from what to what."""
    if not found:
        return ""
    return "<ul class=ed-turned>" + "".join(_turn(before, after, change) for change in found[:MOST]) + "</ul>"


def _turn(before: Catalogue, after: Catalogue, change: VerdictChange) -> str:
    lang, t, w = language(), theme(), say()
    c, judged = (after, change.after) if change.after else (before, change.before)
    assert judged is not None  # one of the two is there
    name = c.indicators[change.indicator_id].name[lang]
    marks = [pieces.standing_mark(j, t, lang) if j else f"<span>{e(w.say(f'edit.verdict-{side}'))}</span>"
             for side, j in (("new", change.before), ("gone", change.after))]  # fmt: skip
    is_turned = not (change.before and change.after) or change.kind is ChangeKind.TURNED
    shown = ' <span aria-hidden="true">→</span> '.join(marks) if is_turned else marks[1]
    link = address("edit", file=f"goals/indicators/{change.indicator_id}.yaml")
    said = e(pieces.verdict_sentence(c, judged, lang))
    return (f'<li><a href="{e(link)}" target="_self">{e(name)}</a> '
            f'<span class="small">{e(pieces.target_line(c, change.indicator_id, judged.target, lang))}</span>'
            f'<span class="ed-turn">{shown}</span>'
            f'<span class="small">{said}</span></li>')  # fmt: skip


def lines(before: str, after: str) -> str:
    """The lines that differ, with those around them; signs as well as colours tell them apart."""
    every = text_difference(before, after)
    near = _near(every)
    if not near:
        return f'<p class="small">{e(say().say("edit.same-text"))}</p>'
    shown, parts = [every[k] for k in near[:MOST]], []
    runs = groupby(enumerate(near[:MOST]), key=lambda it: it[1] - it[0])
    at = 0
    for _, run in runs:
        count = len(list(run))
        parts.append("".join(_line(one) for one in shown[at : at + count]))
        at += count
    gap = '<tr class="gap"><td colspan="4">…</td></tr>'
    label = e(say().say("edit.lines"))
    table = f"<table><tbody>{gap.join(parts)}</tbody></table>"
    return f'<div class="scroll ed-diff" tabindex="0" role="region" aria-label="{label}">{table}</div>'


def _near(every: Sequence[DifferenceLine]) -> list[int]:
    changed = [k for k, one in enumerate(every) if one.kind is not LineKind.SAME]
    return sorted({k for at in changed for k in range(max(0, at - AROUND), min(len(every), at + AROUND + 1))})


def _line(one: DifferenceLine) -> str:
    said = f'<span class="ed-aside">{e(say().say(f"edit.line-{one.kind.value}"))}</span>' if SIGNS[one.kind] else ""
    return (f'<tr class="{one.kind.value}"><td>{one.old or ""}</td><td>{one.new or ""}</td>'
            f"<td>{SIGNS[one.kind]}{said}</td><td>{e(one.text) or ' '}</td></tr>")  # fmt: skip
