"""The chart as a file: PNG and SVG drawn in the reader's own browser, PDF and a page of its own made when asked for."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from exporting.charts import MIME, SCALES, has_chinese_font, rendered
from exporting.files import density
from exporting.press import missing
from tracking.charts.options import ChartOptions
from tracking.charts.sheet import LEAST, MOST, SIZES, Size, size_of
from tracking.look import THEMES
from tracking.model import LANGUAGES
from tracking.picture import Asked, address_of, file_name, picture
from tracking.projection import Projection
from tracking.status import Judged
from tracking.words import words
from views.frame import Offer, as_of, base_address, catalogue, e, language, place, say

SCRIPT = Path(__file__).with_name("save.js")
# The bar above a chart holds only a camera, and is shown only where the script cannot do better.
CONFIG = {"displayModeBar": True, "modeBarButtons": [["toImage"]], "displaylogo": False, "responsive": True}
FREE = "free"
FORMATS = (*(f"png-{scale}" for scale in SCALES), "svg", "pdf", "html")


def of_a_chart(indicator_id: str, judged: Judged | None, options: ChartOptions, ahead: Projection | None) -> Offer:
    """What may be chosen; nothing is drawn before."""
    return _offer(partial(_choices, indicator_id, judged, options, ahead))


def of_charts(first: Mapping[str, Judged | None]) -> Offer:
    """The same for a page of charts: which of them comes first; each has its indicator's leading verdict."""

    def show() -> None:
        names = {i: catalogue().indicators[i].name[language()] for i in first}
        which = st.selectbox(say().say("picture.download.which"), list(names), key="picture-which",
                             format_func=names.__getitem__)  # fmt: skip
        _choices(which, first[which], ChartOptions(), None)

    return _offer(show)


def _offer(show: Callable[[], None]) -> Offer:
    return say().say("picture.download.title"), "picture", ":material/image:", show


def _choices(indicator_id: str, judged: Judged | None, options: ChartOptions, ahead: Projection | None) -> None:
    w = say()
    size = _size()
    left, right = st.columns(2)
    with left:
        look = st.selectbox(w.say("picture.download.colours"), ("light", "print"), key="picture-colours",
                            format_func=lambda c: w.say(f"picture.download.{c}"))  # fmt: skip
    with right:
        lang = st.selectbox(w.say("site.language"), LANGUAGES, LANGUAGES.index(language()), key="picture-language",
                            format_func=lambda code: words(code).say("picture.download.language"))  # fmt: skip
    kind, _, scale = st.selectbox(w.say("picture.download.format"), FORMATS, index=1, key="picture-format",
                                  format_func=lambda f: w.say(f"picture.download.as.{f}")).partition("-")  # fmt: skip
    if size is None:
        return
    asked = Asked(indicator_id, options, as_of(), lang, THEMES[look], size)
    asked = Asked(indicator_id, options, as_of(), lang, THEMES[look], size,
                  address_of(base_address(), asked, st.query_params.get("target", "")))  # fmt: skip
    drawn = picture(catalogue(), asked, judged, ahead)
    if drawn is None:
        place(f"<p>{e(w.say('chart.none-in-sight'))}</p>")
    elif kind in ("png", "svg"):
        _in_the_browser(drawn, asked, kind, int(scale or 1))
    else:
        _from_here(drawn, asked, kind)


def _size() -> Size | None:
    """The size that is chosen; None while a free one is out of bounds, and that is said."""
    w = say()
    name = st.selectbox(w.say("picture.download.size"), (*SIZES, FREE), key="picture-size",
                        format_func=lambda s: w.say(f"picture.download.sizes.{s}"))  # fmt: skip
    if name != FREE:
        return SIZES[name]
    left, right = st.columns(2)
    width = left.number_input(w.say("picture.download.width"), LEAST[0], MOST[0], 1200, key="picture-width")
    height = right.number_input(w.say("picture.download.height"), LEAST[1], MOST[1], 675, key="picture-height")
    size = size_of(f"{width}x{height}")
    if size is None:
        place(f'<p role="alert">{e(w.say("picture.download.shape"))}</p>')
    return size


def _in_the_browser(drawn: go.Figure, asked: Asked, kind: str, scale: int) -> None:
    """A button that has the sheet with it; the script does the rest."""
    w, name = say(), file_name(asked, kind, scale)
    data = {
        "figure": drawn.to_json(), "kind": kind, "scale": scale * asked.size.zoom, "name": name,
        "density": b64encode(density(scale)).decode(), "done": w.say("picture.download.done", name=name),
        "failed": w.say("picture.download.failed"),
    }  # fmt: skip
    attributes = " ".join(f'data-{key}="{e(value)}"' for key, value in data.items())
    place(f'<button type="button" class="save" {attributes}>{e(w.say("picture.download.save"))}</button>'
          f'<p class="caption" role="status">{e(name)}</p>')  # fmt: skip
    st.html(f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)


def _from_here(drawn: go.Figure, asked: Asked, kind: str) -> None:
    """A button that has the file made when it is pressed; without what that needs, a sentence."""
    w, name = say(), file_name(asked, kind)
    why = missing() if kind == "pdf" else None
    if why is not None:
        place(f'<p role="alert">{e(why.text(language()))}</p>')
        return
    if kind == "pdf" and asked.language == "zh" and not has_chinese_font():
        place(f'<p role="alert">{e(w.say("drawing.problem.no-font"))}</p>')
    make = partial(rendered, drawn, kind, asked.size.zoom, asked.language)
    st.download_button(w.say("picture.download.save"), make, name, MIME[kind], on_click="ignore", type="primary",
                       key="picture-save", width="stretch")  # fmt: skip
    place(f'<p class="caption">{e(name)}</p>')
