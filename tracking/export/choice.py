"""What is to be exported: indicators, and where a chart is exported, the areas and years that it shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracking.catalogue import Catalogue
from tracking.charts.options import ChartOptions


@dataclass(frozen=True, slots=True)
class Choice:
    """Ids of indicators, in order. `areas` None: every area; `first` and `last`: years, both included, None: all.

    `goals` are named in the tables of goals; others that share an indicator are not.
    """

    indicators: tuple[str, ...]
    goals: tuple[str, ...]
    areas: tuple[str, ...] | None = None
    first: int | None = None
    last: int | None = None


def everything(catalogue: Catalogue) -> Choice:
    return Choice(tuple(catalogue.indicators), tuple(catalogue.goals))


def chosen(catalogue: Catalogue, goals: Iterable[str] = (), indicators: Iterable[str] = ()) -> Choice:
    """The indicators of these goals and these indicators, each once; everything if none is named.

    Every id is one of the catalogue's. Of an indicator that is named alone, every goal that uses it comes along.
    """
    goals, indicators = tuple(dict.fromkeys(goals)), tuple(dict.fromkeys(indicators))
    if not goals and not indicators:
        return everything(catalogue)
    of_goals = [link.id for goal in goals for link in catalogue.goals[goal].indicators]
    users = [goal for i in indicators if i not in of_goals for goal in catalogue.goals_with(i)]
    return Choice(tuple(dict.fromkeys([*of_goals, *indicators])), tuple(dict.fromkeys([*goals, *users])))


def of_chart(catalogue: Catalogue, indicator_id: str, options: ChartOptions) -> Choice:
    """What a chart shows: its indicator and the one beside it, the areas compared, the years in sight."""
    ids = (indicator_id, *([options.beside] if options.beside else []))
    goals = tuple(dict.fromkeys(g for i in ids for g in catalogue.goals_with(i)))
    own = {ref.area or catalogue.card.area for i in ids for ref in catalogue.indicators[i].series[:1]}
    return Choice(ids, goals, (*sorted(own), *options.areas), options.first, options.last)
