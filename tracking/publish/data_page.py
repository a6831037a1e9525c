"""The page of everything that can be taken away, and on what terms."""

from tracking.export.formats import Format
from tracking.publish.api import PLACE
from tracking.publish.downloads import whole_file
from tracking.publish.page import Page
from tracking.publish.shown import page_bytes
from tracking.publish.site import Site
from tracking.words import words

CALLS = ("index", "documents", "changes", "schema")


def data_page(site: Site, language: str) -> tuple[str, bytes]:
    w = words(language)
    page = Page(site, language, "data.html", w.say("publish.data"), w.say("publish.data-text"))
    files = [(whole_file(kind, language), w.say(f"export.download.{kind.value}")) for kind in Format]
    calls = [(f"{PLACE}/{name}.json", w.say(f"publish.call.{name}")) for name in CALLS]
    first_goal, first = next(iter(site.catalogue.goals), ""), next(iter(site.catalogue.indicators), "")
    calls += [(f"{PLACE}/goals/{first_goal}.json", w.say("publish.call.goal"))] if first_goal else []
    calls += [(f"{PLACE}/indicators/{first}.json", w.say("publish.call.indicator"))] if first else []
    return page_bytes(page, "data.html", files=files, calls=calls)
