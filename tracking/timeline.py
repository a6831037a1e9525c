"""When each target was adopted, for when, and what came after it: what a timeline draws. Computes no verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracking.model import Target
from tracking.status import Judged


@dataclass(frozen=True)
class Line:
    """One target from the day of adoption to the end of its due period.

    `replaced_by` and `replaces` are what the catalogue calls a replacement: the earlier one no longer counts.
    `followed_by` and `follows` are merely the next and the last target of the same indicator; both still count.
    """

    judged: Judged
    replaced_by: Target | None = None
    replaces: Target | None = None
    followed_by: Target | None = None
    follows: Target | None = None

    @property
    def target(self) -> Target:
        return self.judged.target

    @property
    def begins(self) -> date:
        """The first day on which it surely stood."""
        return self.target.adopted.end

    @property
    def ends(self) -> date:
        """The last day of its due period; of a replaced target, the day of the replacement."""
        later = self.replaced_by
        return self.target.due.end if later is None else min(later.adopted.end, self.target.due.end)

    def runs_on(self, day: date) -> bool:
        """Whether it is still to be reached on that day."""
        return self.begins <= day <= self.ends


def timeline(found: Mapping[str, Sequence[Judged]]) -> dict[str, tuple[Line, ...]]:
    """The targets of each indicator that has any, in order of adoption. `found` are those adopted by a day."""
    return {indicator_id: _lines(some) for indicator_id, some in found.items() if some}


def _lines(found: Sequence[Judged]) -> tuple[Line, ...]:
    ordered = sorted(found, key=lambda j: (j.target.adopted.end, j.target.due, j.target.key))
    targets = [j.target for j in ordered]
    next_of = {t.key: _next(t, targets) for t in targets}
    return tuple(
        Line(
            j,
            replaced_by=next((t for t in targets if t.supersedes == j.target.key), None),
            replaces=next((t for t in targets if t.key == j.target.supersedes), None),
            followed_by=next_of[j.target.key],
            follows=next((t for t in reversed(targets) if next_of[t.key] is j.target), None),
        )
        for j in ordered
    )


def _next(target: Target, ordered: Sequence[Target]) -> Target | None:
    """The first target that was adopted later for a later period and does not replace it."""
    return next(
        (
            t
            for t in ordered
            if t.adopted.end > target.adopted.end and t.due.end > target.due.end and t.supersedes != target.key
        ),
        None,
    )


@dataclass(frozen=True)
class Axis:
    """Whole years, both included, on which days have a place from 0 to 100."""

    first: int
    last: int

    @property
    def years(self) -> int:
        return self.last - self.first + 1

    def at(self, day: date) -> float:
        """The place of the end of a day, in per cent; a day outside stands at the edge."""
        start, end = date(self.first, 1, 1), date(self.last, 12, 31)
        share = ((day - start).days + 1) / ((end - start).days + 1)
        return round(min(max(share, 0), 1) * 100, 2)

    def marks(self, every: int = 5) -> tuple[int, ...]:
        """The years that are named: round ones."""
        return tuple(year for year in range(self.first, self.last + 1) if year % every == 0)


def axis_of(lines: Sequence[Line], day: date) -> Axis:
    """The years that hold all these lines and the day."""
    days = [day, *(line.begins for line in lines), *(line.target.due.end for line in lines)]
    return Axis(min(days).year, max(days).year)
