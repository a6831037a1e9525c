"""A brief as a Word file: real headings, tables, links and page numbers, so that it can be edited and cited further.

python-docx knows no links, bookmarks, fields or Chinese fonts; the few elements that say those are written here.
"""

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from exporting.brief.pictures import Pictures, icon_png
from tracking.brief import Brief, Line, Mark, Section, Shown, Source, Verdict, plain
from tracking.export.zipped import same_each_time
from tracking.look import LIGHT
from tracking.words import LOCALES

WIDE = 170  # millimetres between the margins of A4
COLUMNS = (52, 35, 48, 35)  # millimetres of a table's columns
SANS, SERIF = ("Calibri", "Microsoft YaHei"), ("Georgia", "SimSun")  # Latin, Chinese: what Word has on every system
# name, font, points, colour, bold, points before and after
STYLES = (
    ("Normal", SANS, 10.5, LIGHT.ink, False, 0, 4), ("Title", SERIF, 26, LIGHT.ink, True, 0, 8),
    ("Heading 1", SERIF, 21, LIGHT.ink, True, 4, 4), ("Heading 2", SANS, 14, LIGHT.ink, True, 18, 6),
    ("Heading 3", SANS, 12, LIGHT.ink, True, 14, 4), ("Quote", SERIF, 10.5, LIGHT.ink2, False, 2, 2),
    ("Caption", SANS, 9, LIGHT.ink3, False, 0, 2), ("Table", SANS, 9.5, LIGHT.ink, False, 2, 2),
    ("Arithmetic", SANS, 10, LIGHT.ink, False, 4, 6), ("Meaning", SANS, 10.5, LIGHT.ink, False, 0, 6),
)  # fmt: skip


def word_file(brief: Brief, pictures: Pictures) -> bytes:
    """The same brief gives the same bytes. Raises ExportError where the charts cannot be drawn."""
    return _Word(brief, pictures).file()


