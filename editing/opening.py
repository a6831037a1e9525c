"""A file as somebody begins to change it: its text, and by which bytes it is known again."""

import codecs
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from editing.folder import names, path_of
from editing.refusal import Refused, told
from tracking.figures import MAX_BYTES as MOST_OF_FIGURES
from tracking.problems import Problem, text_of
from tracking.strict_yaml import MAX_BYTES

__all__ = ["Opened", "body_of", "bytes_of", "names", "opened", "opened_from", "plain"]


@dataclass(frozen=True)
class Opened:
    """`text` has plain line ends and no byte order mark. `version` is the SHA-256 of the file's bytes; "" for none."""

    name: str
    text: str
    version: str

    @property
    def is_new(self) -> bool:
        return not self.version


def opened(goals: Path, name: str) -> Opened:
    """The file as it stands; a new, empty one where there is none yet. Raises Refused where it cannot be read."""
    from editing.history import mend

    mend(goals)
    return opened_from(name, body_of(goals, name))


def body_of(goals: Path, name: str) -> bytes | None:
    """The bytes of a file; None where there is none."""
    path, limit = path_of(goals, name), MOST_OF_FIGURES if name.startswith("figures/") else MAX_BYTES
    with told(path, reading=True):
        if not path.is_file():
            return None
        if (size := path.stat().st_size) > limit:
            raise Refused("large", name=name, size=size, limit=limit)
        return path.read_bytes()


def opened_from(name: str, body: bytes | None) -> Opened:
    """The same, from bytes that are at hand."""
    if body is None:
        return Opened(name, "", "")
    text = text_of(body, name)
    if isinstance(text, Problem):
        raise Refused("not-utf8", name=name, line=text.line, byte=text.details["byte"])
    return Opened(name, plain(text), sha256(body).hexdigest())


def plain(text: str) -> str:
    """The text with line ends as an editor has them."""
    return text.replace("\r\n", "\n")


def bytes_of(text: str, before: bytes | None) -> bytes:
    """The bytes of a new text, with the line ends and the byte order mark that the file had before."""
    mark = codecs.BOM_UTF8 if before and before.startswith(codecs.BOM_UTF8) else b""
    lines = before.count(b"\n") if before else 0
    ends = b"\r\n" if before and lines and before.count(b"\r\n") == lines else b"\n"
    # a surrogate alone is no character; the reader says so, at its place
    return mark + plain(text).encode("utf-8", "surrogatepass").replace(b"\n", ends)
