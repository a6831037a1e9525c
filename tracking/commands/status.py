"""status: where every target stands."""

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from tracking.catalogue import Catalogue
from tracking.commands.command import Command, as_of_option
from tracking.commands.known import known_catalogue
from tracking.numbers import day_text
from tracking.words import words


def _arguments(parser: ArgumentParser) -> None:
    as_of_option(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")


def _run(options: Namespace) -> int:
    from tracking.status import as_json, is_nothing, status_table

    catalogue, as_of = known_catalogue(options), options.as_of or date.today()
    table = status_table(catalogue, as_of, options.lang)
    match options.format:
        case "json":
            print(as_json(table))
        case "csv":
            print(table.to_csv(index=False), end="")
        case _ if is_nothing(table):
            print(words(options.lang).say("history.nothing-known", day=day_text(as_of, options.lang)))
        case _:
            print(_for_reading(catalogue, table.to_dict("records")))
    return 0


def _for_reading(catalogue: Catalogue, records: list[dict[Any, Any]]) -> str:
    """The rows as text, a paragraph for each goal."""
    lines: list[str] = []
    goal = ""
    for r in records:
        if r["goal"] != goal:
            goal = r["goal"]
            lines += ["", f"{catalogue.goals[goal].statement}  {r['goal_title']}"]
        standing = f"[{r['standing_text']}] " if r["standing_text"] else ""
        latest = " ".join(str(r[k]) for k in ("latest", "latest_period") if r[k])
        lines.append(f"  {standing}{r['indicator_name']}: {latest or '—'}")
        if r["target_text"]:
            lines.append(f"      {r['target_text']}")
            lines.append(f"      {r['sentence']} {r['arithmetic']}".rstrip())
    return "\n".join(lines[1:])


STATUS = Command("status", "where every target stands", _run, _arguments)
