"""A file's bytes -> the document's text with its places: TXT, HTML, DOCX and PDF, by what the bytes are.

Whatever it is called, a file is read as what it begins like. Nothing is fetched, no script runs, no entity is
expanded; size, pages, what an archive unpacks to, and time are bounded. A refusal is a sentence.
"""

import io
import logging
import re
import time
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracking.drafting.encoding import decoded
from tracking.drafting.plain import SPACED
from tracking.radicals import without_radicals
from tracking.words import words

MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_CHARACTERS = 500_000  # ten times what a long plan has
MOST_PAGES = 1_000
MOST_SECONDS = 60.0
LEAST_A_PAGE = 20  # characters: fewer on average, and it is a picture of pages
Note = tuple[str, Mapping[str, str]]
SUFFIXES = ("txt", "md", "html", "htm", "docx", "pdf")


class DocumentError(Exception):
    """The document cannot be read; `code` names the sentence in tracking/words, which says the cure as well."""

    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        return words(language).say(f"drafting.refused.{self.code}", **self.details)


@dataclass(frozen=True, slots=True)
class Read:
    """`text` has one line a paragraph; `pages` is where each page begins in it, empty where there are none.

    `notes` are what the curator must know of how it was read: names of sentences in tracking/words, with details.
    """

    text: str
    pages: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()

    def page(self, place: int) -> int | None:
        """The page, from 1, of a place in the text."""
        return bisect_right(self.pages, place) if self.pages else None

    def said(self, language: str) -> tuple[str, ...]:
        return tuple(words(language).say(f"drafting.noted.{code}", **details) for code, details in self.notes)


def read(data: bytes, name: str = "", clock: Callable[[], float] = time.monotonic) -> Read:
    """The text of a file. Raises DocumentError. `name` only serves to say that its ending is another's."""
    if not data.strip(b"\0\t\r\n "):
        raise DocumentError("empty")
    if len(data) > MOST_BYTES:
        raise DocumentError("too-large", size=_megabytes(len(data)), limit=_megabytes(MOST_BYTES))
    kind = kind_of(data)
    found = _READERS[kind](data, clock)
    if len(found.text) > MOST_CHARACTERS:
        raise DocumentError("too-long", count=f"{len(found.text):,}", limit=f"{MOST_CHARACTERS:,}")
    if not found.text.strip():
        raise DocumentError("no-text")
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    told = _KINDS.get(suffix)
    wrong = _note("suffix", name=name, kind=kind.upper()) if told is not None and told != kind else ()
    return Read(found.text, found.pages, (*wrong, *found.notes))


