"""A chart on a sheet: what is said in it, and that nothing lies outside it or on anything else."""

import html
import json
import re
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, product

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Folder
from tracking.assessment import assess
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.charts import ChartOptions, indicator_chart, options_of
from tracking.charts.key import SIZE, SWATCH
from tracking.charts.lettering import LINE, lines, width
from tracking.charts.sheet import LEAST, SIZES, Size, size_of
from tracking.look import LIGHT, THEMES
from tracking.model import LANGUAGES
from tracking.picture import Asked, address_of, file_name, picture
from tracking.status import Judged, headline

WILD = [
    "<script>alert(1)</script>", "=cmd()|' /C calc'!A0", "👩‍👩‍👧 🇨🇳 5G 📶", "A long title about goals. " * 12,
    "工业增加值" * 60, "نسبة الإنفاق على البحث والتطوير", "a" * 300,
]  # fmt: skip


def drawn(c: Catalogue, i: str, day: date, size: Size, language: str = "en", **query: str) -> go.Figure:
    options, wrong = options_of(c, i, day, query)
    assert wrong == ()
    asked = Asked(i, options, day, language, LIGHT, size)
    asked = replace(asked, address=address_of("https://goals.example.org", asked))
    figure = picture(c, asked, headline(judged(c, i, day)))
    assert figure is not None
    return figure


def judged(c: Catalogue, i: str, day: date) -> tuple[Judged, ...]:
    found = adopted_targets(c.indicators[i], day)
    return tuple(Judged(i, target, assess(c, i, target, day)) for target in found)


