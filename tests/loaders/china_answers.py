"""Answers of the bureau and the ministry, whole or with one fault, and a real sender for the loopback server."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import requests
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from loaders.contract import LoaderError, Reading, Request, Response

FOLDER = Path(__file__).parent / "answers"
TROUBLE = ["<div>", "</table>", "&#0;", "&#1;", "\\ud800", "\x00", "[[[[", "null", "9" * 400, '"', "万亿", "年前13个月"]
RETRIEVED = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)


def answer(
    name: str,
    *changes: tuple[str, str],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    retrieved: datetime = RETRIEVED,
) -> Response:
    """The saved answer with each (old, new) replaced once; old must be there."""
    body = (FOLDER / name).read_bytes()
    for old, new in changes:
        assert old.encode() in body, f"{old!r} is not in {name}"
        body = body.replace(old.encode(), new.encode(), 1)
    return of_bytes(body, status=status, headers=headers, retrieved=retrieved)


def of_bytes(
    body: bytes,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    retrieved: datetime = RETRIEVED,
) -> Response:
    return Response("https://example.org/answer", status, "application/json", body, retrieved, headers or {})


def figures(reading: Reading) -> dict[str, float]:
    return {o.period.text: o.value for o in reading.observations}


def spliced(good: bytes, data: st.DataObject) -> bytes:
    """The bytes with a few characters (of text) or bytes (of anything) cut out and others put in."""
    if data.draw(st.booleans()):
        at, cut = data.draw(st.integers(0, len(good))), data.draw(st.integers(0, 6))
        return good[:at] + data.draw(st.binary(max_size=6)) + good[at + cut :]
    text = good.decode("utf-8", "surrogateescape")
    at, cut = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 30))
    put_in = data.draw(st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(TROUBLE))
    return (text[:at] + put_in + text[at + cut :]).encode("utf-8", "surrogateescape")


def outcome(parse: Callable[[Response, str], Reading], response: Response, key: str) -> str:
    """`read`, or the name of the fault; any other exception goes through."""
    try:
        parse(response, key)
    except LoaderError as error:
        return error.key
    return "read"


def send(request: Request, server: HTTPServer) -> Response:
    """Put the request to the loopback server in place of the provider's host, by a real HTTP client."""
    parts = urlsplit(request.url)
    address = server.url_for(parts.path)
    got = requests.request(
        request.method,
        address,
        params=dict(request.params),
        json=request.body,
        headers=dict(request.headers),
        timeout=5,
    )
    media_type = got.headers.get("Content-Type", "").partition(";")[0]
    return Response(request.url, got.status_code, media_type, got.content, RETRIEVED, dict(got.headers))
