"""Which characters the bytes of a text are: UTF-8, UTF-16, or the older encodings of Chinese and of western Europe."""

import codecs
import re

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_META = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "latin-1": "cp1252",
          "iso-8859-1": "cp1252"}  # fmt: skip
# the characters that official Chinese is made of, in either script: read by the wrong encoding, a text has few of them
_FREQUENT = frozenset(
    "的一是和在业年发展工国不有中到会经为化建设上大企产加强实民以管理技新制力推进对行成提高人服务主要及本地方度重点科动信息全面"
    "業發國會經為實對務點動產來個進強設學機構體關應標準題際過開導數據術織總統計劃規資區與種環境電網絡"
)
ENOUGH = 0.15  # of the Chinese characters; in running text a third is usual
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
MOST_CONTROL = 0.001  # of all characters: more, and it is no text


def decoded(data: bytes, *, html: bool = False) -> tuple[str | None, str]:
    """The text and its encoding's name; None for what is no text in any of them. Pure."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data, "utf-8-sig" if encoding == "utf-8" else encoding), encoding
    if (wide := _wide(data)) is not None:
        return wide, "utf-16"
    text = _strictly(data, "utf-8")
    if text is not None:
        return (text if _is_text(text) else None), "utf-8"
    if html and (named := _META.search(data[:4096])):
        encoding = _WIDER.get(named[1].decode().lower(), named[1].decode().lower())
        if (text := _strictly(data, encoding)) is not None:
            return text, encoding
    return _older(data)


def _older(data: bytes) -> tuple[str | None, str]:
    """By which of the older encodings it reads like Chinese; else as western European, if almost all of it is ASCII."""
    tried = {encoding: _strictly(data, encoding) for encoding in ("gb18030", "big5hkscs")}
    likely = {encoding: _likeness(text) for encoding, text in tried.items() if text is not None}
    best = max(likely, key=lambda encoding: likely[encoding], default="")
    if best and likely[best] >= ENOUGH:
        return tried[best], best
    western = _strictly(data, "cp1252")
    is_western = western is not None and sum(byte < 128 for byte in data) > 0.8 * len(data) and _is_text(western)
    return (western, "cp1252") if is_western else (None, "")


def _likeness(text: str) -> float:
    chinese = [letter for letter in text if "\u3400" <= letter <= "\u9fff"]
    return sum(letter in _FREQUENT for letter in chinese) / len(chinese) if chinese else 0.0


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: ASCII in it has a zero at every second place."""
    start = data[:4000]
    if b"\0" not in start:
        return None
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        text = _strictly(data, encoding)
        if text is not None and zeros.count(0) > 0 and _is_text(text) and (zeros.count(0) > 0.4 * len(zeros) or
                                                                           _likeness(text) >= ENOUGH):  # fmt: skip
            return text
    return None


def _is_text(text: str) -> bool:
    return len(CONTROL.findall(text)) <= MOST_CONTROL * len(text)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
