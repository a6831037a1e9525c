"""Briefs, opened by readers that are not ours: an HTML parser, a browser off line, a PDF reader, those of Office files.

tests/office/ opens the same in LibreOffice.
"""

import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pptx
import pytest
from docx.oxml.ns import qn
from playwright.sync_api import Browser
from pypdf import PdfReader

from exporting.brief.formats import KINDS, made, missing
from exporting.brief.pictures import Pictures
from exporting.press import Press
from tests.conftest import Folder
from tracking.brief import Brief, brief
from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
# many verdicts, several of them on one indicator; and a goal that nothing is measured of
GOALS = ["emerging-industries", "professional-capacity"]
WILD = "=cmd() <script>alert(1)</script> & العربية 😀 " + "很长的标题" * 60 + " " + "endless" * 20


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def said(request: pytest.FixtureRequest, shipped: Catalogue, gathered: date) -> Brief:
    return brief(shipped, GOALS, gathered, request.param, "https://goals.example.org")


@pytest.fixture(scope="module")
def pictures(said: Brief, shipped: Catalogue, press: Press) -> Pictures:
    return Pictures(shipped, said, press=press)


@pytest.fixture
def wild(folder: Folder, press: Press) -> Pictures:
    """A brief on a goal whose texts are what nobody would write."""
    folder.edit("goals/more-things.yaml", "statement: 更多", f'statement: "{WILD}"')
    folder.edit("goals/more-things.yaml", "en: More", f'en: "{WILD}"')
    folder.edit("goals/more-things.yaml", "en: Why", f'en: "{WILD}"')
    folder.edit("goals/indicators/things.yaml", "en: Things", f'en: "{WILD}"')
    folder.edit("goals/indicators/things.yaml", "quote: 达到三十", f'quote: "{WILD}"')
    catalogue = folder.load()
    return Pictures(catalogue, brief(catalogue, [], date(2024, 1, 1), "en"), press=press)


def texts(said: Brief) -> list[str]:
    """What every format must say of a brief."""
    found = [said.title, said.known, said.state]
    for section in said.sections:
        found += [section.quotation, section.title, section.meaning, *section.told, section.rest, section.more]
        found += [t for line in section.lines for t in (line.indicator, line.target, line.latest, line.why)]
        found += [t for shown in section.shown for t in (shown.name, shown.latest, shown.limits)]
        found += [t for s in section.shown for v in s.verdicts for t in (v.sentence, v.arithmetic, v.quote, v.notes)]
        found += [t for source in section.sources for t in (source.text, source.address)]
    return [text for text in found if text]


def squeezed(text: str) -> str:
    """Without what a line's end changes; characters that fonts draw by one shape are one."""
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFKC", text))


def not_in(there: str, said: Brief) -> list[str]:
    there = squeezed(there)
    return [text for text in texts(said) if squeezed(text) not in there]


def without_feet(sheets: list[str], said: Brief) -> str:
    """The text of a print, where a sentence may run on from one sheet to the next."""
    foot = squeezed(f"{said.catalogue} · {said.known}")
    return "".join(re.sub(re.escape(foot) + r"\d+/\d+", "", squeezed(sheet)) for sheet in sheets)


def test_the_page_says_all_in_order_with_a_picture_for_every_chart(said: Brief, pictures: Pictures) -> None:
    tree = lxml.html.document_fromstring(made(said, pictures, "html").decode())
    assert not_in(tree.text_content(), said) == []
    assert tree.get("lang") == {"zh": "zh-CN", "en": "en"}[said.language]
    assert [q.text_content() for q in tree.xpath("//h2[@class='quotation']")] == [s.quotation for s in said.sections]
    alts = [img.get("alt") for img in tree.xpath("//figure/img")]
    assert alts == [shown.alt for section in said.sections for shown in section.shown]


