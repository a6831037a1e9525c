"""Tables to take away: every target of the site, and every figure of an indicator, as CSV."""

import csv
from collections.abc import Iterable
from io import StringIO

from tracking.publish.site import Site
from tracking.status import status_table

BOM = "\ufeff"  # by which spreadsheets know UTF-8
COLUMNS = (
    "area", "period", "value", "bound", "status", "published", "document", "title", "check", "derived", "note_zh",
    "note_en",
)  # fmt: skip


def targets_file(site: Site, language: str) -> tuple[str, bytes]:
    """Goal x indicator x target, with verdict and sentence, in words of one language."""
    table = status_table(site.catalogue, site.as_of, language).drop(columns="as_of")
    rows = [list(table.columns), *table.itertuples(index=False, name=None)]
    return f"downloads/targets-{language}.csv", _csv(rows)


def figures_file(site: Site, indicator_id: str) -> tuple[str, bytes]:
    """Every figure of every series of an indicator as known on the day, each with its publication."""
    c, indicator = site.catalogue, site.catalogue.indicators[indicator_id]
    rows: list[Iterable[object]] = [COLUMNS]
    for ref in indicator.series:
        series = c.series(ref, indicator.unit)
        for o in series.as_known_on(site.as_of):
            note = o.note
            rows.append((
                series.area, o.period.text, f"{o.value:.{o.decimals}f}", o.bound.value if o.bound else "",
                o.status.value, o.published.text, o.document, c.documents[o.document].title.en, o.check.value,
                o.derived, note.zh if note else "", note.en if note else "",
            ))  # fmt: skip
    return f"downloads/{indicator_id}.csv", _csv(rows)


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    held = StringIO(newline="")
    csv.writer(held, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return (BOM + held.getvalue()).encode()


def _safe(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is marked as text; numbers stay numbers."""
    if not isinstance(cell, str) or not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
