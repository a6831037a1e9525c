"""The pages of a site, each as its name and its bytes. They show what tracking found; nothing is judged here."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.documents import Source, position_in, stated_in
from tracking.leading import ORDER, WORST_FIRST, count_of
from tracking.model import Kind, Reason, Standing
from tracking.publish.goal_page import counted, goal_pages, row_of
from tracking.publish.methods_page import methods_page
from tracking.publish.page import COUNTS, Page
from tracking.publish.shown import page_bytes
from tracking.publish.site import (
    MOST_DAYS,
    MOST_ROWS,
    Site,
    document_page,
    horizon_page,
    in_pages,
    numbered,
    standing_page,
    theme_page,
)
from tracking.sentences import reason_word, standing_word
from tracking.status import headline
from tracking.timeline import axis_of
from tracking.words import words

File = tuple[str, bytes]


def pages(site: Site) -> Iterator[File]:
    """Every page in every language, the first pages first."""
    for language in site.languages:
        yield from overview(site, language)
        yield from lists(site, language)
        yield methods_page(site, language)
    for goal_id in site.catalogue.goals:
        yield from goal_pages(site, goal_id)
    for document_id in site.sources:
        yield from (document(site, document_id, language) for language in site.languages)


def lists(site: Site, language: str) -> Iterator[File]:
    for standing in Standing:
        yield from of_standing(site, standing, language)
    yield from selections(site, language)
    yield from indicators(site, language)
    yield from documents(site, language)
    yield from timeline_pages(site, language)
    yield from changes(site, language)


# the overview


def overview(site: Site, language: str) -> Iterator[File]:
    """All goals by horizon, the earliest first, those without a number last in each."""
    c = site.catalogue
    for part, parts, ids in in_pages(_ordered(c, c.goals), MOST_ROWS):
        page = Page(site, language, numbered("index.html", part), c.card.title[language], _headline(site, language))
        yield page_bytes(page, "overview.html", groups=_groups(page, ids, c.goals), part=part, parts=parts,
                         **_head(page))  # fmt: skip


def selections(site: Site, language: str) -> Iterator[File]:
    """The goals of each horizon and of each theme, as the overview shows them."""
    goals = site.catalogue.goals.items()
    for kind, some in site.selections(language):
        for first, title, _ in some:
            mine = [i for i, goal in goals if first in (horizon_page(goal.horizon), theme_page(goal.theme))]
            yield from _selection(site, language, kind, first, title, mine)


def _selection(site: Site, language: str, kind: str, first: str, title: str, mine: Sequence[str]) -> Iterator[File]:
    c, targets = site.catalogue, site.targets_of(mine)
    for part, parts, ids in in_pages(_ordered(c, mine), MOST_ROWS):
        about = words(language).count("overview.goals", len(mine))
        page = Page(site, language, numbered(first, part), title, about)
        yield page_bytes(
            page, "selection.html", kind=kind, first=first, part=part, parts=parts, whole_count=len(mine),
            mine=targets, counted=counted(page, targets), groups=_groups(page, ids, mine),
        )  # fmt: skip


def _ordered(c: Catalogue, ids: Iterable[str]) -> list[str]:
    """By horizon, the earliest first; those without a number last in each."""
    return sorted(ids, key=lambda i: (c.goals[i].horizon, c.goals[i].kind is not Kind.OUTCOME))


def _groups(page: Page, ids: Sequence[str], every: Iterable[str]) -> list[tuple[str, int, list[Any]]]:
    """The goals of a page by horizon: its title, how many of all there are, the rows."""
    c = page.site.catalogue
    whole = Counter(c.goals[i].horizon for i in every)
    return [
        (c.card.horizons[year][page.language], whole[year], [row_of(page, i) for i in some])
        for year, some in groupby(ids, key=lambda i: c.goals[i].horizon)
    ]


def _numbers(site: Site) -> Counter[Standing]:
    """The standings of all targets that the goals' indicators carry, each once."""
    ids = dict.fromkeys(link.id for _, _, link, _ in site.catalogue.links())
    return count_of(j for i in ids for j in site.found[i])


