"""What a goal is known by: the rules of each language, from rules/<language>.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

from tracking.model import Bound

LANGUAGES = ("zh", "en")


class Sign(StrEnum):
    """One rule. Most speak for a goal, the last ones against it."""

    COMMITMENT = "commitment"  # 力争, will, aims to
    REACH = "reach"  # 达到, reduce, at least
    OUTCOME = "outcome"  # 明显改善, net zero
    DIRECTION = "direction"  # 加快建设, Ensure …
    NUMBER = "number"  # a number with a unit
    HORIZON = "horizon"  # 到2025年, by 2030
    AIMS = "aims"  # it stands where the document lists its aims
    BOUND = "bound"  # 以上, 左右, at most
    BASE = "base"  # 比2020年, from 1990 levels
    NATURE = "nature"  # 约束性, binding
    PAST = "past"
    OUTLOOK = "outlook"
    PROCESS = "process"
    SPENDING = "spending"
    ELAPSED = "elapsed"  # its year was over when the document was written


# what is known without words of a language; a horizon far weaker where a year only stands there
WEIGHTS = {Sign.NUMBER: 1.6, Sign.HORIZON: 1.5, Sign.AIMS: 1.4, Sign.BASE: 0.5, Sign.ELAPSED: -2.5}
ALONE = (
    0.9  # what a direction weighs more in a text that names neither aims nor numbers: there it is all that is promised
)


@dataclass(frozen=True, slots=True)
class Rules:
    """One language's. Patterns are for a plain text."""

    threshold: float
    signs: Mapping[Sign, tuple[float, re.Pattern[str]]]
    patterns: Mapping[str, re.Pattern[str]]
    by: tuple[re.Pattern[str], ...]
    bounds: Mapping[Bound, re.Pattern[str]]
    scales: Mapping[str, float]
    multiples: Mapping[str, float]
    fractions: Mapping[str, float]
    plans: Mapping[str, tuple[int, int]]
    idle: frozenset[str]  # words that tell nothing from another


_PATTERNS = (
    "heading", "aims", "frame", "reported", "introduces", "counts", "years_only", "bare", "scaled", "falls", "grows",
    "per_year", "changes", "changed", "subject", "makes", "coverage", "bare_year", "this_year", "base", "binding",
    "expected",
)  # fmt: skip


@cache
def rules(language: str) -> Rules:
    """The rules of `zh` or `en`."""
    text = resources.files(__package__).joinpath(f"rules/{language}.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return Rules(
        threshold=raw["threshold"],
        signs={Sign(name): (weight, re.compile(pattern)) for name, (weight, pattern) in raw["signs"].items()},
        patterns={name: re.compile(raw[name]) for name in _PATTERNS} | {"units": re.compile(raw["units"])},
        by=tuple(re.compile(pattern) for pattern in raw["by"]),
        bounds={Bound(name): re.compile(pattern) for name, pattern in raw["bounds"].items()},
        scales={name: float(factor) for name, factor in raw["scales"].items()},
        multiples=raw["multiples"],
        fractions=raw.get("fractions", {}),
        plans={name: (first, last) for name, (first, last) in raw["plans"].items()},
        idle=frozenset(raw["idle"]),
    )
