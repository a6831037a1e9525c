"""In which order verdicts are shown, and which indicators stand for a goal, where not all can be shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tracking.catalogue import Catalogue
from tracking.model import Goal, IndicatorLink, Standing
from tracking.status import Judged

ORDER = (Standing.MET, Standing.ON_TRACK, Standing.BEHIND, Standing.MISSED, Standing.MOVING_AWAY)
WORST_FIRST = (Standing.MISSED, Standing.MOVING_AWAY, Standing.BEHIND, Standing.ON_TRACK, Standing.MET,
               Standing.NOT_JUDGED)  # fmt: skip
FINAL = (Standing.MET, Standing.MISSED)  # drawn solid where a standing stands alone
MOST_CHARTS = 8  # more make the page slow, and nobody looks at thirty charts at once; the others are one link away


def count_of(found: Iterable[Judged]) -> Counter[Standing]:
    return Counter(j.assessment.standing for j in found)


def worst_first(found: Iterable[Judged]) -> list[Judged]:
    return sorted(found, key=lambda j: (WORST_FIRST.index(j.assessment.standing), j.target.due))


def leading(
    catalogue: Catalogue, goal: Goal, found: Mapping[str, Sequence[Judged]], day: date
) -> Sequence[IndicatorLink]:  # fmt: skip
    """The goal's indicators that are drawn large: with a verdict first, then with figures, in the goal's order."""
    if len(goal.indicators) <= MOST_CHARTS:
        return goal.indicators

    def rank(link: IndicatorLink) -> int:
        if any(j.assessment.is_judged for j in found[link.id]):
            return 0
        return 1 if catalogue.main_series(link.id).as_known_on(day) else 2

    chosen = sorted(goal.indicators, key=rank)[:MOST_CHARTS]
    return [link for link in goal.indicators if link in chosen]
