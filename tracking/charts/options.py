"""What a reader may ask of an indicator's chart, and how an address says it.

An address holds only what differs from the plain chart, by names that no translation touches, so that a link, the
page and an export all draw the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.charts.beside import INDEXABLE, common_year, peer_known, peers, year_run
from tracking.charts.beyond import may_leave_out
from tracking.charts.plot import position, stands_for_year
from tracking.model import Accumulation, Observation, UnitKind
from tracking.period import Length

MOST_AREAS = 5  # grey lines beside the blue one that the eye still tells apart by their dashes
LOG_FROM = 10  # the largest figure over the smallest, from which a logarithmic axis shows more than it hides
LONG = 8  # years from which a reader may want a part of them
QUERY = ("compare", "beside", "index", "scale", "figures", "events", "projection", "vintages", "axis", "years")


@dataclass(frozen=True, slots=True)
class ChartOptions:
    """How the chart is drawn. `first` and `last` are years, both included; None: all.

    `beside` is another indicator's id; `indexed` draws all that is compared as an index of the first common year;
    `whole` lets the axis hold every figure, however far from the rest.
    """

    areas: tuple[str, ...] = ()
    beside: str = ""
    indexed: bool = False
    log: bool = False
    yearly: bool = False
    events: bool = True
    projection: bool = True
    vintages: bool = True
    whole: bool = False
    first: int | None = None
    last: int | None = None


PLAIN = ChartOptions(events=False, vintages=False)  # a card beside others


@dataclass(frozen=True, slots=True)
class Choices:
    """What the figures known on a day allow to be asked for. `years`: the first and the last one that is drawn."""

    areas: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    log: bool = False
    yearly: bool = False
    years: tuple[int, int] | None = None
    whole: bool = False


def choices(catalogue: Catalogue, indicator_id: str, as_of: date) -> Choices:
    """What the figures of an indicator allow, as known on that day."""
    known = drawable(catalogue.main_series(indicator_id).as_known_on(as_of))
    whole = [o for o in known if stands_for_year(catalogue.indicators[indicator_id], o)]
    dues = [t.due.year for t in adopted_targets(catalogue.indicators[indicator_id], as_of)]
    years = [o.period.year for o in known] + dues
    return Choices(
        areas=tuple(area for area, series in peers(catalogue, indicator_id).items() if series.as_known_on(as_of)),
        beside=tuple(i for i in catalogue.indicators if i != indicator_id and catalogue.main_series(i).observations),
        log=spans_powers(catalogue, indicator_id, known),
        yearly=0 < len(whole) < len(known),
        years=(min(years), max(years)) if years and max(years) - min(years) >= LONG else None,
        whole=may_leave_out(catalogue.unit_of(indicator_id).kind, known),
    )


def drawable(known: tuple[Observation, ...]) -> list[Observation]:
    """Figures that stand at one place on the axis; an average over several years does not."""
    return [o for o in known if o.period.length is not Length.SPAN]


def spans_powers(catalogue: Catalogue, indicator_id: str, known: list[Observation]) -> bool:
    """Whether a logarithmic axis makes sense: amounts above zero whose largest is many times the smallest."""
    values = [o.value for o in known]
    amounts = catalogue.unit_of(indicator_id).kind in (UnitKind.AMOUNT, UnitKind.INDEX)
    to_date = catalogue.indicators[indicator_id].accumulation is Accumulation.YEAR_TO_DATE
    whole = not to_date or all(o.period.is_year for o in known)
    return amounts and whole and len(values) > 2 and min(values) > 0 and max(values) >= LOG_FROM * min(values)


def read_options(query: Mapping[str, str], may: Choices) -> tuple[ChartOptions, tuple[str, ...]]:
    """The options that an address asks for, and what of it is not to be had here, as `name=value`."""
    wrong: list[str] = []

    def one_of(name: str, allowed: Mapping[str, bool], first: bool) -> bool:
        given = query.get(name)
        if given is None:
            return first
        if given not in allowed:
            wrong.append(f"{name}={given}")
            return first
        return allowed[given]

    asked = [a for a in query.get("compare", "").split(",") if a]
    areas = tuple(dict.fromkeys(a for a in asked if a in may.areas))[:MOST_AREAS]
    wrong += [f"compare={a}" for a in dict.fromkeys(asked) if a not in areas]
    beside = query.get("beside", "")
    if beside and beside not in may.beside:
        wrong.append(f"beside={beside}")
        beside = ""
    first, last = _years(query.get("years"), may, wrong)
    options = ChartOptions(
        areas, beside,
        indexed=one_of("index", {"on": True}, False),
        log=one_of("scale", {"log": True} if may.log else {}, False),
        yearly=one_of("figures", {"yearly": True} if may.yearly else {}, False),
        events=one_of("events", {"off": False}, True),
        projection=one_of("projection", {"off": False}, True),
        vintages=one_of("vintages", {"off": False}, True),
        whole=one_of("axis", {"whole": True} if may.whole or beside else {}, False),
        first=first, last=last,
    )  # fmt: skip
    return options, tuple(wrong)


def options_of(
    catalogue: Catalogue, indicator_id: str, as_of: date, query: Mapping[str, str]
) -> tuple[ChartOptions, tuple[str, ...]]:
    """What an address asks of one indicator's chart, and what of it is not to be had on that day, as `name=value`.

    `options_of(…, written(options))` gives the options back: a link, the page and an export read the same words.
    """
    options, wrong = read_options(query, choices(catalogue, indicator_id, as_of))
    if options.indexed and index_year(catalogue, indicator_id, as_of, options) is None:
        return replace(options, indexed=False), (*wrong, "index=on")
    return options, wrong


def index_year(catalogue: Catalogue, indicator_id: str, as_of: date, options: ChartOptions) -> int | None:
    """The first year in sight in which all that is compared has a figure; None if nothing is, or it makes no sense."""
    ids = [indicator_id, *([options.beside] if options.beside else [])]
    if any(catalogue.unit_of(i).kind not in INDEXABLE for i in ids):
        return None
    known = [(i, catalogue.main_series(i).as_known_on(as_of)) for i in ids]
    known += [(indicator_id, peer_known(catalogue, indicator_id, area, as_of)) for area in options.areas]
    runs = [year_run(catalogue.indicators[i], [o for o in run if is_within(position(o.period), options)])
            for i, run in known]  # fmt: skip
    return common_year(runs) if len(runs) > 1 else None


def _years(given: str | None, may: Choices, wrong: list[str]) -> tuple[int | None, int | None]:
    """`2015-2025` as two years within those there are; nothing where it asks for all."""
    if given is None:
        return None, None
    ends = given.split("-")
    if may.years is None or len(ends) != 2 or not all(e.isascii() and e.isdigit() and len(e) == 4 for e in ends):
        wrong.append(f"years={given}")
        return None, None
    first, last = (min(max(int(e), may.years[0]), may.years[1]) for e in ends)
    if first >= last:
        wrong.append(f"years={given}")
        return None, None
    return (None, None) if (first, last) == may.years else (first, last)


def written(options: ChartOptions) -> dict[str, str]:
    """The part of an address that asks for these options; nothing for what is drawn anyway."""
    found = {
        "compare": ",".join(options.areas),
        "beside": options.beside,
        "index": "on" if options.indexed else "",
        "scale": "log" if options.log else "",
        "figures": "yearly" if options.yearly else "",
        "events": "" if options.events else "off",
        "projection": "" if options.projection else "off",
        "vintages": "" if options.vintages else "off",
        "axis": "whole" if options.whole else "",
        "years": f"{options.first}-{options.last}" if options.first and options.last else "",
    }
    return {name: value for name, value in found.items() if value}


def chosen(catalogue: Catalogue, indicator_id: str, as_of: date, options: ChartOptions) -> list[Observation]:
    """The figures that the chart draws."""
    indicator = catalogue.indicators[indicator_id]
    return [
        o for o in drawable(catalogue.main_series(indicator_id).as_known_on(as_of))
        if (not options.yearly or stands_for_year(indicator, o)) and is_within(position(o.period), options)
    ]  # fmt: skip


def is_within(x: float, options: ChartOptions) -> bool:
    """Whether a place on the axis of years is among the years asked for."""
    after = options.first is None or x > options.first - 1
    return after and (options.last is None or x <= options.last)