def _headline(site: Site, language: str, judged: str = "") -> str:
    """What was promised and what became of it. `judged`: what stands for the counts; else they stand there."""
    w, number = words(language), _numbers(site)
    judgeable = sum(number[s] for s in ORDER)
    kind = "-none" if not sum(number.values()) else ("" if judgeable else "-unjudged")
    counts = (w.say(f"overview.{s.value}", n=number[s]) for s in ORDER if number[s])
    targets = sum(number.values())
    return w.count(
        f"overview.headline{kind}", targets, goals=w.count("overview.goals", len(site.catalogue.goals)),
        targets=w.count("overview.official", targets), judgeable=judgeable,
        judged=judged or w.say("overview.list").join(counts), day=n.day_text(site.as_of, language),
    )  # fmt: skip


def _head(page: Page) -> dict[str, Any]:
    """What stands above the rows: the sentence, the bar, the standings and the reasons with their counts."""
    site, number = page.site, _numbers(page.site)
    ids = dict.fromkeys(link.id for _, _, link, _ in site.catalogue.links())
    reasons: Counter[Reason] = Counter(
        j.assessment.reason for i in ids for j in site.found[i] if j.assessment.reason is not None
    )
    rest = number[Standing.NOT_JUDGED]
    return {
        "document": site.catalogue.documents[site.catalogue.card.document], "number": number,
        "judged": sum(number.values()) - rest, "rest": rest, "bar": _bar(number),
        "headline": page.with_counts(_headline(site, page.language, COUNTS), page.coloured(number)),
        "every": page.count("overview.official", sum(number.values())),
        "reasons": [(reason_word(reason, page.language), count) for reason, count in reasons.most_common()],
    }  # fmt: skip


def _bar(number: Counter[Standing]) -> list[tuple[Standing, str, str]]:
    """The judged targets by standing: where each part begins and how wide it is, in per cent."""
    there = [s for s in ORDER if number[s]]
    total, gap = sum(number[s] for s in there), 0.3
    bar, at = [], 0.0
    for s in there:
        width = number[s] / total * (100 - gap * (len(there) - 1))
        bar.append((s, f"{at:.2f}", f"{width:.2f}"))
        at += width + gap
    return bar


# lists


def of_standing(site: Site, standing: Standing, language: str) -> Iterator[File]:
    """Every target of one standing; those that are not judged by reason."""
    mine = sorted(site.by_standing[standing], key=lambda j: (j.assessment.reason or "", j.target.due, j.key))
    name, title = standing_page(standing), standing_word(standing, language)
    for part, parts, lines in in_pages(mine, MOST_ROWS):
        about = words(language).count("publish.of-standing", len(mine), standing=title)
        page = Page(site, language, numbered(name, part), title, about)
        yield page_bytes(page, "standing.html", standing=standing, whole=len(mine), lines=lines, part=part, parts=parts,
                         first=name)  # fmt: skip


def indicators(site: Site, language: str) -> Iterator[File]:
    """Every indicator in a line, worst first."""

    def rank(indicator_id: str) -> int:
        shown = headline(site.found[indicator_id])
        return WORST_FIRST.index(shown.assessment.standing) if shown else len(WORST_FIRST)

    ids, title = sorted(site.catalogue.indicators, key=rank), words(language).say("overview.all-indicators")
    for part, parts, some in in_pages(ids, MOST_ROWS):
        about = words(language).count("publish.indicators-text", len(ids))
        page = Page(site, language, numbered("indicators.html", part), title, about)
        rows = [(i, headline(site.found[i]), page.small_picture(i, site.found[i])) for i in some]
        yield page_bytes(page, "indicators.html", rows=rows, whole=len(ids), part=part, parts=parts)


def documents(site: Site, language: str) -> Iterator[File]:
    """Every publication by year, the newest first."""
    title = words(language).say("document.all")
    for part, parts, ids in in_pages(list(site.sources), 2 * MOST_ROWS):
        about = words(language).count("document.intro", len(site.sources))
        page = Page(site, language, numbered("documents/index.html", part), title, about)
        years = [
            (year, [(i, site.sources[i].document, _gives(page, i)) for i in some])
            for year, some in groupby(ids, key=lambda i: site.sources[i].document.date.year)
        ]
        yield page_bytes(page, "documents.html", years=years, whole=len(site.sources), part=part, parts=parts)


