"""A brief as slides: a title, the summary, and for each goal its words, its verdicts with their charts, its sources.

A slide has no room of its own accord, so every text is measured before it is placed (tracking/charts/lettering.py):
what does not fit goes on where it stopped, on a slide whose title says that it continues. Nothing is cut off.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from exporting.brief.pictures import ON_A_SLIDE, Pictures, icon_png
from tracking.brief import Brief, Line, Mark, Section, Shown, Verdict, plain
from tracking.charts.lettering import lines, width
from tracking.export.zipped import same_each_time
from tracking.look import LIGHT
from tracking.model import Standing
from tracking.words import LOCALES

# pixels, of which a slide has 1280 × 720
PIXEL, WIDE, HIGH = 9525, 1280, 720
EDGE, TOP, BOTTOM, FOOT = 64, 44, 660, 682
ROOM = WIDE - 2 * EDGE
LEFT, GAP = 520, 32  # width of the words beside a chart; between the two
RIGHT = ROOM - LEFT - GAP
LEAST = 0.3  # of a slide that words below a chart may take from it
COLUMNS = (400, 230, 330, 192)  # of a table
LEADING, SAFE = 1.3, 1.02  # height of a line in ems; how much wider than measured a font may be
SANS, SERIF = ("Calibri", "Microsoft YaHei"), ("Georgia", "SimSun")
TITLE_ONLY = 5  # the layout with nothing but a title
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's name of the style without lines and colours
# a cell of a table holds no picture
SIGNS = {Standing.MET: "✓", Standing.ON_TRACK: "»", Standing.BEHIND: "›", Standing.MISSED: "✕",
         Standing.MOVING_AWAY: "«", Standing.NOT_JUDGED: "–"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How words look; sizes in pixels."""

    size: float
    colour: str = LIGHT.ink
    fonts: tuple[str, str] = SANS
    bold: bool = False
    before: float = 0


