"""How well the bands of tracking/projection.py hold: what they would have said in the past, and what came.

Rolling origin: for every yearly series of the catalogue, and each of its years with at least five figures up to
it, the figures as first known when that year's was published are projected up to ten years ahead and held
against the newest figure of each year, revisions included. Nothing is projected across a break. A band is
calibrated if the 80 % band holds about 80 % of what came.
"""

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd

from tracking.catalogue import Catalogue
from tracking.model import Indicator, Observation, Series, UnitKind
from tracking.projection import (
    BANDS,
    FARTHEST,
    LEAST_POINTS,
    MOST_POINTS,
    Point,
    Projection,
    is_rate,
    project,
    since_break,
    year_figures,
)
from tracking.words import words

TABLE = Path(__file__).with_name("backtest.csv")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "backtest.md"
ALLOWED = (75.0, 85.0)  # per cent of what came that the 80 % band may hold, over all horizons
ALL, OVERALL = "all", f"1-{FARTHEST}"
HORIZONS: Mapping[str, range] = {
    **{str(h): range(h, h + 1) for h in range(1, 6)},
    "1-5": range(1, 6),
    f"6-{FARTHEST}": range(6, FARTHEST + 1),
    OVERALL: range(1, FARTHEST + 1),
}
_END_OF_TIME = date.max  # as_known_on this day: the newest figure of each period
_NORMAL_80 = 1.281552


@dataclass(frozen=True, slots=True)
class Trial:
    """One projection of one year, and what came. Errors are in multiples of the past mean yearly change."""

    series: str
    horizon: int
    points: int
    growth: bool
    has_peers: bool
    is_tuning: bool
    in50: bool
    in80: bool
    in95: bool
    error: float
    error_last: float
    error_line: float
    walk80: bool


def trials(catalogue: Catalogue) -> Iterator[Trial]:
    """Every projection that the figures allow to be checked, in the catalogue's order."""
    for indicator_id, indicator in catalogue.indicators.items():
        kind = catalogue.unit_of(indicator_id).kind
        if not indicator.series or kind in (UnitKind.RANK, UnitKind.WORDS):
            continue
        ref = indicator.series[0]
        areas = {ref.area: catalogue.series(ref)} if ref.area else catalogue.figures.get(ref.key, {})
        for area, series in areas.items():
            yield from _of_series(indicator, f"{indicator_id}/{area}", series, is_rate(kind), len(areas) > 1)


def _of_series(indicator: Indicator, name: str, series: Series, growth: bool, has_peers: bool) -> Iterator[Trial]:
    newest = year_figures(indicator, series.as_known_on(_END_OF_TIME))
    for origin in newest:
        past = _as_first_known(indicator, series, origin.period.year)
        if len(past) < LEAST_POINTS:
            continue
        came = _comparable(indicator, origin, newest)
        if not came:
            continue
        points = [(float(o.period.year), o.value) for o in past]
        limits = indicator.natural_limits
        until = max(o.period.year for o in came)
        projection = project(points, until, growth_rates=growth, floor=limits.low, ceiling=limits.high)
        for o in came:
            yield _trial(name, growth, has_peers, projection, o)


def _as_first_known(indicator: Indicator, series: Series, year: int) -> tuple[Observation, ...]:
    """The figures up to a year, as known on the day its own was first published."""
    own = [o.known for o in series.observations if o.period.year == year and year_figures(indicator, [o])]
    known = year_figures(indicator, series.as_known_on(min(own)))
    return since_break(indicator, [o for o in known if o.period.year <= year])


def _comparable(indicator: Indicator, origin: Observation, newest: Sequence[Observation]) -> list[Observation]:
    """The later figures, up to ten years on and not beyond a break."""
    onward = [o for o in newest if 0 <= o.period.year - origin.period.year <= FARTHEST]
    return [o for n, o in enumerate(onward) if n and since_break(indicator, onward[: n + 1])[0] is origin]


def _trial(name: str, growth: bool, has_peers: bool, projection: Projection, came: Observation) -> Trial:
    points, value = projection.points, came.value
    horizon = round(came.period.year - points[-1][0])
    step = projection.steps[horizon - 1]
    size = _mean_change(points)
    inside = {share: low <= value <= high for share, (low, high) in step.bands.items()}
    return Trial(
        series=name,
        horizon=horizon,
        points=len(points),
        growth=growth,
        has_peers=has_peers,
        is_tuning=_is_tuning(name),
        in50=inside[50],
        in80=inside[80],
        in95=inside[95],
        error=abs(value - step.median) / size,
        error_last=abs(value - points[-1][1]) / size,
        error_line=abs(value - _line(points, step.year)) / size,
        walk80=abs(value - points[-1][1]) <= _NORMAL_80 * _walk(points) * math.sqrt(horizon),
    )


