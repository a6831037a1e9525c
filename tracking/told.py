"""The history and the fragility of verdicts as text, for the shell."""

from collections.abc import Callable
from datetime import date

from tracking.assessment import assess
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.fragility import fragility, fragility_sentences
from tracking.history import cause_sentence, verdict_history
from tracking.model import Assessment, Target
from tracking.numbers import day_text
from tracking.problems import closest
from tracking.sentences import reason_word, sentence, standing_word, target_text
from tracking.words import words

Lines = Callable[[Catalogue, str, Target, date, str], list[str]]


class UnknownName(Exception):
    """Nothing in the catalogue has this name; the message is a sentence that says what has."""


def told(catalogue: Catalogue, name: str, key: str | None, day: date, language: str, lines: Lines) -> str:
    """A paragraph for each target, adopted by that day, of a goal or an indicator; `key` picks one target.

    UnknownName for a name that is neither, or a key that none of its targets has.
    """
    found = [(i, t) for i in indicators_of(catalogue, name, language) for t in catalogue.indicators[i].targets]
    if key is not None:
        _demand_key(name, key, [t.key for _, t in found], language)
    stood = [
        (i, t)
        for i in dict.fromkeys(i for i, _ in found)
        for t in adopted_targets(catalogue.indicators[i], day)
        if key in (None, t.key)
    ]
    if not stood:
        return words(language).say("history.none", name=name, day=day_text(day, language))
    paragraphs = [
        "\n".join(
            [_heading(catalogue, i, t, language), *(f"  {line}" for line in lines(catalogue, i, t, day, language))]
        )
        for i, t in stood
    ]
    return "\n\n".join(paragraphs)


def indicators_of(catalogue: Catalogue, name: str, language: str) -> list[str]:
    """The ids of a goal's indicators, or the one indicator of that id."""
    if name in catalogue.goals:
        return [link.id for link in catalogue.goals[name].indicators]
    if name in catalogue.indicators:
        return [name]
    near = closest(name, [*catalogue.goals, *catalogue.indicators])
    raise UnknownName(words(language).say("history.unknown", name=name) + _meant(near, language))


def _demand_key(name: str, key: str, known: list[str], language: str) -> None:
    if key not in known:
        text = words(language).say("history.unknown-target", name=name, target=key, known=", ".join(known) or "–")
        raise UnknownName(text + _meant(closest(key, known), language))


def _meant(near: str | None, language: str) -> str:
    return words(language).say("problem.did-you-mean", word=near) if near else ""


def _heading(catalogue: Catalogue, indicator_id: str, target: Target, language: str) -> str:
    text = target_text(catalogue, indicator_id, target, language)
    return f"{catalogue.indicators[indicator_id].name[language]}: {text}  [{indicator_id} {target.key}]"


def _standing(a: Assessment, language: str) -> str:
    reason = f": {reason_word(a.reason, language)}" if a.reason else ""
    return f"[{standing_word(a.standing, language)}{reason}]"


def history_lines(catalogue: Catalogue, indicator_id: str, target: Target, day: date, language: str) -> list[str]:
    """Two lines for each day of the history: the verdict, and what changed it."""
    lines: list[str] = []
    for change in verdict_history(catalogue, indicator_id, target, day):
        said = sentence(catalogue, indicator_id, target, change.assessment, language)
        lines.append(f"{day_text(change.day, language)}  {_standing(change.assessment, language)} {said}")
        lines.append(f"    {cause_sentence(catalogue, indicator_id, change, language)}")
    return lines


def fragility_lines(catalogue: Catalogue, indicator_id: str, target: Target, day: date, language: str) -> list[str]:
    """The verdict, whether it is borderline, and what would turn it."""
    say, a = words(language).say, assess(catalogue, indicator_id, target, day)
    verdict = f"{_standing(a, language)} {sentence(catalogue, indicator_id, target, a, language)}"
    found = fragility(catalogue, indicator_id, target, day)
    if found is None:
        return [verdict]
    word = say("fragility.borderline" if found.borderline else "fragility.firm")
    return [
        verdict,
        f"{word}:",
        *(f"  {line}" for line in fragility_sentences(catalogue, indicator_id, target, found, language)),
    ]
