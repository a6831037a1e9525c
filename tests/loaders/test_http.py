"""The one socket survives what servers do, and goes nowhere that it should not."""

import gzip
import ssl
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
import trustme

from loaders.contract import LoaderError, NotFound, Refused, Request, Unreachable, Unreadable
from loaders.http import Manners, Turns, Wires, get, is_allowed
from tests.loaders.conftest import QUICK
from tests.loaders.servers import Script, is_silent, says, trickles, trickster
from tests.loaders.trial import PROVIDER
from tracking.model import LANGUAGES
from tracking.words import words

GOOD = b'{"good": true}'
HTML = b"<!DOCTYPE html><html><title>Sign in</title></html>"


def failure(wires: Wires, *scripts: Script) -> LoaderError:
    """The error that this server's answers lead to."""
    with trickster(*scripts) as server, pytest.raises(LoaderError) as caught:
        get(Request(f"{server.address}/x"), PROVIDER, wires)
    for language in LANGUAGES:  # it can be said
        assert words(language).say(f"loader.{caught.value.key}", **caught.value.details)
    return caught.value


def test_a_good_answer_comes_back_whole_with_its_address_and_moment(wires: Wires) -> None:
    with trickster(says(GOOD)) as server:
        answer = get(Request(f"{server.address}/x", {"a": "é b"}), PROVIDER, wires)
    assert (answer.body, answer.status, answer.media_type) == (GOOD, 200, "application/json")
    assert answer.url == f"{server.address}/x?a=%C3%A9+b"
    assert abs(datetime.now(UTC) - answer.retrieved) < timedelta(minutes=1)
    assert b"policy-goal-tracker/" in server.asked[0]


def test_a_body_goes_out_as_json(wires: Wires) -> None:
    with trickster(says(GOOD)) as server:
        get(Request(f"{server.address}/x", method="POST", body={"das": ["全国"]}), PROVIDER, wires)
    assert server.asked[0].startswith(b"POST /x ") and b"Content-Type: application/json" in server.asked[0]


@pytest.mark.parametrize(
    ("kind", "key", "scripts"),
    [
        (Unreachable, "http.cut-off", [says(GOOD, length=500)]),  # cut off in mid-body; a length that is wrong
        (Unreachable, "http.cut-off", [lambda c: c.close()]),
        (Unreachable, "http.cut-off", [lambda c: c.sendall(b"\x00\x01 no HTTP\r\n\r\n")]),
        (Unreachable, "http.too-large", [says(gzip.compress(b" " * 50_000_000), encoding="gzip")]),
        (Unreachable, "http.too-large", [says(b" " * 300_000)]),
        (Unreachable, "http.too-large", [says(b"", length=10**12)]),
        (Unreadable, "http.encoding", [says(b"no gzip at all", encoding="gzip")]),
        (Unreadable, "http.encoding", [says(b"?", encoding="br")]),
        (Unreadable, "http.page", [says(HTML, kind="text/html")]),
        (Unreadable, "http.page", [says(b"\xef\xbb\xbf\r\n " + HTML)]),
        (Unreadable, "http.media-type", [says(b"%PDF-1.7", kind="application/pdf")]),
        (NotFound, "http.empty", [says(b"")]),
        (NotFound, "http.empty", [says(b" \n")]),
        (NotFound, "http.empty", [says(b"", status="204 No Content")]),
        (NotFound, "http.not-found", [says(b'{"message": "no such series"}', status="404 Not Found")]),
        (Refused, "http.forbidden", [says(HTML, status="403 Forbidden", kind="text/html")]),
        (Refused, "http.too-much", [says(b"too much", status="413 Content Too Large", kind="text/plain")]),
        (Refused, "http.status", [says(b"?", status="400 Bad Request")]),
        (Refused, "http.busy", [says(b"", "429 Too Many Requests")]),
        (Unreachable, "http.server-error", [says(b"", "503 Service Unavailable")]),
    ],
)  # fmt: skip
def test_a_bad_answer_is_an_error_with_a_sentence(
    wires: Wires, kind: type[LoaderError], key: str, scripts: Sequence[Script]
) -> None:
    error = failure(wires, *scripts)
    assert (type(error), error.key) == (kind, key)


def test_a_server_that_never_answers_is_given_up(wires: Wires, stopped: threading.Event) -> None:
    assert failure(wires, is_silent(stopped)).key == "http.no-answer"


