"""How the server is called: what the command says after `--`. Light to import."""

import argparse
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

GOALS = Path(__file__).resolve().parent.parent / "goals"
_NAMED = re.compile(r"(?:([a-z0-9]+(?:-[a-z0-9]+)*)=)?(.+)", re.DOTALL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="streamlit run dashboard.py --", allow_abbrev=False)
    parser.add_argument(
        "--goals", action="append", metavar="[NAME=]DIR",
        help="a catalogue's folder (goals/); given several times, readers choose, and addresses carry the name",
    )  # fmt: skip
    return parser


def told() -> argparse.Namespace:
    """What the command says after `--`. Ends the process with a sentence where it makes no sense."""
    parser = _parser()
    known = parser.parse_args(sys.argv[1:])
    names = [name for name, _ in _named(known.goals)]
    if twice := next((name for name in names if names.count(name) > 1), None):
        parser.error(f"two catalogues would be called {twice!r} in addresses; name one: --goals NAME=DIR")
    return known


@cache
def catalogues() -> Mapping[str, Path]:
    """The folders of the catalogues that are served, by their names in addresses: the shipped one, unless the command
    names others. The first is shown where an address names none.

    Under a command that is not ours, as a test's, what is unknown is not ours to judge.
    """
    known, _ = _parser().parse_known_args(sys.argv[1:])
    return dict(_named(known.goals))


def _named(given: list[str] | None) -> list[tuple[str, Path]]:
    found = []
    for text in given or [str(GOALS)]:
        name, path = _NAMED.fullmatch(text).groups()  # type: ignore[union-attr]  # any text matches
        folder = Path(path).resolve()
        found.append((name or _name_of(folder), folder))
    return found


def _name_of(folder: Path) -> str:
    """`examples/eu-digital-decade/goals` is eu-digital-decade."""
    own = folder.parent.name if folder.name == "goals" else folder.name
    return re.sub(r"[^a-z0-9]+", "-", own.lower()).strip("-") or "catalogue"
