"""What holds for each provider: it reads its documented shape, and whatever else comes is a LoaderError."""

import ast
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from loaders import contract, table
from loaders.contract import LoaderError, NotFound, Reading, Unreadable
from tests.loaders.reply import CASES, RETRIEVED, Case, ask, reply, values
from tracking.model import LANGUAGES, Check
from tracking.words import words

ROOT = Path(__file__).resolve().parents[2]
each = pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)


@each
def test_a_good_answer_is_read_with_the_missing_left_out(case: Case) -> None:
    assert values(case.parse(case.body)) == case.values


@each
def test_figures_are_in_order_read_and_carry_vintage_and_provider(case: Case) -> None:
    found = case.parse(case.body)
    assert [o.period for o in found.observations] == sorted(o.period for o in found.observations)
    assert {o.published for o in found.observations} == {found.published}
    assert {(o.document, o.check, o.derived) for o in found.observations} == {(case.loader.PROVIDER.id, Check.READ, "")}
    assert found.published.end <= RETRIEVED.date()


@each
def test_a_byte_order_mark_changes_nothing(case: Case) -> None:
    assert case.parse(b"\xef\xbb\xbf" + case.body) == case.parse(case.body)


@each
def test_a_web_page_in_place_of_figures_is_named_as_such(case: Case) -> None:
    page = "\n<!DOCTYPE html><html><head><title>Down for maintenance</title></head></html>"
    with pytest.raises(Unreadable) as error:
        case.parse(page, "text/html")
    assert (error.value.key, error.value.details["title"]) == ("parse.html", "Down for maintenance")


@each
@pytest.mark.parametrize("body", [b"", b" \r\n "])
def test_an_empty_body_is_no_series_without_values(case: Case, body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"parse\.empty"):
        case.parse(body)


@each
def test_text_that_is_not_in_its_charset_is_refused_and_not_mended(case: Case) -> None:
    with pytest.raises(Unreadable, match=r"parse\.charset"):
        case.parse(case.body + "中文".encode("gb18030"))


@each
def test_a_charset_that_is_declared_is_used(case: Case) -> None:
    if case.media.endswith("xml"):  # XML says its charset itself
        return
    body = case.body.decode().encode("utf-16")
    assert values(case.parse(body, f"{case.media}; charset=UTF-16")) == case.values
    with pytest.raises(Unreadable, match=r"parse\.charset-unknown"):
        case.parse(case.body, f"{case.media}; charset=klingon")


@each
def test_an_answer_cut_off_in_the_middle_is_never_half_a_series(case: Case) -> None:
    cut = case.body[: case.body.rindex(b"202")]  # within the last period: its line cannot be whole
    with pytest.raises(LoaderError):
        case.parse(cut)


@each
def test_a_key_that_cannot_be_one_is_refused_before_anything_is_asked(case: Case) -> None:
    for key in [*case.bad_keys, "", " ", case.key + "\n", case.key + " ", "钥匙", "a" * 5000]:
        with pytest.raises(NotFound):
            case.loader.request(key)


@each
def test_the_request_goes_to_a_host_of_the_provider_by_https(case: Case) -> None:
    request = case.loader.request(case.key, date(2015, 1, 1))
    assert re.fullmatch(r"https://([a-z.]+)/\S+", request.url)[1] in case.loader.PROVIDER.hosts  # type: ignore[index]


@each
def test_from_request_over_a_real_server_to_figures(case: Case, httpserver: HTTPServer) -> None:
    request = case.loader.request(case.key)
    server = httpserver.expect_request(case.path, query_string=dict(request.params))
    server.respond_with_data(case.body, content_type=case.media)
    if case.loader.PROVIDER.id == "comtrade":  # its first year is another than the file's
        request = case.loader.request(case.key, date(2023, 1, 1))
        httpserver.expect_request(case.path, query_string=dict(request.params)).respond_with_data(
            case.body, content_type=case.media
        )
    reading = case.loader.parse(ask(httpserver, request), case.key)
    assert values(reading) == case.values


