"""`make bench`: how long `tracking assess` takes at 10^4, 10^5 and 10^6 series, beside the same rules in plain pandas.

Series of ten yearly figures through statcan-2025 and destatis-2022, Parquet in, Parquet out, each run a process of its
own. Prints the tables of docs/benchmarks.md and ends with an error where a promise is not kept: the same outcomes in
both, a million series in under 60 s and 4 GiB, a cost that grows linearly, and a file larger than the memory it gets.
"""

import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000, 1_000_000)
RULES = ("statcan-2025", "destatis-2022")
POINTS = 10
MOST_SECONDS, MOST_GIB = 60.0, 4.0
STEEPEST = 1.05  # the exponent of a cost that grows linearly, with room for measuring
SMALL_MEMORY, LARGE = "256MB", 3_000_000  # series; their table is several times the memory
UNPACKED = 24  # bytes a figure: a name, a year and a value


def write_tables(folder: Path, series: int) -> None:
    """Random series from 2015 to 2024, and a level for 2030, in Parquet; the seed is fixed."""
    random = np.random.default_rng(20260101)
    names = np.char.add("s", np.arange(series).astype(str))
    start = random.uniform(5, 95, series)
    steps = np.cumsum(random.normal(0.01, 0.04, (series, POINTS)), axis=1)
    values = start[:, None] * np.exp(steps)
    periods = np.arange(2015, 2015 + POINTS).astype(str)
    pd.DataFrame({
        "series": np.repeat(names, POINTS), "period": np.tile(periods, series), "value": values.ravel(),
    }).to_parquet(folder / "observations.parquet", index=False)  # fmt: skip
    pd.DataFrame({
        "series": names, "kind": "level", "direction": np.where(random.random(series) < 0.5, "higher", "lower"),
        "target": start * random.uniform(0.4, 1.8, series), "target_period": "2030", "baseline_period": "2015",
    }).to_parquet(folder / "targets.parquet", index=False)  # fmt: skip


def in_pandas(folder: Path, output: Path) -> None:
    """The same two rules, vectorised, as an analyst would write them for just these tables."""
    o = pd.read_parquet(folder / "observations.parquet")
    t = pd.read_parquet(folder / "targets.parquet").set_index("series")
    o["year"] = o["period"].astype(int)
    o = o.sort_values(["series", "year"])
    by = o.groupby("series", sort=False)
    ends = by.agg(t0=("year", "first"), v0=("value", "first"), t=("year", "last"), v=("value", "last"))
    recent = o[o["year"] >= o["series"].map(ends["t"]) - 5].groupby("series", sort=False)
    x = t.join(ends).join(recent.agg(first_t=("year", "first"), first_v=("value", "first")))
    d, due = np.where(x["direction"] == "lower", -1.0, 1.0), x["target_period"].astype(int)
    pd.concat([_statcan(x, d, due), _destatis(x, d, due)]).to_parquet(output, index=False)


def _statcan(x: pd.DataFrame, d: np.ndarray, due: pd.Series) -> pd.DataFrame:
    growth = d * ((x["v"] / x["v0"]) ** (1 / (x["t"] - x["t0"])) - 1)
    ratio = growth / ((x["target"] / x["v0"]) ** (1 / (due - x["t0"])) - 1).abs()
    outcome = np.select(
        [d * x["v"] >= d * x["target"], ratio >= 0.95, ratio >= 0.6, ratio >= 0],
        ["target_achieved", "substantial_progress", "moderate_progress", "limited_progress"], "deterioration",
    )  # fmt: skip
    return pd.DataFrame({"series": x.index, "method": "statcan-2025", "ratio": ratio, "outcome": outcome})


def _destatis(x: pd.DataFrame, d: np.ndarray, due: pd.Series) -> pd.DataFrame:
    change = (x["v"] - x["first_v"]) / (x["t"] - x["first_t"])
    reached, right = d * x["v"] >= d * x["target"], d * change > 0
    miss = d * (x["target"] - x["v"] - change * (due - x["t"])) / (x["target"] - x["v"]).abs()
    outcome = np.select(
        [reached & (d * change >= 0), reached, ~right, miss < 0.05, miss <= 0.2],
        ["sun", "slightly_cloudy", "thunderstorm", "sun", "slightly_cloudy"], "cloud",
    )  # fmt: skip
    return pd.DataFrame({"series": x.index, "method": "destatis-2022", "ratio": miss.mask(reached), "outcome": outcome})


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak GiB of a process of its own. This one stays small: a child starts with its parent's peak."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 2**20


