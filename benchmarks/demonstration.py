"""Refresh everything against offices on loopback, let them revise and one of them fail, refresh again: both reports.

    python benchmarks/demonstration.py [--lang zh]        (make demo-refresh)

The values are the shipped figures, changed where the offices revise: they show the way of a figure and are no
publication. Nothing outside a temporary folder is written.
"""

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from loaders.http import Manners, Wires  # noqa: E402
from loaders.refresh import Report, tasks_of  # noqa: E402
from loaders.remote import open_store  # noqa: E402
from loaders.report import text  # noqa: E402
from loaders.round import one_round  # noqa: E402
from tests.loaders.offices import Offices, serving  # noqa: E402
from tracking.catalogue import Catalogue, load_catalogue  # noqa: E402

FAILING = "unstats.un.org"


def run(catalogue: Catalogue, place: Path, mirror: str) -> tuple[Report, Catalogue]:
    """One refresh of everything."""
    store = open_store(str(place / "store"))
    manners = replace(Manners(), loopback=True, mirror=mirror, attempts=2, first_wait=0.01)
    return one_round(
        catalogue, tasks_of(catalogue), store, lambda: Wires(place / "cache", manners), lambda *_: None, force=True
    )


def main(language: str) -> None:
    catalogue = load_catalogue()
    offices = Offices(catalogue)
    with tempfile.TemporaryDirectory() as place, serving(offices) as mirror:
        for name in ("first", "second"):
            start = time.perf_counter()
            report, after = run(catalogue, Path(place), mirror)
            seconds = time.perf_counter() - start
            print(f"==== {name} refresh\n{text(report, after, language)}")
            print(f"     {len(report.outcomes) / seconds:.0f} series/s, {seconds:.1f} s\n")
            offices.revise(FAILING)


if __name__ == "__main__":
    main("zh" if sys.argv[1:] == ["--lang", "zh"] else "en")
