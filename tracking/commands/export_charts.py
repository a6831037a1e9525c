"""export charts: charts as files, many at a time, with the same words around them as in the dashboard's downloads."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from tracking.commands.command import WRONG_CALL, Command, as_of_option, several
from tracking.commands.known import known_catalogue
from tracking.commands.named import unknown_names
from tracking.commands.progress import progress
from tracking.words import words

if TYPE_CHECKING:
    from exporting.charts import Wanted
    from tracking.catalogue import Catalogue

KINDS = ("png", "svg", "pdf", "html")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the files go")
    parser.add_argument("--goal", nargs="+", action="extend", default=[], metavar="ID", help="of these goals")
    parser.add_argument("--indicator", nargs="+", action="extend", default=[], metavar="ID", help="of these indicators")
    parser.add_argument("--format", type=several("format", KINDS), default=("png",), metavar=",".join(KINDS),
                        help="(png)")  # fmt: skip
    parser.add_argument("--size", default="slide", help="slide, a4-half, square, column or WIDTHxHEIGHT (slide)")
    parser.add_argument("--scale", type=int, choices=(1, 2, 3), default=2, help="sharpness of a PNG (2)")
    parser.add_argument("--colours", choices=("light", "print"), default="light", help="(light)")
    parser.add_argument("--chart", default="", metavar="QUERY", help="as in its address: years=2015-2025")
    parser.add_argument("--base-url", default="", metavar="URL", help="the dashboard's address, for the link")
    as_of_option(parser)


def _charts(options: Namespace) -> int:
    """1 if a chart could not be drawn or written, 2 for a wrong call."""
    from exporting import charts
    from exporting.errors import ExportError

    catalogue, w = known_catalogue(options), words(options.lang)
    wanted, wrong = _wanted(catalogue, options)
    if wrong:
        print(wrong, file=sys.stderr)
        return WRONG_CALL
    if options.lang == "zh" and options.format != ("html",) and not charts.has_chinese_font():
        print(w.say("drawing.problem.no-font"), file=sys.stderr)
    found: list[object] = []
    try:
        for file in charts.export(catalogue, wanted, options.format, options.to, options.scale):
            found.append(file)
            progress(len(found), len(wanted) * len(options.format))
    except ExportError as error:
        print(error.text(options.lang), file=sys.stderr)
        return 1
    return _summed_up(found, options)


def _summed_up(found: Sequence[object], options: Namespace) -> int:
    from exporting.errors import ExportError

    w, errors = words(options.lang), [f for f in found if isinstance(f, ExportError)]
    print(w.count("drawing.done", sum(isinstance(f, Path) for f in found), folder=options.to))
    if nothing := sum(f is None for f in found):
        print(w.count("drawing.without", nothing))
    for text in dict.fromkeys(error.text(options.lang) for error in errors):
        print(text, file=sys.stderr)
    if errors:
        print(w.count("drawing.failed", len(errors)), file=sys.stderr)
    return 1 if errors else 0


def _wanted(catalogue: "Catalogue", options: Namespace) -> tuple[list["Wanted"], str]:
    """The pictures that the call asks for, or what is wrong with it in a sentence."""
    from tracking.charts.sheet import LEAST, MOST, SIZES, size_of
    from tracking.look import THEMES
    from tracking.picture import Asked

    w, size = words(options.lang), size_of(options.size)
    if size is None:
        bounds = {"least": "{}x{}".format(*LEAST), "most": "{}x{}".format(*MOST)}
        return [], w.say("drawing.problem.no-such-size", value=options.size, known=", ".join(SIZES), **bounds)
    if unknown := unknown_names(catalogue, options.goal, options.indicator, options.lang):
        return [], "\n".join(unknown)
    ids = _indicators(catalogue, options.goal, options.indicator)
    day, theme = options.as_of or date.today(), THEMES[options.colours]
    query = dict(parse_qsl(options.chart, keep_blank_values=True))
    found, refused = _with_options(catalogue, ids, query, day)
    if not found:
        return [], w.say("drawing.problem.no-option", asked=", ".join(refused) or options.chart)
    from tracking.charts.options import ChartOptions

    blank = Asked("", ChartOptions(), day, options.lang, theme, size)
    return list(_judged(catalogue, found, blank, options.base_url)), ""


def _indicators(catalogue: "Catalogue", goals: Iterable[str], indicators: Iterable[str]) -> list[str]:
    """The indicators of the goals and indicators that are named, each once; where none is named, all."""
    found = {link.id: None for goal in goals for link in catalogue.goals[goal].indicators}
    found |= dict.fromkeys(indicators)
    return list(found or catalogue.indicators)


def _with_options(
    catalogue: "Catalogue", ids: Iterable[str], query: dict[str, str], day: date
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Each indicator with what its chart is asked for; those that cannot show it are left out, and it is told."""
    from tracking.charts.options import QUERY, options_of

    unknown = [f"{name}={value}" for name, value in query.items() if name not in QUERY]
    if unknown:
        return {}, tuple(unknown)
    found: dict[str, Any] = {}
    refused: tuple[str, ...] = ()
    for i in ids:
        asked, wrong = options_of(catalogue, i, day, query)
        if not wrong:
            found[i] = asked
        refused = wrong or refused
    return found, refused


def _judged(catalogue: "Catalogue", found: dict[str, Any], blank: Any, base: str) -> Iterator["Wanted"]:
    """Each chart with the verdict and the projection that its page shows first."""
    from exporting.charts import Wanted
    from tracking.picture import address_of
    from tracking.projection import Projection, projection_for
    from tracking.status import headline, judge_all

    verdicts = judge_all(catalogue, blank.as_of)
    for i, asked_options in found.items():
        asked = replace(blank, indicator_id=i, options=asked_options)
        judged = headline(verdicts[i])
        ahead = projection_for(catalogue, i, judged.target, blank.as_of) if judged else None
        yield Wanted(replace(asked, address=address_of(base, asked)), judged,
                     ahead if isinstance(ahead, Projection) else None)  # fmt: skip


CHARTS = Command(
    "charts", "charts as pictures, with title, source and date in them", _charts, _arguments,
    "A file for each indicator, as known on a day: docs/exports.md.",
)  # fmt: skip
