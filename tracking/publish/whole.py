"""(catalogue, day) -> a whole static site: pages, charts, tables, search, feed, API. No server, no foreign address.

`publish` writes it into a folder; only what differs is written. The same catalogue, day, languages and address always
give the same bytes.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from tracking.catalogue import Catalogue
from tracking.publish import api
from tracking.publish.assets import asset_files, front_files
from tracking.publish.data_page import data_page
from tracking.publish.downloads import goal_files, indicator_files, whole_files
from tracking.publish.feed import feed_file, map_files
from tracking.publish.folder import Written, write
from tracking.publish.indicator_page import indicator_pages
from tracking.publish.pages import pages
from tracking.publish.searching import search_file
from tracking.publish.site import Site

File = tuple[str, bytes]
Progress = Callable[[int, int], None]  # how many indicators are done, of how many


def publish(
    catalogue: Catalogue, place: Path, as_of: date, languages: tuple[str, ...], base: str = "",
    progress: Progress | None = None,
) -> Written:  # fmt: skip
    """Write the site of a catalogue as known on a day. `base` is the address at which it will stand, if it is known.

    Raises Refused where the folder cannot be written or holds files of somebody else.
    """
    return write(place, files(Site(catalogue, as_of, languages, base), progress))


def files(site: Site, progress: Progress | None = None) -> Iterator[File]:
    """Every file of the site, made one after another."""
    names: list[str] = []
    first = f"{site.languages[0]}/"
    for name, content in _files(site, progress or (lambda done, of: None)):
        if name.startswith(first) and name.endswith(".html"):
            names.append(name.removeprefix(first))
        yield name, content
    if site.base:  # a map has whole addresses only
        yield from map_files(site, sorted(names))


def _files(site: Site, progress: Progress) -> Iterator[File]:
    yield from asset_files(site)
    yield from front_files(site)
    yield from pages(site)
    yield from api.shared_files(site)
    for goal_id in site.catalogue.goals:
        yield api.goal_file(site, goal_id)
        yield from goal_files(site, goal_id)
    for language in site.languages:
        yield data_page(site, language)
        yield search_file(site, language)
        yield feed_file(site, language)
        yield from whole_files(site, language)
    yield from _of_indicators(site, progress)


def _of_indicators(site: Site, progress: Progress) -> Iterator[File]:
    ids = list(site.catalogue.indicators)
    for done, indicator_id in enumerate(ids):
        progress(done, len(ids))
        yield from indicator_pages(site, indicator_id)
        yield api.indicator_file(site, indicator_id)
        yield from indicator_files(site, indicator_id)
    progress(len(ids), len(ids))
