"""explain: lay a verdict open."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from datetime import date

from tracking.catalogue import Catalogue
from tracking.commands.command import WRONG_CALL, Command, as_of_option
from tracking.commands.known import known_catalogue
from tracking.problems import closest
from tracking.words import words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("goal", metavar="GOAL")
    parser.add_argument("indicator", metavar="INDICATOR")
    as_of_option(parser)


def _run(options: Namespace) -> int:
    from tracking.explain import explanation

    catalogue = known_catalogue(options)
    if (wrong := _unknown(catalogue, options.goal, options.indicator, options.lang)) is not None:
        print(wrong, file=sys.stderr)
        return WRONG_CALL
    print(explanation(catalogue, options.goal, options.indicator, options.as_of or date.today(), options.lang))
    return 0


def _unknown(catalogue: Catalogue, goal: str, indicator: str, language: str) -> str | None:
    """What is wrong with the names of a goal and its indicator, and what was probably meant."""
    w = words(language)
    if goal not in catalogue.goals:
        return w.say("explain.no-goal", name=goal) + _meant(goal, catalogue.goals, language)
    own = [link.id for link in catalogue.goals[goal].indicators]
    if indicator not in own:
        return w.say("explain.no-indicator", name=indicator, goal=goal) + _meant(indicator, own, language)
    return None


def _meant(name: str, known: Iterable[str], language: str) -> str:
    near = closest(name, known)
    return words(language).say("problem.did-you-mean", word=near) if near else ""


EXPLAIN = Command("explain", "lay a verdict open: every method's arithmetic", _run, _arguments)