def timeline_pages(site: Site, language: str) -> Iterator[File]:
    """Every adopted target from its day to its due period; first the indicators with several."""
    w, every = words(language), [line for some in site.lines.values() for line in some]
    if not every:
        return
    replaced = sum(line.replaced_by is not None for line in every)
    documents = w.count("document.number", len({line.target.document for line in every}))
    about = [w.count("timeline.count", len(every), documents=documents),
             w.say("timeline.replaced" if replaced else "timeline.none-replaced", n=replaced)]  # fmt: skip
    ordered = sorted(site.lines.items(), key=lambda it: len(it[1]) < 2)
    for part, parts, rows in in_pages(ordered, MOST_ROWS):
        page = Page(site, language, numbered("timeline.html", part), w.say("timeline.title"), about[0])
        yield page_bytes(page, "timeline.html", rows=rows, axis=axis_of(every, site.as_of), part=part, parts=parts,
                         said=page.joined(about), begin=_new_year)  # fmt: skip


def _new_year(year: int) -> date:
    return date(year, 1, 1)


def _gives(page: Page, document_id: str) -> str:
    """`35 goals · 1 target · 12 figures`."""
    source = page.site.sources[document_id]
    numbers = {"goals": len(source.goals), "targets": len(source.targets), "figures": sum(source.figures.values())}
    said = [page.count(f"document.gives.{kind}", count) for kind, count in numbers.items() if count]
    return " · ".join(said) or page.say("document.kind.nothing")


def changes(site: Site, language: str) -> Iterator[File]:
    """All that has changed, the newest day first."""
    from tracking.history import cause_sentence

    title = words(language).say("publish.changes")
    for part, parts, days in in_pages(site.changes.days, MOST_DAYS):
        page = Page(site, language, numbered("changes.html", part), title, words(language).say("publish.changes-text"))

        def short(a: Any, page: Page = page) -> Any:
            word = reason_word(a.reason, page.language) if a.reason else standing_word(a.standing, page.language)
            return page.marked(a.standing, a.final, word)

        def cause(turn: Any, page: Page = page) -> str:
            return cause_sentence(page.site.catalogue, turn.indicator_id, turn.change, page.language)

        yield page_bytes(page, "changes.html", days=days, part=part, parts=parts, short=short, cause=cause)


# one document


def document(site: Site, document_id: str, language: str) -> File:
    source, c = site.sources[document_id], site.catalogue
    d = source.document
    w = words(language)
    issuer = c.publishers[d.issuer].name[language]
    if d.with_:
        issuer += d.with_[language] if language == "zh" else f" {d.with_[language]}"
    lines = [w.say("document.issued", issuer=issuer, day=n.known_text(d.date, language))]
    lines += [w.say("document.adopted", day=n.known_text(d.adopted, language))] if d.adopted else []
    lines += [w.say("document.read-in", where=d.read_in[language])] if d.read_in else []
    page = Page(site, language, document_page(document_id), d.title[language], lines[0])
    return page_bytes(
        page, "document.html", d=d, source=source, lines=lines, gives=_gives(page, document_id),
        targets=list(_targets(page, document_id)), order=_order(source, document_id),
        total=sum(source.figures.values()), figures=sorted(source.figures.items(), key=lambda it: -it[1]),
    )  # fmt: skip


def _order(source: Source, document_id: str) -> str:
    """How far the document's own order of its targets is known: `known`, `some`, `unknown`."""
    placed = [position_in(document_id, target) is not None for _, target in source.targets]
    return "known" if all(placed) else "some" if any(placed) else "unknown"


def _targets(page: Page, document_id: str) -> Iterator[tuple[Any, ...]]:
    """Each target that the document sets or restates, with its verdict and what it says of it."""
    site, own = page.site, page.site.sources[document_id].document.language
    for indicator_id, target in site.sources[document_id].targets:
        judged = next((j for j in site.found[indicator_id] if j.target.key == target.key), None)
        stated = stated_in(document_id, target)
        translation = "" if page.language == own else stated.translation.get(page.language, "")  # type: ignore[call-overload]
        yield indicator_id, target, judged, stated.quote, translation