def test_the_page_asks_nothing_of_anyone_and_its_own_links_lead_somewhere(said: Brief, pictures: Pictures) -> None:
    tree = lxml.html.document_fromstring(made(said, pictures, "html").decode())
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    links = [a.get("href") for a in tree.iter("a")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert {link.split("/")[2] for link in links if "//" in link} >= {"goals.example.org"}
    assert all(node.get("src").startswith("data:image/svg+xml") for node in tree.iter("img"))
    assert not list(tree.iter("script", "link", "iframe", "object"))


def test_the_page_opens_from_a_disk_off_line_and_fits_a_phone(
    said: Brief, pictures: Pictures, tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "brief.html"
    file.write_bytes(made(said, pictures, "html"))
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("console", lambda m: wrong.append(m.text))
    tab.on("requestfailed", lambda r: wrong.append(r.url))
    tab.goto(file.as_uri())
    assert said.title in tab.title() and wrong == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert tab.evaluate("Math.min(...[...document.querySelectorAll('figure img')].map(i => i.width))") > 320
    context.close()


def test_the_print_says_all_and_numbers_its_sheets(said: Brief, pictures: Pictures) -> None:
    reader = PdfReader(io.BytesIO(made(said, pictures, "pdf")))
    sheets = [page.extract_text() for page in reader.pages]
    assert not_in(without_feet(sheets, said), said) == []
    for number, sheet in enumerate(sheets, 1):
        assert f"{number}/{len(sheets)}" in squeezed(sheet) and squeezed(said.known) in squeezed(sheet)
    assert [round(float(k)) for k in reader.pages[0].mediabox[2:]] == [595, 842]
    named = [str(item.title) for item in reader.outline if not isinstance(item, list)]
    assert any(said.sections[0].quotation in name for name in [*named, *map(str, reader.outline)])


def text_of_word(document: Any) -> str:
    """Paragraphs and tables in their order, links included."""
    return "".join(t.text or "" for t in document.element.body.iter(qn("w:t")))


def test_the_word_file_says_all_with_headings_pictures_links_and_page_numbers(said: Brief, pictures: Pictures) -> None:
    document = docx.Document(io.BytesIO(made(said, pictures, "docx")))
    assert not_in(text_of_word(document), said) == []
    headings = {level: [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"] for level in (1, 3)}
    assert headings[1] == [section.quotation for section in said.sections]
    assert headings[3] == [shown.name for section in said.sections for shown in section.shown]
    described = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    assert [alt for alt in described if alt] == [shown.alt for section in said.sections for shown in section.shown]
    anchors = {node.get(qn("w:anchor")) for node in document.element.body.iter(qn("w:hyperlink"))} - {None}
    assert anchors <= {node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))}
    addresses = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert addresses >= {source.address for section in said.sections for source in section.sources if source.address}
    fields = [node.get(qn("w:instr")) for node in document.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    about = document.core_properties
    assert (about.title, about.created.date()) == (said.title, said.day)


def test_chinese_has_a_font_of_its_own_in_word_and_on_slides(said: Brief, pictures: Pictures) -> None:
    document = docx.Document(io.BytesIO(made(said, pictures, "docx")))
    for name in {p.style.name for p in document.paragraphs}:
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) and not fonts.get(qn("w:eastAsiaTheme")), name
    show = pptx.Presentation(io.BytesIO(made(said, pictures, "pptx")))
    runs = [r for slide in show.slides for r in slide._element.iter("{*}r") if r.tag.endswith("main}r")]
    assert runs and all(r.find("{*}rPr/{*}ea") is not None for r in runs)


def text_of_slides(show: Any) -> str:
    """What is written in frames and tables, a text that goes on from slide to slide in one piece."""
    found = []
    for slide in show.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape != slide.shapes.title:
                found += [p.text for p in shape.text_frame.paragraphs]
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "".join(found)


def test_the_slides_say_all_a_picture_for_every_chart_and_a_number_on_each(said: Brief, pictures: Pictures) -> None:
    show = pptx.Presentation(io.BytesIO(made(said, pictures, "pptx")))
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    foot = f"{said.catalogue} · {said.known}"
    whole = "".join(titles) + text_of_slides(show).replace(foot, "")
    whole = re.sub(r" \[\d+\]", "", whole)
    for section in said.sections:
        whole = whole.replace(section.from_, "")
    assert [t for t in not_in(whole, said) if t not in (said.title,)] == []
    alts = [pic.get("descr") for slide in show.slides for pic in slide._element.iter("{*}cNvPr") if pic.get("descr")]
    assert alts == [shown.alt for section in said.sections for shown in section.shown]
    for number, slide in enumerate(show.slides, 1):
        (field,) = slide._element.iter("{*}fld")
        assert field.get("type") == "slidenum" and field.findtext("{*}t") == str(number)


def overfull(show: Any) -> list[str]:
    """Shapes that reach beyond their slide, and text that would run into what stands below it."""
    wrong = []
    for number, slide in enumerate(show.slides, 1):
        shapes = [s for s in slide.shapes if s.has_text_frame or s.has_table or s.height > 32 * 9525]  # no icons
        for shape in shapes:
            inside = shape.left >= 0 and shape.left + shape.width <= show.slide_width
            if not inside or shape.top + shape.height > show.slide_height:
                wrong.append(f"{number}: {shape.name} leaves the slide")
        for one in shapes:
            for other in shapes:
                apart = one.left + one.width <= other.left + 1 or other.left + other.width <= one.left + 1
                if other.top > one.top and not apart and one.top + one.height > other.top + 9525:
                    wrong.append(f"{number}: {one.name} reaches into {other.name}")
    return wrong


def test_nothing_on_a_slide_reaches_over_its_edge_or_into_what_stands_below(said: Brief, pictures: Pictures) -> None:
    assert overfull(pptx.Presentation(io.BytesIO(made(said, pictures, "pptx")))) == []


def test_the_same_brief_gives_the_same_bytes(said: Brief, pictures: Pictures) -> None:
    for kind in ("docx", "pptx", "html"):
        assert made(said, pictures, kind) == made(said, pictures, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_wild_text_is_shown_letter_by_letter(wild: Pictures, kind: str) -> None:
    data, texts = made(wild.brief, wild, kind), squeezed(WILD)
    match kind:
        case "html":
            tree = lxml.html.document_fromstring(data.decode())
            assert not list(tree.iter("script")) and texts in squeezed(tree.text_content())
        case "docx":
            assert texts in squeezed(text_of_word(docx.Document(io.BytesIO(data))))
        case "pptx":
            show = pptx.Presentation(io.BytesIO(data))
            assert texts in squeezed(text_of_slides(show)) and overfull(show) == []
        case _:
            written = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))
            assert "<script>alert(1)</script>&" in written and "endless" * 20 in written


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tracking", "export", "brief", *arguments], cwd=ROOT, text=True,
                          capture_output=True, check=False, env=os.environ | environment)  # fmt: skip


