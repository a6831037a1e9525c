"""validate: check every file of a catalogue."""

from argparse import Namespace

from tracking.catalogue import load_catalogue
from tracking.commands.command import Command


def _run(options: Namespace) -> int:
    load_catalogue(options.goals)
    return 0


VALIDATE = Command("validate", "check every file; silent if all is well", _run)
