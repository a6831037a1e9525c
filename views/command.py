"""How the server is called: what the command says after `--`. Light to import."""

import argparse
import sys
from functools import cache
from pathlib import Path

GOALS = Path(__file__).resolve().parent.parent / "goals"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="streamlit run dashboard.py --", allow_abbrev=False)
    parser.add_argument("--goals", type=Path, default=GOALS, metavar="DIR", help="the catalogue's folder (goals/)")
    return parser


def told() -> argparse.Namespace:
    """What the command says after `--`. Ends the process with a sentence where it makes no sense."""
    return _parser().parse_args(sys.argv[1:])


@cache
def goals_folder() -> Path:
    """The folder of the catalogue that is served: the shipped one, unless the command names another.

    Under a command that is not ours, as a test's, what is unknown is not ours to judge.
    """
    known, _ = _parser().parse_known_args(sys.argv[1:])
    return Path(known.goals).resolve()
