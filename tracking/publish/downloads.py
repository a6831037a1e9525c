"""Figures to take away as files, made as the exports make them: of an indicator, of a goal, and of everything."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from tracking.export.choice import chosen, everything
from tracking.export.content import Content, content
from tracking.export.formats import Format
from tracking.publish.site import Site

File = tuple[str, bytes]
NAME = "everything"  # of the files that hold the whole catalogue


def indicator_table(indicator_id: str, language: str) -> str:
    return f"downloads/{language}/indicators/{indicator_id}.csv"


def goal_table(goal_id: str, language: str) -> str:
    return f"downloads/{language}/goals/{goal_id}.csv"


def whole_file(kind: Format, language: str) -> str:
    return f"downloads/{language}/{NAME}{kind.ending}"


def has_figures(site: Site, indicator_ids: Iterable[str]) -> bool:
    """Whether there is anything to take away of these indicators."""
    c = site.catalogue
    refs = ((ref, c.indicators[i].unit) for i in indicator_ids for ref in c.indicators[i].series)
    return any(c.series(ref, unit).as_known_on(site.as_of) for ref, unit in refs)


def indicator_files(site: Site, indicator_id: str) -> Iterator[File]:
    """Every figure of an indicator with its publication, in words of each language."""
    if has_figures(site, [indicator_id]):
        choice = chosen(site.catalogue, indicators=[indicator_id])
        for language in site.languages:
            made = content(site.catalogue, choice, site.as_of, language)
            yield indicator_table(indicator_id, language), Format.CSV.file(_settled(made))


def goal_files(site: Site, goal_id: str) -> Iterator[File]:
    """Every figure of a goal's indicators."""
    if has_figures(site, [link.id for link in site.catalogue.goals[goal_id].indicators]):
        choice = chosen(site.catalogue, goals=[goal_id])
        for language in site.languages:
            made = content(site.catalogue, choice, site.as_of, language)
            yield goal_table(goal_id, language), Format.CSV.file(_settled(made))


def whole_files(site: Site, language: str) -> Iterator[File]:
    """Figures, targets, verdicts, goals and publications in every format; they name the day of the site."""
    made = content(site.catalogue, everything(site.catalogue), site.as_of, language)
    yield from ((whole_file(kind, language), kind.file(made)) for kind in Format)


def _settled(made: Content) -> Content:
    """The same figures as known on the day on which the newest of them came out: then already they were all known.

    So a table changes with its figures only, not with every day on which the site is published.
    """
    figures = made.tables["figures"]
    day = max(known for row in figures if isinstance(known := row["known"], date))
    return replace(made, tables={**made.tables, "figures": [{**row, "as_of": day} for row in figures]})
