"""export brief: what became of chosen goals, as documents that stand on their own."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from tracking.commands.command import WRONG_CALL, Command, as_of_option, goals_option, several
from tracking.commands.known import known_catalogue
from tracking.commands.named import unknown_names
from tracking.commands.progress import progress
from tracking.model import LANGUAGES
from tracking.words import words

KINDS = ("docx", "pptx", "pdf", "html")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the files go")
    parser.add_argument("--goal", nargs="+", action="extend", default=[], metavar="ID", help="these goals (all)")
    parser.add_argument("--format", type=several("format", KINDS), default=("docx",), metavar=",".join(KINDS),
                        help="(docx)")  # fmt: skip
    parser.add_argument("--lang", dest="languages", type=several("language", LANGUAGES), default=("en",),
                        metavar=",".join(LANGUAGES), help="a file for each language (en)")  # fmt: skip
    parser.add_argument("--base-url", default="", metavar="URL", help="the dashboard's address, for links to its pages")
    goals_option(parser)
    as_of_option(parser)
    parser.set_defaults(lang="en")


def _brief(options: Namespace) -> int:
    """1 if a file could not be made or written, 2 for a wrong call; what is said is in the first language asked for."""
    from exporting.brief.formats import export
    from exporting.charts import has_chinese_font
    from exporting.errors import ExportError

    options.lang = options.languages[0]
    catalogue, w, day = known_catalogue(options), words(options.lang), options.as_of or date.today()
    if wrong := unknown_names(catalogue, options.goal, [], options.lang):
        print("\n".join(wrong), file=sys.stderr)
        return WRONG_CALL
    if not has_chinese_font():
        print(w.say("drawing.problem.no-font"), file=sys.stderr)
    files = export(catalogue, options.goal, day, options.languages, options.format, options.to, options.base_url,
                   progress)  # fmt: skip
    try:
        print(w.count("drawing.done", len(list(files)), folder=options.to))
    except ExportError as error:
        print(error.text(options.lang), file=sys.stderr)
        return 1
    return 0


BRIEF = Command(
    "brief", "what became of chosen goals, as a report to print, to edit or to show", _brief, _arguments,
    "A file for each language and format, as known on a day: docs/exports.md.", common=False,
)  # fmt: skip
