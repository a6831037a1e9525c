"""Files as they come: read right, or refused in a sentence that says the cure."""

import io
import zipfile
from itertools import count

import pytest
from docx import Document
from opencc import OpenCC
from playwright.sync_api import Browser
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from tracking.drafting import reading
from tracking.drafting.reading import DocumentError, read, typed
from tracking.model import LANGUAGES

PLAN = (
    "到2025年，非化石能源消费比重达到20%左右，单位国内生产总值能源消耗比2020年下降13.5%。\n经济社会发展全面绿色转型。"
)
TRADITIONAL = OpenCC("s2t").convert(PLAN)


def word_file(*lines: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Share of renewable energy", "42%"
    document.save(out)
    return out.getvalue()


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with a page of Latin text for each."""
    writer, out = PdfWriter(), io.BytesIO()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    for text in pages:
        page, drawn = writer.add_blank_page(600, 800), DecodedStreamObject()
        lines = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        drawn.set_data(f"BT /F1 12 Tf 14 TL 40 700 Td {lines} ET".encode("latin-1") if text else b"")
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(drawn)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", PLAN), ("utf-8-sig", PLAN), ("utf-16", PLAN), ("utf-16-le", PLAN), ("gb18030", PLAN),
     ("big5hkscs", TRADITIONAL), ("gb18030", TRADITIONAL)],
)  # fmt: skip
def test_a_text_comes_out_right_in_every_encoding_and_an_old_one_is_said(encoding: str, text: str) -> None:
    found = read(text.encode(encoding), "plan.txt")
    assert found.text == text
    assert bool(found.notes) is not encoding.startswith("utf")


def test_a_page_gives_its_paragraphs_and_tables_and_nothing_of_its_menus_and_scripts() -> None:
    page = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>标题</title></head><body><nav>首页</nav>
        <script>alert("到2025年")</script><p>主要<b>目标</b></p><!-- 注 --><p>{PLAN}</p>
        <table><tr><td>指标</td><td>20%</td></tr></table></body></html>"""
    lines = [line for line in read(page.encode("gb18030"), "plan.html").text.split("\n") if line]
    assert lines[0] == "主要目标" and "20%" in lines[-1]
    assert not {"首页", "标题", "注"} & set(lines) and "alert" not in "".join(lines)


def test_a_word_file_gives_its_paragraphs_and_the_rows_of_its_tables_in_their_order() -> None:
    text = read(word_file(*PLAN.split("\n")), "plan.docx").text
    assert text == f"{PLAN}\nShare of renewable energy\t42%"


def test_a_pdf_gives_paragraphs_that_run_on_over_its_lines_and_the_page_of_each_place() -> None:
    first = "By 2030 reduce the emissions of the whole country by at\nleast 51% from 2018 levels."
    found = read(pdf(first, "By 2035 plant one million trees in the cities."), "plan.pdf")
    assert found.text.startswith(first.replace("\n", " "))
    assert found.page(found.text.index("levels")) == 1 and found.page(found.text.index("trees")) == 2


def test_a_chinese_pdf_as_browsers_print_it_gives_the_characters_that_a_writer_types(browser: Browser) -> None:
    """Its font names 高, 长 and 风 by radicals that look like them."""
    lines = ["工业高质量增长达到风险可控的水平。", "二、主要目标", PLAN.split("\n")[0]]
    page = browser.new_page()
    page.set_content("".join(f"<p>{line}</p>" for line in lines))
    printed = page.pdf(width="400px")
    page.close()
    assert [line for line in read(printed, "plan.pdf").text.split("\n") if line] == lines


def test_a_wrong_ending_is_said_and_does_no_harm() -> None:
    found = read(word_file(PLAN), "plan.pdf")
    assert "非化石能源" in found.text
    assert [code for code, _ in found.notes] == ["suffix"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (reading.MOST_UNPACKED + 1))
    return out.getvalue()


def other_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    return out.getvalue()


REFUSED = {
    "empty": b" \r\n\0", "old-office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "rtf": b"{\\rtf1 text}",
    "picture": b"\x89PNG\r\n\x1a\n", "not-text": bytes(range(256)) * 20, "other-archive": other_archive(),
    "bomb": bomb(), "locked": pdf("By 2030 reduce emissions.", password="secret"), "scanned": pdf("", ""),
    "too-large": b"a" * (reading.MOST_BYTES + 1), "too-long": b"a" * (reading.MOST_CHARACTERS + 1),
    "broken": b"%PDF-1.7 and then nothing", "no-text": b"<html><body><script>1</script></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence_of_either_language(code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read(REFUSED[code])
    assert refused.value.code == code
    sentences = {refused.value.sentence(language) for language in LANGUAGES}
    assert len(sentences) == 2 and "{" not in "".join(sentences)


def test_a_word_file_that_is_cut_off_or_damaged_inside_is_refused_whatever_is_missing() -> None:
    whole = word_file(PLAN)
    for size in range(100, len(whole), len(whole) // 12):
        with pytest.raises(DocumentError):
            read(whole[:size])


def test_a_pdf_that_takes_too_long_or_has_too_many_pages_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    pages, clock = pdf(*["By 2030 reduce emissions by half."] * 3), count(0, 45)
    with pytest.raises(DocumentError, match="at page 2"):
        read(pages, clock=lambda: float(next(clock)))
    monkeypatch.setattr(reading, "MOST_PAGES", 2)
    with pytest.raises(DocumentError, match="3 pages"):
        read(pages)
    assert len(PdfReader(io.BytesIO(pages)).pages) == 3


def test_what_is_pasted_is_taken_as_it_is_but_for_the_ends_of_its_lines() -> None:
    assert typed("甲\r\n乙\0\r丙").text == "甲\n乙\n丙"
    with pytest.raises(DocumentError):
        typed(" \n")
