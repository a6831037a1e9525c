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
    """The whole text in its order, nothing left out. Pure."""
    found: list[Passage] = []
    plain: list[str] = []
    at = 0
    for line in text.split("\n"):
        here = [d for d in made if at <= d.found.first < at + len(line)]
        if here:
            last = max(at + len(line), *(d.found.last for d in here))
            found += [*_plain(plain), Passage(text[at:last], tuple(_pieces(text, at, last, here)), tuple(here))]
            plain = []
        elif line.strip() and not _is_shown(found, text, at):
            plain.append(line)
        at += len(line) + 1
    return (*found, *_plain(plain))


def _is_shown(found: list[Passage], text: str, at: int) -> bool:
    """Whether a line was shown with the one before, as a quotation runs on over its end."""
    return any(at < max(d.found.last for d in p.drafts) for p in found[-1:] if p.drafts)


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
