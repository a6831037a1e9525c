"""The words of a catalogue as a script for the search of its pages, which finds what tracking/search.py finds."""

from collections.abc import Iterable, Sequence
from typing import Any

from tracking.model import Kind
from tracking.publish.page import as_script
from tracking.publish.site import Site
from tracking.search import Field, Index, Passage, build_index, folded
from tracking.words import TAGS, words

HAN = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))


def search_file(site: Site, language: str) -> tuple[str, bytes]:
    """Goals, indicators, targets and documents, each with its texts; the parts name one another by place."""
    index, c = build_index(site.catalogue), site.catalogue
    at = {i: k for k, i in enumerate(c.documents)}
    indicators = {i: k for k, i in enumerate(c.indicators)}
    found = {
        "fields": [words(language).say(f"search.field.{field.value}") for field in Field],
        "letters": letters(index),
        "goals": [_goal(site, i, index, language, at, indicators) for i in _ordered(site)],
        "indicators": [
            [i, x.name[language], _texts(index.indicators[i]),
             [[_texts(index.targets[j.key]), sorted({at[d] for d in _cited(j.target)})] for j in site.found[i]]]
            for i, x in c.indicators.items()
        ],
        "documents": [[i if i in site.sources else "", d.title[language], _texts(index.documents[i])]
                      for i, d in c.documents.items()],
    }  # fmt: skip
    return f"{language}/data/search.js", as_script("tracker.search", found)


def _ordered(site: Site) -> list[str]:
    """The goals as they stand on the overview."""
    goals = site.catalogue.goals
    return sorted(goals, key=lambda i: (goals[i].horizon, goals[i].kind is not Kind.OUTCOME))


def _goal(
    site: Site, goal_id: str, index: Index, language: str, at: dict[str, int], indicators: dict[str, int]
) -> list[Any]:
    goal = site.catalogue.goals[goal_id]
    own = site.catalogue.documents[goal.document].language
    label = goal.statement if own == language else goal.title[language]
    below = "" if own == language else goal.statement
    links = [indicators[link.id] for link in goal.indicators]
    return [goal_id, label, below, _texts(index.goals[goal_id]), at[goal.document], links, TAGS[own]]


def _cited(target: Any) -> Iterable[str]:
    return (target.document, *(again.document for again in target.also_in))


def _texts(passages: Sequence[Passage]) -> list[list[Any]]:
    """Each text with its field and language; it is folded where it is searched."""
    order = list(Field)
    return [[order.index(p.field), p.text, p.language] for p in passages]


def letters(index: Index) -> dict[str, str]:
    """The letters whose simplified form stands in the catalogue: who writes traditional ones finds the same."""
    parts = (index.goals, index.indicators, index.targets, index.documents)
    there = {letter for part in parts for some in part.values() for p in some for letter in p.folded}
    return {letter: fold for code in HAN if (fold := folded(letter := chr(code))) != letter and fold in there}