class _Word:
    def __init__(self, brief: Brief, pictures: Pictures) -> None:
        self.brief, self.pictures, self.say = brief, pictures, brief.words.say
        self.document: Any = Document()
        self.bookmarks = 0

    def file(self) -> bytes:
        _set_up(self.document, self.brief)
        self._foot()
        self._head()
        for section in self.brief.sections:
            self._section(section)
        self._text(f"{self.brief.known} · {self.brief.state}", "Caption").paragraph_format.space_before = Pt(24)
        self._text(self.brief.terms, "Caption")
        buffer = io.BytesIO()
        self.document.save(buffer)
        return same_each_time(buffer.getvalue())

    # the parts, in their order

    def _head(self) -> None:
        brief = self.brief
        self._text(brief.catalogue, "Caption")
        self._text(brief.title, "Title")
        self._text(brief.known)
        self._text(brief.state, "Caption")
        self._text(self.say("brief.summary"), "Heading 2")
        table = self._table()
        for section in brief.sections:
            self._goal_row(table, section)
            for line in section.judged:
                self._row(table, section, line)
        self._text(f"{self.say('brief.final')} {self.say('brief.numbers')}", "Caption")

    def _goal_row(self, table: Any, section: Section) -> None:
        row = _whole(table.add_row())
        cell = row.cells[0].merge(row.cells[-1])
        first = _styled(cell.paragraphs[0], "Table")
        first.paragraph_format.space_before, first.paragraph_format.keep_with_next = Pt(8), True
        _link(first, f"{section.number} {section.name}", anchor=_anchor(section)).bold = True
        self._text(section.counted, "Caption", cell)
        if section.counts:
            self._counts(_styled(cell.add_paragraph(), "Table"), section)

    def _section(self, section: Section) -> None:
        caption = self._text(section.from_, "Caption")
        caption.paragraph_format.page_break_before, caption.paragraph_format.keep_with_next = True, True
        self._bookmark(self._text(section.quotation, "Heading 1"), _anchor(section))
        if section.title:
            self._text(section.title).runs[0].font.size = Pt(12)
        self._origin(section)
        if section.meaning:
            label = self._text(self.say("brief.meaning"), "Meaning")
            label.runs[0].font.size, label.runs[0].font.color.rgb = Pt(9), _colour(LIGHT.ink3)
            label.paragraph_format.space_before, label.paragraph_format.space_after = Pt(8), Pt(0)
            self._text(section.meaning, "Meaning")
        self._told(section)
        self._all_shown(section)
        self._rest(section)
        self._sources(section)

    def _origin(self, section: Section) -> None:
        paragraph = _styled(self.document.add_paragraph(), "Caption")
        _link(paragraph, section.document.text, section.document.address)
        self._cites(paragraph, section, (section.document.number,))
        if section.address:
            paragraph.add_run(" · ")
            _link(paragraph, self.say("brief.open"), section.address)

    def _told(self, section: Section) -> None:
        self._text(self.say("brief.told"), "Heading 2")
        self._text(section.counted)
        if section.counts:
            self._counts(self.document.add_paragraph(), section)
        for paragraph in section.told:
            self._text(paragraph)

    def _all_shown(self, section: Section) -> None:
        if section.shown:
            self._text(self.say("brief.verdicts" if section.judged else "brief.shown"), "Heading 2")
        for shown in section.shown:
            self._text(shown.name, "Heading 3")
            for verdict in shown.verdicts:
                self._verdict(section, verdict, last=verdict is shown.verdicts[-1])
            self._chart(shown)
            self._cites(self._text(shown.latest, "Caption"), section, shown.cites)
            self._text(shown.why, "Caption")
            self._text(shown.limits, "Caption")

    def _verdict(self, section: Section, verdict: Verdict, last: bool) -> None:
        """No page ends inside, nor between the last verdict and the chart."""
        said = [self._mark(self.document.add_paragraph(), verdict.mark), self._text(verdict.sentence)]
        said[-1].runs[0].font.size = Pt(11.5)
        said += [self._text(verdict.arithmetic, "Arithmetic")] if verdict.arithmetic else []
        said += [self._text(self.say("judging.asked", target=verdict.target))]
        self._cites(said[-1], section, verdict.cites)
        said += [self._text(f"“{verdict.quote}”", "Quote")] if verdict.quote else []
        below = (verdict.translation, verdict.quoted_from, verdict.notes)
        said += [self._text(text, "Caption") for text in below if text]
        for paragraph in said if last else said[:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def _chart(self, shown: Shown) -> None:
        if not shown.alt:
            return
        picture = self.pictures.png(shown)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        drawn = paragraph.add_run().add_picture(io.BytesIO(picture.data), width=Mm(WIDE))
        _describe(drawn, shown.alt)

    def _rest(self, section: Section) -> None:
        if section.lines:
            self._text(self.say("brief.lines"), "Heading 2")
            table = self._table()
            for line in section.lines:
                self._row(table, section, line)
        if section.rest:
            self._text(section.rest, "Caption").paragraph_format.space_before = Pt(8)

    def _sources(self, section: Section) -> None:
        self._text(self.say("brief.sources"), "Heading 2")
        for source in section.sources:
            self._source(section, source)
        if section.more:
            self._text(section.more, "Caption")

    def _source(self, section: Section, source: Source) -> None:
        paragraph = self._text(f"[{source.number}]\t{source.text}", "Table")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(10), Mm(-10)
        paragraph.paragraph_format.space_after = Pt(4)
        paragraph.add_run("\n")
        _link(paragraph, source.address or self.say("brief.no-address"), source.address)
        self._bookmark(paragraph, f"{_anchor(section)}_{source.number}")

    def _foot(self) -> None:
        """Catalogue and day, and which page of how many, under every page."""
        paragraph = _styled(self.document.sections[0].footer.paragraphs[0], "Caption")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDE), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(plain(f"{self.brief.catalogue} · {self.brief.known}\t"))
        _field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _field(paragraph, "NUMPAGES")

    # what they are made of

    def _text(self, text: str, style: str = "Normal", place: Any = None) -> Any:
        paragraph = _styled((place or self.document).add_paragraph(), style)
        paragraph.add_run(plain(text))
        return paragraph

    def _mark(self, paragraph: Any, mark: Mark, count: int | None = None) -> Any:
        """Icon and word in the standing's colour."""
        drawn = paragraph.add_run().add_picture(io.BytesIO(icon_png(mark)), width=Pt(10.5))
        _describe(drawn, "")
        run = paragraph.add_run(f" {mark.word}" if count is None else f" {count} {mark.word}")
        run.bold, run.font.color.rgb = True, _colour(LIGHT.standing[mark.standing])
        return paragraph

    def _counts(self, paragraph: Any, section: Section) -> None:
        for place, (mark, count) in enumerate(section.counts):
            if place:
                paragraph.add_run("    ")
            self._mark(paragraph, mark, count)

    def _cites(self, paragraph: Any, section: Section, numbers: Sequence[int]) -> None:
        paragraph.add_run(" ")
        for number in numbers:
            _link(paragraph, f"[{number}]", anchor=f"{_anchor(section)}_{number}").font.size = Pt(8.5)

    def _table(self) -> Any:
        table = self.document.add_table(rows=1, cols=len(COLUMNS))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        _rules(table)
        for column, wide in zip(table.columns, COLUMNS, strict=True):
            column.width = Mm(wide)
        head = _whole(table.rows[0])
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, key in zip(head.cells, ("indicator", "latest", "target", "standing"), strict=True):
            _styled(cell.paragraphs[0], "Caption").add_run(self.say(f"table.{key}"))
        return table

    def _row(self, table: Any, section: Section, line: Line) -> None:
        row = _whole(table.add_row())
        for cell, wide in zip(row.cells, COLUMNS, strict=True):
            cell.width = Mm(wide)
        name, latest, target, standing = (_styled(cell.paragraphs[0], "Table") for cell in row.cells)
        name.add_run(plain(line.indicator))
        latest.add_run(plain(line.latest))
        if line.period:
            self._text(line.period, "Caption", row.cells[1])
        target.add_run(plain(line.target))
        self._cites(target, section, line.cites)
        self._mark(standing, line.mark)
        if line.why:
            self._text(line.why, "Caption", row.cells[3])

    def _bookmark(self, paragraph: Any, name: str) -> None:
        self.bookmarks += 1
        start, end = (_element(f"w:bookmark{edge}", id=str(self.bookmarks)) for edge in ("Start", "End"))
        start.set(qn("w:name"), name)
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(end)


