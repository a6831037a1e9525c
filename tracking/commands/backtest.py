"""backtest: hold past projections against what came."""

import sys
from argparse import ArgumentParser, Namespace

from tracking.catalogue import GOALS, load_catalogue
from tracking.commands.command import Command
from tracking.words import words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help="store the table and write docs/backtest.md")


def _run(options: Namespace) -> int:
    """1 if the bands are not calibrated."""
    from tracking import backtest

    if options.write and options.goals.resolve() != GOALS:  # the table and the page are those of the shipped one
        print(words(options.lang).say("projection.backtest.other"), file=sys.stderr)
        return 2
    found = list(backtest.trials(load_catalogue(options.goals)))
    if not found:
        print(words(options.lang).say("projection.backtest.none"), file=sys.stderr)
        return 1
    table = backtest.table_of(found)
    print(backtest.page(table, options.lang), end="")
    if options.write:
        backtest.write(table)
    return 0 if backtest.is_calibrated(table) else 1


BACKTEST = Command("backtest", "how well the projections' bands held", _run, _arguments)
