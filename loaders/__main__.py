"""python -m loaders: refresh every series, list the providers, fetch or parse one series, compare vintages, prune.

Exit status: 0 all well, 1 an error, 2 a wrong call, 3 a refresh in which some series failed.
"""

import argparse
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from loaders import LOADERS, loader
from loaders.contract import LoaderError, Response
from loaders.http import Manners, Wires, whole_address
from loaders.refresh import WORKERS, Outcome, State, Task, compare, fetch, tasks_of
from loaders.remote import open_store
from loaders.report import as_json, csv_lines, details, line, text, told
from loaders.round import one_round
from tracking.catalogue import GOALS, Catalogue, load_catalogue
from tracking.model import LANGUAGES
from tracking.problems import CatalogueError, closest
from tracking.store import Store, StoreError, Vintage
from tracking.words import words

SOME_FAILED = 3
MEDIA_TYPES = {
    ".json": "application/json", ".csv": "text/csv", ".html": "text/html", ".htm": "text/html",
    ".xml": "application/xml", ".tsv": "text/tab-separated-values",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


class Wrong(Exception):
    """A name on the command line that does not exist."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except CatalogueError as error:
        print("\n".join(p.text(options.lang) for p in error.problems), file=sys.stderr)
    except (LoaderError, StoreError) as error:
        print(told(error, options.lang), file=sys.stderr)
    except Wrong as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m loaders", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, default="en", help="language of what is said")
    common.add_argument("--goals", type=Path, default=GOALS, help="the catalogue's folder (goals/)")
    common.add_argument("--store", metavar="PLACE", help="folder or address of the store (TRACKER_STORE)")
    series = argparse.ArgumentParser(add_help=False)
    series.add_argument("provider", metavar="PROVIDER", help="as `list` names it")
    series.add_argument("key", metavar="KEY", help="the provider's own code, with :AREA where it has areas")

    one = commands.add_parser("refresh", parents=[common], help="fetch every series that the catalogue names")
    one.add_argument("--provider", metavar="P", help="only the series of this provider")
    one.add_argument("--indicator", metavar="I", help="only those of this indicator")
    one.add_argument("--goal", metavar="G", help="only those of this goal's indicators")
    one.add_argument("--force", action="store_true", help="also what has been fetched today")
    one.add_argument("--workers", type=_count, default=WORKERS, metavar="N", help="hosts asked at once (%(default)s)")
    one.add_argument("--json", action="store_true", help="the report for programs")
    one.add_argument("--report", type=Path, metavar="FILE", help="also write the report for programs here")
    one.set_defaults(run=_refresh)

    one = commands.add_parser("list", parents=[common], help="the providers, their terms, and what is kept of each")
    one.set_defaults(run=_list)

    one = commands.add_parser("fetch", parents=[series, common], help="ask for one series and print it; keeps nothing")
    one.add_argument("--raw", type=Path, metavar="FILE", help="also write the answer here, for parse")
    one.set_defaults(run=_fetch)

    one = commands.add_parser("parse", parents=[series, common], help="read a saved answer: period,value,status")
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(run=_parse)

    one = commands.add_parser("diff", parents=[series, common], help="what two vintages of a series say differently")
    one.add_argument("old", type=int, nargs="?", metavar="OLD", help="number of the earlier vintage (the last but one)")
    one.add_argument("new", type=int, nargs="?", metavar="NEW", help="number of the later vintage (the last)")
    one.set_defaults(run=_diff)

    one = commands.add_parser("prune", parents=[common], help="take away old vintages and answers; never the only one")
    one.add_argument("--keep", type=_count, default=10, metavar="N", help="vintages kept of each series (%(default)s)")
    one.add_argument("--days", type=_count, default=365, metavar="N", help="days that answers are kept (%(default)s)")
    one.add_argument("--provider", metavar="P", help="only the series of this provider")
    one.set_defaults(run=_prune)
    return parser


def _count(given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise argparse.ArgumentTypeError(f"{given!r} is no number from 1")
    return int(given)


def _known(name: str | None, known: list[str], option: str, language: str) -> None:
    """Wrong if the catalogue or the loaders have no such name."""
    if name is not None and name not in known:
        close = closest(name, known)
        hint = words(language).say("problem.did-you-mean", word=close) if close else ""
        raise Wrong(words(language).say("refresh.unknown", option=option, name=name) + hint)


def _refresh(options: argparse.Namespace) -> int:
    bare = load_catalogue(options.goals)
    _known(options.provider, list(LOADERS), "--provider", options.lang)
    _known(options.indicator, list(bare.indicators), "--indicator", options.lang)
    _known(options.goal, list(bare.goals), "--goal", options.lang)
    store = open_store(options.store)
    report, after = one_round(
        bare, tasks_of(bare, options.provider, options.indicator, options.goal), store, _wires,
        lambda outcome, n, of: _progress(outcome, n, of, options.lang), force=options.force, workers=options.workers,
    )  # fmt: skip
    if options.report is not None:
        _write(options.report, as_json(report, after, options.lang).encode())
    print(as_json(report, after, options.lang) if options.json else text(report, after, options.lang))
    return SOME_FAILED if report.has_failed else 0


def _wires() -> Wires:
    return Wires(manners=Manners.of_environment())


def _progress(outcome: Outcome, n: int, of: int, language: str) -> None:
    """A line for each series on stderr; in a terminal the last one is written over."""
    told_line = f"[{n}/{of}] {line(outcome, language)}"
    if sys.stderr.isatty() and outcome.state is not State.FAILED:
        print(f"\r\033[K{told_line[:78]}", end="\n" if n == of else "", file=sys.stderr, flush=True)
    else:
        print(told_line, file=sys.stderr, flush=True)


def _list(options: argparse.Namespace) -> int:
    catalogue, store = load_catalogue(options.goals), open_store(options.store)
    kept = store.kept()
    for name in LOADERS:
        print("\n".join(_card(name, catalogue, store, kept, options.lang)))
    return 0


def _card(name: str, catalogue: Catalogue, store: Store, kept: list[tuple[str, str]], language: str) -> list[str]:
    """One provider in a few lines."""
    w = words(language)
    try:
        provider = loader(name).PROVIDER
    except LoaderError as error:
        return [name, f"  {told(error, language)}"]
    keys = [key for of, key in kept if of == name]
    last = max((s for key in keys if (s := store.last_success(name, key))), default=None)
    lines = [
        f"{name}  {provider.name[language]}  {provider.homepage}".rstrip(),
        f"  {provider.licence[language]}. {provider.attribution[language]}",
        "  " + w.say("refresh.list.series", named=len(tasks_of(catalogue, name)), kept=len(keys),
                     last=last.strftime("%Y-%m-%d %H:%M UTC") if last else w.say("refresh.list.never")),
    ]  # fmt: skip
    return lines + ([f"  {provider.limits[language]}"] if provider.limits else [])


def _fetch(options: argparse.Namespace) -> int:
    with _wires() as wires:
        fetched = fetch(options.provider, options.key, wires)
    if options.raw is not None:
        _write(options.raw, fetched.answers[0].body)
    print(csv_lines(fetched.reading.observations))
    if fetched.undescribed is not None:
        why = told(fetched.undescribed, options.lang)
        print(words(options.lang).say("refresh.undescribed", why=why), file=sys.stderr)
    if fetched.stale is not None:
        print(told(fetched.stale, options.lang), file=sys.stderr)
        return SOME_FAILED
    return 0


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise Wrong(f"{path}: {error.strerror}") from error


def _parse(options: argparse.Namespace) -> int:
    try:
        body = options.file.read_bytes()
        moment = datetime.fromtimestamp(options.file.stat().st_mtime, UTC)
    except OSError as error:
        raise Wrong(f"{options.file}: {error.strerror}") from error
    kind = MEDIA_TYPES.get(options.file.suffix.lower(), "")
    answer = Response(options.file.resolve().as_uri(), 200, kind, body, moment)
    reading = loader(options.provider).parse(answer, options.key)
    print(csv_lines(reading.observations))
    if reading.more is not None:
        print(words(options.lang).say("refresh.more", address=whole_address(reading.more)), file=sys.stderr)
    return 0


def _diff(options: argparse.Namespace) -> int:
    vintages = {v.number: v for v in open_store(options.store).vintages(options.provider, options.key)}
    numbers = list(vintages)
    if len(numbers) < 2 and options.new is None:
        raise Wrong(words(options.lang).say("refresh.one-vintage", series=options.key, n=len(numbers)))
    old = vintages.get(options.old if options.old is not None else numbers[-2])
    new = vintages.get(options.new if options.new is not None else numbers[-1])
    if old is None or new is None:
        raise Wrong(words(options.lang).say("refresh.no-vintage", known=", ".join(str(n) for n in numbers)))
    print(_difference(old, new, options))
    return 0


def _difference(old: Vintage, new: Vintage, options: argparse.Namespace) -> str:
    added, revised, withdrawn = compare(old.observations, new.observations)
    state = State.CHANGED if added or revised or withdrawn else State.UNCHANGED
    outcome = Outcome(Task(options.provider, options.key), state, new.unit, added, revised, withdrawn)
    days = [f"{v.number} ({v.retrieved:%Y-%m-%d %H:%M} UTC)" for v in (old, new)]
    return "\n".join(
        [" → ".join(days), line(outcome, options.lang), *(f"  {d}" for d in details(outcome, options.lang))]
    )


def _prune(options: argparse.Namespace) -> int:
    _known(options.provider, list(LOADERS), "--provider", options.lang)
    store = open_store(options.store)
    before = datetime.now(UTC) - timedelta(days=options.days)
    with store.writing():
        keys = [name for name in store.kept() if options.provider in (None, name[0])]
        gone = [file for name in keys for file in store.prune(*name, keep=options.keep, before=before)]
    print(words(options.lang).count("refresh.pruned", len(gone), place=store.place))
    return 0


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)
