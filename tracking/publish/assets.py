"""What all pages share: style, scripts, the chart library, the picture for links; and the way in."""

from collections.abc import Iterator
from pathlib import Path

from tracking import numbers as n
from tracking.leading import FINAL, count_of
from tracking.look import DARK, LIGHT, Theme, data_address, icon
from tracking.model import LANGUAGES, Standing
from tracking.publish.card import card
from tracking.publish.drawing import COLOURS, library, look_script
from tracking.publish.page import Page, as_script
from tracking.publish.shown import POLICY
from tracking.publish.site import Site
from tracking.selection import code
from tracking.words import TAGS, words

FOLDER = Path(__file__).with_name("assets")
STATIC = ("charts.css", "front.js", "site.js")


def asset_files(site: Site) -> Iterator[tuple[str, bytes]]:
    for name in STATIC:
        yield f"assets/{name}", (FOLDER / name).read_bytes()
    yield "assets/site.css", style().encode()
    yield "assets/icon.svg", icon(Standing.MET, LIGHT, True).encode()
    yield "assets/card.png", card(count_of(j for mine in site.found.values() for j in mine))
    days = {lang: n.day_text(site.as_of, lang) for lang in LANGUAGES}
    yield "assets/day.js", as_script("tracker.day", {"iso": site.as_of.isoformat(), **days})
    yield "assets/look.js", look_script()
    yield "assets/plotly.js", library()


def style() -> str:
    """The tokens and icons of both themes, and the rules that use them; the reader's system picks the theme."""
    rules = (FOLDER / "site.css").read_text(encoding="utf-8")
    light = f":root{{{_tokens(LIGHT)}}}\n{_icons(LIGHT)}"
    dark = f":root{{{_tokens(DARK)}}}\n{_icons(DARK)}"
    return f"{light}@media (prefers-color-scheme:dark){{\n{dark}}}\n{_standings()}{rules}"


def _tokens(theme: Theme) -> str:
    found = {name: getattr(theme, name) for name in COLOURS}
    found |= {code(s): colour for s, colour in theme.standing.items()}
    found |= {f"{code(s)}-tint": colour for s, colour in theme.tint.items()}
    return "".join(f"--{name}:{colour};" for name, colour in found.items())


def _icons(theme: Theme) -> str:
    plain = "".join(_icon(code(s), icon(s, theme)) for s in Standing)
    return plain + "".join(_icon(f"{code(s)}-final", icon(s, theme, True)) for s in FINAL)


def _icon(name: str, svg: str) -> str:
    return f'.i-{name}{{background-image:url("{data_address(svg)}")}}\n'


def _standings() -> str:
    words_in = "".join(f".s-{code(s)}{{color:var(--{code(s)})}}\n" for s in Standing)
    grounds = {s: code(s) if s in FINAL else f"{code(s)}-tint" for s in Standing}
    return words_in + "".join(f".b-{code(s)}{{fill:var(--{g});stroke:var(--{code(s)})}}\n" for s, g in grounds.items())


def front_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The root, which leads on to the reader's language; and, where the address is known, the page for a lost way."""
    language = site.languages[0]
    w, title = words(language), site.catalogue.card.title[language]
    names = {code: words(code).say("publish.in-full") for code in LANGUAGES}
    details = {"policy": POLICY, "tags": TAGS, "names": names}
    page = Page(site, language, "", title, w.say("publish.data-text"))
    yield "index.html", page.shown("front.html", {**details, "prefix": "", "forward": True, "said": ""})
    if site.base:  # it is shown under any address, so that only whole links work on it
        lost = Page(site, language, "", w.say("site.missing-page"), w.say("site.missing-page"))
        said = w.say("publish.lost")
        yield "404.html", lost.shown("front.html", {**details, "prefix": site.base, "forward": False, "said": said})
