"""history, fragility: something told of each target of a goal or an indicator."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date

from tracking.catalogue import Catalogue
from tracking.commands.command import WRONG_CALL, Command, as_of_option
from tracking.commands.known import known_catalogue
from tracking.model import Target


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="GOAL_OR_INDICATOR")
    parser.add_argument("--target", metavar="KEY", help="this target only")
    as_of_option(parser)


def _history(options: Namespace) -> int:
    from tracking.told import history_lines

    return _told(options, history_lines)


def _fragility(options: Namespace) -> int:
    from tracking.told import fragility_lines

    return _told(options, fragility_lines)


def _told(options: Namespace, lines: Callable[[Catalogue, str, Target, date, str], list[str]]) -> int:
    """Say something of each target of a goal or an indicator."""
    from tracking.told import UnknownName, told

    catalogue, day = known_catalogue(options), options.as_of or date.today()
    try:
        print(told(catalogue, options.name, options.target, day, options.lang, lines))
    except UnknownName as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    return 0


HISTORY = Command(
    "history", "how the verdicts of a goal or an indicator came to be, and what changed them", _history, _arguments
)
FRAGILITY = Command("fragility", "how easily the verdicts of a goal or an indicator turn", _fragility, _arguments)
