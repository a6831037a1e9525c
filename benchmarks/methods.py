"""`make bench`: how long `tracking assess` takes at 10^4, 10^5 and 10^6 series, beside the same rules in plain pandas.

Series of ten yearly figures through statcan-2025 and destatis-2022, Parquet in, Parquet out, each run a process of its
own. Prints the tables of docs/benchmarks.md and ends with an error where a promise is not kept: the same outcomes in
both, a million series in under 60 s and 4 GiB, a cost that grows linearly, and a file larger than the memory it gets.
"""

import os
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
SMALL_MEMORY, LARGE = "256MB", 4_000_000  # series; their file is several times the memory


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
    """Seconds and peak GiB of a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 2**20


def assessed(folder: Path, method: str, memory: str = "3GB") -> tuple[float, float]:
    """One run of the command, its verdicts in `<method>.parquet`."""
    return measured([
        "-m", "tracking", "assess", str(folder / "observations.parquet"), str(folder / "targets.parquet"),
        "--method", method, "--memory", memory, "-o", str(folder / f"{method}.parquet"),
    ])  # fmt: skip


def differing(folder: Path) -> int:
    """How many verdicts differ between the command and plain pandas."""
    ours = pd.concat([pd.read_parquet(folder / f"{m}.parquet", columns=["series", "method", "outcome"]) for m in RULES])
    both = ours.merge(pd.read_parquet(folder / "pandas.parquet"), on=["series", "method"], how="outer")
    return int((both["outcome_x"] != both["outcome_y"]).sum())


def growing(folder: Path) -> tuple[list[dict[str, float]], bool]:
    """The table of sizes, and whether every promise on it is kept."""
    lines, kept = [], True
    for size in SIZES:
        write_tables(folder, size)
        runs = [assessed(folder, m) for m in RULES]
        seconds, gib = sum(s for s, _ in runs), max(g for _, g in runs)
        plain, plain_gib = measured([__file__, "pandas", str(folder)])
        apart = differing(folder)
        kept &= apart == 0
        lines.append(
            {"size": size, "s": seconds, "gib": gib, "pandas_s": plain, "pandas_gib": plain_gib, "apart": apart}
        )
    return lines, kept


def main() -> int:
    if sys.argv[1:2] == ["pandas"]:
        in_pandas(Path(sys.argv[2]), Path(sys.argv[2]) / "pandas.parquet")
        return 0
    with tempfile.TemporaryDirectory(prefix="policy-goal-tracker-bench-") as name:
        folder = Path(name)
        lines, kept = growing(folder)
        print(lines, kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
