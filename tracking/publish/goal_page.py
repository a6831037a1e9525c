"""A goal's page, and its row on the overview."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup, escape

from tracking.explain import agreement_with
from tracking.freshness import Timeliness
from tracking.leading import count_of, leading, worst_first
from tracking.model import Goal, IndicatorLink, Kind, Standing
from tracking.publish.api import PLACE
from tracking.publish.downloads import goal_table, has_figures
from tracking.publish.page import COUNTS, Page
from tracking.publish.shown import page_bytes
from tracking.publish.site import Site, goal_page
from tracking.status import Judged, headline
from tracking.telling import goal_told


def goal_pages(site: Site, goal_id: str) -> Iterator[tuple[str, bytes]]:
    for language in site.languages:
        yield _page(site, goal_id, language)


def _page(site: Site, goal_id: str, language: str) -> tuple[str, bytes]:
    c, goal = site.catalogue, site.catalogue.goals[goal_id]
    mine, charted = site.targets_of([goal_id]), leading(c, goal, site.found, site.as_of)
    told = goal_told(c, goal_id, site.found, site.panels, site.as_of, language)
    about = " ".join(told[0]) if told else goal.statement
    page = Page(site, language, goal_page(goal_id), goal.title[language], about)
    ids = [i for i, g in c.goals.items() if g.document == goal.document]
    at = ids.index(goal_id)
    near = [(i, key) for k, key in ((at - 1, "goal.before"), (at + 1, "goal.after")) if 0 <= k < len(ids)
            for i in [ids[k]]]  # fmt: skip
    return page_bytes(
        page, "goal.html", charts=True, goal=goal, document=c.documents[goal.document], mine=mine, told=told,
        place=at + 1, places=len(ids), near=near, is_outcome=goal.kind is Kind.OUTCOME, counted=counted(page, mine),
        downloads=_downloads(page, goal_id), cards=[_card(page, link) for link in charted], lines=worst_first(mine),
        rest=[(link, headline(site.found[link.id]), page.small_picture(link.id, site.found[link.id]))
              for link in goal.indicators if link not in charted],
    )  # fmt: skip


def _downloads(page: Page, goal_id: str) -> list[tuple[str, str]]:
    ids = [link.id for link in page.site.catalogue.goals[goal_id].indicators]
    table = [(goal_table(goal_id, page.language), "CSV")] if has_figures(page.site, ids) else []
    return [*table, (f"{PLACE}/goals/{goal_id}.json", "JSON")]


def counted(page: Page, mine: Sequence[Judged]) -> Markup:
    number = count_of(mine)
    parts, rest = page.coloured(number), number[Standing.NOT_JUDGED]
    key = "goal.counts" if parts else "goal.counts-none"
    if parts and rest:
        parts.append(escape(page.say("goal.others", n=rest)))
    return page.with_counts(page.count(key, len(mine), judged=COUNTS), parts)


def _card(page: Page, link: IndicatorLink) -> Any:
    """One indicator: the leading target in full, the others in a line each, the chart and its figures."""
    site, mine = page.site, page.site.found[link.id]
    shown, name = headline(mine), page.text(site.catalogue.indicators[link.id].name)
    panel = site.panels.get(shown.key) if shown else None
    fragile = site.fragile(shown) if shown else None
    agree = agreement_with(panel, shown.assessment.standing, page.language) if (
        shown and panel and shown.assessment.is_judged) else ""  # fmt: skip
    return SimpleNamespace(
        link=link, shown=shown, known=site.glances[link.id].known, agree=agree,
        others=[j for j in worst_first(mine) if j is not shown], borderline=bool(fragile and fragile.borderline),
        alt=f"{name}{page.say('judging.stop')} {page.told(shown)}" if shown else name,
    )  # fmt: skip


def row_of(page: Page, goal_id: str) -> Any:
    """A goal on the overview: its words, its targets, its first indicator, its newest figure."""
    site, goal = page.site, page.site.catalogue.goals[goal_id]
    mine = site.targets_of([goal_id])
    own = site.catalogue.documents[goal.document].language
    quiet = goal.kind is not Kind.OUTCOME
    lead = goal.indicators[0].id if goal.indicators else ""
    return SimpleNamespace(
        id=goal_id, goal=goal, mine=mine, number=count_of(mine), quiet=quiet, lead=lead,
        label=goal.statement if page.language == own else goal.title[page.language],
        own="" if page.language == own else own,
        says=page.say("overview.conduct" if goal.kind is Kind.CONDUCT else "overview.no-number"),
        picture=page.small_picture(lead, site.found[lead]) if lead and not quiet else "",
        newest=_newest(page, goal), late=_late(page, goal),
    )  # fmt: skip


def _newest(page: Page, goal: Goal) -> str:
    """The newest period of its figures."""
    known = page.site.glances
    mine = [(known[link.id].known[-1], link.id) for link in goal.indicators if known[link.id].known]
    if not mine:
        return page.say("site.missing")
    o, indicator_id = max(mine, key=lambda m: m[0].period)
    return page.period(indicator_id, o)


def _late(page: Page, goal: Goal) -> str:
    """How many of its indicators are overdue; nothing where none is."""
    glances = page.site.glances
    late = sum(glances[link.id].freshness.timeliness is Timeliness.OVERDUE for link in goal.indicators)
    return page.say("overview.overdue", n=late) if late else ""
