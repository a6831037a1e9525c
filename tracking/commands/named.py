"""Goals and indicators that a call names."""

from collections.abc import Iterable

from tracking.catalogue import Catalogue
from tracking.problems import closest
from tracking.words import words


def unknown_names(catalogue: Catalogue, goals: Iterable[str], indicators: Iterable[str], language: str) -> list[str]:
    """A sentence for every name that nothing in the catalogue has, and what was probably meant."""
    named = [("goal", i, catalogue.goals) for i in goals]
    asked = [*named, *(("indicator", i, catalogue.indicators) for i in indicators)]
    return [_sentence(kind, name, known, language) for kind, name, known in asked if name not in known]


def _sentence(kind: str, name: str, known: Iterable[str], language: str) -> str:
    say, near = words(language).say, closest(name, known)
    return say(f"export.unknown.{kind}", name=name) + (say("problem.did-you-mean", word=near) if near else "")
