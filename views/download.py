"""Figures to take along: a quiet button that opens the formats. A file is made when it is asked for, not before."""

from collections.abc import Callable

import streamlit as st

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.charts.options import ChartOptions
from tracking.export.choice import Choice, chosen, everything, of_chart
from tracking.export.content import content
from tracking.export.formats import Format
from views import shared
from views.frame import Offer, as_of, e, language, place, say
from views.work import Told, place_work


def of_all(c: Catalogue) -> None:
    """On the overview: all figures, in a format to choose. Collecting them takes longer than a moment."""
    w, day, lang = say(), as_of(), language()
    opened = st.popover(w.say("export.download.title"), type="tertiary", width="content", icon=":material/download:",
                        key="download-all", on_change="rerun")  # fmt: skip
    if not opened.open:
        return
    with opened, st.container(key="box-download"):
        text = w.say("export.download.what", shown=c.card.title[lang], day=n.day_text(day, lang))
        place(f'<p class="small">{e(text)}</p>')
        kind = Format(st.selectbox(w.say("picture.download.format"), [f.value for f in Format], key="download-format",
                                   format_func=lambda f: w.say(f"export.download.{f}")))  # fmt: skip

        def make(told: Told) -> bytes:
            return kind.file(content(c, everything(c), day, lang), told)

        name = f"all-{day.isoformat()}{kind.ending}"
        place_work("download", (kind, day, lang, shared.state().key), name, kind.media_type, make)
        place(f'<p class="caption">{e(w.say("export.note.rights"))}</p>')


def of_page(c: Catalogue, page: str) -> list[Offer]:
    """What a page is about: a goal's figures, or an indicator's; nothing of another page."""
    named = st.query_params.get(page, "")
    match page:
        case "goal" if named in c.goals:
            return [_offer(c, chosen(c, goals=[named]), named, c.goals[named].title[language()])]
        case "indicator" if named in c.indicators:
            return [_offer(c, chosen(c, indicators=[named]), named, c.indicators[named].name[language()])]
    return []


def of_a_chart(c: Catalogue, indicator_id: str, options: ChartOptions) -> Offer:
    """What the chart shows: the areas that are compared, the years in sight, the other indicator."""
    others = [c.card.areas[a][language()] for a in options.areas]
    others += [c.indicators[options.beside].name[language()]] if options.beside else []
    shown = say().say("overview.list").join([c.indicators[indicator_id].name[language()], *others])
    if options.first and options.last:
        shown = say().say("export.download.years", shown=shown, first=options.first, last=options.last)
    return _offer(c, of_chart(c, indicator_id, options), f"{indicator_id}-chart", shown)


def _offer(c: Catalogue, choice: Choice, name: str, shown: str) -> Offer:
    w, day = say(), as_of()

    def show() -> None:
        text = w.say("export.download.what", shown=shown, day=n.day_text(day, language()))
        place(f'<p class="small">{e(text)}</p>')
        with st.container(key=f"downloads-{name}", gap=None):
            for kind in Format:
                st.download_button(
                    w.say(f"export.download.{kind.value}"), data=_made(c, choice, kind), mime=kind.media_type,
                    file_name=f"{name}-{day.isoformat()}{kind.ending}", key=f"download-{name}-{kind.value}",
                    on_click="ignore", type="tertiary",
                )  # fmt: skip
        place(f'<p class="caption">{e(w.say("export.note.rights"))}</p>')

    return w.say("export.download.title"), f"download-{name}", ":material/download:", show


def _made(c: Catalogue, choice: Choice, kind: Format) -> Callable[[], bytes]:
    """Makes the file; it runs when the reader's page is done, so the day and the language are settled here."""
    day, lang = as_of(), language()
    return lambda: kind.file(content(c, choice, day, lang))
