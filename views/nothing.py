"""What stands where a page has nothing to show: a sentence, why, and ways on."""

from collections.abc import Iterable, Mapping

from tracking.problems import closest
from views.frame import address, e, place, say

LONGEST = 60  # of what an address asks for and is repeated


def state(title: str, texts: Iterable[str], ways: Mapping[str, str], *, afresh: bool = False) -> str:
    """The markup; `texts` are markup, `ways` lead from an address to its words. `afresh`: by loading the page anew."""
    kind = ' class="afresh"' if afresh else ""
    links = "".join(f'<a{kind} href="{e(to)}" target="_self">{e(words)}</a>' for to, words in ways.items())
    said = "".join(f"<p>{text}</p>" for text in texts)
    return f'<div class="state"><h1 class="sentence">{e(title)}</h1>{said}<p class="ways">{links}</p></div>'


def place_unknown(page: str, sentence: str, asked: str, known: Mapping[str, str], back: dict[str, str]) -> None:
    """The address asks for what there is not: said with `sentence`, and what is nearest to it.

    `page` has its name in the address, `known` the titles by what it may name, `back` where all of them are.
    """
    w, near = say(), closest(asked, known)
    name = page.removesuffix("s")
    guess = {address(page, **{name: near}): w.say("nothing.nearest", title=known[near])} if near else {}
    shown = asked if len(asked) <= LONGEST else asked[: LONGEST - 1] + "…"
    place(state(w.say(sentence, name=shown), [e(w.say("nothing.why"))], guess | back))


def home() -> dict[str, str]:
    return {address("overview"): say().say("site.back")}


def place_no_goals() -> None:
    """A catalogue that somebody has just begun."""
    w = say()
    ways = {address(page): w.say(f"site.{page}") for page in ("documents", "data", "methods")}
    place(state(w.say("nothing.no-goals"), [e(w.say("nothing.first-goal"))], ways))
