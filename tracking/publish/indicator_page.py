"""An indicator's page: its chart, every target's verdict laid open, its figures; and the files that go with it."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from tracking import numbers as n
from tracking.backtest import backtest_table, result_text
from tracking.charts.events import policy_events
from tracking.charts.options import ChartOptions
from tracking.charts.told import notes, summary
from tracking.explain import agreement, agreement_with, method_name
from tracking.fragility import fragility_sentences
from tracking.history import Cause, cause_sentence, method_of, verdict_history
from tracking.leading import worst_first
from tracking.model import Indicator, Observation
from tracking.projection import Projection, Refusal, chance_for, projection_for
from tracking.projection_words import method_text, projection_sentences, refusal_text
from tracking.publish.api import PLACE
from tracking.publish.downloads import has_figures, indicator_table
from tracking.publish.drawing import Span, chart_files
from tracking.publish.page import Page
from tracking.publish.shown import page_bytes
from tracking.publish.site import Site, indicator_page
from tracking.sentences import arithmetic, caution_sentences
from tracking.status import Judged, headline


def indicator_pages(site: Site, indicator_id: str) -> Iterator[tuple[str, bytes]]:
    """The page and the data of its charts, in every language."""
    for language in site.languages:
        span: Span | None = None
        if site.glances[indicator_id].known:
            drawn = chart_files(site, indicator_id, language)
            yield from (drawn.charts, drawn.sheet)
            span = drawn.span
        yield _page(site, indicator_id, language, span)


def _page(site: Site, indicator_id: str, language: str, span: Span | None) -> tuple[str, bytes]:
    indicator, mine = site.catalogue.indicators[indicator_id], site.found[indicator_id]
    shown, known = headline(mine), site.glances[indicator_id].known
    page = Page(site, language, indicator_page(indicator_id), indicator.name[language], "")
    about = page.told(shown) if shown else indicator.definition[language]
    page = Page(site, language, page.name, page.title, about)
    ordered = ([shown] if shown else []) + [j for j in worst_first(mine) if j is not shown]
    runs = list(_runs(page, indicator))
    return page_bytes(
        page, "indicator.html", charts=bool(known), id=indicator_id, indicator=indicator, shown=shown, mine=mine,
        known=known, runs=runs, fresh=_fresh(page, indicator_id), others=ordered[1:],
        opened=[_laid(page, j) for j in ordered], about=_about(page, indicator),
        users=[(g, link) for g in site.users.get(indicator_id, ()) for link in site.catalogue.goals[g].indicators
               if link.id == indicator_id],
        downloads=_downloads(page, indicator_id), events=policy_events(site.catalogue, indicator_id, site.as_of, span)
        if span else (), legend=_legend(page, indicator_id, shown), alt=_alt(page, indicator_id, shown),
        **_verdict(page, shown),
    )  # fmt: skip


def _downloads(page: Page, indicator_id: str) -> list[tuple[str, str]]:
    table = [(indicator_table(indicator_id, page.language), "CSV")] if has_figures(page.site, [indicator_id]) else []
    return [*table, (f"{PLACE}/indicators/{indicator_id}.json", "JSON")]


def _verdict(page: Page, shown: Judged | None) -> dict[str, Any]:
    """What stands beside the chart of the leading target."""
    if shown is None:
        return {"sums": "", "cautions": (), "rule": "", "agree": "", "borderline": False}
    site, a, details = page.site, shown.assessment, (page.site.catalogue, shown.indicator_id, shown.target)
    panel, fragile = site.panels.get(shown.key), site.fragile(shown)
    return {
        "sums": arithmetic(*details, a, page.language),
        "cautions": caution_sentences(*details, a, page.language),
        "rule": _rule(page, shown),
        "agree": agreement_with(panel, a.standing, page.language) if panel and a.is_judged else "",
        "borderline": bool(fragile and fragile.borderline),
    }


def _rule(page: Page, judged: Judged) -> str:
    """Which rule the verdict follows; nothing where nothing was judged."""
    a, form = judged.assessment, judged.target.form.value
    if not a.is_judged:
        return ""
    if named := method_of(judged.target):
        return page.say("judging.rule-named", name=method_name(named, page.language))
    told = page.say(f"judging.{'settled' if a.final else 'running'}.{form}")
    return page.say("judging.rule", form=page.say(f"judging.form.{form}"), rule=told)


def _laid(page: Page, judged: Judged) -> Any:
    """One target's methods, what would turn its verdict, what may come, and how it came to be."""
    site, lang, target = page.site, page.language, judged.target
    c, i = site.catalogue, judged.indicator_id
    panel, fragile, ahead = site.panels.get(judged.key), site.fragile(judged), projection_for(c, i, target, site.as_of)
    said = agreement(panel, lang) if panel else ""
    if panel and panel.applying and not judged.assessment.is_judged:
        said = page.joined([page.say("judging.refused", reason=page.reason(judged)), said])
    symbols = [page.say("judging.symbols")] if panel and panel.applying else []
    coming = isinstance(ahead, Projection)
    return SimpleNamespace(
        judged=judged, panel=panel, said=said, sums=arithmetic(c, i, target, judged.assessment, lang),
        notes=page.joined([*symbols, *([page.say("panel.product")] if panel and panel.is_product else [])]),
        turning=fragility_sentences(c, i, target, fragile, lang) if fragile else (),
        borderline=bool(fragile and fragile.borderline),
        coming=_coming(page, judged, ahead) if isinstance(ahead, Projection) else (),
        how=page.joined([method_text(ahead, lang), result_text(backtest_table(), lang)])
        if isinstance(ahead, Projection) else "",
        why_none="" if coming else refusal_text(ahead, lang),  # type: ignore[arg-type]
        history=_history(page, judged),
    )  # fmt: skip


