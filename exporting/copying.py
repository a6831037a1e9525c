"""A PDF from which Chinese can be copied, and in which it can be searched.

Chromium names a glyph by the first character that its font draws with it: in Noto CJK those are radicals (⻋ for 车)
and the dashes of other scripts. What is seen is right; here what is read is put right too.
"""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, IndirectObject, StreamObject

from tracking.radicals import without_radicals

_DASHES = {"‒": "–", "―": "—", "‑": "-"}
_BLOCK = re.compile(rb"\d+\s+begin(bfchar|bfrange)(.*?)end\1\s*", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
MOST = 100  # entries of a block, as the format demands


def usual(text: str) -> str:
    """The characters that a writer types, for those that only look like them."""
    return "".join(_usual(c) for c in text)


def _usual(c: str) -> str:
    return _DASHES.get(c) or without_radicals(c)


def _renamed(cmap: bytes) -> bytes:
    """A font's list of characters (a ToUnicode CMap) with the usual ones; the same bytes where they are usual."""
    blocks = list(_BLOCK.finditer(cmap))
    named = [entry for block in blocks for entry in _entries(block[1] == b"bfrange", _HEX.findall(block[2]))]
    better = [(glyph, usual(text)) for glyph, text in named]
    if better == named:
        return cmap
    rows = [b"<%s> <%s>\n" % (g, t.encode("utf-16-be").hex().upper().encode()) for g, t in better]
    parts = [rows[k : k + MOST] for k in range(0, len(rows), MOST)]
    written = b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(part), b"".join(part)) for part in parts)
    return cmap[: blocks[0].start()] + written + cmap[blocks[-1].end() :]


def _entries(is_range: bool, codes: list[bytes]) -> Iterator[tuple[bytes, str]]:
    """Each glyph with its text."""
    if not is_range:
        yield from ((g, bytes.fromhex(t.decode()).decode("utf-16-be")) for g, t in zip(*[iter(codes)] * 2, strict=True))
        return
    for first, last, text in zip(*[iter(codes)] * 3, strict=True):
        start = bytes.fromhex(text.decode()).decode("utf-16-be")
        for k in range(int(last, 16) - int(first, 16) + 1):
            yield b"%0*X" % (len(first), int(first, 16) + k), start[:-1] + chr(ord(start[-1]) + k)


def copyable(pdf: bytes) -> bytes:
    """The same PDF, with each glyph named by the character that a writer types."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for thing in list(writer._objects):
        if not isinstance(thing, dict) or thing.get("/Type") != "/Font" or "/ToUnicode" not in thing:
            continue
        kept, named = thing.raw_get("/ToUnicode"), thing["/ToUnicode"]
        if isinstance(kept, IndirectObject) and isinstance(named, StreamObject):
            better = DecodedStreamObject()
            better.set_data(_renamed(named.get_data()))
            writer._replace_object(kept, better.flate_encode())
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