@each
def test_every_provider_says_who_it_is_and_on_what_terms(case: Case) -> None:
    provider = case.loader.PROVIDER
    assert provider.id == case.loader.__name__.rpartition(".")[2]
    assert all(t[lang] for t in (provider.name, provider.licence, provider.attribution) for lang in LANGUAGES)
    assert provider.homepage.startswith("https://") and provider.hosts


def mutants(body: bytes) -> st.SearchStrategy[bytes]:
    """The body with a few pieces cut out, doubled, or replaced."""
    bits = st.sampled_from([b"", b"null", b"NaN", b"Infinity", b"-1e999", b"[]", b"{}", b'"', b",", b"\n", b"\x00",
                            b"\xff", b"1" * 5000, b"[" * 2000, b"2020", b"true", b"<", b">9", b"2021-W05"])  # fmt: skip
    place = st.integers(0, len(body))
    edits = st.lists(st.tuples(place, st.integers(0, 40), bits | st.binary(max_size=6)), min_size=1, max_size=4)

    def edited(changes: list[tuple[int, int, bytes]]) -> bytes:
        out = body
        for start, size, new in changes:
            out = out[:start] + new + out[start + size :]
        return out

    return edits.map(edited)


@each
@trials(max_examples=120, deadline=None, derandomize=True)
@given(data=st.data())
def test_whatever_bytes_come_there_is_a_reading_or_a_loader_error(case: Case, data: st.DataObject) -> None:
    body = data.draw(mutants(case.body))
    with suppress(LoaderError):
        assert isinstance(case.loader.parse(reply(body, case.media), case.key), Reading)


@each
@trials(max_examples=60, deadline=None, derandomize=True)
@given(body=st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_whatever_json_comes_there_is_a_loader_error(case: Case, body: object) -> None:
    with pytest.raises(LoaderError):
        case.parse(json.dumps(body))


def nodes(tree: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of all values in a JSON tree."""
    yield path
    for step, inner in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from nodes(inner, (*path, step))


def put(tree: object, path: tuple[str | int, ...], value: object) -> object:
    if not path:
        return value
    assert isinstance(tree, dict | list)
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = put(copy[path[0]], path[1:], value)  # type: ignore[index, call-overload]
    return copy


@pytest.mark.parametrize("case", [c for c in CASES if c.media == "application/json"], ids=lambda c: c.id)
def test_whatever_value_stands_in_any_place_there_is_a_reading_or_a_loader_error(case: Case) -> None:
    tree = json.loads(case.body)
    for path in nodes(tree):
        for value in (None, [], {}, [[]], [{}], {"a": []}, "", "x", "2020", 0, -1, 10**30, 1.5, True, float("nan")):
            with suppress(LoaderError):
                assert isinstance(case.parse(json.dumps(put(tree, path, value))), Reading)


# ---- the sentences


def faults() -> Iterator[tuple[str, str, set[str]]]:
    """(file, key, details) of each LoaderError that the modules of loaders/ raise with a written key."""
    kinds = {c.__name__ for c in LoaderError.__subclasses__()}
    for file in sorted((ROOT / "loaders").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds and node.args:
                assert isinstance(node.args[0], ast.Constant), f"{file.name}:{node.lineno}: the key is not written out"
                yield file.name, str(node.args[0].value), {k.arg or "" for k in node.keywords}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_a_sentence_and_brings_what_it_names(language: str) -> None:
    said = words(language)
    found = list(faults())
    assert len(found) > 50
    for file, key, details in found:
        assert said.has(f"loader.{key}"), f"{file}: {key}"
        named = {name for _, name, _, _ in Formatter().parse(said.texts[f"loader.{key}"]) if name}
        # Details handed on as a whole are held by the provider's own tests.
        assert named <= details or "" in details, f"{file}: {key}"


def test_a_fault_is_one_of_four_kinds() -> None:
    assert {c.__name__ for c in contract.LoaderError.__subclasses__()} == {
        "Unreachable", "Refused", "NotFound", "Unreadable"
    }  # fmt: skip
    assert table.PROVIDER.id == "table"
