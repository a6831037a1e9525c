"""Briefs and workbooks opened by LibreOffice, which writes what it read: `make test-office`, as it takes an office
suite."""

import csv
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pptx
import pytest

from exporting.brief.formats import made
from exporting.brief.pictures import Pictures
from exporting.copying import usual
from exporting.press import Press
from tests.conftest import Folder
from tests.exporting.test_brief import GOALS, WILD, texts
from tracking.brief import Brief, brief
from tracking.catalogue import Catalogue
from tracking.export.choice import everything
from tracking.export.content import content
from tracking.export.workbook import workbook_file
from tracking.model import LANGUAGES
from tracking.words import words


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


def converted(file: Path, to: str) -> None:
    """What LibreOffice makes of a file, beside it."""
    folder = file.parent
    call = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--convert-to",
            to, "--outdir", str(folder), str(file)]  # fmt: skip
    done = subprocess.run(call, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0 and "Error" not in done.stdout + done.stderr, done.stderr


def read_by_libreoffice(data: bytes, kind: str, folder: Path) -> tuple[str, int]:
    """The text of the document as LibreOffice shows it, and how many sheets it has."""
    file = folder / f"brief.{kind}"
    file.write_bytes(data)
    converted(file, "pdf")
    read = subprocess.run(["pdftotext", "-raw", str(file.with_suffix(".pdf")), "-"], capture_output=True, check=True)
    sheets = read.stdout.decode().split("\f")[:-1]
    return usual("\n".join(sheets)), len(sheets)


def letters(text: str) -> str:
    """Without spaces and marks, which programs and fonts set differently."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", usual(text)))


def missing(there: str, said: Brief) -> list[str]:
    """What is said and not found. A text that a table's row or a page's end divides is looked for in pieces."""
    there = letters(there)
    pieces = [(text, [letters(text)[k : k + 8] for k in range(0, len(letters(text)) - 7, 8)]) for text in texts(said)]
    return [text for text, parts in pieces if sum(part in there for part in parts) < 0.8 * len(parts)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_reads_all_that_is_said(
    shipped: Catalogue, gathered: date, press: Press, tmp_path: Path, language: str
) -> None:
    said = brief(shipped, GOALS, gathered, language)
    pictures = Pictures(shipped, said, press=press)
    for kind in ("docx", "pptx"):
        data = made(said, pictures, kind)
        read, sheets = read_by_libreoffice(data, kind, tmp_path)
        assert missing(read, said) == []
        if kind == "pptx":
            assert sheets == len(pptx.Presentation(tmp_path / "brief.pptx").slides)
        else:
            assert f"{sheets} / {sheets}" in read


def test_libreoffice_reads_what_nobody_would_write(folder: Folder, press: Press, tmp_path: Path) -> None:
    for key in ("statement: 更多", "en: More", "en: Why"):
        folder.edit("goals/more-things.yaml", key, f'{key.partition(":")[0]}: "{WILD}"')
    folder.edit("goals/indicators/things.yaml", "en: Things", f'en: "{WILD}"')
    catalogue = folder.load()
    said = brief(catalogue, [], date(2024, 1, 1), "en")
    for kind in ("docx", "pptx"):
        read, _ = read_by_libreoffice(made(said, Pictures(catalogue, said, press=press), kind), kind, tmp_path)
        assert "<script>alert(1)</script>" in read and "=cmd()" in read


def sheets_read(data: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """The cells of each sheet of a workbook as LibreOffice has them, computed, not as they are shown."""
    file = folder / "figures.xlsx"
    file.write_bytes(data)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    converted(file, every_sheet)
    read = {f.stem.removeprefix("figures-"): f for f in folder.glob("figures-*.csv")}
    return {name: list(csv.reader(f.read_text("utf-8").splitlines(keepends=True))) for name, f in read.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_reads_every_row_of_every_sheet_and_every_figure_as_it_was(
    shipped: Catalogue, gathered: date, tmp_path: Path, language: str
) -> None:
    exported, say = content(shipped, everything(shipped), gathered, language), words(language).say
    sheets = sheets_read(workbook_file(exported), tmp_path)
    for name, rows in exported.tables.items():
        assert len(sheets[say(f"export.table.{name}")]) == len(rows) + 1
    head, *body = sheets[say("export.table.figures")]
    place = head.index(say("export.column.value"))
    assert [float(row[place]) for row in body] == [float(row["value"]) for row in exported.tables["figures"]]


def test_libreoffice_computes_no_text_of_a_workbook(folder: Folder, tmp_path: Path) -> None:
    for text in ("=1+1", "+1", "@SUM(A1)", "-2"):
        folder.edit("goals/indicators/things.yaml", "en: Things", f'en: "{text}"')
        catalogue = folder.load()
        sheets = sheets_read(workbook_file(content(catalogue, everything(catalogue), date(2024, 1, 1), "en")), tmp_path)
        assert text in {cell for row in sheets[words("en").say("export.table.figures")] for cell in row}
        folder.edit("goals/indicators/things.yaml", f'en: "{text}"', "en: Things")
