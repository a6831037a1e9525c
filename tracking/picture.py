"""An indicator's chart as a picture that stands on its own: what is drawn, and all that is said around it.

Whoever exports (a page, the shell, a report, a published site) asks here, so that every format is the same picture.
Pure: the same arguments give an equal figure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.charts import ChartOptions, indicator_chart, written
from tracking.charts.events import policy_events
from tracking.charts.large import HEIGHT
from tracking.charts.options import chosen, index_year
from tracking.charts.sheet import Size, Told, sheet, sheet_around
from tracking.charts.told import summary
from tracking.look import LIGHT, Theme
from tracking.projection import Projection
from tracking.sentences import sentence, standing_word
from tracking.status import Judged
from tracking.words import words


@dataclass(frozen=True, slots=True)
class Asked:
    """Which picture: the chart as its options ask for it, for one reader. `address`: the page that shows the same."""

    indicator_id: str
    options: ChartOptions
    as_of: date
    language: str
    theme: Theme
    size: Size
    address: str = ""


def picture(
    catalogue: Catalogue, asked: Asked, judged: Judged | None = None, ahead: Projection | None = None,
    *, titled: bool = True,
) -> go.Figure | None:  # fmt: skip
    """The sheet with the verdict on one target as its subtitle, and with a projection if one is given.

    None where no figure is known or lies in the years asked for: there is nothing to draw. `titled`: False for a
    place in a text that says title, verdict and day itself; only the key and the source are drawn in then.
    """
    if not chosen(catalogue, asked.indicator_id, asked.as_of, asked.options):
        return None

    def draw(height: int, numbered: bool) -> go.Figure:
        options = replace(asked.options, events=asked.options.events and numbered)
        return indicator_chart(
            catalogue, asked.indicator_id, options, asked.as_of, asked.language, asked.theme, ahead, height,
            whole=True,
        )  # fmt: skip

    plain = draw(HEIGHT, False)
    told = _told(catalogue, asked, judged, plain.layout.meta, n.day_text(asked.as_of, asked.language))
    around = told if titled else replace(told, title="", subtitle="", foot=told.foot[:-1])
    drawn = sheet(plain, draw, around, asked.size, asked.theme, words(asked.language))
    drawn.update_layout(meta={"title": told.title, "told": " ".join([told.subtitle, *told.foot])})
    return drawn


def picture_around(
    catalogue: Catalogue, indicator_id: str, as_of: date, language: str, judged: Judged | None, drawn: go.Figure,
    wide: int, day: str, address: str = "",
) -> go.Figure:  # fmt: skip
    """The same sheet around the page's large chart (ChartOptions(), light), which is changed: nothing is drawn again.

    `wide` in pixels; it is as high as it must be. `day` is what it says for the day on which things are known.
    """
    asked = Asked(indicator_id, ChartOptions(), as_of, language, LIGHT, Size(wide, wide), address)
    return sheet_around(drawn, _told(catalogue, asked, judged, drawn.layout.meta, day), wide, LIGHT, words(language))


def text_of(drawn: go.Figure) -> tuple[str, str]:
    """The title of a picture, and what else it says in words, for who cannot see it."""
    return drawn.layout.meta["title"], drawn.layout.meta["told"]


def address_of(base: str, asked: Asked, target: str = "") -> str:
    """The address of the page that shows the same chart, holding no more than it must; nothing without a base."""
    if not base:
        return ""
    named = {"indicator": asked.indicator_id, **({"target": target} if target else {}), **written(asked.options)}
    return f"{base.rstrip('/')}/indicator?" + urlencode(
        {**named, "lang": asked.language, "as-of": asked.as_of.isoformat()}, safe=":,"
    )


def file_name(asked: Asked, kind: str, scale: int = 1) -> str:
    """A name that tells this picture from every other of the same folder: `nev-sales-2026-11-23-zh-slide.png`."""
    parts = [asked.indicator_id, *(f"{k}-{v}" for k, v in written(asked.options).items()), asked.as_of.isoformat(),
             asked.language, asked.size.text, *([asked.theme.name] if asked.theme.name != "light" else [])]  # fmt: skip
    at = f"@{scale}x" if kind == "png" and scale > 1 else ""
    return "-".join(parts).replace(",", "+")[:180] + f"{at}.{kind}"


def _told(
    catalogue: Catalogue, asked: Asked, judged: Judged | None, chart: Mapping[str, Any], day: str
) -> Told:  # fmt: skip
    """The words, some of which the chart itself knows: the years it spans, and the figures beyond its edge."""
    lang, (first, last) = asked.language, chart["span"]
    title = catalogue.indicators[asked.indicator_id].name[lang]
    sources, beyond = tuple(_sources(catalogue, asked)), chart.get("beyond", "")
    foot = (*sources, *([beyond] if beyond else []), _colophon(catalogue, asked, day))
    return Told(title, _subtitle(catalogue, asked, judged), foot, tuple(_numbers(catalogue, asked, (first, last))))


def _subtitle(catalogue: Catalogue, asked: Asked, judged: Judged | None) -> str:
    """The verdict where there is one and the chart shows it; else what is drawn."""
    w, lang = words(asked.language), asked.language
    if asked.options.areas:
        names = w.say("overview.list").join(catalogue.card.areas[a][lang] for a in asked.options.areas)
        return w.say("chart.compared", areas=names)
    if asked.options.indexed:
        return w.say("picture.index", year=index_year(catalogue, asked.indicator_id, asked.as_of, asked.options))
    if judged is None or not judged.assessment.is_judged:
        return summary(catalogue, asked.indicator_id, asked.options, asked.as_of, lang)
    said = sentence(catalogue, judged.indicator_id, judged.target, judged.assessment, lang)
    return w.say("picture.verdict", standing=standing_word(judged.assessment.standing, lang), sentence=said)


def _sources(catalogue: Catalogue, asked: Asked) -> Iterator[str]:
    """Where the figures drawn were published, newest first, and on what terms they may be used."""
    yield _source(catalogue, asked)
    if asked.options.beside:
        other = replace(asked, indicator_id=asked.options.beside,
                        options=ChartOptions(first=asked.options.first, last=asked.options.last))  # fmt: skip
        name = catalogue.indicators[other.indicator_id].name[asked.language]
        yield words(asked.language).say("picture.beside", name=name, source=_source(catalogue, other))


def _source(catalogue: Catalogue, asked: Asked) -> str:
    w, lang = words(asked.language), asked.language
    shown = chosen(catalogue, asked.indicator_id, asked.as_of, asked.options)
    if not shown:
        return ""
    newest = shown[-1]
    document = catalogue.documents[newest.document]
    issuer = catalogue.publishers[document.issuer]
    more = len({o.document for o in shown} - {newest.document})
    title, name = document.title[lang], issuer.name[lang]
    terms = w.say("picture.licence", licence=issuer.licence) if issuer.licence else w.say("picture.quoted")
    return w.say(
        "picture.source", document=title if name in title else w.say("picture.by", publisher=name, document=title),
        day=n.known_text(newest.published, lang),
        more=w.say("picture.more" if more > 1 else "picture.one-more", n=more) if more else "",
        terms="" if issuer.licence and issuer.licence in title else terms,
    ).rstrip()  # fmt: skip


def _colophon(catalogue: Catalogue, asked: Asked, day: str) -> str:
    """As known on which day, by whom it was drawn, and where the chart can be looked at."""
    w, lang = words(asked.language), asked.language
    known = w.say("picture.known", day=day, catalogue=catalogue.card.title[lang])
    return f"{known} {asked.address}".rstrip()


def _numbers(catalogue: Catalogue, asked: Asked, span: tuple[float, float]) -> Iterator[str]:
    """The documents behind the numbers on top."""
    if not asked.options.events or asked.options.indexed:
        return
    for event in policy_events(catalogue, asked.indicator_id, asked.as_of, span):
        title = catalogue.documents[event.document].title[asked.language]
        yield f"[{event.number}]\u00a0{n.known_text(event.adopted, asked.language)}\u00a0{title}"
