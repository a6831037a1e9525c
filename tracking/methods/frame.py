"""What a rule is written over: named columns, each made from those before it.

The same rule runs over a table of any size (tracking/tables.py gives a frame of Ibis columns, which DuckDB or
Spark computes) and over single numbers (PlainFrame), so that there is one definition of it.
"""

from collections.abc import Mapping
from typing import Any, Protocol, Self

import numpy as np

Column = Any  # a column, or one number, text or truth
Case = tuple[Column, Column]


class Frame(Protocol):
    """Columns by name (`x.v0`), and the few operations in which columns and single numbers differ."""

    def __getattr__(self, name: str) -> Column: ...

    def let(self, **columns: Column) -> Self:
        """The frame with further columns, or with new ones in the place of old."""

    def first(self, *cases: Case, otherwise: Column = None) -> Column:
        """The value of the first condition that holds; a missing condition does not hold."""

    def unknown(self, value: Column) -> Column:
        """Whether a value is missing."""

    def least(self, one: Column, other: Column) -> Column: ...
    def greatest(self, one: Column, other: Column) -> Column: ...
    def size(self, value: Column) -> Column: ...
    def among(self, value: Column, names: tuple[str, ...]) -> Column: ...
    def outside(self, value: Column, names: tuple[str, ...]) -> Column: ...


class PlainFrame:
    """Single numbers. What is missing is NaN, with which no comparison holds."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = {name: _number(value) for name, value in columns.items()}

    def __getattr__(self, name: str) -> Column:
        try:
            return self._columns[name]
        except KeyError:
            raise AttributeError(name) from None

    def let(self, **columns: Column) -> "PlainFrame":
        return PlainFrame({**self._columns, **columns})

    def first(self, *cases: Case, otherwise: Column = None) -> Column:
        # A missing condition is NaN, which Python takes for true.
        return _number(next((value for condition, value in cases if condition and condition == condition), otherwise))

    def unknown(self, value: Column) -> bool:
        return isinstance(value, float) and bool(np.isnan(value))

    def least(self, one: Column, other: Column) -> Column:
        return np.minimum(one, other)

    def greatest(self, one: Column, other: Column) -> Column:
        return np.maximum(one, other)

    def size(self, value: Column) -> Column:
        return np.abs(value)

    def among(self, value: Column, names: tuple[str, ...]) -> bool:
        return value in names

    def outside(self, value: Column, names: tuple[str, ...]) -> bool:
        return value not in names


def _number(value: Column) -> Column:
    """Numbers as numpy has them, which divide by zero without raising."""
    if value is None:
        return np.float64(np.nan)
    return np.float64(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def cagr(a: Column, b: Column, years: Column) -> Column:
    """Compound annual growth from b to a, as a share: (a / b)^(1 / years) - 1."""
    return (a / b) ** (1 / years) - 1
