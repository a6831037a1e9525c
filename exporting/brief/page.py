"""A brief as a page that stands alone, and the same page in print. Nothing is fetched, nothing runs."""

from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exporting.brief.pictures import Picture, Pictures
from exporting.copying import copyable
from tracking.brief import Brief, Mark, plain
from tracking.look import LETTERS, LIGHT, TITLES, data_address, icon
from tracking.words import TAGS

TEMPLATE = "brief.html"
# Among Latin letters a Chinese font's apostrophe takes the room of a character; a Japanese one's does not.
LATIN = f'"Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans CJK JP", {LETTERS}'
LATIN_TITLES = f'"Source Serif 4", Georgia, "Liberation Serif", "Noto Serif CJK JP", {TITLES}'
# A page that fetches nothing and runs nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page_file(brief: Brief, pictures: Pictures) -> bytes:
    """One HTML file with charts, icons and styles in it. Raises ExportError where the charts cannot be drawn."""
    w = brief.words
    return _environment().get_template(TEMPLATE).render(
        brief=brief, say=w.say, marks=_marks, icon=_icon, chart=lambda shown: _data(pictures.svg(shown)),
        html_language=TAGS.__getitem__, policy=POLICY, t=LIGHT, letters=Markup(LETTERS),
        titles=Markup(TITLES), latin=Markup(LATIN), latin_titles=Markup(LATIN_TITLES),
    ).encode()  # fmt: skip


def page_print(brief: Brief, pictures: Pictures) -> bytes:
    """The page as PDF on A4, with title, day and number under each sheet."""
    left, right = escape(plain(brief.catalogue)), escape(plain(brief.known))
    family = LETTERS if brief.language == "zh" else LATIN
    foot = (
        f'<div lang="{TAGS[brief.language]}" style=\'width:100%;margin:0 20mm;display:flex;'
        f"justify-content:space-between;font:7.5pt {family};color:{LIGHT.ink3}'>"
        f"<span>{left} · {right}</span>"
        '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>'
    )
    return copyable(pictures.press.print_page(page_file(brief, pictures).decode(), foot))


@cache
def _environment() -> Environment:
    """Every text that a template is given is escaped, and holds no character that a page may not."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_clean,
    )  # fmt: skip


def _clean(value: Any) -> Any:
    return plain(value) if type(value) is str else value


def _icon(mark: Mark) -> str:
    return data_address(icon(mark.standing, LIGHT, mark.final))


def _marks(mark: Mark) -> str:
    """The colour of a standing."""
    return LIGHT.standing[mark.standing]


def _data(picture: Picture) -> dict[str, Any]:
    return {"address": f"data:image/svg+xml;base64,{b64encode(picture.data).decode()}", "width": picture.width,
            "height": picture.height}  # fmt: skip
