"""What a site is made of: a catalogue judged on one day, and where each of its pages stands. Computes no verdict."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from tracking.catalogue import Catalogue
from tracking.changes import Changes, changes_since
from tracking.days import FIRST
from tracking.documents import Source, sources
from tracking.fragility import Fragility, fragility
from tracking.glance import Glance, glances
from tracking.model import Standing
from tracking.panel import Key, Panel, panels
from tracking.selection import code
from tracking.status import Judged, judge_all
from tracking.timeline import Line, timeline

T = TypeVar("T")
MOST_ROWS = 200  # of one page; the others are on pages that follow
MOST_DAYS = 40  # of changes


@dataclass(frozen=True, eq=False)
class Site:
    """A catalogue as known on a day, to be published in some languages. `base` is its address, which ends with `/`;
    empty where it is not known."""

    catalogue: Catalogue
    as_of: date
    languages: tuple[str, ...]
    base: str = ""

    @cached_property
    def found(self) -> dict[str, tuple[Judged, ...]]:
        return judge_all(self.catalogue, self.as_of)

    @cached_property
    def panels(self) -> dict[Key, Panel]:
        return panels(self.catalogue, self.as_of)

    @cached_property
    def glances(self) -> Mapping[str, Glance]:
        return glances(self.catalogue, self.as_of)

    @cached_property
    def sources(self) -> dict[str, Source]:
        return sources(self.catalogue, self.as_of)

    @cached_property
    def changes(self) -> Changes:
        return changes_since(self.catalogue, FIRST, self.as_of)

    def targets_of(self, goal_ids: Iterable[str]) -> list[Judged]:
        """The judged targets that the indicators of these goals carry, each once."""
        links = (link for i in goal_ids for link in self.catalogue.goals[i].indicators)
        return list({j.key: j for link in links for j in self.found[link.id]}.values())

    @cached_property
    def users(self) -> dict[str, list[str]]:
        """Of each indicator, the goals that use it."""
        found: dict[str, list[str]] = {}
        for goal_id, _, link, _ in self.catalogue.links():
            found.setdefault(link.id, []).append(goal_id)
        return found

    def selections(self, language: str) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """What goals can be picked by: horizons and themes, each with its page, its title and how many goals it has."""
        card, goals = self.catalogue.card, self.catalogue.goals.values()
        by_horizon, by_theme = Counter(g.horizon for g in goals), Counter(g.theme for g in goals)
        return [
            ("horizon", [(horizon_page(h), t[language], by_horizon[h]) for h, t in sorted(card.horizons.items())
                         if by_horizon[h]]),
            ("theme", [(theme_page(i), t[language], by_theme[i]) for i, t in card.themes.items() if by_theme[i]]),
        ]  # fmt: skip

    @cached_property
    def lines(self) -> dict[str, tuple[Line, ...]]:
        """The targets of each indicator from adoption to the due period."""
        return timeline(self.found)

    @cached_property
    def by_standing(self) -> dict[Standing, list[Judged]]:
        """Every target once, by its standing."""
        found: dict[Standing, list[Judged]] = {standing: [] for standing in Standing}
        for mine in self.found.values():
            for judged in mine:
                found[judged.assessment.standing].append(judged)
        return found

    @cached_property
    def _fragilities(self) -> dict[Key, Fragility | None]:
        return {}

    def fragile(self, judged: Judged) -> Fragility | None:
        """How easily a verdict turns, found once for all pages that say so."""
        if judged.key not in self._fragilities:
            self._fragilities[judged.key] = fragility(self.catalogue, judged.indicator_id, judged.target, self.as_of)
        return self._fragilities[judged.key]


# where everything stands, from the folder of a language


def goal_page(goal_id: str) -> str:
    return f"goals/{goal_id}.html"


def indicator_page(indicator_id: str) -> str:
    return f"indicators/{indicator_id}.html"


def document_page(document_id: str) -> str:
    return f"documents/{document_id}.html"


def horizon_page(horizon: int) -> str:
    return f"horizons/{horizon}.html"


def theme_page(theme: str) -> str:
    return f"themes/{theme}.html"


def standing_page(standing: Standing) -> str:
    return f"standings/{code(standing)}.html"


def numbered(name: str, number: int) -> str:
    """The address of a list's page: its first has none of its own."""
    return name if number == 1 else f"{name.removesuffix('.html')}-{number}.html"


def in_pages(some: Sequence[T], most: int) -> Iterator[tuple[int, int, Sequence[T]]]:
    """The parts of a long list: the number of each, how many there are, what is in it; one part if there is nothing."""
    last = max(1, -(-len(some) // most))
    for number in range(1, last + 1):
        yield number, last, some[(number - 1) * most : number * most]


def relative(here: str, there: str) -> str:
    """From one file of the site to another, so that it works under any path and from a disk."""
    return posixpath.relpath(there, posixpath.dirname(here) or ".")