def test_a_server_that_trickles_is_given_up_at_the_deadline(tmp_path: Path, stopped: threading.Event) -> None:
    sent: list[int] = []
    with Wires(tmp_path, replace(QUICK, deadline=0.8)) as wires:
        assert failure(wires, trickles(b" " * 1000, stopped, 0.05, sent)).key == "http.deadline"
    assert len(sent) < 1000  # it was left in the middle


def test_where_nobody_listens_there_is_no_connection(wires: Wires) -> None:
    with trickster() as server:
        address = server.address
    with pytest.raises(Unreachable) as caught:
        get(Request(address), PROVIDER, wires)
    assert caught.value.key == "http.no-connection"


def test_a_name_that_does_not_exist_is_said_to_be_unknown(wires: Wires) -> None:
    with pytest.raises(Unreachable) as caught:
        get(Request("http://no-such-host.invalid/"), replace(PROVIDER, hosts=("no-such-host.invalid",)), wires)
    assert caught.value.key == "http.no-such-host"


def test_what_a_refusal_says_for_itself_is_quoted(wires: Wires) -> None:
    error = failure(wires, says(b'{"message": "no such series"}', status="404 Not Found"))
    assert "no such series" in words("en").say(f"loader.{error.key}", **error.details)


# ---- trying again


@pytest.mark.parametrize(
    "first",
    [
        says(b"", "500 Internal Server Error"),
        says(b"", "502 Bad Gateway"),
        says(b"", "429 Too Many Requests"),
        says(b"", "429 Too Many Requests", "text/plain", "Retry-After: 0"),
        says(b"", "503 Service Unavailable", "text/plain", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"),
        says(GOOD, length=500),
        lambda c: c.close(),
    ],
)
def test_a_passing_fault_is_tried_again(wires: Wires, first: Script) -> None:
    with trickster(first, says(GOOD)) as server:
        assert get(Request(f"{server.address}/x"), PROVIDER, wires).body == GOOD
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "status", ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "413 Large"]
)
def test_a_fault_of_our_own_is_not_repeated(wires: Wires, status: str) -> None:
    with trickster(says(b"", status)) as server, pytest.raises(LoaderError):
        get(Request(f"{server.address}/x"), PROVIDER, wires)
    assert len(server.asked) == 1


def test_tries_end(wires: Wires) -> None:
    with trickster(says(b"", "500 Internal Server Error")) as server, pytest.raises(Unreachable):
        get(Request(f"{server.address}/x"), PROVIDER, wires)
    assert len(server.asked) == QUICK.attempts


@pytest.mark.parametrize(
    "wait",
    ["86400", format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)],
    ids=["seconds", "a day and time"],
)
def test_who_asks_for_a_day_is_not_asked_again_now(wires: Wires, wait: str) -> None:
    with (
        trickster(says(b"", "429 Too Many Requests", "text/plain", f"Retry-After: {wait}"), says(GOOD)) as server,
        pytest.raises(Refused) as caught,
    ):
        get(Request(f"{server.address}/x"), PROVIDER, wires)
    assert caught.value.key == "http.busy" and len(server.asked) == 1


# ---- the cache


def test_an_unchanged_answer_is_not_sent_again(wires: Wires) -> None:
    tagged = says(GOOD, "200 OK", "application/json", 'ETag: "1"')
    with trickster(tagged, says(b"", "304 Not Modified", "application/json", 'ETag: "1"')) as server:
        request = Request(f"{server.address}/x")
        first, second = get(request, PROVIDER, wires), get(request, PROVIDER, wires)
    assert b'If-None-Match: "1"' in server.asked[1]
    assert first.body == second.body == GOOD and second.stale is None


def test_a_provider_without_tags_is_asked_anew(wires: Wires) -> None:
    with trickster(says(GOOD), says(b'{"good": 2}')) as server:
        request = Request(f"{server.address}/x")
        assert [get(request, PROVIDER, wires).body for _ in "12"] == [GOOD, b'{"good": 2}']


def test_a_fresh_answer_is_not_asked_for_again(tmp_path: Path) -> None:
    with Wires(tmp_path, replace(QUICK, fresh=3600)) as wires, trickster(says(GOOD), says(b"{}")) as server:
        request = Request(f"{server.address}/x")
        assert [get(request, PROVIDER, wires).body for _ in "12"] == [GOOD, GOOD]
    assert len(server.asked) == 1