BODY, SAID, CAPTION = Style(23, LIGHT.ink2, before=10), Style(24, before=4), Style(15, LIGHT.ink3, before=4)
HEAD, QUOTATION = Style(34, bold=True), Style(42, bold=True, fonts=SERIF)
ARITHMETIC, TARGET = Style(21, before=10), Style(19, LIGHT.ink2, before=10)
QUOTE = Style(19, LIGHT.ink2, SERIF, before=6)
CELL, SMALL, LISTED = Style(18), Style(15, LIGHT.ink3), Style(18, before=8)
MARK = 30  # pixels of a line with a standing's icon and word


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `cites` are put behind it, each with the address that it leads to (empty: none)."""

    text: str
    style: Style
    cites: tuple[tuple[str, str], ...] = ()
    address: str = ""

    def lines(self, wide: float) -> list[str]:
        return lines(plain(self.text) + "".join(label for label, _ in self.cites), self.style.size * SAFE, wide)

    def sized(self, size: float) -> "Words":
        return replace(self, style=replace(self.style, size=size))

    def height(self, wide: float) -> float:
        return len(self.lines(wide)) * self.style.size * LEADING + self.style.before


@dataclass(frozen=True, slots=True)
class Box:
    """Paragraphs that stand together; `marks` stand in a line before the first of them, as icons and words."""

    words: tuple[Words, ...]
    marks: tuple[Mark, ...] = ()
    before: float = 16

    def height(self, wide: float) -> float:
        return sum(w.height(wide) for w in self.words) + (MARK if self.marks else 0) + self.before


def slides_file(brief: Brief, pictures: Pictures) -> bytes:
    """The same brief gives the same bytes. Raises ExportError where the charts cannot be drawn."""
    return _Slides(brief, pictures).file()


class _Slides:
    def __init__(self, brief: Brief, pictures: Pictures) -> None:
        self.brief, self.pictures, self.say = brief, pictures, brief.words.say
        self.show: Any = Presentation()
        _link_colour(self.show)
        self.show.slide_width, self.show.slide_height = Emu(WIDE * PIXEL), Emu(HIGH * PIXEL)

    def file(self) -> bytes:
        self._about()
        self._first()
        self._table(self.say("brief.summary"), "", list(self._summary()))
        for section in self.brief.sections:
            self._goal(section)
            for shown in section.shown:
                self._shown(section, shown)
            if section.lines:
                self._table(self.say("brief.lines"), section.name, [(section, line) for line in section.lines])
            self._sources(section)
        buffer = io.BytesIO()
        self.show.save(buffer)
        return same_each_time(buffer.getvalue())

    def _about(self) -> None:
        brief, about = self.brief, self.show.core_properties
        about.title, about.author, about.comments = plain(brief.title), plain(brief.catalogue), plain(brief.state)
        about.last_modified_by, about.language = plain(brief.catalogue), LOCALES[brief.language]
        about.created = about.modified = datetime.combine(brief.day, time())

    # the slides, in their order

    def _first(self) -> None:
        brief = self.brief
        slide, top = self._slide(brief.title, brief.catalogue, Style(56, bold=True, fonts=SERIF), down=210)
        state = Words(brief.state, CAPTION), Words(brief.terms, CAPTION)
        self._box(slide, Box((Words(brief.known, Style(28)), *state)), EDGE, top, ROOM)

    def _summary(self) -> Iterator[tuple[Section, Line | None]]:
        for section in self.brief.sections:
            yield section, None
            yield from ((section, line) for line in section.judged)

    def _goal(self, section: Section) -> None:
        """Its own words, what they mean and cannot mean, where it stands, and what the figures show."""
        cites = self._cites(section, (section.document.number,))
        origin = [Words(section.title, replace(SAID, before=0))] if section.title else []
        origin.append(Words(section.document.text, CAPTION, cites, section.document.address))
        origin += [Words(self.say("brief.open"), CAPTION, address=section.address)] if section.address else []
        boxes = [Box(tuple(origin), before=0)]
        if section.meaning:
            meaning = Words(section.meaning, replace(BODY, before=2))
            boxes.append(Box((Words(self.say("brief.meaning"), CAPTION), meaning)))
        counts = tuple(replace(mark, word=f"{count} {mark.word}") for mark, count in section.counts)
        boxes.append(Box((Words(section.counted, replace(SAID, bold=True)),), before=20))
        boxes += [Box((), counts, before=6)] if counts else []
        boxes += [Box((Words(text, BODY),), before=0) for text in section.told]
        self._flow(section.quotation, section.from_, boxes, QUOTATION)

    def _shown(self, section: Section, shown: Shown) -> None:
        """An indicator: verdicts at the left, its chart at the right; what else is to be known where there is room."""
        boxes = [self._verdict(section, verdict) for verdict in shown.verdicts]
        about = Box((Words(shown.latest, CAPTION, self._cites(section, shown.cites)), Words(shown.why, CAPTION),
                     Words(shown.limits, CAPTION)))  # fmt: skip
        if not shown.alt:
            self._flow(shown.name, section.name, [*boxes, about])
            return
        room = BOTTOM - TOP - Words(section.name, CAPTION).height(ROOM) - Words(shown.name, HEAD).height(ROOM) - 8
        taken = sum(box.height(LEFT) for box in boxes)
        beside = taken <= room < taken + about.height(LEFT) and about.height(RIGHT) <= room * LEAST
        self._flow(shown.name, section.name, boxes if beside else [*boxes, about], chart=shown,
                   below=about if beside else None)  # fmt: skip

    def _verdict(self, section: Section, verdict: Verdict) -> Box:
        words = [Words(verdict.sentence, SAID)]
        words += [Words(verdict.arithmetic, ARITHMETIC)] if verdict.arithmetic else []
        asked = self.say("judging.asked", target=verdict.target)
        words.append(Words(asked, TARGET, self._cites(section, verdict.cites)))
        words += [Words(f"“{verdict.quote}”", QUOTE)] if verdict.quote else []
        below = (verdict.translation, verdict.quoted_from, verdict.notes)
        return Box((*words, *(Words(text, CAPTION) for text in below if text)), (verdict.mark,))

    def _sources(self, section: Section) -> None:
        listed = [Words(f"[{s.number}] {s.text}", LISTED) for s in section.sources]
        addresses = [Words(s.address or self.say("brief.no-address"), replace(CAPTION, before=0), address=s.address)
                     for s in section.sources]  # fmt: skip
        boxes = [Box(pair, before=0) for pair in zip(listed, addresses, strict=True)]
        last = tuple(Words(text, CAPTION) for text in (section.rest, section.more) if text)
        self._flow(self.say("brief.sources"), section.name, [*boxes, *([Box(last)] if last else [])])

    def _cites(self, section: Section, numbers: Sequence[int]) -> tuple[tuple[str, str], ...]:
        addresses = {source.number: source.address for source in section.sources}
        return tuple((f" [{number}]", addresses[number]) for number in numbers)

    # what they are made of

    def _continued(self, title: str) -> str:
        return self.say("brief.continued", title=title)

    def _slide(self, title: str, above: str, style: Style = HEAD, down: float = TOP) -> tuple[Any, float]:
        """A new slide with a title, a caption above it and a foot; and the pixel below which it is free."""
        slide = self.show.slides.add_slide(self.show.slide_layouts[TITLE_ONLY])
        _rule(slide, down - 12)
        if above:
            self._box(slide, Box((Words(above, replace(CAPTION, before=0)),), before=0), EDGE, down, ROOM)
            down += Words(above, CAPTION).height(ROOM)
        while len((head := Words(title, style)).lines(ROOM)) > 2 and style.size > 16:
            style = replace(style, size=style.size - 4)
        high = head.height(ROOM)
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (Emu(round(k * PIXEL)) for k in (EDGE, down, ROOM, high))
        self._fill(shape.text_frame, Box((head,), before=0))
        self._foot(slide)
        return slide, down + high + 8

    def _foot(self, slide: Any) -> None:
        foot = Words(f"{self.brief.catalogue} · {self.brief.known}", replace(CAPTION, size=12))
        self._box(slide, Box((foot,), before=0), EDGE, FOOT, ROOM - 80)
        frame = self._box(slide, Box((replace(foot, text=" "),), before=0), WIDE - EDGE - 80, FOOT, 80)
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        number = paragraph.runs[0]._r
        field = parse_xml(f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"/>')
        number.getparent().replace(number, field)
        field.extend([number.rPr, number.t])
        number_text = field.find(qn("a:t"))
        number_text.text = str(len(self.show.slides))

    def _flow(
        self, title: str, above: str, boxes: Sequence[Box], style: Style = HEAD, chart: Shown | None = None,
        below: Box | None = None,
    ) -> None:  # fmt: skip
        """Place boxes one below the other, on as many slides as they need; a chart stands on the first, `below` it
        what belongs to it."""
        slide, top = self._slide(title, above, style)
        wide = LEFT if chart else ROOM
        if chart:
            self._chart(slide, chart, top, below)
        start, rest = top, list(boxes)
        while rest:
            box = rest.pop(0)
            if top + box.height(wide) <= BOTTOM:
                self._box(slide, box, EDGE, top, wide)
                top += box.height(wide)
                continue
            fitting, left = _divided(box, wide, BOTTOM - top)
            if fitting and (top == start or len(fitting.words) > 1):
                self._box(slide, fitting, EDGE, top, wide)
                box = left
            slide, top = self._slide(self._continued(title), above, style)
            start, wide = top, ROOM
            rest.insert(0, box)

    def _chart(self, slide: Any, shown: Shown, top: float, below: Box | None) -> None:
        picture, left = self.pictures.png(shown, ON_A_SLIDE), EDGE + LEFT + GAP
        high = BOTTOM - top - (below.height(RIGHT) if below else 0)
        scale = min(RIGHT / picture.width, high / picture.height)
        box = (left, top, picture.width * scale, picture.height * scale)
        drawn = slide.shapes.add_picture(io.BytesIO(picture.data), *(Emu(round(k * PIXEL)) for k in box))
        drawn._element.nvPicPr.cNvPr.set("descr", plain(shown.alt))
        if below:
            self._box(slide, below, left, top + picture.height * scale, RIGHT)

    def _box(self, slide: Any, box: Box, left: float, top: float, wide: float) -> Any:
        """The paragraphs of a box in one text frame, its mark before them."""
        top += box.before
        across = left
        for mark in box.marks:
            across += self._mark(slide, mark, across, top) + 28
        top += MARK if box.marks else 0
        return self._frame(slide, box.words, left, top, wide) if box.words else None

    def _mark(self, slide: Any, mark: Mark, left: float, top: float) -> float:
        """Icon and word in the standing's colour; how wide they are."""
        place = (Emu(round(k * PIXEL)) for k in (left, top + 4, 20, 20))
        icon = slide.shapes.add_picture(io.BytesIO(icon_png(mark)), *place)
        icon._element.nvPicPr.cNvPr.set("descr", "")
        word = Words(mark.word, Style(20, LIGHT.standing[mark.standing], bold=True))
        wide = width(mark.word, 20 * SAFE) + 12
        self._frame(slide, (word,), left + 28, top, wide)
        return 28 + wide

    def _frame(self, slide: Any, words: tuple[Words, ...], left: float, top: float, wide: float) -> Any:
        high = sum(w.height(wide) for w in words)
        shape = slide.shapes.add_textbox(*(Emu(round(k * PIXEL)) for k in (left, top, wide, high)))
        self._fill(shape.text_frame, Box(words))
        return shape.text_frame

    def _fill(self, frame: Any, box: Box) -> None:
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for place, words in enumerate(box.words):
            self._write(frame.paragraphs[0] if place == 0 else frame.add_paragraph(), words)

    def _write(self, paragraph: Any, words: Words) -> None:
        style = words.style
        paragraph.line_spacing, paragraph.space_before = Pt(style.size * LEADING * 0.75), Pt(style.before * 0.75)
        paragraph.alignment = PP_ALIGN.LEFT
        for text, address in ((words.text, words.address), *words.cites):
            run = paragraph.add_run()
            run.text = plain(text).replace("\n", " ")
            self._dress(run, style)
            if address:
                run.hyperlink.address = address

    def _dress(self, run: Any, style: Style) -> None:
        """Size, colour, Latin and Chinese font, and the language that spelling and shapes of characters follow."""
        run.font.size, run.font.bold = Pt(style.size * 0.75), style.bold
        run.font.color.rgb = _colour(style.colour)
        latin, chinese = style.fonts
        run.font.name = latin
        properties = run._r.get_or_add_rPr()
        properties.set("lang", LOCALES[self.brief.language])
        properties.set("altLang", LOCALES["en" if self.brief.language == "zh" else "zh"])
        properties.find(qn("a:latin")).addnext(parse_xml(f'<a:ea {nsdecls("a")} typeface="{chinese}"/>'))

    # tables

    def _table(self, title: str, above: str, rows: list[tuple[Section, Line | None]]) -> None:
        """As many rows on each slide as fit; a goal's own row never stands last."""
        heights = [self._row_height(section, line) for section, line in rows]
        start = 0
        while start < len(rows):
            slide, top = self._slide(title if start == 0 else self._continued(title), above)
            end, room = start, BOTTOM - top - 30
            while end < len(rows) and (end == start or sum(heights[start : end + 1]) <= room):
                end += 1
            while end < len(rows) and end - 1 > start and rows[end - 1][1] is None:
                end -= 1
            self._rows(slide, top, rows[start:end], heights[start:end])
            start = end

    def _row_height(self, section: Section, line: Line | None) -> float:
        cells = self._cells(section, line)
        return max(sum(w.height(wide - 12) for w in words) for words, wide in cells) + 10

    def _cells(self, section: Section, line: Line | None) -> list[tuple[tuple[Words, ...], float]]:
        """What stands in each cell, and how wide the cell is; smaller where it would fill a slide."""
        found = self._said(section, line)
        size = CELL.size
        while max(sum(w.height(wide - 12) for w in words) for words, wide in found) > 420 and size > 6:
            size -= 2
            found = [(tuple(w.sized(size) for w in words), wide) for words, wide in found]
        return found

    def _said(self, section: Section, line: Line | None) -> list[tuple[tuple[Words, ...], float]]:
        if line is None:
            counts = "   ".join(f"{SIGNS[mark.standing]} {n} {mark.word}" for mark, n in section.counts)
            name = Words(f"{section.number} {section.name}", replace(CELL, bold=True))
            return [((name, Words("   ".join(t for t in (section.counted, counts) if t), SMALL)), ROOM)]
        mark = Words(f"{SIGNS[line.mark.standing]} {line.mark.word}",
                     replace(CELL, bold=True, colour=LIGHT.standing[line.mark.standing]))  # fmt: skip
        texts: list[tuple[Words, ...]] = [
            (Words(line.indicator, CELL),),
            (Words(line.latest, CELL), *([Words(line.period, SMALL)] if line.period else [])),
            (Words(line.target, CELL, self._cites(section, line.cites)),),
            (mark, *([Words(line.why, SMALL)] if line.why else [])),
        ]
        return list(zip(texts, COLUMNS, strict=True))

    def _rows(
        self, slide: Any, top: float, rows: Sequence[tuple[Section, Line | None]], heights: Sequence[float]
    ) -> None:
        box = (EDGE, top, ROOM, 26 + sum(heights))
        frame = slide.shapes.add_table(len(rows) + 1, len(COLUMNS), *(Emu(round(k * PIXEL)) for k in box))
        table = frame.table
        table._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN_TABLE
        table.horz_banding = False
        for column, wide in zip(table.columns, COLUMNS, strict=True):
            column.width = Emu(wide * PIXEL)
        head = [((Words(self.say(f"table.{key}"), replace(CAPTION, before=0)),), wide)
                for key, wide in zip(("indicator", "latest", "target", "standing"), COLUMNS, strict=True)]  # fmt: skip
        self._row(table, 0, head, 26, LIGHT.ink)
        for place, ((section, line), high) in enumerate(zip(rows, heights, strict=True), 1):
            self._row(table, place, self._cells(section, line), high, LIGHT.rule)

    def _row(
        self, table: Any, place: int, cells: Sequence[tuple[tuple[Words, ...], float]], high: float, rule: str
    ) -> None:
        table.rows[place].height = Emu(round(high * PIXEL))
        if len(cells) == 1:
            table.cell(place, 0).merge(table.cell(place, len(COLUMNS) - 1))
        for column, (words, _) in enumerate(cells):
            self._cell(table.cell(place, column), words)
        for column in range(len(COLUMNS)):
            _underline(table.cell(place, column), rule)

    def _cell(self, cell: Any, words: tuple[Words, ...]) -> None:
        cell.margin_left, cell.margin_right = Emu(0), Emu(12 * PIXEL)
        cell.margin_top = cell.margin_bottom = Emu(4 * PIXEL)
        cell.vertical_anchor = MSO_ANCHOR.TOP
        for place, one in enumerate(words):
            self._write(cell.text_frame.paragraphs[0] if place == 0 else cell.text_frame.add_paragraph(), one)


