"""The formats of a brief, and all of them at once into a folder."""

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from exporting import press
from exporting.brief.pictures import Pictures, charts_to_draw
from exporting.errors import NoPress
from exporting.files import demand_folder, written
from tracking.brief import Brief, brief, file_name
from tracking.catalogue import Catalogue

KINDS = ("docx", "pptx", "pdf", "html")
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
}
_PACKAGES = ("kaleido", "docx", "pptx", "pypdf")  # of requirements-export.txt


def missing() -> NoPress | None:
    """Why no brief can be made here, if that can be known without trying: every format holds drawn charts."""
    for package in _PACKAGES:
        if importlib.util.find_spec(package) is None:
            return NoPress("no-package", package=package)
    return NoPress("no-browser-for-brief") if press.missing() else None


def work(said: Brief, kinds: Sequence[str]) -> int:
    """How many steps it takes: the charts to draw, and each file."""
    return charts_to_draw(said, kinds) + len(kinds)


def made(said: Brief, pictures: Pictures, kind: str) -> bytes:
    """The brief as a file's content. Raises ExportError."""
    match kind:
        case "docx":
            from exporting.brief.word import word_file as write
        case "pptx":
            from exporting.brief.slides import slides_file as write
        case "pdf":
            from exporting.brief.page import page_print as write
        case _:
            from exporting.brief.page import page_file as write
    return write(said, pictures)


def export(
    catalogue: Catalogue, goals: Sequence[str], day: date, languages: Sequence[str], kinds: Sequence[str],
    folder: Path, base: str = "", told: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[Path]:  # fmt: skip
    """Write the brief on these goals in each language and format; `told` hears how much is done, and of how much.

    Raises ExportError; files that are done by then stay.
    """
    if (why := missing()) is not None:
        raise why
    demand_folder(folder)
    done = 0
    for language in languages:
        said = brief(catalogue, goals, day, language, base)
        whole = len(languages) * work(said, kinds)

        def one_more(whole: int = whole) -> None:
            nonlocal done
            done += 1
            told(done, whole)

        pictures = Pictures(catalogue, said, one_more)
        for kind in kinds:
            yield written(folder / file_name(goals, day, language, kind), made(said, pictures, kind))
            one_more()