@pytest.mark.parametrize("later", [says(b"", "503 Service Unavailable"), says(GOOD, length=99), says(b"", "429 Busy")])
def test_while_a_provider_is_down_the_last_answer_stands_in_and_says_so(wires: Wires, later: Script) -> None:
    with trickster(says(GOOD), later) as server:
        request = Request(f"{server.address}/x")
        first, second = get(request, PROVIDER, wires), get(request, PROVIDER, wires)
    assert second.body == GOOD and second.retrieved <= first.retrieved
    assert second.stale is not None and first.stale is None


def test_what_was_withdrawn_is_not_shown_from_the_cache(wires: Wires) -> None:
    with trickster(says(GOOD), says(b"", "404 Not Found")) as server:
        request = Request(f"{server.address}/x")
        get(request, PROVIDER, wires)
        with pytest.raises(NotFound):
            get(request, PROVIDER, wires)


def test_kept_answers_outlive_the_process(tmp_path: Path) -> None:
    with trickster(says(GOOD), says(b"", "503 Down")) as server:
        for is_old in (False, True):
            with Wires(tmp_path, QUICK) as wires:
                assert (get(Request(f"{server.address}/x"), PROVIDER, wires).stale is not None) is is_old


# ---- redirects


def moved(to: str, status: str = "301 Moved Permanently") -> Script:
    return says(b"", status, "text/plain", f"Location: {to}")


def test_a_chain_of_redirects_is_followed_to_its_end(wires: Wires) -> None:
    with trickster(moved("/b?x=1"), moved("c", "302 Found"), says(GOOD)) as server:
        answer = get(Request(f"{server.address}/a"), PROVIDER, wires)
    assert answer.body == GOOD and answer.url == f"{server.address}/c"


def test_a_loop_of_redirects_ends(wires: Wires) -> None:
    assert failure(wires, moved("/y"), moved("/x")).key == "http.loop"


def test_an_endless_chain_of_redirects_ends(wires: Wires) -> None:
    assert failure(wires, *[moved(f"/{n}") for n in range(20)]).key == "http.hops"


@pytest.mark.parametrize(
    "to",
    ["http://example.org/x", "file:///etc/passwd", "//169.254.169.254/latest", "ftp://localhost/x", "http://[::1/",
     "http://user:word@localhost/", "gopher://localhost/x"],
)  # fmt: skip
def test_a_redirect_leads_to_the_providers_hosts_only(wires: Wires, to: str) -> None:
    error = failure(wires, moved(to))
    assert isinstance(error, Refused) and error.key in ("http.other-host", "http.address")


