"""python -m tracking: validate the catalogue, say where every target stands and why, judge tables of one's own."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from tracking.catalogue import GOALS, Catalogue, load_catalogue
from tracking.model import LANGUAGES
from tracking.problems import CatalogueError
from tracking.words import words

SCHEMA = Path(__file__).resolve().parent.parent / "schema"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 for a catalogue with problems, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except CatalogueError as error:
        for problem in error.problems:
            print(problem.text(options.lang), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tracking", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--goals", type=Path, default=GOALS, help="the catalogue's folder (goals/)")
    common.add_argument("--lang", choices=LANGUAGES, default="en", help="language of what is said")

    validate = commands.add_parser("validate", parents=[common], help="check every file; silent if all is well")
    validate.set_defaults(run=_validate)

    status = commands.add_parser("status", parents=[common], help="where every target stands")
    status.add_argument("--as-of", type=_day, metavar="DATE", help="as known on this day (today)")
    status.add_argument("--format", choices=("table", "json", "csv"), default="table")
    status.set_defaults(run=_status)

    _add_assess(commands, common)

    schema = commands.add_parser("schema", parents=[common], help="write the JSON Schema that editors use")
    schema.add_argument("folder", type=Path, nargs="?", default=SCHEMA)
    schema.set_defaults(run=_schema)

    backtest = commands.add_parser("backtest", parents=[common], help="how well the projections' bands held")
    backtest.add_argument("--write", action="store_true", help="store the table and write docs/backtest.md")
    backtest.set_defaults(run=_backtest)
    return parser


def _add_assess(commands: Any, common: argparse.ArgumentParser) -> None:
    assess = commands.add_parser(
        "assess", parents=[common], help="judge tables of one's own by the published methods",
        description="OBSERVATIONS: series,period,value[,status,published]. TARGETS: series,kind,direction,target,"
        "target_period,baseline_period[,baseline,limit,tolerance,target_high,other,unit]. CSV or Parquet; "
        "docs/methods.md says what each column means.",
    )  # fmt: skip
    assess.add_argument("observations", metavar="OBSERVATIONS")
    assess.add_argument("targets", metavar="TARGETS")
    assess.add_argument(
        "--method",
        default="all",
        metavar="NAME|all",
        help="a method's name, several with commas between, or all (docs/methods.md)",
    )
    assess.add_argument("--as-of", type=_day, metavar="DATE", help="only what was known on this day (today)")
    assess.add_argument("-o", "--output", type=Path, metavar="FILE", help=".csv or .parquet (CSV to the screen)")
    assess.add_argument("--engine", default="duckdb", metavar="ENGINE", help="duckdb, pyspark or pyspark://MASTER")
    assess.add_argument("--memory", default="3GB", help="how much memory DuckDB may take before it uses the disk (3GB)")
    assess.set_defaults(run=_assess)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2025-12-31") from None


def _validate(options: argparse.Namespace) -> int:
    load_catalogue(options.goals)
    return 0


def _status(options: argparse.Namespace) -> int:
    from tracking.status import as_json, status_table

    catalogue = load_catalogue(options.goals)
    table = status_table(catalogue, options.as_of or date.today(), options.lang)
    match options.format:
        case "json":
            print(as_json(table))
        case "csv":
            print(table.to_csv(index=False), end="")
        case _:
            print(_for_reading(catalogue, options, table.to_dict("records")))
    return 0


def _for_reading(catalogue: Catalogue, options: argparse.Namespace, records: list[dict[Any, Any]]) -> str:
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


def _assess(options: argparse.Namespace) -> int:
    from tracking.batch import run
    from tracking.methods import METHODS
    from tracking.own_tables import BadTable

    try:
        names = list(METHODS) if options.method == "all" else list(dict.fromkeys(options.method.split(",")))
        if unknown := [name for name in names if name not in METHODS]:
            raise BadTable(key="method", name=unknown[0], known=", ".join(METHODS))
        run(options.observations, options.targets, [METHODS[name] for name in names], options.as_of, options.output,
            options.engine, options.memory)  # fmt: skip
    except BadTable as error:
        print(error.text(options.lang), file=sys.stderr)
        return 1
    return 0


def _schema(options: argparse.Namespace) -> int:
    from tracking.schema import write_schemas

    for path in write_schemas(options.folder):
        print(path)
    return 0


def _backtest(options: argparse.Namespace) -> int:
    """1 if the bands are not calibrated."""
    from tracking import backtest

    found = list(backtest.trials(load_catalogue(options.goals)))
    if not found:
        print(words(options.lang).say("projection.backtest.none"), file=sys.stderr)
        return 1
    table = backtest.table_of(found)
    print(backtest.page(table, options.lang), end="")
    if options.write:
        backtest.write(table)
    return 0 if backtest.is_calibrated(table) else 1


if __name__ == "__main__":
    sys.exit(main())
