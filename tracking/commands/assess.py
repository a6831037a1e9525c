"""assess: judge tables of one's own."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tracking.commands.command import Command, as_of_option


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("observations", metavar="OBSERVATIONS")
    parser.add_argument("targets", metavar="TARGETS")
    parser.add_argument(
        "--method",
        default="all",
        metavar="NAME|all",
        help="a method's name, several with commas between, or all (docs/methods.md)",
    )
    as_of_option(parser, "only what was known on this day (today)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=".csv or .parquet (CSV to the screen)")
    parser.add_argument("--engine", default="duckdb", metavar="ENGINE", help="duckdb, pyspark or pyspark://MASTER")
    parser.add_argument("--memory", default="3GB", help="how much memory DuckDB may take before it uses the disk (3GB)")


def _run(options: Namespace) -> int:
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


ASSESS = Command(
    "assess",
    "judge tables of one's own by the published methods",
    _run,
    _arguments,
    "OBSERVATIONS: series,period,value[,status,published]. TARGETS: series,kind,direction,target,"
    "target_period,baseline_period[,baseline,limit,tolerance,target_high,other,unit]. CSV or Parquet; "
    "docs/methods.md says what each column means.",
)
