"""export: what leaves the tool, written as files."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from tracking.commands.command import WRONG_CALL, Command, Group, as_of_option
from tracking.commands.export_brief import BRIEF
from tracking.commands.export_charts import CHARTS
from tracking.commands.known import known_catalogue
from tracking.commands.named import unknown_names
from tracking.commands.progress import progress

FORMATS = ("csv", "xlsx", "json", "parquet", "sdmx-csv", "zip")


def _figures_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="the file to write")
    parser.add_argument("--format", choices=FORMATS, help="else as FILE ends; zip is every table as CSV, described")
    parser.add_argument("--goal", nargs="+", action="extend", default=[], metavar="ID", help="of these goals")
    parser.add_argument("--indicator", nargs="+", action="extend", default=[], metavar="ID", help="of these indicators")
    as_of_option(parser)


def _figures(options: Namespace) -> int:
    from tracking.export.choice import chosen
    from tracking.export.content import content
    from tracking.export.formats import Format, format_of
    from tracking.export.refused import Refused
    from tracking.export.whole_file import write_whole

    catalogue = known_catalogue(options)
    if wrong := unknown_names(catalogue, options.goal, options.indicator, options.lang):
        print("\n".join(wrong), file=sys.stderr)
        return WRONG_CALL
    try:
        kind = Format(options.format) if options.format else format_of(options.to.name)
        if kind is None:
            raise Refused("format", file=str(options.to), known=", ".join(f.ending for f in Format))
        choice = chosen(catalogue, options.goal, options.indicator)
        found = content(catalogue, choice, options.as_of or date.today(), options.lang)
        write_whole(options.to, kind.file(found, progress))
    except Refused as refused:
        print(refused.text(options.lang), file=sys.stderr)
        return WRONG_CALL if refused.key in ("format", "folder") else 1
    return 0


FIGURES = Command(
    "figures",
    "the figures of goals and indicators, or of all, each with its publication",
    _figures,
    _figures_arguments,
    "CSV, JSON, Parquet, XLSX, SDMX-CSV, or a zip of every table; docs/exports.md says what each column means.",
)
EXPORT = Group("export", "write what is tracked as files that stand on their own", (FIGURES, CHARTS, BRIEF))
