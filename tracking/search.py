"""Finding goals, indicators, targets and documents by any part of their words, in Chinese and in English.

Chinese has no spaces, so a run of characters is found wherever it stands; a Latin word or a number is found from its
beginning. Width, case, the shape of quotation marks, and simplified or traditional characters make no difference.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from opencc import OpenCC

from tracking.catalogue import Catalogue
from tracking.model import Document, Goal, Indicator, Target, Text

_ALIKE = str.maketrans("‘’“”「」『』—–−‐‑", '\'\'""""""-----')


class Field(StrEnum):
    """Where a word was found, the most telling first."""

    STATEMENT = "statement"
    TITLE = "title"
    MEANING = "meaning"
    INDICATOR = "indicator"
    QUOTE = "quote"
    TARGET = "target"
    DEFINITION = "definition"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that is searched. `folded` is what is compared."""

    field: Field
    text: str
    language: str
    folded: str


@dataclass(frozen=True)
class Index:
    """Every text that is searched, by what it belongs to; a target by its indicator's id and its key."""

    goals: Mapping[str, tuple[Passage, ...]]
    indicators: Mapping[str, tuple[Passage, ...]]
    targets: Mapping[tuple[str, str], tuple[Passage, ...]]
    documents: Mapping[str, tuple[Passage, ...]]


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=65536)
def folded_letter(letter: str) -> str:
    return str(_simplifier().convert(unicodedata.normalize("NFKC", letter).translate(_ALIKE))).casefold()


def folded(text: str) -> str:
    """The text as it is compared: each character for itself, so that a match can be marked in the original."""
    return "".join(map(folded_letter, text))


def words_of(query: str) -> tuple[str, ...]:
    """What is looked for: every word of the query must be found."""
    return tuple(dict.fromkeys(folded(query).split()))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def find(word: str, text: str) -> int:
    """Where a folded word stands in a folded text; −1 if it does not. A Latin word counts from its beginning."""
    at = text.find(word)
    while at > 0 and _is_latin(word[0]) and _is_latin(text[at - 1]):
        at = text.find(word, at + 1)
    return at


def marked(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is a match: `(("新建", False), ("5G", True))`."""
    pieces = [folded_letter(letter) for letter in text]
    origin = [k for k, piece in enumerate(pieces) for _ in piece]  # of each folded character, its original
    hits = {origin[k] for first, last in _spans("".join(pieces), words) for k in range(first, last)}
    found: list[tuple[str, bool]] = []
    for k, letter in enumerate(text):
        if found and found[-1][1] == (k in hits):
            found[-1] = (found[-1][0] + letter, found[-1][1])
        else:
            found.append((letter, k in hits))
    return tuple(found)


def _spans(text: str, words: Sequence[str]) -> Iterable[tuple[int, int]]:
    for word in words:
        start = 0
        while (at := find(word, text[start:])) >= 0:
            # cut off at `start`, a match in the middle of a Latin word looks like its beginning
            first = start + at
            if not (first and _is_latin(word[0]) and _is_latin(text[first - 1])):
                yield first, first + len(word)
            start = first + len(word)


def build_index(catalogue: Catalogue) -> Index:
    """Every text of the catalogue that can be searched. Pure and the same for all readers."""
    return Index(
        {i: _goal(catalogue, g) for i, g in catalogue.goals.items()},
        {i: _indicator(x) for i, x in catalogue.indicators.items()},
        {(i, t.key): _target(catalogue, t) for i, _, t in catalogue.targets()},
        {i: _document(d) for i, d in catalogue.documents.items()},
    )


def _passage(field: Field, text: str, language: str) -> Passage:
    return Passage(field, text, language, folded(text))


def _both(field: Field, text: Text | None) -> tuple[Passage, ...]:
    return (_passage(field, text.zh, "zh"), _passage(field, text.en, "en")) if text else ()


def _goal(catalogue: Catalogue, goal: Goal) -> tuple[Passage, ...]:
    language = catalogue.documents[goal.document].language
    own = _passage(Field.STATEMENT, goal.statement, language)
    titles = (p for p in _both(Field.TITLE, goal.title) if p.folded != own.folded)
    return (own, *titles, *_both(Field.MEANING, goal.meaning))


def _indicator(indicator: Indicator) -> tuple[Passage, ...]:
    return (*_both(Field.INDICATOR, indicator.name), *_both(Field.DEFINITION, indicator.definition))


def _target(catalogue: Catalogue, target: Target) -> tuple[Passage, ...]:
    """A target's quotations with their translations, and its own words."""
    quoted = [(target.document, target.quote, target.translation)]
    quoted += [(again.document, again.quote, again.translation) for again in target.also_in]
    found = [
        passage
        for document, quote, translation in quoted
        for passage in (
            *([_passage(Field.QUOTE, quote, catalogue.documents[document].language)] if quote else []),
            *(_passage(Field.QUOTE, text, language) for language, text in translation.items()),
        )
    ]
    return (*found, *_both(Field.TARGET, target.words))


def _document(document: Document) -> tuple[Passage, ...]:
    return _both(Field.DOCUMENT, document.title)


def found_in(passages: Sequence[Passage], words: Sequence[str]) -> int:
    """Which of the words stand in one of the passages: the bit of each one that does."""
    return sum(1 << k for k, word in enumerate(words) if any(find(word, p.folded) >= 0 for p in passages))


def hits(passages: Iterable[Passage], words: Sequence[str], language: str) -> list[Passage]:
    """The passages with a match, each field once: the reader's language where both match."""
    matching = [p for p in passages if any(find(word, p.folded) >= 0 for word in words)]
    matching.sort(key=lambda p: p.language != language)
    first: dict[Field, Passage] = {}
    for p in matching:
        first.setdefault(p.field, p)
    return [first[field] for field in Field if field in first]


def excerpt(pieces: Sequence[tuple[str, bool]], most: int = 60) -> tuple[tuple[str, bool], ...]:
    """The pieces of a long text around its first match; what is left out is shown by an ellipsis."""
    before = pieces[0][0] if pieces and not pieces[0][1] else ""
    cut = [("…" + before[-most // 3 :], False), *pieces[1:]] if len(before) > most // 2 else list(pieces)
    found: list[tuple[str, bool]] = []
    left = most
    for text, is_match in cut:
        if left <= 0:
            break
        found.append((text if len(text) <= left else text[:left] + "…", is_match))
        left -= len(text)
    return tuple(found)
