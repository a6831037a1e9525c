"""The days that a reader may go back to."""

from datetime import date

from tracking.catalogue import Catalogue

FIRST = date(1990, 1, 1)  # no day before it is offered; an address may still name one


def year_ends(catalogue: Catalogue, today: date, most: int = 6) -> list[date]:
    """The last ends of years before today, newest first, as far back as the catalogue knows a target."""
    adopted = [target.adopted.end.year for _, _, target in catalogue.targets()]
    first = max(min(adopted, default=today.year), today.year - most)
    return [date(year, 12, 31) for year in range(today.year - 1, first - 1, -1)]


def offered(day: date, today: date) -> date:
    """The day, or the nearest that a calendar offers."""
    return max(FIRST, min(day, today))