def _coming(page: Page, judged: Judged, ahead: Projection) -> list[str]:
    c, i, target = page.site.catalogue, judged.indicator_id, judged.target
    chance = chance_for(c, i, target, page.site.as_of, ahead)
    return projection_sentences(ahead, chance, c.indicators[i], c.unit_of(i), target, page.language)


def _history(page: Page, judged: Judged) -> list[tuple[Any, Judged, str]]:
    """Every change of a verdict with its cause; that nothing changed is not told."""
    c, i = page.site.catalogue, judged.indicator_id
    return [
        (change, Judged(i, change.target, change.assessment), cause_sentence(c, i, change, page.language))
        for change in verdict_history(c, i, judged.target, page.site.as_of)
        if change.causes != (Cause.UNCHANGED,)
    ]


def _fresh(page: Page, indicator_id: str) -> str:
    """What is due when. How many days late it is would be another number on each day, so the day is told."""
    found, lang = page.site.glances[indicator_id].freshness, page.language
    return page.say(
        f"publish.fresh.{found.timeliness.value}",
        last=n.period_text(found.last.period, lang) if found.last else "",
        published=n.known_text(found.last.published, lang) if found.last else "",
        expected=n.period_text(found.expected, lang) if found.expected else "",
        due=n.day_text(found.due, lang) if found.due else "",
    )  # fmt: skip


def _legend(page: Page, indicator_id: str, shown: Judged | None) -> list[str]:
    """What the chart shows and its marks mean."""
    details = (page.site.catalogue, indicator_id, ChartOptions(), page.site.as_of, page.language)
    if not page.site.glances[indicator_id].known:
        return []
    drawn = [page.say("judging.drawn")] if _is_projected(page.site, indicator_id, shown) else []
    return [line for line in (summary(*details), *notes(*details), *drawn) if line]


def _is_projected(site: Site, indicator_id: str, shown: Judged | None) -> bool:
    return shown is not None and not isinstance(
        projection_for(site.catalogue, indicator_id, shown.target, site.as_of), Refusal)  # fmt: skip


def _alt(page: Page, indicator_id: str, shown: Judged | None) -> str:
    """What the picture shows, for who cannot see it; the figures are in the table below."""
    parts = [page.text(page.site.catalogue.indicators[indicator_id].name) + page.say("judging.stop")]
    parts += [page.told(shown)] if shown else []
    return page.joined([*parts, *_legend(page, indicator_id, shown)[:1], page.say("chart.table-below")])


def _runs(page: Page, indicator: Indicator) -> Iterator[tuple[str, Sequence[Observation]]]:
    """Every series of the indicator, the one that verdicts rest on first, with what sets it apart."""
    for ref in indicator.series:
        known = page.site.catalogue.series(ref, indicator.unit).as_known_on(page.site.as_of)
        if known:
            yield " ".join(page.text(text) for text in (ref.difference, ref.note) if text), known


def _about(page: Page, indicator: Indicator) -> list[tuple[str, str]]:
    unit, colon = page.site.catalogue.units[indicator.unit], page.say("judging.colon")
    broken = (f"{n.period_text(b.period, page.language)}{colon}{b.reason[page.language]}" for b in indicator.breaks)
    entries = {
        "definition": indicator.definition[page.language],
        "unit": unit.zh if page.language == "zh" else " ".join(p for p in (unit.before, unit.en) if p),
        "publisher": page.text(page.site.catalogue.publishers[indicator.publisher].name),
        "rhythm": page.say(f"frequency.{indicator.frequency.value}"),
        "direction": page.say(f"direction.{indicator.direction.value}"),
        "caution": page.text(indicator.caution),
        "breaks": ("；" if page.language == "zh" else "; ").join(broken),
    }
    return [(key, value) for key, value in entries.items() if value]