def _divided(box: Box, wide: float, room: float) -> tuple[Box | None, Box]:
    """What of a box fits into so many pixels, line by line, and what is left of it."""
    room -= box.before + (MARK if box.marks else 0)
    fitting: list[Words] = []
    rest = list(box.words)
    while rest and rest[0].height(wide) <= room:
        room -= rest[0].height(wide)
        fitting.append(rest.pop(0))
    if rest:
        first, style = rest[0], rest[0].style
        found = lines(plain(first.text), style.size * SAFE, wide)
        most = int((room - style.before) // (style.size * LEADING))
        if 2 <= most < len(found):  # no line stands alone
            head = "".join(_taken(first.text, found[:most]))
            fitting.append(replace(first, text=head.rstrip(), cites=()))
            rest[0] = replace(first, text=plain(first.text)[len(head) :].lstrip())
    if not fitting:
        return None, box
    return replace(box, words=tuple(fitting)), replace(box, words=tuple(rest), marks=())


def _taken(text: str, found: Sequence[str]) -> Iterator[str]:
    """The lines with the spaces between them that measuring took away."""
    rest = plain(text)
    for line in found:
        at = rest.index(line) + len(line)
        yield rest[:at]
        rest = rest[at:]


def _rule(slide: Any, top: float) -> None:
    """The strong line above a title."""
    line = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Emu(round(k * PIXEL)) for k in (EDGE, top, ROOM, 3)))
    line.fill.solid()
    line.fill.fore_color.rgb = _colour(LIGHT.ink)
    line.line.fill.background()
    line.shadow.inherit = False


def _link_colour(show: Any) -> None:
    """A link takes its colour from the theme, whatever its own text says."""
    theme = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    of_links = rb'(<a:(?:fol)?[hH]link><a:srgbClr val=")[0-9A-F]{6}'
    theme._blob = re.sub(of_links, rb"\g<1>" + LIGHT.accent[1:].encode(), theme.blob)


def _underline(cell: Any, colour: str) -> None:
    """A hairline under a cell, as in a yearbook."""
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill></a:lnB>'
    ))  # fmt: skip


def _colour(code: str) -> Any:
    made: Any = RGBColor  # python-pptx types little
    return made.from_string(code.lstrip("#"))
