"""draft: from a document to draft goals and targets."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from tracking.catalogue import Catalogue, load_catalogue
from tracking.commands.command import WRONG_CALL, Command, day
from tracking.drafting.drafts import About, Draft, drafts, notes_on
from tracking.drafting.matching import known
from tracking.drafting.reading import MOST_BYTES, DocumentError, Read, read
from tracking.drafting.telling import fill_in, how_sure, nearness, place_text, summary, why_text

IN = "-"
OF_THE_CALL = ("no-document", "unreadable")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="TXT, HTML, DOCX or PDF; - reads from the pipe")
    parser.add_argument("--document", default="", metavar="ID", help="its key in documents.yaml, where it has one")
    parser.add_argument("--adopted", type=day, metavar="DATE", help="when it was adopted (as the catalogue has it)")


def _run(options: Namespace) -> int:
    catalogue = load_catalogue(options.goals)
    try:
        about = _about(catalogue, options)
        found = _read(options.file)
    except DocumentError as error:
        print(error.sentence(options.lang), file=sys.stderr)
        return WRONG_CALL if error.code in OF_THE_CALL else 1
    for note in notes_on(found, options.lang):
        print(note, file=sys.stderr)
    made = drafts(found, about, known(catalogue))
    print("\n".join([f"# {summary(made, options.lang)}", *_lines(made, catalogue, options.lang)]))
    return 0


def _about(catalogue: Catalogue, options: Namespace) -> About:
    """What the call and the catalogue say of the document. Raises DocumentError for a name that is none."""
    if options.document and options.document not in catalogue.documents:
        raise DocumentError("no-document", name=options.document)
    document = catalogue.documents.get(options.document)
    dated = (document.adopted or document.date).text if document else ""
    return About(options.document, options.adopted.isoformat() if options.adopted else dated)


def _read(file: str) -> Read:
    """Raises DocumentError."""
    if file == IN:
        return read(sys.stdin.buffer.read(MOST_BYTES + 1))
    try:
        with Path(file).open("rb") as opened:
            return read(opened.read(MOST_BYTES + 1), Path(file).name)
    except OSError as error:
        raise DocumentError("unreadable", name=file, why=error.strerror or str(error)) from None


def _lines(made: tuple[Draft, ...], catalogue: Catalogue, language: str) -> Iterator[str]:
    """A YAML document for each draft, with what is to be known of it in comments."""
    for draft in made:
        yield "---"
        yield f"# {draft.number}. {nearness(draft, catalogue, language)}; {how_sure(draft, language)}"
        yield f"# {place_text(draft, language)}: {why_text(draft, language)}"
        if draft.blanks:
            yield f"# {draft.name}; {fill_in(draft, language)}"
        yield draft.yaml.rstrip("\n")


DRAFT = Command("draft", "draft goals and targets from a document", _run, _arguments)
