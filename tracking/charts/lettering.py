"""How much room words take, and where a line may end: nothing else wraps text inside a picture.

Widths are estimates in ems, a little on the safe side, as fonts differ from reader to reader.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

LINE = 1.3  # plotly's distance of lines, in ems
OPENING = "（《〈“‘「『【〔([{"
CLOSING = "，。、；：！？）》〉”’」』】〕％…—·,.;:!?)]}%"
FULL = "“”‘’—…"  # as wide as a Chinese character in the fonts that we name
THIN = "iIljtf.,:;'|![]() "
BROAD = "mwMW@%&"
AFTER_SIGN = re.compile(r"(?<=[^/:]/)|(?<=[?&=])")  # where an address may be broken
JOINER = "\u200d"  # emoji that are one on the screen are several in the text


def literal(text: str) -> str:
    """Words as plotly shows them, letter by letter: no tag, no entity, no character that XML cannot hold."""
    shown = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return html.escape("".join(shown), quote=False).replace("\n", " ")


def width(text: str, size: float) -> float:
    """About how many pixels a line takes."""
    return sum(_em(c) for c in text) * size


@lru_cache(maxsize=8192)
def _em(c: str) -> float:
    if _is_mark(c):
        return 0.0
    if ord(c) > 0x2E80 or c in FULL:
        return 1.25 if ord(c) > 0x1F000 else 1.0
    if c in THIN:
        return 0.34
    return 0.9 if c in BROAD else 0.68 if c.isupper() else 0.56


def _is_mark(c: str) -> bool:
    """Whether it stands on the character before it."""
    return unicodedata.category(c) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= c <= "\U0001f3ff"


def lines(text: str, size: float, room: float) -> list[str]:
    """The text in lines of at most `room` pixels, broken between words or Chinese characters."""
    found, line, taken = [], "", 0.0
    for unit in _units(text, size, room):
        if line and taken + width(unit.rstrip(), size) > room:
            found.append(line.rstrip())
            line, taken = "", 0.0
        line += unit if line else unit.lstrip()
        taken += width(unit, size)
    return [*found, line.rstrip()] if line.strip() else found


def _units(text: str, size: float, room: float) -> list[str]:
    """What a line may end after."""
    units: list[str] = []
    for c in text:
        if units and _holds(units[-1][-1], c):
            units[-1] += c
        else:
            units.append(c)
    return [part for unit in units for part in ([unit] if width(unit, size) <= room else _parts(unit, size, room))]


def _parts(unit: str, size: float, room: float) -> Iterator[str]:
    """What a word longer than a line is broken into: an address at its signs, anything else letter by letter."""
    for part in AFTER_SIGN.split(unit):
        yield from [part] if width(part, size) <= room else part


def _holds(before: str, c: str) -> bool:
    """Whether no line may end between two characters."""
    if _is_mark(c) or before == JOINER or c in CLOSING or before in OPENING or c == " ":
        return True
    return before != " " and ord(before) <= 0x2E80 and ord(c) <= 0x2E80


def clipped(found: Sequence[str], most: int, size: float, room: float) -> list[str]:
    """At most so many lines; an ellipsis says that there is more."""
    if len(found) <= most:
        return list(found)
    last = found[most - 1]
    while last and width(last + "…", size) > room:
        last = last[:-1]
    return [*found[: most - 1], last + "…"]
