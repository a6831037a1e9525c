"""How long it takes to publish the shipped catalogue and a large one, whole and again, and in how much memory.

    python benchmarks/publishing.py [GOALS] [LANGUAGES]

Each run is a process of its own, as on a timer: first into an empty folder, then again: the shipped catalogue with
nothing new, the large one with one figure less. GOALS (2000; 0: only the shipped catalogue) are made by
`large_catalogue.py`, each with two indicators of its own; LANGUAGES (zh,en) are those of the large site.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.large_catalogue import write  # noqa: E402

DAY = "2026-11-23"


def run(goals: Path, site: Path, languages: str = "zh,en") -> str:
    """Publish once: what the command says, and what it took."""
    command = [sys.executable, "-m", "tracking", "publish", str(site), "--goals", str(goals), "--as-of", DAY,
               "--lang", languages]  # fmt: skip
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said)
        _, status, used = os.wait4(process.pid, 0)
        assert status == 0, "the site was not published"
        said.seek(0)
        told = said.readline().partition(": ")[2].strip()
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
    return f"{time.perf_counter() - begun:.0f} s, {cpu:.0f} s of processor, {peak} MB at the peak; {told}"


def change(figures: Path) -> None:
    """Take the last figure of one indicator away."""
    lines = figures.read_text("utf-8").splitlines(keepends=True)
    figures.write_text("".join(lines[:-1]), "utf-8")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    languages = sys.argv[2] if len(sys.argv) > 2 else "zh,en"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if not count:
            print(f"shipped, whole: {run(ROOT / 'goals', place / 'shipped')}", flush=True)
            print(f"shipped, again: {run(ROOT / 'goals', place / 'shipped')}", flush=True)
        else:
            goals, name = write(place / "catalogue", count, 2), f"{count} goals"
            print(f"{name}, whole: {run(goals, place / name, languages)}", flush=True)
            change(place / "catalogue" / "figures" / "thing-0-0.csv")
            print(f"{name}, one figure less: {run(goals, place / name, languages)}", flush=True)
    print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