# ---- where a request may go


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://[::1", "http://", "//x", "http://a:b@c/", "http://a:x/"]
)
def test_what_is_no_web_address_is_refused(wires: Wires, address: str) -> None:
    with pytest.raises(Refused, match=r"http\.address"):
        get(Request(address), replace(PROVIDER, hosts=("*",)), wires)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
     "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1",
     "2001:db8::1"],
)  # fmt: skip
def test_no_inner_address_may_be_connected_to(address: str) -> None:
    assert not is_allowed(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_may_be_connected_to(address: str) -> None:
    assert is_allowed(ip_address(address))


def test_the_allowance_for_loopback_allows_nothing_else() -> None:
    assert is_allowed(ip_address("127.0.0.1"), loopback=True) and is_allowed(ip_address("::1"), loopback=True)
    assert not is_allowed(ip_address("10.0.0.1"), loopback=True)


def test_loopback_is_closed_unless_the_process_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_ALLOW_LOOPBACK", raising=False)
    assert not Manners.of_environment().loopback
    monkeypatch.setenv("TRACKER_ALLOW_LOOPBACK", "1")
    assert Manners.of_environment().loopback


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_a_server_on_this_machine_is_never_reached(tmp_path: Path, host: str) -> None:
    provider = replace(PROVIDER, hosts=("*",))
    with trickster(says(GOOD)) as server, Wires(tmp_path, replace(QUICK, loopback=False)) as wires:
        for port in (f":{server.port}", ""):
            with pytest.raises(Refused) as caught:
                get(Request(f"http://{host}{port}/x"), provider, wires)
            assert caught.value.key in ("http.inner-address", "http.port")
    assert server.asked == []


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(tmp_path: Path) -> None:
    """A name that turns to loopback at its second look-up (DNS rebinding) gains nothing."""
    asked: list[str] = []

    def names(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    provider = replace(PROVIDER, hosts=("statistics.example",))
    with trickster(says(GOOD)) as server, Wires(tmp_path, QUICK, names) as wires:
        answer = get(Request(f"http://statistics.example:{server.port}/x"), provider, wires)
    assert answer.body == GOOD  # connected although no real look-up knows the name
    assert asked == ["statistics.example"]


def test_one_inner_address_among_public_ones_is_refused(tmp_path: Path) -> None:
    provider = replace(PROVIDER, hosts=("statistics.example",))
    with (
        Wires(tmp_path, replace(QUICK, loopback=False), lambda h, p: ["8.8.8.8", "10.0.0.1"]) as wires,
        pytest.raises(Refused) as caught,
    ):
        get(Request("http://statistics.example/x"), provider, wires)
    assert caught.value.details["address"] == "10.0.0.1"


def test_a_proxy_of_the_environment_is_used_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = replace(PROVIDER, hosts=("statistics.example",))
    with trickster(says(GOOD)) as proxy, Wires(tmp_path, replace(QUICK, loopback=False)) as wires:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        assert get(Request("http://statistics.example/x"), provider, wires).body == GOOD
        with pytest.raises(Refused):  # but not for an inner address
            get(Request("http://169.254.169.254/x"), replace(PROVIDER, hosts=("*",)), wires)
    assert len(proxy.asked) == 1 and proxy.asked[0].startswith(b"GET http://statistics.example/x ")


def test_a_request_goes_to_the_mirror_under_the_providers_name(tmp_path: Path) -> None:
    provider = replace(PROVIDER, hosts=("statistics.example",))
    with (
        trickster(moved("https://statistics.example/b"), says(GOOD)) as server,
        Wires(tmp_path, replace(QUICK, mirror=server.address)) as wires,
    ):
        answer = get(Request("https://statistics.example/a", {"q": "1"}), provider, wires)
    assert server.asked[0].startswith(b"GET /statistics.example/a?q=1 ")
    assert server.asked[1].startswith(b"GET /statistics.example/b ")
    assert answer.url == "https://statistics.example/b"


# ---- certificates


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def served_by(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def test_a_certificate_from_nobody_we_trust_is_refused(wires: Wires, authority: trustme.CA) -> None:
    with (
        trickster(says(GOOD), tls=served_by(authority.issue_cert("localhost"))) as server,
        pytest.raises(Unreachable) as caught,
    ):
        get(Request(f"{server.address}/x"), PROVIDER, wires)
    assert caught.value.key == "http.certificate"


@pytest.mark.parametrize(("name", "is_right"), [("localhost", True), ("another.example", False)])
def test_a_certificate_must_be_of_the_very_host(
    wires: Wires, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_right: bool
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    with trickster(says(GOOD), tls=served_by(authority.issue_cert(name))) as server:
        if is_right:
            assert get(Request(f"{server.address}/x"), PROVIDER, wires).body == GOOD
        else:
            with pytest.raises(Unreachable) as caught:
                get(Request(f"{server.address}/x"), PROVIDER, wires)
            assert caught.value.key == "http.certificate"


def test_https_does_not_turn_into_http(
    wires: Wires, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    with (
        trickster(moved("http://localhost/x"), tls=served_by(authority.issue_cert("localhost"))) as server,
        pytest.raises(Refused) as caught,
    ):
        get(Request(f"{server.address}/x"), PROVIDER, wires)
    assert caught.value.key == "http.downgrade"


# ---- turns


def test_two_requests_to_a_host_keep_the_pause(tmp_path: Path) -> None:
    slow = replace(PROVIDER, pause=1.5)
    first, second = Turns(tmp_path / "t"), Turns(tmp_path / "t")  # two processes
    assert [t.take("a", slow, 1000.0, 60) for t in (first, second, first)] == [1000.0, 1001.5, 1003.0]
    assert first.take("b", slow, 1000.0, 60) == 1000.0


def test_an_hours_requests_are_counted(tmp_path: Path) -> None:
    turns, limited = Turns(tmp_path / "t"), replace(PROVIDER, per_hour=3)
    for n in range(3):
        turns.take("a", limited, 1000.0 + n, 60)
    with pytest.raises(Refused) as caught:
        turns.take("a", limited, 1010.0, 60)
    assert caught.value.key == "http.turn"
    assert turns.take("a", limited, 4590.0, 60) == 4600.0  # an hour after the first
