"""Sentences and their clauses, with their places; which lines are headings and which are items of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

HAN = re.compile(r"[\u3400-\u9fff]")
_END = re.compile(r"[。！？!?]+[”’\"'）)」』]*|(?<![\s.][a-z])(?<!\bno)(?<!\bart)(?<!\bapprox)(?<!\bvs)\.[\"')]*(?=\s)")
# a bullet, a number, a hash: what stands before the words of a line
_MARK = re.compile(
    r"\s*(?:[-•·*●■◆–—○]+(?=\s|\D)|#{1,6}\s|\(?[0-9]{1,2}[.)、．](?!\d)|[(（][0-9一二三四五六七八九十a-z]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\s|\|)\s*"
)
_ITEM = re.compile(r"\s*(?:[-•·*●■◆–○]|[(（][a-z0-9]{1,3}[)）])\s*")
_CHAPTER = re.compile(r"\s*(?:#{1,6}\s|第[一二三四五六七八九十]{1,3}[章节篇条]|chapter\s|article\s|part\s)")
_CLAUSE = re.compile(r"[;；：]|,(?!\d{3}(?!\d))|(?<!\d),|，|、(?=将|要|并|以|加快|深入|着力)|:(?!\d)")
_GOAL = re.compile(r"(?:goal|target|objective|mission|目标)\s*\d")
LONGEST = 1500  # characters of a sentence: more, and it is a table or no text at all
LONGEST_HEADING = {"zh": 15, "en": 90}  # more, and it is a headline of its own, not the head of a section


@dataclass(frozen=True, slots=True)
class Sentence:
    """Its place in the plain text, without the mark before it. `line` is which line it stands in, from 1."""

    first: int
    last: int
    text: str
    line: int
    is_heading: bool
    is_item: bool
    opens_line: bool
    leads: bool  # it ends with a colon: what follows in the list is said of it
    language: str


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a plain text in their order. Pure."""
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        first = at + _marks(line)
        pieces = list(_pieces(text, first, at + len(line)))
        for k, (start, end) in enumerate(pieces):
            words = text[start:end]
            alone = len(pieces) == 1
            yield Sentence(
                start, end, words, number, alone and _is_heading(line, words), bool(_ITEM.match(line)), k == 0,
                words.rstrip(" *").endswith((":", "：")), language_of(words),
            )  # fmt: skip
        at += len(line) + 1


def language_of(words: str) -> str:
    """`zh` where a fifth of the letters are Chinese characters, else `en`."""
    letters = sum(letter.isalpha() for letter in words)
    return "zh" if letters and len(HAN.findall(words)) / letters >= 0.2 else "en"


def _marks(line: str) -> int:
    """How much of a line stands before its words."""
    at = 0
    while (mark := _MARK.match(line, at)) and mark.end() > at:
        at = mark.end()
    return at


def _pieces(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    stops = [first, *(found.end() for found in _END.finditer(text, first, last)), last]
    for end in (cut for start, stop in pairwise(stops) for cut in (*range(start, stop, LONGEST)[1:], stop)):
        start = first + len(text[first:end]) - len(text[first:end].lstrip(" \t*|"))
        if text[start:end].strip(" \t*|"):
            yield start, start + len(text[start:end].rstrip(" \t|"))
        first = end


def _is_heading(line: str, words: str) -> bool:
    """A short line that no mark ends, and that is no item of a list; or one that is numbered as a chapter."""
    if _CHAPTER.match(line):
        return len(words) <= 2 * LONGEST_HEADING["en"]
    language = "zh" if HAN.search(words) else "en"
    is_short = len(words) <= LONGEST_HEADING[language]
    is_closed = words[-1] in "。！？!?.;；:：,，" or (re.search(r"\d", words) is not None and not _GOAL.match(words))
    return is_short and not _ITEM.match(line) and not is_closed


def clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The stretches of a Chinese sentence between commas, semicolons and colons."""
    first = 0
    for end, after in [*(found.span() for found in _CLAUSE.finditer(sentence.text)), (len(sentence.text), 0)]:
        start = first + len(sentence.text[first:end]) - len(sentence.text[first:end].lstrip())
        last = start + len(sentence.text[start:end].rstrip(" 。！？!?"))
        if last > start:
            yield sentence.first + start, sentence.first + last
        first = after
