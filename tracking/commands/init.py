"""init: start a catalogue."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from tracking.commands.command import WRONG_CALL, Command
from tracking.model import LANGUAGES
from tracking.words import words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty or not there yet")
    parser.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="language of the documents, of the files' remarks and of "
        "what is said; what readers see is in all languages",
    )  # fmt: skip


def _run(options: Namespace) -> int:
    from tracking.starting import NotStarted, started

    place = options.folder.absolute()
    try:
        files = started(place, options.lang, date.today())
    except NotStarted as error:
        print(error.text(options.lang), file=sys.stderr)
        return WRONG_CALL
    print("\n".join(file.as_posix() for file in files))
    print(words(options.lang).say("init.done", path=options.folder, goals=options.folder / "goals"))
    return 0


INIT = Command("init", "start a catalogue of one's own in a folder", _run, _arguments, common=False)
