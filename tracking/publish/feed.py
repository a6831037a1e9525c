"""The feed of verdicts that changed, and the map of the site for search engines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from tracking.changes import Turn
from tracking.history import cause_sentence
from tracking.model import Assessment
from tracking.publish.page import Page
from tracking.publish.site import Site, indicator_page
from tracking.sentences import reason_word, standing_word, target_text
from tracking.words import TAGS

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
MOST_ENTRIES = 100
MOST_ADDRESSES = 20_000  # of one map; the standard allows 50 000, and 50 MB


def feed_file(site: Site, language: str) -> tuple[str, bytes]:
    """The newest verdicts that changed, with their causes, as an Atom feed."""
    page = Page(site, language, "feed.xml", "", "")
    turns = [turn for day in site.changes.days for turn in day.verdicts][:MOST_ENTRIES]
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", TAGS[language])
    title = f"{site.catalogue.card.title[language]} · {page.say('publish.feed')}"
    first = site.catalogue.card.gathered.end
    _add(feed, "id", _urn(f"{site.base}{page.path}"))
    _add(feed, "title", title)
    _add(feed, "updated", f"{(turns[0].change.day if turns else first).isoformat()}T00:00:00Z")
    _add(_add(feed, "author", ""), "name", site.catalogue.card.title[language])
    _add(feed, "link", "", rel="alternate", type="text/html", href=_link(page, "changes.html"))
    if site.base:
        _add(feed, "link", "", rel="self", type="application/atom+xml", href=page.whole())
    for turn in turns:
        _entry(feed, page, turn)
    return page.path, etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _entry(feed: etree._Element, page: Page, turn: Turn) -> None:
    c, change, lang = page.site.catalogue, turn.change, page.language
    assert change.before is not None  # what began is no turn
    entry = _add(feed, "entry", "")
    name = c.indicators[turn.indicator_id].name[lang]
    turned = f"{_word(change.before, lang)} → {_word(change.assessment, lang)}"
    _add(entry, "id", _urn(f"{turn.indicator_id}#{change.target.key}@{change.day.isoformat()}/{lang}"))
    _add(entry, "title", f"{name}{page.say('judging.colon')}{turned}")
    _add(entry, "updated", f"{change.day.isoformat()}T00:00:00Z")
    to = f"{indicator_page(turn.indicator_id)}#target-{change.target.key}"
    _add(entry, "link", "", rel="alternate", type="text/html", href=_link(page, to))
    said = [target_text(c, turn.indicator_id, change.target, lang) + page.say("judging.stop"),
            cause_sentence(c, turn.indicator_id, change, lang)]  # fmt: skip
    _add(entry, "summary", page.joined(said))


def _word(a: Assessment, language: str) -> str:
    """The standing; for what is not judged, the reason."""
    return reason_word(a.reason, language) if a.reason else standing_word(a.standing, language)


def _link(page: Page, name: str) -> str:
    return page.whole(f"{page.language}/{name}") if page.site.base else name


def _urn(name: str) -> str:
    """An id that stays the same wherever the site stands."""
    return uuid5(NAMESPACE_URL, name).urn


def _add(above: etree._Element, tag: str, text: str, **attributes: str) -> etree._Element:
    found = etree.SubElement(above, f"{{{etree.QName(above).namespace}}}{tag}", attributes)
    found.text = text or None
    return found


def map_files(site: Site, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Every page by its whole address, with the same page in the other languages; in several maps if there are many.

    `names` are the pages' places within the folder of a language.
    """
    addresses = [(language, name) for name in names for language in site.languages]
    parts = [addresses[k : k + MOST_ADDRESSES] for k in range(0, len(addresses), MOST_ADDRESSES)]
    if len(parts) <= 1:
        yield "sitemap.xml", _map(site, addresses)
        return
    whole = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap={None: SITEMAP})
    for number, part in enumerate(parts, 1):
        yield f"sitemap-{number}.xml", _map(site, part)
        _add(_add(whole, "sitemap", ""), "loc", f"{site.base}sitemap-{number}.xml")
    yield "sitemap.xml", etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _map(site: Site, addresses: Iterable[tuple[str, str]]) -> bytes:
    spaces: Mapping[str | None, str] = {None: SITEMAP, "xhtml": XHTML}
    whole = etree.Element(f"{{{SITEMAP}}}urlset", nsmap=spaces)
    for language, name in addresses:
        entry = _add(whole, "url", "")
        _add(entry, "loc", f"{site.base}{language}/{name}")
        for other in site.languages if len(site.languages) > 1 else ():
            etree.SubElement(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=TAGS[other],
                             href=f"{site.base}{other}/{name}")  # fmt: skip
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)  # type: ignore[no-any-return]