def typed(text: str) -> Read:
    """What somebody pasted. Raises DocumentError."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not plain.strip():
        raise DocumentError("empty")
    if len(plain) > MOST_CHARACTERS:
        raise DocumentError("too-long", count=f"{len(plain):,}", limit=f"{MOST_CHARACTERS:,}")
    return Read(plain)


_KINDS = {"txt": "txt", "md": "txt", "html": "html", "htm": "html", "docx": "docx", "pdf": "pdf"}
_OTHERS = {b"\xd0\xcf\x11\xe0": "old-office", b"{\\rtf": "rtf", b"\x89PNG": "picture", b"\xff\xd8\xff": "picture",
           b"GIF8": "picture", b"II*\0": "picture", b"MM\0*": "picture"}  # fmt: skip


def kind_of(data: bytes) -> str:
    """`txt`, `html`, `docx` or `pdf`. Raises DocumentError for what begins like anything else."""
    start = data[:1024]
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    for mark, code in _OTHERS.items():
        if start.startswith(mark):
            raise DocumentError(code)
    begins = start.lstrip(b"\xef\xbb\xbf\r\n\t ").lower().replace(b"\0", b"")
    is_page = begins.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in begins or b"<body" in begins
    return "html" if is_page else "txt"


def _text(data: bytes, _clock: Callable[[], float]) -> Read:
    text, encoding = decoded(data)
    if text is None:
        raise DocumentError("not-text")
    return Read(typed(text).text, (), _encoding(encoding))


def _encoding(name: str) -> tuple[Note, ...]:
    return () if name in ("utf-8", "utf-16") else _note("encoding", encoding=name.upper())


def _note(code: str, **details: str) -> tuple[Note, ...]:
    return ((code, details),)


_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "table", "section", "article", "ul", "ol",
           "dt", "dd", "blockquote", "pre", "hr", "td", "th"}  # fmt: skip
_SILENT = ("script", "style", "noscript", "template", "head", "nav", "iframe", "svg", "form", "select", "button")


def _html(data: bytes, _clock: Callable[[], float]) -> Read:
    from lxml import etree, html

    text, encoding = decoded(data, html=True)
    if text is None:
        raise DocumentError("not-text")
    text = text.replace("\0", "")
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise DocumentError("broken", kind="HTML") from None
    etree.strip_elements(root, *_SILENT, etree.Comment, with_tail=False)
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\t" if element.tag in ("td", "th") else "\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    text = "".join(piece if piece in ("\n", "\t") else _SPACES.sub(" ", piece) for piece in pieces)
    return Read(_tidy(text), (), _encoding(encoding))


def _docx(data: bytes, _clock: Callable[[], float]) -> Read:
    from docx import Document
    from docx.table import Table
    from lxml.etree import LxmlError

    _look_inside(data)
    try:
        document = Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines += ["\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows]
            else:
                lines.append(block.text)
    except (KeyError, ValueError, LxmlError, zipfile.BadZipFile, AttributeError):
        raise DocumentError("broken", kind="DOCX") from None
    return Read("\n".join(" ".join(line.split("\n")) for line in lines))


def _look_inside(data: bytes) -> None:
    """An archive says what it unpacks to; one that is no Word file, or says too much, is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise DocumentError("broken", kind="DOCX") from None
    if "word/document.xml" not in {part.filename for part in parts}:
        raise DocumentError("other-archive")
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError("locked")
    if (unpacked := sum(part.file_size for part in parts)) > MOST_UNPACKED:
        raise DocumentError("bomb", size=_megabytes(unpacked), limit=_megabytes(MOST_UNPACKED))


def _pdf(data: bytes, clock: Callable[[], float]) -> Read:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a damaged file would fill the log with its thousand faults
    until = clock() + MOST_SECONDS
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("locked")
        if (count := len(reader.pages)) > MOST_PAGES:
            raise DocumentError("too-many-pages", count=f"{count:,}", limit=f"{MOST_PAGES:,}")
        lines: list[list[str]] = []
        for page in reader.pages:
            if clock() > until:
                raise DocumentError("too-slow", seconds=round(MOST_SECONDS), page=len(lines) + 1)
            lines.append(SPACED.sub("", without_radicals(page.extract_text())).split("\n"))
    except DependencyError:
        raise DocumentError("locked") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError,
            NotImplementedError):  # fmt: skip
        # what a reader of a broken file trips over is not only its own errors
        raise DocumentError("broken", kind="PDF") from None
    if sum(len(line.strip()) for page in lines for line in page) < LEAST_A_PAGE * len(lines):
        raise DocumentError("scanned")
    return _pages(lines)


def _pages(pages: list[list[str]]) -> Read:
    """The pages' lines as paragraphs: a line that fills its page's width runs on."""
    text, starts = "", []
    for page in pages:
        starts.append(len(text))
        width = max((len(line.strip()) for line in page), default=0)
        for line in (line.strip() for line in page):
            runs_on = len(line) >= 0.8 * width and line[-1:] not in "。！？；：.!?:;"
            gap = " " if line[-1:].isascii() else ""
            text += line + (gap if runs_on and line else "\n")
    return Read(text, tuple(starts))


def _tidy(text: str) -> str:
    """No empty paragraphs but one, no blanks at the ends of lines."""
    lines = [line.strip(" \t\u00a0\u3000") for line in text.split("\n")]
    return "\n".join(line for k, line in enumerate(lines) if line or (k and lines[k - 1]))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f}"


_READERS: dict[str, Callable[[bytes, Callable[[], float]], Read]] = {
    "txt": _text, "html": _html, "docx": _docx, "pdf": _pdf,
}  # fmt: skip
