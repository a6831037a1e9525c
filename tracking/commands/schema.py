"""schema: write the JSON Schema that editors use."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tracking.commands.command import Command

FOLDER = Path(__file__).resolve().parents[2] / "schema"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)


def _run(options: Namespace) -> int:
    from tracking.schema import write_schemas

    for path in write_schemas(options.folder):
        print(path)
    return 0


SCHEMA = Command("schema", "write the JSON Schema that editors use", _run, _arguments)
