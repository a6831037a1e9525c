"""From answer bytes to text, JSON and printed numbers: nothing is guessed, nothing is mended."""

import json
import math
import re
from decimal import Decimal
from typing import Any

from loaders.contract import Response, Unreadable

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_CHINESE_CHARSETS = {"gb2312", "gbk", "gb18030", "x-gbk"}  # gb18030 reads all of them
_HEAD = 4096  # bytes in which a page names its charset
_NUMBER = re.compile(r"-?\d{1,30}(?:\.(\d{1,30}))?", re.ASCII)


def text_of(response: Response, undeclared: str = "utf-8") -> str:
    """The body as text, without a byte order mark.

    UTF-8, unless the body is none and the header or the page names a Chinese charset. `undeclared` is the
    charset of a body that is not UTF-8 and names none. Raises Unreadable.
    """
    for charset in ("utf-8-sig", _declared(response) or undeclared):
        try:
            return response.body.decode(charset)
        except UnicodeDecodeError:
            continue
    raise Unreadable("decoding.charset", address=response.url)


def _declared(response: Response) -> str:
    header = next((v for k, v in response.headers.items() if k.lower() == "content-type"), response.media_type)
    for place in (header.encode("utf-8", "replace"), response.body[:_HEAD]):
        named = _CHARSET.search(place)
        if named and named[1].decode("ascii").lower() in _CHINESE_CHARSETS:
            return "gb18030"
    return ""


def json_of(text: str, address: str) -> Any:
    """The JSON value. Raises Unreadable for anything else, also for NaN and Infinity, which are no JSON."""
    if text.lstrip().startswith("<"):
        raise Unreadable("decoding.page", address=address)
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable("decoding.no-json", address=address, start=text[:60].strip()) from None


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def printed_number(text: str) -> tuple[Decimal, int] | None:
    """The number and its printed decimals; None if the text is no plain decimal number."""
    plain = text.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text, re.ASCII) else text
    shape = _NUMBER.fullmatch(plain)
    if shape is None or not math.isfinite(float(plain)):
        return None
    return Decimal(plain), len(shape[1] or "")
