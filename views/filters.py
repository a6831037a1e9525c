"""What every searched and filtered list shows alike: filters as links, what matched, what an address asks in vain.

Pure: words and addresses in, escaped markup out.
"""

from collections.abc import Iterable, Sequence

from tracking.search import Passage, excerpt, marked
from views.frame import e, say

REFUSED_SAID = 3  # wrong parts of an address that are named
LONGEST_SAID = 40  # characters of each


def facet_link(
    code: str, to: str, word: str, count: int, *, chosen: bool, adds: bool = False, image: str = ""
) -> str:  # fmt: skip
    """One code with its count: a click shows only it, or gives it up again; what would show nothing is no link.

    The id lets the reader stay at it while the page around it changes (links.js).
    """
    w = say()
    number = w.say("overview.adds", n=count) if adds else str(count)
    inside = f"{image}{e(word)} <b>{e(number)}</b>"
    if not count and not chosen:
        return f'<span class="ov-facet none">{inside}</span>'
    title = e(w.say("overview.not-only" if chosen else "overview.only", name=word))
    kind = "ov-facet" + (" on" if chosen else "") + (" adds" if adds else "")
    current = ' aria-current="true"' if chosen else ""
    name = f'class="{kind}" id="only-{e(code)}"'
    return f'<a {name} href="{e(to)}" target="_self" title="{title}"{current}>{inside}</a>'


def chips(on: Iterable[tuple[str, str]], clear: str) -> str:
    """Every filter that is on, as (address without it, its word), and the address without any of them."""
    w = say()
    found = "".join(
        f'<a class="ov-chip" href="{e(to)}" target="_self" aria-label="{e(w.say("overview.remove", name=word))}">'
        f"{e(word)} <span aria-hidden=true>×</span></a>"
        for to, word in on
    )
    rest = f'<a class="ov-clear" href="{e(clear)}" target="_self">{e(w.say("overview.clear"))}</a>'
    return f'<div class="ov-chips">{found}{rest}</div>'


def refused(asked: Sequence[tuple[str, str]]) -> str:
    """What the address asks for and is not known, by name and value: said, not passed over."""
    short = [(name, value if len(value) <= LONGEST_SAID else value[: LONGEST_SAID - 1] + "…") for name, value in asked]
    texts = (say().say("overview.unknown", name=name, value=value) for name, value in short[:REFUSED_SAID])
    return "".join(f'<p role="alert">{e(text)}</p>' for text in texts)


def marked_text(text: str, words: Sequence[str]) -> str:
    """The text with every match marked."""
    return _pieces(marked(text, words)) if words else e(text)


def hit(passage: Passage, words: Sequence[str], language: str) -> str:
    """Where a search found its words: the kind of text, and the piece of it around the match."""
    w = say()
    field = w.say("overview.hit", field=w.say(f"search.field.{passage.field.value}"))
    own = "" if passage.language == language else f' lang="{passage.language}"'
    return f"<li><span>{e(field)}</span><q{own}>{_pieces(excerpt(marked(passage.text, words)))}</q></li>"


def _pieces(found: Iterable[tuple[str, bool]]) -> str:
    return "".join(f"<mark>{e(text)}</mark>" if is_match else e(text) for text, is_match in found)
