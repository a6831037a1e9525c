"""python -m tracking: check the catalogue, say where every target stands and why; judge tables of one's own."""

import argparse
import os
import sys

from tracking.commands import COMMANDS
from tracking.commands.command import INTERRUPTED, add_all, common_options
from tracking.problems import CatalogueError
from tracking.words import words


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 for a catalogue with problems, 2 for a wrong call, 130 if stopped."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except CatalogueError as error:
        for problem in error.problems:
            print(problem.text(options.lang), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n" * sys.stderr.isatty() + words(options.lang).say("stopped"), file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tracking", description=__doc__)
    add_all(COMMANDS, parser, common_options())
    return parser


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)