def text(figure: go.Figure) -> str:
    """Everything written around the chart, as a reader reads it."""
    said = [a.text for a in figure.layout.annotations] + [figure.layout.title.text]
    said += [t.name for t in figure.data if t.showlegend]
    return html.unescape(re.sub(r"\s+", " ", " ".join(said).replace("<br>", " ").replace("\u00a0", " ")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_says_title_verdict_unit_key_source_terms_day_and_address(
    shipped: Catalogue, gathered: date, language: str
) -> None:
    figure = drawn(shipped, "5g-stations-per-10k", gathered, SIZES["slide"], language)
    said = text(figure)
    expected = {
        "en": ["5G base stations per 10,000 people", "Met: 34.4", "Required path", "Published figure", "Target",
               "Source: Ministry of Industry and Information Technology, Commentary on the 2025", "28 January 2026",
               "3 earlier publications", "quoted with their source", "As known on 23 November 2026",
               "https://goals.example.org/indicator?indicator=5g-stations-per-10k&lang=en&as-of=2026-11-23",
               "[1] 1 November 2021 14th Five-Year Plan"],
        "zh": ["每万人拥有5G基站数", "已达成：", "应有进度", "公布数", "来源：工业和信息化部", "引用注明出处",
               "截至2026年11月23日"],
    }[language]  # fmt: skip
    assert [part for part in expected if part not in said] == []
    assert "CC BY 4.0" in text(drawn(shipped, "wdi-rd-intensity", gathered, SIZES["slide"], language))


def test_the_picture_holds_the_marks_and_axes_of_the_page(shipped: Catalogue, gathered: date) -> None:
    for i in ("5g-stations-per-10k", "gdp-growth", "wdi-manufacturing-share"):
        page = indicator_chart(shipped, i, ChartOptions(), gathered, "en", LIGHT)
        sheet = drawn(shipped, i, gathered, SIZES["slide"])
        marks = [t for t in sheet.data if not t.showlegend]
        assert [(t.name, t.x, t.y) for t in marks] == [(t.name, t.x, t.y) for t in page.data]
        assert (sheet.layout.xaxis.range, sheet.layout.yaxis.range) == (
            page.layout.xaxis.range,
            page.layout.yaxis.range,
        )


def boxes(figure: go.Figure) -> list[tuple[str, float, float, float, float]]:
    """The written blocks outside the axes, as left, right, top and bottom in pixels of the sheet."""
    m, found = figure.layout.margin, []
    for a in figure.layout.annotations:
        if a.yref == "paper" and a.xref == "paper":
            own = a.text.split("<br>")
            top, left = m.t - a.yshift, m.l + a.xshift
            wide = max(width(html.unescape(line), a.font.size) for line in own)
            found.append((a.text, left, left + wide, top, top + len(own) * a.font.size * LINE))
    return found


@pytest.mark.parametrize("name", [*WILD, "ordinary"])
def test_no_title_is_cut_off_or_lies_on_the_chart(folder: Folder, name: str) -> None:
    folder.edit("goals/indicators/things.yaml", "en: Things}", "en: " + json.dumps(name, ensure_ascii=False) + "}")
    c, day = folder.load(), date(2026, 1, 1)
    for size in [SIZES["slide"], SIZES["column"], Size(*LEAST)]:
        figure = drawn(c, "things", day, size)
        layout = figure.layout
        assert layout.height - layout.margin.t - layout.margin.b >= 100
        found = boxes(figure)
        assert len(found) >= 3
        for _, left, right, _, bottom in found:
            assert left >= 0 and right <= layout.width and bottom <= layout.height
        assert all(a[4] <= b[3] + 0.5 for a, b in pairwise(found))
        assert not any("<script" in a.text for a in layout.annotations)
        if len(name) < 100:
            assert name.split()[0] in text(figure)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_finds_room_in_every_size(shipped: Catalogue, gathered: date, language: str) -> None:
    ids = [i for i in shipped.indicators if shipped.main_series(i).as_known_on(gathered)][::24]
    for i, size in product([*ids, "co2-per-gdp-reduction"], (SIZES["a4-half"], SIZES["column"])):
        asked = Asked(i, ChartOptions(), gathered, language, LIGHT, size)
        figure = picture(shipped, asked, headline(judged(shipped, i, gathered)))
        assert figure is not None
        layout = figure.layout
        assert layout.width == size.page[0] and size.page[1] <= layout.height <= 1.07 * size.page[1]
        assert layout.height == size.page[1] or any(t.name == "bracket" for t in figure.data)
        assert _axes(figure) >= 80
        assert max(b[4] for b in boxes(figure)) <= layout.height and max(b[2] for b in boxes(figure)) <= layout.width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("i", ["nev-sales", "cnc-rate-key-processes", "gdp-growth", "5g-private-networks"])
def test_in_a_column_no_label_of_the_chart_lies_on_another_or_is_cut_off(
    shipped: Catalogue, gathered: date, i: str, language: str
) -> None:
    figure = drawn(shipped, i, gathered, SIZES["column"], language)
    found = labels(figure)
    assert len(found) > 2
    assert min(b[0] for b in found) >= 0 and max(b[1] for b in found) <= figure.layout.width
    for a, b in combinations(found, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] + 1 or b[3] <= a[2] + 1, (a, b)


def labels(figure: go.Figure) -> list[tuple[float, float, float, float]]:
    """What is written at places of the axes: left, right, top and bottom in pixels of the sheet."""
    layout, m, found = figure.layout, figure.layout.margin, []
    across, down = layout.width - m.l - m.r, layout.height - m.t - m.b
    first, last = layout.xaxis.range
    for a in (a for a in layout.annotations if a.yref in ("y", "y8")):
        axis = layout["yaxis" + a.yref[1:]]
        low, high = axis.range
        bottom, top = axis.domain or (0.0, 1.0)
        part = bottom + (top - bottom) * (a.y - low) / (high - low)
        own = re.sub(r"<(?!br)[^>]*>", "", a.text).split("<br>")
        wide, high_ = max(width(line, a.font.size) for line in own), len(own) * a.font.size * LINE
        x = m.l + across * (a.x - first) / (last - first) + (a.xshift or 0) - (wide if a.xanchor == "right" else 0)
        y = m.t + down * (1 - part) - (a.yshift or 0)
        y -= {"bottom": high_, "top": 0}.get(a.yanchor, high_ / 2)
        found.append((x, x + wide, y, y + high_))
    return found


def test_the_key_explains_a_triangle_beyond_the_edge(shipped: Catalogue, gathered: date) -> None:
    said = {t.name: t.marker.symbol for t in drawn(shipped, "telecom-volume-growth", gathered, SIZES["slide"]).data}
    assert said["Outside the scale, value beside it"] == "triangle-up"
    assert "Outside the scale, value beside it" not in text(drawn(shipped, "nev-sales", gathered, SIZES["slide"]))


def test_a_verdict_is_said_whole_where_there_is_little_room(shipped: Catalogue, gathered: date) -> None:
    said = text(drawn(shipped, "cnc-rate-key-processes", gathered, SIZES["column"]))
    assert "a straight path to 75% in 2027 asks for 65.97% by then." in said


def test_an_address_is_broken_at_its_signs() -> None:
    found = lines("See https://goals.example.org/indicator?indicator=nev-sales&lang=en", 10, 180)
    assert found == ["See https://goals.example.org/", "indicator?indicator=nev-sales&", "lang=en"]


def _axes(figure: go.Figure) -> float:
    """Pixels of the height of the axis of values."""
    m, (bottom, top) = figure.layout.margin, figure.layout.yaxis.domain
    return (figure.layout.height - m.t - m.b) * (top - bottom)


@pytest.mark.parametrize("across", range(420, 660, 40))
def test_no_row_of_the_key_goes_on_beside_the_axes_where_plotly_would_break_it(
    shipped: Catalogue, gathered: date, across: int
) -> None:
    figure = drawn(shipped, "nev-sales", gathered, Size(across, 390))
    margin = figure.layout.margin
    rows: dict[str, float] = {}
    for entry in (t for t in figure.data if t.showlegend):
        rows[entry.legend] = rows.get(entry.legend, 0) + width(entry.name, SIZE) + SWATCH
    assert len(rows) > 1
    assert max(rows.values()) <= figure.layout.width - margin.l - margin.r + 24  # the row begins before the axes


def test_where_a_text_says_title_and_verdict_only_key_and_source_are_drawn(shipped: Catalogue, gathered: date) -> None:
    asked = Asked("nev-sales", ChartOptions(), gathered, "en", LIGHT, Size(643, 350))
    first = headline(judged(shipped, "nev-sales", gathered))
    whole, bare = picture(shipped, asked, first), picture(shipped, asked, first, titled=False)
    assert whole is not None and bare is not None
    assert "New energy vehicle sales" in text(whole) and "As known on" in text(whole)
    assert "New energy vehicle sales" not in text(bare) and "As known on" not in text(bare)
    assert "Source:" in text(bare) and "Published figure" in text(bare)


def test_a_picture_that_its_words_would_fill_is_made_taller(shipped: Catalogue, gathered: date) -> None:
    query = {"beside": "manufacturing-pmi"}
    figure = drawn(shipped, "wdi-manufacturing-share", gathered, Size(*LEAST), **query)
    layout = figure.layout
    assert layout.height >= LEAST[1]
    assert layout.height - layout.margin.t - layout.margin.b >= 100


def test_numbers_on_top_are_there_only_with_what_they_mean(shipped: Catalogue, gathered: date) -> None:
    for size in SIZES.values():
        figure = drawn(shipped, "gdp-growth", gathered, size)
        assert any(t.name == "events" for t in figure.data) is ("[1]" in text(figure))
    assert "[8]" in text(drawn(shipped, "gdp-growth", gathered, SIZES["slide"]))


def test_what_is_shared_is_not_changed_and_the_same_picture_comes_again(shipped: Catalogue, gathered: date) -> None:
    first = drawn(shipped, "nev-sales", gathered, SIZES["square"])
    assert drawn(shipped, "nev-sales", gathered, SIZES["square"]) == first


def test_where_no_figure_is_known_there_is_no_picture(shipped: Catalogue) -> None:
    assert picture(shipped, Asked("nev-sales", ChartOptions(), date(1990, 1, 1), "en", LIGHT, SIZES["slide"])) is None


def test_print_has_no_colour() -> None:
    theme = THEMES["print"]
    for colour in (theme.ground, theme.ink, theme.ink2, theme.ink3, theme.accent, theme.old, theme.grid, theme.rule):
        assert len({colour[1:3], colour[3:5], colour[5:7]}) == 1


@pytest.mark.parametrize(
    "wrong", ["", "slide2", "100x100", "99999x99999", "4000x500", "500x4000", "-1x5", "１２００x800"]
)
def test_a_size_is_a_name_or_pixels_within_bounds(wrong: str) -> None:
    assert size_of(wrong) is None
    assert size_of("1200x675") == Size(1200, 675) and size_of("column") == SIZES["column"]


def test_pictures_that_differ_have_names_that_differ(shipped: Catalogue, gathered: date) -> None:
    names = [
        file_name(Asked(i, options, gathered, language, THEMES[look], size), kind, scale)
        for i, options, language, look, size, (kind, scale) in product(
            ("nev-sales", "gdp-growth"), (ChartOptions(), ChartOptions(log=True)), LANGUAGES, ("light", "print"),
            SIZES.values(), (("png", 1), ("png", 2), ("svg", 1)),
        )
    ]  # fmt: skip
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[\w.@+-]+", name) for name in names)


@given(st.text(), st.floats(30, 900))
def test_lines_keep_every_letter_and_fit(given_text: str, room: float) -> None:
    found = lines(given_text, 10, room)
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", given_text)
    assert all(width(line, 10) <= room or len(line.strip()) <= 1 for line in found)


def test_no_chinese_line_begins_with_a_stop_or_ends_with_an_opening_bracket() -> None:
    found = lines("到二〇二五年，数字经济核心产业增加值占国内生产总值比重（全年）达到百分之十。" * 5, 12, 157)
    assert [line for line in found if line[0] in "，。）" or line[-1] == "（"] == []
