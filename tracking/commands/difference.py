"""difference: what changes in the verdicts between two states of a catalogue."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from tracking.catalogue import load_catalogue
from tracking.commands.command import Command, as_of_option


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("base", type=Path, metavar="BASE", help="the goals folder as it was; figures/ is beside it")
    parser.add_argument("--markdown", action="store_true", help="as a table for a pull request")
    as_of_option(parser)


def _run(options: Namespace) -> int:
    from editing.difference import verdict_changes
    from editing.telling import as_markdown, as_text

    before, after = load_catalogue(options.base), load_catalogue(options.goals)
    changes = verdict_changes(before, after, options.as_of or date.today())
    if options.markdown:
        print(as_markdown(before, after, changes, options.lang), end="")
    else:
        print(as_text(before, after, changes, options.lang))
    return 0


DIFFERENCE = Command("difference", "what changes in the verdicts against another state of the files", _run, _arguments)
