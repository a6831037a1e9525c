"""The text as it is shown with its drafts: which lines have any, and where in them the quotations and numbers stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracking.drafting.drafts import Draft


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: which drafts quote it, which begin with it, and whether it is a promised number."""

    text: str
    drafts: tuple[int, ...]
    begins: tuple[int, ...]
    is_number: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of the text that belong together: one with drafts, or all up to the next that has any."""

    text: str
    pieces: tuple[Piece, ...]
    drafts: tuple[Draft, ...]


def passages(text: str, made: Sequence[Draft]) -> tuple[Passage, ...]:
    """The whole text in its order, nothing left out. Pure. `made`: in the text's order."""
    found: list[Passage] = []
    plain: list[str] = []
    at = until = k = 0
    for line in text.split("\n"):
        here: list[Draft] = []
        while k < len(made) and made[k].found.first < at + len(line):
            here.append(made[k])
            k += 1
        if here:
            until = max(at + len(line), *(d.found.last for d in here))
            found += [*_plain(plain), Passage(text[at:until], tuple(_pieces(text, at, until, here)), tuple(here))]
            plain = []
        elif line.strip() and at >= until:  # else it was shown with the one before, whose quotation runs on
            plain.append(line)
        at += len(line) + 1
    return (*found, *_plain(plain))


def _plain(lines: list[str]) -> Iterator[Passage]:
    if lines:
        yield Passage("\n".join(lines), (), ())


def _pieces(text: str, first: int, last: int, here: Sequence[Draft]) -> Iterator[Piece]:
    """Cut wherever a quotation or a number begins or ends."""
    spans = [(d.found.first, d.found.last) for d in here]
    numbers = [d.found.number for d in here if d.found.number]
    cuts = sorted({first, last, *(place for span in (*spans, *numbers) for place in span)})
    for begin, end in pairwise(cuts):
        yield Piece(
            text[begin:end],
            tuple(d.number for d in here if d.found.first <= begin and end <= d.found.last),
            tuple(d.number for d in here if d.found.first == begin),
            any(low <= begin and end <= high for low, high in numbers),
        )
