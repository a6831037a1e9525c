"""python -m tracking: check the catalogue, say where every target stands and why; judge tables of one's own."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from tracking.catalogue import GOALS, Catalogue, load_catalogue
from tracking.model import LANGUAGES, Target
from tracking.numbers import day_text
from tracking.problems import CatalogueError, closest
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

    explain = commands.add_parser("explain", parents=[common], help="lay a verdict open: every method's arithmetic")
    explain.add_argument("goal", metavar="GOAL")
    explain.add_argument("indicator", metavar="INDICATOR")
    explain.add_argument("--as-of", type=_day, metavar="DATE", help="as known on this day (today)")
    explain.set_defaults(run=_explain)

    for name, run, text in (
        ("history", _history, "how the verdicts of a goal or an indicator came to be, and what changed them"),
        ("fragility", _fragility, "how easily the verdicts of a goal or an indicator turn"),
    ):
        told = commands.add_parser(name, parents=[common], help=text)
        told.add_argument("name", metavar="GOAL_OR_INDICATOR")
        told.add_argument("--target", metavar="KEY", help="this target only")
        told.add_argument("--as-of", type=_day, metavar="DATE", help="as known on this day (today)")
        told.set_defaults(run=run)

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
    from tracking.status import as_json, is_nothing, status_table

    catalogue, as_of = load_catalogue(options.goals), options.as_of or date.today()
    table = status_table(catalogue, as_of, options.lang)
    match options.format:
        case "json":
            print(as_json(table))
        case "csv":
            print(table.to_csv(index=False), end="")
        case _ if is_nothing(table):
            print(words(options.lang).say("history.nothing-known", day=day_text(as_of, options.lang)))
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


def _explain(options: argparse.Namespace) -> int:
    from tracking.explain import explanation

    catalogue = load_catalogue(options.goals)
    if (wrong := _unknown(catalogue, options.goal, options.indicator, options.lang)) is not None:
        print(wrong, file=sys.stderr)
        return 2
    print(explanation(catalogue, options.goal, options.indicator, options.as_of or date.today(), options.lang))
    return 0


def _unknown(catalogue: Catalogue, goal: str, indicator: str, language: str) -> str | None:
    """What is wrong with the names of a goal and its indicator, and what was probably meant."""
    w = words(language)
    if goal not in catalogue.goals:
        return w.say("explain.no-goal", name=goal) + _meant(goal, catalogue.goals, language)
    own = [link.id for link in catalogue.goals[goal].indicators]
    if indicator not in own:
        return w.say("explain.no-indicator", name=indicator, goal=goal) + _meant(indicator, own, language)
    return None


def _meant(name: str, known: Iterable[str], language: str) -> str:
    near = closest(name, known)
    return words(language).say("problem.did-you-mean", word=near) if near else ""


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


def _history(options: argparse.Namespace) -> int:
    from tracking.told import history_lines

    return _told(options, history_lines)


def _fragility(options: argparse.Namespace) -> int:
    from tracking.told import fragility_lines

    return _told(options, fragility_lines)


def _told(options: argparse.Namespace, lines: Callable[[Catalogue, str, Target, date, str], list[str]]) -> int:
    """Say something of each target of a goal or an indicator."""
    from tracking.told import UnknownName, told

    catalogue, day = load_catalogue(options.goals), options.as_of or date.today()
    try:
        print(told(catalogue, options.name, options.target, day, options.lang, lines))
    except UnknownName as error:
        print(error, file=sys.stderr)
        return 2
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
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)