def test_the_shell_writes_a_file_for_each_language_and_format(tmp_path: Path) -> None:
    done = shell("--goal", "smes", "--lang", "zh,en", "--format", "docx,pptx", "--as-of", "2026-11-23", "--to",
                 str(tmp_path / "new"))  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "") and "写入4个文件" in done.stdout
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == sorted(
        f"brief-smes-2026-11-23-{lang}.{kind}" for lang in LANGUAGES for kind in ("docx", "pptx")
    )


@pytest.mark.parametrize(
    ("call", "status", "sentence"),
    [
        (["--goal", "smess"], 2, "There is no goal “smess” in this catalogue. Did you mean"),
        (["--format", "odt"], 2, "'odt' is no format; expected one or more of " + ", ".join(KINDS)),
        (["--lang", "fr"], 2, "'fr' is no language; expected one or more of zh, en"),
        (["--goal", "smes", "--lang", "zh,en", "--to", "README.md/there"], 1, "无法写入README.md/there"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(tmp_path: Path, call: list[str], status: int, sentence: str) -> None:
    done = shell("--to", str(tmp_path / "out"), *call)
    assert done.returncode == status and sentence in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_without_a_browser_a_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = shell("--goal", "smes", "--to", str(tmp_path / "out"), BROWSER_PATH="/nowhere/chromium")
    assert done.returncode == 1 and "apt install chromium" in done.stderr
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    why = missing()
    assert why is not None and "apt install chromium" in why.text("zh")
