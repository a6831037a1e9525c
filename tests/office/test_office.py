"""Briefs opened by LibreOffice, which writes what it read as PDF: `make test-office`, as it takes an office suite."""

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
from tracking.model import LANGUAGES


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


def read_by_libreoffice(data: bytes, kind: str, folder: Path) -> tuple[str, int]:
    """The text of the document as LibreOffice shows it, and how many sheets it has."""
    file = folder / f"brief.{kind}"
    file.write_bytes(data)
    call = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--convert-to",
            "pdf", "--outdir", str(folder), str(file)]  # fmt: skip
    done = subprocess.run(call, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0 and "Error" not in done.stdout + done.stderr, done.stderr
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
