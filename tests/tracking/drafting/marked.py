"""The texts in which goals were marked by hand, and how what was found is held against the marks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tracking.drafting.finding import Found, Sureness, find

FOLDER = Path(__file__).parent / "texts"
PARTS = ("tuning", "held out")


@dataclass(frozen=True)
class Marked:
    """One text. `marks` are places with the number promised, None for a direction."""

    name: str
    part: str
    year: int
    text: str
    marks: tuple[tuple[int, int, float | None], ...]


@dataclass(frozen=True)
class Score:
    """`of` counts what was found by how sure it was, `right` those of them that are marked."""

    right: Counter[Sureness]
    of: Counter[Sureness]
    marks: int

    @property
    def precision(self) -> float:
        return self.right.total() / self.of.total()

    @property
    def recall(self) -> float:
        return self.right.total() / self.marks

    def line(self, name: str) -> str:
        words = ", ".join(f"{w.value} {self.right[w]} of {self.of[w]}" for w in Sureness)
        return (f"{name}: precision {self.precision:.0%} ({self.right.total()} of {self.of.total()} found; {words}), "
                f"recall {self.recall:.0%} of {self.marks} marks")  # fmt: skip


def texts(part: str) -> tuple[Marked, ...]:
    raw = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
    return tuple(_marked(name, one) for name, one in raw.items() if one["part"] == part)


def _marked(name: str, raw: dict[str, Any]) -> Marked:
    return Marked(
        name, raw["part"], int(str(raw["written"])[:4]), raw["text"], tuple(_marks(raw["text"], raw["marks"]))
    )


def _marks(text: str, marks: list[dict[str, Any]]) -> Iterator[tuple[int, int, float | None]]:
    after = 0
    for mark in marks:
        after = text.index(mark["quote"], after)  # in their order; a second number of the same words begins there too
        yield after, after + len(mark["quote"]), mark.get("value")


def score(part: str) -> Score:
    right: Counter[Sureness] = Counter()
    of: Counter[Sureness] = Counter()
    marks = 0
    for one in texts(part):
        found = find(one.text, one.year)
        of.update(f.how_sure for f in found)
        right.update(f.how_sure for f in hits(found, one.marks))
        marks += len(one.marks)
    return Score(right, of, marks)


def hits(found: tuple[Found, ...], marks: tuple[tuple[int, int, float | None], ...]) -> Iterator[Found]:
    """Those that stand for a mark of their own: the same number, and half of the shorter one's words at least."""
    free = list(marks)
    for f in found:
        for mark in free:
            first, last, value = mark
            shared = min(f.last, last) - max(f.first, first)
            same = value == (f.quantity.value if f.quantity else None)
            if same and 2 * shared >= min(f.last - f.first, last - first):
                free.remove(mark)
                yield f
                break