def _set_up(document: Any, brief: Brief) -> None:
    """A4, our styles with their Chinese fonts, what the file says of itself."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    for name, fonts, size, colour, bold, before, after in STYLES:
        styles = document.styles
        style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _fonts(style, fonts)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = _colour(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if style.element.pPr.find(qn("w:pBdr")) is not None:  # the template's Title is underlined in blue
            style.element.pPr.remove(style.element.pPr.find(qn("w:pBdr")))
    for name in ("Arithmetic", "Meaning"):
        shade = _element("w:shd", val="clear", color="auto", fill=LIGHT.panel.lstrip("#"))
        document.styles[name].element.get_or_add_pPr().append(shade)
    lang = document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang")).__next__()
    for kind, code in (("val", LOCALES["en"]), ("eastAsia", LOCALES["zh"])):
        lang.set(qn(f"w:{kind}"), code)
    made, about = datetime.combine(brief.day, time()), document.core_properties
    about.title, about.author, about.comments = plain(brief.title), plain(brief.catalogue), plain(brief.state)
    about.created = about.modified = made
    about.last_modified_by, about.language = plain(brief.catalogue), LOCALES[brief.language]


def _fonts(style: Any, fonts: tuple[str, str]) -> None:
    """Latin and Chinese font; the template's own, which come from its theme, go."""
    latin, chinese = fonts
    rfonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(rfonts.attrib):
        del rfonts.attrib[name]
    for kind, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", chinese), ("cs", latin)):
        rfonts.set(qn(f"w:{kind}"), font)


def _styled(paragraph: Any, style: str) -> Any:
    paragraph.style = style
    return paragraph


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _anchor(section: Section) -> str:
    """A bookmark's name: at most forty letters, digits and underlines."""
    return f"goal_{section.number}"


def _link(paragraph: Paragraph, text: str, address: str = "", anchor: str = "") -> Any:
    """A run that leads to an address or to a bookmark; a plain one where there is neither."""
    run = paragraph.add_run(plain(text))
    if not address and not anchor:
        return run
    link = OxmlElement("w:hyperlink")
    if address:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), anchor)
    paragraph._p.append(link)
    link.append(run._r)
    run.font.color.rgb, run.font.underline = _colour(LIGHT.accent), bool(address)
    return run


def _field(paragraph: Any, code: str) -> None:
    """A number that the program fills in."""
    field = _element("w:fldSimple", instr=code)
    run = paragraph.add_run("1")
    paragraph._p.append(field)
    field.append(run._r)


def _rules(table: Any) -> None:
    """A hairline under every row, as in a yearbook."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("bottom", "insideH"):
        borders.append(_element(f"w:{edge}", val="single", sz="4", space="0", color=LIGHT.rule.lstrip("#")))
    table._tbl.tblPr.append(borders)


def _whole(row: Any) -> Any:
    """A row that no page's end divides."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def _describe(drawn: Any, alt: str) -> None:
    """What a picture shows, for who cannot see it."""
    drawn._inline.docPr.set("descr", plain(alt))


def _colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.lstrip("#"))
