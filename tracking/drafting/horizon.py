"""By when: the years that a clause looks to, and the year that it compares with."""

import re
from dataclasses import dataclass

from tracking.drafting.signs import Rules


@dataclass(frozen=True, slots=True)
class Horizon:
    """`to` is the last year, `since` the first where a span is named. `is_plain` where the words say "by", not "in"."""

    to: int
    since: int | None = None
    is_plain: bool = True
    first: int = 0
    last: int = 0
    is_this_year: bool = False

    @property
    def is_of_a_year(self) -> bool:
        """Whether it names the year that is spoken of, not the one by which something is to be reached."""
        return self.is_this_year or not self.is_plain


def horizon_in(text: str, own: Rules, written: int | None) -> Horizon | None:
    """The last that a text names, as what follows is said of it; None where it names none. Pure.

    `written` is the year of the document, which "this year" needs.
    """
    bases = [found.span() for found in own.patterns["base"].finditer(text)]
    free = [m for p in own.by for m in p.finditer(text) if not _inside(m.span(), bases)]
    found = [h for m in free if (h := _read(m, own)) is not None]
    if found:
        return max(found, key=lambda h: (h.last, h.since is not None))
    bare = [m for m in own.patterns["bare_year"].finditer(text) if not _inside(m.span(), bases)]
    if bare:
        return Horizon(int(bare[-1]["to"]), None, False, *bare[-1].span())
    if written is not None and (now := own.patterns["this_year"].search(text)):
        return Horizon(written, None, True, *now.span(), is_this_year=True)
    return None


def base_in(text: str, own: Rules) -> int | None:
    """The year that a change is counted from."""
    for found in own.patterns["base"].finditer(text):
        named = found.groupdict()
        if named.get("base"):
            return int(named["base"])
        if named.get("plan") in own.plans:
            return own.plans[named["plan"]][1]
    return None


def _inside(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(first < span[1] and span[0] < last for first, last in others)


def _read(found: re.Match[str], own: Rules) -> Horizon | None:
    named = found.groupdict()
    if named.get("plan"):
        years = own.plans.get(named["plan"])
        return Horizon(years[1], years[0], True, *found.span()) if years else None
    since = int(named["from"]) if named.get("from") else None
    to = int(named["to"])
    return Horizon(to, since if since is None or since < to else None, True, *found.span())
