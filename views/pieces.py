"""Pieces of markup that several pages show. Pure: words, catalogue and theme in, escaped markup out."""

from collections.abc import Sequence

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.leading import FINAL, ORDER, WORST_FIRST, count_of, worst_first
from tracking.look import Theme, data_address, icon
from tracking.model import Accumulation, Bound, Indicator, Observation, Restatement, Standing, Target
from tracking.sentences import reason_word, sentence, standing_word, target_text
from tracking.status import Judged
from tracking.trend import Sense, Trend
from tracking.words import words
from views.frame import address, e

# the pages ask here for all that they show of a verdict
__all__ = ["FINAL", "ORDER", "WORST_FIRST", "count_of", "worst_first"]


def icon_image(standing: Standing, theme: Theme, final: bool, language: str, *, named: bool = False) -> str:
    """The icon. Beside its word it is silent; alone (`named`) it says the word."""
    alt = e(standing_word(standing, language)) if named else ""
    title = f' title="{alt}"' if named else ""
    return f'<img class="icon" src="{data_address(icon(standing, theme, final))}" alt="{alt}"{title}>'


def standing_mark(judged: Judged, theme: Theme, language: str) -> str:
    a = judged.assessment
    colour = theme.standing[a.standing]
    word = standing_word(a.standing, language)
    if a.standing is Standing.MET and not a.final:
        word = words(language).say("running.met")
    image = icon_image(a.standing, theme, a.final, language)
    return f'<span class="standing" style="color:{colour}">{image}{e(word)}</span>'


def strip(found: Sequence[Judged], theme: Theme, language: str) -> str:
    """One icon for each judged target in a fixed order, a dash for each that is not judged.

    Silent: it stands beside the same counts in words.
    """
    judged = sorted((j.assessment for j in found if j.assessment.is_judged), key=lambda a: ORDER.index(a.standing))
    images = "".join(icon_image(a.standing, theme, a.final, language, named=True) for a in judged)
    rest = len(found) - len(judged)
    dashes = f'<span class="dashes">{"–" * rest}</span>' if rest else ""
    return f'<div class="strip" aria-hidden="true">{images}{dashes}</div>'


def trend_text(catalogue: Catalogue, indicator_id: str, found: Trend, language: str) -> str:
    """`Rising, as wanted, 2015 to 2025`: what a small picture of a series shows."""
    w = words(language)
    parts = [w.say(f"trend.{found.way.value}")]
    if found.first is not None and found.last is not None:
        if found.sense is not Sense.NEITHER:
            parts.append(w.say(f"trend.{found.sense.value}"))
        to_date = catalogue.indicators[indicator_id].accumulation is Accumulation.YEAR_TO_DATE
        first, last = (n.period_text(p, language, to_date=to_date) for p in (found.first, found.last))
        parts.append(w.say("trend.span", first=first, last=last))
    return w.say("trend.list").join(parts)


def counts(found: Sequence[Judged], theme: Theme, language: str) -> str:
    """`4 met · 1 behind · 3 not judged`, coloured."""
    number = count_of(found)
    parts = [
        f'<span style="color:{theme.standing[s]}"><b>{number[s]}</b> {e(standing_word(s, language).lower())}</span>'
        for s in (*ORDER, Standing.NOT_JUDGED)
        if number[s]
    ]
    return f'<div class="counts">{" · ".join(parts)}</div>'


def document_link(catalogue: Catalogue, document_id: str, language: str, text: str | None = None) -> str:
    """To the publication itself, in one step; to its entry where no address is known."""
    document = catalogue.documents[document_id]
    shown = e(text or document.title[language])
    if document.url:
        return f'<a href="{e(document.url)}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    return f'<a href="{e(address("documents", document=document_id))}" target="_self">{shown}</a>'


def source_line(catalogue: Catalogue, indicator: Indicator, known: Sequence[Observation], language: str) -> str:
    """Where the newest figure stands, and what the marks on this chart mean."""
    if not known:
        return ""
    w, newest = words(language), known[-1]
    line = w.say("source.line", document="\0", day=e(n.known_text(newest.published, language)))
    line = line.replace("\0", document_link(catalogue, newest.document, language))
    marks = {
        "hollow": any(o.check.value == "recalled" for o in known),
        "square": any(o.derived for o in known),
        "triangle": any(o.bound in (Bound.AT_LEAST, Bound.ABOVE) for o in known),
        "dash": any(not o.period.closes_year for o in known) and indicator.frequency.value == "annual",
    }
    notes = "".join(" " + e(w.say(f"source.{m}")) for m, is_so in marks.items() if is_so)
    return f'<p class="caption">{line}{notes}</p>'


NEWEST_SHOWN = 24  # of a long monthly series; the older ones are a click away


def figures_table(catalogue: Catalogue, indicator_id: str, known: Sequence[Observation], language: str) -> str:
    """Every figure with its publication, newest first; the older ones of a long series folded away."""
    newest_first = list(reversed(known))
    table = _figures(catalogue, indicator_id, newest_first[:NEWEST_SHOWN], language)
    older = newest_first[NEWEST_SHOWN:]
    if not older:
        return table
    summary = e(words(language).count("goal.older-figures", len(older)))
    return f"{table}<details><summary>{summary}</summary>{_figures(catalogue, indicator_id, older, language)}</details>"


def _figures(catalogue: Catalogue, indicator_id: str, shown: Sequence[Observation], language: str) -> str:
    w, unit = words(language), catalogue.unit_of(indicator_id)
    to_date = catalogue.indicators[indicator_id].accumulation is Accumulation.YEAR_TO_DATE
    heads = "".join(
        f'<th scope="col"{" class=num" if k == "value" else ""}>{e(w.say(f"table.{k}"))}</th>'
        for k in ("period", "value", "document", "published", "note")
    )
    body = "".join(
        f"<tr><td>{e(n.period_text(o.period, language, to_date=to_date))}</td>"
        f'<td class="num">{e(n.observed(o, unit, language))}</td>'
        f'<td class="full">{document_link(catalogue, o.document, language)}</td>'
        f'<td class="full nowrap">{e(n.known_text(o.published, language))}</td>'
        f'<td class="full">{_notes(o, language)}</td></tr>'
        for o in shown
    )
    return (
        f'<div class="scroll"><table class="figures stack"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _notes(o: Observation, language: str) -> str:
    w = words(language)
    parts = []
    if o.check.value == "recalled":
        parts.append(w.say("check.recalled"))
    if o.derived:
        parts.append(f"{w.say('table.ours')}: {o.derived}")
    if o.status.value != "normal":
        parts.append(w.say(f"status.{o.status.value}"))
    if o.note is not None:
        parts.append(o.note[language])
    if not parts:
        return ""
    return f"<small>{e('; '.join(parts) if language == 'en' else '；'.join(parts))}</small>"


def verdict_sentence(catalogue: Catalogue, judged: Judged, language: str) -> str:
    return sentence(catalogue, judged.indicator_id, judged.target, judged.assessment, language)


def target_line(catalogue: Catalogue, indicator_id: str, target: Target, language: str) -> str:
    return target_text(catalogue, indicator_id, target, language)


def reason_text(judged: Judged, language: str) -> str:
    reason = judged.assessment.reason
    return reason_word(reason, language) if reason else ""


def translated(said: Target | Restatement, language: str) -> str | None:
    """Our translation of its quotation, if there is one in that language."""
    return next((text for name, text in said.translation.items() if name == language), None)
