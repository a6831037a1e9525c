"""How a command is declared: its name, what it is for, what it takes, and what it does."""

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tracking.catalogue import GOALS
from tracking.model import LANGUAGES

WRONG_CALL = 2
INTERRUPTED = 130  # as shells have it for Ctrl-C
AS_KNOWN = "as known on this day (today)"


def nothing(parser: ArgumentParser) -> None:
    """A command that takes nothing but what every command takes."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `run` returns the exit status: 0, 1 for an error in what was read, 2 for a wrong call.

    One that is not `common` declares catalogue and language itself.
    What a run needs is imported when it runs, so that the help and every other command start at once.
    """

    name: str
    help: str
    run: Callable[[Namespace], int]
    arguments: Callable[[ArgumentParser], None] = nothing
    description: str | None = None
    common: bool = True

    def add_to(self, commands: Any, common: ArgumentParser) -> None:
        parents = [common] if self.common else []
        parser = commands.add_parser(self.name, parents=parents, help=self.help, description=self.description)
        self.arguments(parser)
        parser.set_defaults(run=self.run)


@dataclass(frozen=True, slots=True)
class Group:
    """Commands under one word, as in `export figures`."""

    name: str
    help: str
    commands: tuple[Command, ...]

    def add_to(self, commands: Any, common: ArgumentParser) -> None:
        parser = commands.add_parser(self.name, help=self.help, description=self.help)
        add_all(self.commands, parser, common)


def add_all(commands: tuple[Command | Group, ...], parser: ArgumentParser, common: ArgumentParser) -> None:
    """Make each a word that may follow in the call."""
    words = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in commands:
        command.add_to(words, common)


def common_options() -> ArgumentParser:
    """What every command takes: the catalogue and the language."""
    common = ArgumentParser(add_help=False)
    goals_option(common)
    common.add_argument("--lang", choices=LANGUAGES, default="en", help="language of what is said")
    return common


def goals_option(parser: ArgumentParser) -> None:
    parser.add_argument("--goals", type=Path, default=GOALS, help="the catalogue's folder (goals/)")


def as_of_option(parser: ArgumentParser, help: str = AS_KNOWN) -> None:
    parser.add_argument("--as-of", type=day, metavar="DATE", help=help)


def several(what: str, known: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """Reads a list with commas between, each name once; one that is not known is a wrong call."""
    names = tuple(known)

    def read(text: str) -> tuple[str, ...]:
        asked = tuple(dict.fromkeys(text.split(",")))
        if wrong := [name for name in asked if name not in names]:
            expected = ", ".join(names)
            raise argparse.ArgumentTypeError(f"{wrong[0]!r} is no {what}; expected one or more of {expected}")
        return asked

    return read


def day(text: str) -> date:
    """A day as it is written in a call."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2025-12-31") from None
