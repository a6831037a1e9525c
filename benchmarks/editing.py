"""How long one edit takes until its errors and the verdicts that it changes are known, on the shipped catalogue.

    python benchmarks/editing.py [EDITS]

Each edit is another text, as each pause in typing makes one. Nothing is written.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from editing.checking import checked  # noqa: E402
from editing.difference import summary, verdict_changes  # noqa: E402
from editing.opening import opened  # noqa: E402
from tracking.catalogue import GOALS, Catalogue  # noqa: E402
from tracking.problems import CatalogueError  # noqa: E402

DAY = date(2026, 11, 23)
NAMES = ("goals/smes.yaml", "goals/indicators/nev-sales.yaml", "figures/nev-sales.csv", "goals/documents.yaml")


def errors(name: str, text: str) -> None:
    """What the editor asks at each pause: everything that is wrong."""
    with suppress(CatalogueError):
        checked(GOALS, {name: text})


def verdicts(saved: Catalogue, name: str, text: str) -> None:
    """And which verdicts turn."""
    summary(verdict_changes(saved, checked(GOALS, {name: text}), DAY), "en")


def measure(what: str, ask: Callable[[str, str], None], name: str, texts: list[str]) -> None:
    clock, processor = [], []
    for text in texts:
        begun, used = time.perf_counter(), time.process_time()
        ask(name, text)
        clock.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - used) * 1000)
    told = f"median {statistics.median(clock):.0f} ms, worst of {len(clock)} {max(clock):.0f} ms"
    print(f"{name}, {what}: {told}; {statistics.median(processor):.0f} ms of the processor", flush=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    begun = time.perf_counter()
    saved = checked(GOALS, {})
    print(f"the whole catalogue, for the first time: {(time.perf_counter() - begun) * 1000:.0f} ms")
    for name in NAMES:
        text = opened(GOALS, name).text
        measure("errors", errors, name, [text + "\n" * n for n in range(1, count + 1)])
        measure("broken, errors", errors, name, [f"{text}x: [{n}\n" for n in range(count)])
        measure(
            "errors and verdicts",
            partial(verdicts, saved),
            name,
            [text + "\n" * (count + n) for n in range(1, count + 1)],
        )
    print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
