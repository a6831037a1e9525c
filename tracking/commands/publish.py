"""publish: the whole tracker as a static site in a folder."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from tracking.commands.command import Command, as_of_option, goals_option
from tracking.commands.known import known_catalogue
from tracking.model import LANGUAGES
from tracking.publish.asked import base_of, languages_of
from tracking.publish.folder import Refused
from tracking.words import Words, words

T = TypeVar("T")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="an empty folder, a new one, or one published before")
    parser.add_argument(
        "--base-url", dest="base", metavar="URL", type=_asked(base_of), default="",
        help="the address at which the site will stand: sitemap and pictures for links need it",
    )  # fmt: skip
    parser.add_argument(
        "--lang", dest="languages", metavar="LIST", type=_asked(languages_of), default=LANGUAGES,
        help="the site's languages with commas between, its own first (zh,en)",
    )  # fmt: skip
    goals_option(parser)
    as_of_option(parser)
    parser.set_defaults(lang="en")


def _asked(read: Callable[[str], T]) -> Callable[[str], T]:
    """Read what is asked for; what cannot be is a wrong call."""

    def reading(text: str) -> T:
        try:
            return read(text)
        except Refused as error:
            raise ArgumentTypeError(error.text("en")) from error

    return reading


def _run(options: Namespace) -> int:
    from tracking.publish.whole import publish

    catalogue, w = known_catalogue(options), words(options.lang)
    try:
        done = publish(catalogue, options.folder, options.as_of or date.today(), options.languages, options.base,
                       _progress(w))  # fmt: skip
    except Refused as error:
        print(error.text(options.lang), file=sys.stderr)
        return 1
    print(w.say("publish.done", path=options.folder, new=len(done.new), changed=len(done.changed),
                removed=len(done.removed), same=done.same))  # fmt: skip
    if not options.base:
        print(w.say("publish.no-map"))
    return 0


def _progress(w: Words) -> Callable[[int, int], None] | None:
    """On a terminal, one line that counts; a log needs none."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, of: int) -> None:
        print("\r" + w.say("publish.progress", done=done, of=of), end="\n" if done == of else "", file=sys.stderr)

    return tell


PUBLISH = Command("publish", "the whole tracker as a static site", _run, _arguments, common=False)
