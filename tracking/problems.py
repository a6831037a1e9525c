"""A mistake in a curator's file: where it is, and a sentence with what is wrong, what was expected, and the cure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from tracking.words import words


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`code` names the sentence in tracking/words under `problem`; `details` fill it."""

    file: str
    line: int
    column: int
    code: str
    details: Mapping[str, object] = field(default_factory=dict, compare=False)

    def sentence(self, language: str) -> str:
        details = {key: _written(value) for key, value in self.details.items()}
        return words(language).say(f"problem.{self.code}", **details) + self._suggestion(language)

    def _suggestion(self, language: str) -> str:
        close = self.details.get("close")
        return words(language).say("problem.did-you-mean", word=close) if close else ""

    def place(self, above: Path) -> str:
        """`file:line:column`; the file seen from a folder, where it lies in it."""
        file = Path(self.file)
        shown = file.relative_to(above) if file.is_relative_to(above) else file
        return f"{shown}:{self.line}:{self.column}"

    def text(self, language: str = "en") -> str:
        """`file:line:column: sentence`, as compilers write it and editors jump to."""
        return f"{self.file}:{self.line}:{self.column}: {self.sentence(language)}"


def _written(detail: object) -> object:
    """A number as a curator writes it: 12 for 12.0, and every digit."""
    return f"{Decimal(repr(detail)).normalize():f}" if isinstance(detail, float) else detail


class CatalogueError(Exception):
    """The catalogue cannot be used; `problems` holds every offender, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(p.text() for p in self.problems))


def read_body(path: Path, name: str, limit: int) -> bytes | Problem:
    """What stands in a file, or the reason why it cannot be read. A larger one is not even opened."""
    try:
        if (size := path.stat().st_size) > limit:
            return too_large(name, size, limit)
        return path.read_bytes()
    except OSError as error:
        return Problem(name, 1, 1, "unreadable", {"what": error.strerror})


def too_large(name: str, size: int, limit: int) -> Problem:
    return Problem(name, 1, 1, "file-too-large", {"size": size, "limit": limit})


def text_of(body: bytes, name: str) -> str | Problem:
    """The text that the bytes of a file are, without a byte order mark; or where they are none."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Problem(name, *place, "not-utf8", {"byte": f"0x{error.object[error.start]:02X}"})


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, if one is near enough."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None
