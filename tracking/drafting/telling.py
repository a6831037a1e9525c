"""What is said of a draft: where it stands, how sure it is and why, and how it stands to what is tracked."""

from collections.abc import Sequence

from tracking.catalogue import Catalogue
from tracking.drafting.drafts import Draft
from tracking.drafting.matching import Nearness, Of
from tracking.drafting.signs import Sign
from tracking.words import words


def summary(made: Sequence[Draft], language: str) -> str:
    """`12 drafts: 3 new, 2 near to what is tracked, 7 already tracked.`"""
    w = words(language)
    if not made:
        return w.say("drafting.nothing")
    counts = {s.value: sum(d.match.nearness is s for d in made) for s in Nearness}
    return w.count("drafting.summary", len(made), **counts)


def how_sure(draft: Draft, language: str) -> str:
    """`sure (94%)`: the word and the number."""
    w = words(language)
    word = w.say(f"drafting.sureness.{draft.found.how_sure.value}")
    return w.say("drafting.how-sure", word=word, share=f"{draft.found.sure:.0%}")


def why_text(draft: Draft, language: str) -> str:
    """The rules that spoke, those against it last."""
    w = words(language)
    spoke = [w.say(f"drafting.sign.{sign.value}") for sign in Sign if sign in draft.found.signs]
    return ("；" if language == "zh" else "; ").join(spoke)


def place_text(draft: Draft, language: str) -> str:
    """Line and characters, from 1, and the page where there is one."""
    w, found = words(language), draft.found
    page = w.say("drafting.page", page=draft.page) if draft.page is not None else ""
    return page + w.say("drafting.place", line=found.line, first=found.first + 1, last=found.last)


def fill_in(draft: Draft, language: str) -> str:
    return words(language).say("drafting.fill-in", keys=", ".join(draft.blanks))


def nearness(draft: Draft, catalogue: Catalogue, language: str) -> str:
    """How it stands to what is tracked, and to which goal or indicator."""
    w, match = words(language), draft.match
    word = w.say(f"drafting.nearness.{match.nearness.value}")
    if match.name is None:
        return word
    named = catalogue.goals[match.name].title if match.of is Of.GOAL else catalogue.indicators[match.name].name
    nearest = w.say("drafting.of", title=named[language], share=f"{match.like:.0%}")
    return f"{word}{'：' if language == 'zh' else ': '}{nearest}"