def assessed(folder: Path, output: str, memory: str = "3GB") -> tuple[float, float]:
    """One run of the command for both rules."""
    return measured([
        "-m", "tracking", "assess", str(folder / "observations.parquet"), str(folder / "targets.parquet"),
        "--method", ",".join(RULES), "--memory", memory, "-o", str(folder / output),
    ])  # fmt: skip


def compare(one: Path, other: Path) -> None:
    """Raises SystemExit where an outcome differs, or a ratio by more than 1e-9."""
    columns = ["series", "method", "ratio", "outcome"]
    both = pd.read_parquet(one, columns=columns).merge(
        pd.read_parquet(other, columns=columns), on=["series", "method"], how="outer"
    )
    ratio = both["ratio_x"].where(both["outcome_x"] != "target_achieved")  # of what is achieved plain pandas keeps it
    apart = (ratio - both["ratio_y"]).abs() > 1e-9 * ratio.abs().clip(lower=1)
    if wrong := int(((both["outcome_x"] != both["outcome_y"]) | apart).sum()):
        raise SystemExit(f"{wrong} of {len(both)} verdicts differ between {one.name} and {other.name}")


def sizes(folder: Path) -> list[tuple[int, float, float, float, float]]:
    """For each size: seconds and peak GiB of the command, and of plain pandas. Prints a line for each."""
    print("| series | figures | assess, s | GiB | plain pandas, s | GiB | time, ratio | memory, ratio | µs a series |")
    print("|---|---|---|---|---|---|---|---|---|")
    lines = []
    for size in SIZES:
        measured([__file__, "write", str(folder), str(size)])
        ours, plain = assessed(folder, "verdicts.parquet"), measured([__file__, "pandas", str(folder)])
        measured([__file__, "compare", str(folder / "verdicts.parquet"), str(folder / "pandas.parquet")])
        lines.append((size, *ours, *plain))
        print(f"| {size:,} | {size * POINTS:,} | {ours[0]:.1f} | {ours[1]:.2f} | {plain[0]:.1f} | {plain[1]:.2f} "
              f"| {ours[0] / plain[0]:.2f} | {ours[1] / plain[1]:.2f} | {ours[0] / size * 1e6:.0f} |",
              flush=True)  # fmt: skip
    return lines


def larger_than_memory(folder: Path) -> bool:
    """A file several times larger than the memory that DuckDB may take gives the same verdicts. Prints both runs."""
    measured([__file__, "write", str(folder), str(LARGE)])
    mib = (folder / "observations.parquet").stat().st_size / 2**20
    print(f"\n{LARGE:,} series, {mib:.0f} MiB of Parquet ({LARGE * POINTS * UNPACKED / 2**20:.0f} MiB unpacked):\n")
    print("| memory allowed | s | peak GiB |\n|---|---|---|")
    for memory, output in (("16GB", "much.parquet"), (SMALL_MEMORY, "little.parquet")):
        seconds, gib = assessed(folder, output, memory)
        print(f"| {memory} | {seconds:.1f} | {gib:.2f} |", flush=True)
    measured([__file__, "compare", str(folder / "much.parquet"), str(folder / "little.parquet")])
    return gib < MOST_GIB


def bench() -> int:
    """Prints the tables and the promises; 1 where one is not kept."""
    with tempfile.TemporaryDirectory(prefix="policy-goal-tracker-bench-") as name:
        lines = sizes(Path(name))
        fits = larger_than_memory(Path(name))
    (_, _, _, _, _), (middle, middle_s, *_), (most, most_s, most_gib, *_) = lines
    slope = math.log(most_s / middle_s) / math.log(most / middle)
    promises = {
        f"the same outcomes and ratios in both, at {', '.join(f'{s:,}' for s in SIZES)}": True,  # else it had ended
        f"{most:,} series in {most_s:.1f} s, under {MOST_SECONDS:.0f} s": most_s < MOST_SECONDS,
        f"{most_gib:.2f} GiB, under {MOST_GIB:.0f} GiB": most_gib < MOST_GIB,
        f"time grows with the power {slope:.2f} of the series from {middle:,} to {most:,}, at most {STEEPEST}":
            slope <= STEEPEST,
        f"a file larger than {SMALL_MEMORY} of memory gives the same verdicts": fits,
    }  # fmt: skip
    print(f"\n{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    for promise, kept in promises.items():
        print(f"- {'kept' if kept else 'NOT KEPT'}: {promise}")
    return 0 if all(promises.values()) else 1


def main() -> int:
    match sys.argv[1:]:
        case ["write", folder, size]:
            write_tables(Path(folder), int(size))
        case ["pandas", folder]:
            in_pandas(Path(folder), Path(folder) / "pandas.parquet")
        case ["compare", one, other]:
            compare(Path(one), Path(other))
        case _:
            return bench()
    return 0


if __name__ == "__main__":
    sys.exit(main())