def _is_tuning(name: str) -> bool:
    """The half of the series on which the constants were chosen: by a digest of the name, so by nobody."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 0


def _changes(points: Sequence[Point]) -> list[float]:
    return [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]


def _mean_change(points: Sequence[Point]) -> float:
    changes = _changes(points)
    return sum(map(abs, changes)) / len(changes) or 1.0  # a constant past: errors in the figure's own unit


def _walk(points: Sequence[Point]) -> float:
    """The yearly step of a random walk without drift: the root mean square change."""
    changes = _changes(points)
    return math.sqrt(sum(c * c for c in changes) / len(changes))


def _line(points: Sequence[Point], year: float) -> float:
    """The least-squares straight line through the points, in a later year."""
    n = len(points)
    mean_t, mean_v = sum(t for t, _ in points) / n, sum(v for _, v in points) / n
    slope = sum((t - mean_t) * (v - mean_v) for t, v in points) / sum((t - mean_t) ** 2 for t, _ in points)
    return mean_v + slope * (year - mean_t)


# ---- the table


def table_of(found: Iterable[Trial]) -> pd.DataFrame:
    """One row for each group of series and horizon.

    `n` trials in `series` series. `cover50`, `cover80`, `cover95`: per cent of what came inside the band, every
    series counting the same; `each50`, `each80`, `each95`: every trial counting the same. `error`: the median
    error of our median in multiples of the past mean yearly change; `error_last`, `error_line`: the same for
    the last figure carried on, and for a straight line. `walk80`: what an 80 % band around the last figure
    carried on would have held (a normal random walk). ValueError if there is no trial.
    """
    trials = pd.DataFrame([asdict(t) for t in found])
    if trials.empty:
        raise ValueError("no series is long enough to be projected and held against what came")
    parts = [
        (group, horizon, part[part["horizon"].isin(list(years))])
        for group, part in _groups(trials).items()
        for horizon, years in HORIZONS.items()
    ]
    return pd.DataFrame([{"group": g, "horizon": h, **_row(part)} for g, h, part in parts if len(part)])


def _groups(trials: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All, the half the constants were chosen on, the half they were not, and parts that differ in kind."""
    return {
        ALL: trials,
        "chosen": trials[trials["is_tuning"]],
        "held": trials[~trials["is_tuning"]],
        "levels": trials[~trials["growth"]],
        "rates": trials[trials["growth"]],
        "short": trials[trials["points"] <= 8],
        "alone": trials[~trials["has_peers"]],
    }


def _row(part: pd.DataFrame) -> dict[str, float | int]:
    row: dict[str, float | int] = {"n": len(part), "series": part["series"].nunique()}
    each = {f"in{share}": f"{share}" for share in BANDS}
    by_series = part.groupby("series")[[*each, "walk80"]].mean().mean() * 100
    row |= {f"cover{share}": round(float(by_series[key]), 1) for key, share in each.items()}
    row |= {f"each{share}": round(float(part[key].mean()) * 100, 1) for key, share in each.items()}
    row |= {key: round(float(part[key].median()), 2) for key in ("error", "error_last", "error_line")}
    return row | {"walk80": round(float(by_series["walk80"]), 1)}


def backtest_table() -> pd.DataFrame:
    """The stored table (tracking/backtest.csv), columns as in `table_of`; cheap, so that a page may show it."""
    return pd.read_csv(TABLE, dtype={"horizon": str})


def overall_80(table: pd.DataFrame) -> float:
    """Per cent of what came that the 80 % band held, over all series and horizons, every series the same."""
    return float(table.loc[(table["group"] == ALL) & (table["horizon"] == OVERALL), "cover80"].iloc[0])


def is_calibrated(table: pd.DataFrame) -> bool:
    low, high = ALLOWED
    return low <= overall_80(table) <= high


def page(table: pd.DataFrame, language: str) -> str:
    """The back-test in words: what was done, how it came out, the table (Markdown)."""
    paragraphs = [
        "# " + words(language).say("projection.backtest.title"),
        how_text(language) + " " + words(language).say("projection.backtest.written"),
        result_text(table, language),
        *(_section(table[table["group"] == group], group, language) for group in table["group"].unique()),
    ]
    return "\n\n".join(paragraphs) + "\n"


def how_text(language: str) -> str:
    """What was done."""
    return words(language).say("projection.backtest.how", least=LEAST_POINTS, most=MOST_POINTS, farthest=FARTHEST)


def result_text(table: pd.DataFrame, language: str) -> str:
    """How it came out, and what was asked for."""
    overall = table[(table["group"] == ALL) & (table["horizon"] == OVERALL)].iloc[0]
    said = {"n": f"{overall['n']:,}", "series": overall["series"], "cover80": overall["cover80"]}
    low, high = ALLOWED
    return words(language).say("projection.backtest.result", low=f"{low:g}", high=f"{high:g}", **said)


def _section(part: pd.DataFrame, group: str, language: str) -> str:
    w = words(language)
    columns = [column for column in part.columns if column != "group"]
    lines = [
        "| " + " | ".join(w.say(f"projection.column.{column}") for column in columns) + " |",
        "|" + "---:|" * len(columns),
        *("| " + " | ".join(str(cell) for cell in cells) + " |" for cells in part[columns].itertuples(index=False)),
    ]
    return "## " + w.say(f"projection.group.{group}") + "\n\n" + "\n".join(lines)


def write(table: pd.DataFrame, folder: Path | None = None) -> tuple[Path, Path]:
    """Store the table and its page, in their places or in another folder; return where."""
    stored, shown = (TABLE, PAGE) if folder is None else (folder / TABLE.name, folder / PAGE.name)
    table.to_csv(stored, index=False)
    shown.write_text(page(table, "en"), encoding="utf-8")
    return stored, shown
