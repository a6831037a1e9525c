"""How a page is cited and shown elsewhere: GB/T 7714-2015 in Chinese, a plain reference in English, an iframe.

Pure: what is cited comes in, text goes out. Whoever puts the text on a page escapes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.words import words


@dataclass(frozen=True, slots=True)
class Cited:
    """A page as it was looked at: its address in the reader's browser, its title in each language (None: the page
    is the catalogue as a whole), the day on which things are known, and the day of the look."""

    address: str
    title: Mapping[str, str] | None
    known: date
    seen: date


def citation(catalogue: Catalogue, cited: Cited, snapshot: str, language: str) -> str:
    """One line to copy: Chinese as GB/T 7714-2015 asks for a part of an electronic resource, or English.

    A catalogue that names no publisher is cited by its title, as the standard provides for.
    """
    w, card = words(language), catalogue.card
    by = w.say("cite.by", publisher=catalogue.publishers[card.publisher].name[language]) if card.publisher else ""
    known = w.say("cite.known", day=n.day_text(cited.known, language))
    return w.say(
        "cite.part" if cited.title else "cite.whole",
        title=cited.title[language] if cited.title else "", known=known, by=by, catalogue=card.title[language],
        snapshot=snapshot, updated=_day(updated(catalogue, min(cited.known, cited.seen)), language),
        seen=_day(cited.seen, language), address=pinned(cited.address, cited.known, language),
    )  # fmt: skip


def _day(day: date, language: str) -> str:
    """GB/T 7714 writes days in figures."""
    return day.isoformat() if language == "zh" else n.day_text(day, language)


def updated(catalogue: Catalogue, known: date) -> date:
    """The newest day on which what is known on a day changed: gathered by hand, or with a figure published since.

    A publication of which only the year is known counts from that year's end, so not before it is over.
    """
    return min(max(catalogue.card.gathered.end, catalogue.newest_publication()), known)


def pinned(address: str, known: date, language: str) -> str:
    """The address with language and day in it, so that it opens alike for everyone and on any later day."""
    return _with(address, **{"lang": language, "as-of": known.isoformat()})


def _with(address: str, **named: str) -> str:
    """An address with parameters put in, in the place of those of the same name."""
    parts = urlsplit(address)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in named]
    return urlunsplit(parts._replace(query=urlencode([*named.items(), *kept]), fragment=""))


def embed_code(address: str, title: str, height: int, fitted: str) -> str:
    """The markup that shows a page without its head and foot inside another site's: `fitted` is its height as CSS has
    it, and `height` in pixels, for sites that let no style of ours pass."""
    source = escape(_with(address, embed="true"), quote=True)
    return (
        f'<iframe src="{source}" title="{escape(title, quote=True)}" width="100%" height="{height}" '
        f'style="border:0;height:{fitted}" loading="lazy"></iframe>'
    )
