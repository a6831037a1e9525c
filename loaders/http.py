"""The only socket: one request to a public provider, with manners.

get(request, provider, wires) -> Response, or one of the errors of loaders/contract.py. It asks only the provider's
own hosts, connects only to public addresses (the very address that was checked, so that a second look-up cannot
change it), always verifies certificates, waits its turn, tries again where that may help, and keeps answers on disk
so that an unchanged one need not be sent again and an old one can be shown while a provider is down.

What a catalogue's YAML can never set is in Manners: it comes from the caller or from the environment.
TRACKER_ALLOW_LOOPBACK=1 lets requests reach this machine itself, TRACKER_MIRROR=http://127.0.0.1:8000 sends each
request to `<mirror>/<host>/<path>` instead: both are for tests and for a mirror of one's own.
"""

import os
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit
from weakref import WeakSet

import platformdirs
import requests
import stamina
import urllib3
from requests.adapters import HTTPAdapter
from requests_cache import NEVER_EXPIRE, CachedSession
from requests_cache.models.response import CachedResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    IncompleteRead,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from loaders.contract import LoaderError, NotFound, Provider, Refused, Request, Response, Unreachable, Unreadable

USER_AGENT = "policy-goal-tracker/0.1 (reads public statistics; one request at a time)"
ANY_HOST = "*"  # a provider of addresses that curators choose: any public host
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_HOPS = 5
ONWARD = "Tracker-Location"  # requests would follow or stumble over a Location itself
CHUNK = 64 * 1024
SAID = 200  # characters of a refusal that are quoted
ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
# another try may help after these
PASSING = frozenset({"http.no-connection", "http.no-answer", "http.cut-off", "http.busy", "http.server-error"})
PORTS = {"http": 80, "https": 443}
_NAT64 = ip_network("64:ff9b::/96")  # by which an IPv6-only network reaches IPv4

# its own log of tries would be printed to the terminal, in no language of ours
stamina.instrumentation.set_on_retry_hooks([])

LookUp = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient, how greedy and how trusting we are. Times are in seconds."""

    connect: float = 10
    read: float = 30
    deadline: float = 120  # for one answer, with all tries and redirects
    attempts: int = 4
    first_wait: float = 1
    longest_wait: float = 60  # a provider that asks for more is left alone
    most_bytes: int = 50_000_000  # as sent, and as unpacked
    fresh: float = 0  # a kept answer younger than this is not asked for again
    loopback: bool = False
    mirror: str = ""

    @classmethod
    def of_environment(cls) -> "Manners":
        """The usual manners, with the two allowances that only the process's environment can give."""
        return cls(
            loopback=os.environ.get("TRACKER_ALLOW_LOOPBACK") == "1",
            mirror=os.environ.get("TRACKER_MIRROR", "").rstrip("/"),
        )


def cache_folder() -> Path:
    """Where answers and turns are kept: TRACKER_CACHE, else the user's own cache folder."""
    named = os.environ.get("TRACKER_CACHE")
    return Path(named) if named else Path(platformdirs.user_cache_dir("policy-goal-tracker"))


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name; OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Wires:
    """A session with its cache and its turns. Not shared between threads; the files behind it are, and may be."""

    def __init__(self, folder: Path | None = None, manners: Manners | None = None, names: LookUp = look_up) -> None:
        self.manners = manners or Manners.of_environment()
        self.folder = folder or cache_folder()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.turns = Turns(self.folder / "turns.sqlite")
            self.session = CachedSession(
                str(self.folder / "answers.sqlite"), serializer="json", expire_after=NEVER_EXPIRE,
                allowable_codes=(200,), allowable_methods=("GET", "POST"), stale_if_error=False,
                fast_save=True,  # what a power cut takes from the cache is asked for again
            )  # fmt: skip
        except (OSError, sqlite3.Error) as error:
            raise Unreachable("http.cache", folder=str(self.folder), what=str(error)) from error
        self.adapter = _Adapter(self.manners, names)
        self.session.mount("http://", self.adapter)
        self.session.mount("https://", self.adapter)

    def close(self) -> None:
        self.session.close()  # type: ignore[no-untyped-call]

    def __enter__(self) -> "Wires":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def get(request: Request, provider: Provider, wires: Wires) -> Response:
    """One whole answer, of a media type that the request accepts.

    Where the provider cannot be reached or is failing, and an earlier answer to the same request was kept, that one
    comes back with the reason in `stale`. Raises Unreachable, Refused, NotFound or Unreadable otherwise.
    """
    give_up = time.monotonic() + wires.manners.deadline
    try:
        return _checked(_follow(request, provider, wires, give_up), request)
    except LoaderError as error:
        kept = _kept(request, wires) if isinstance(error, Unreachable) or error.key in PASSING else None
        if kept is None:
            raise
        return replace(_checked(kept, request), stale=error)
    except sqlite3.Error as error:
        raise Unreachable("http.cache", folder=str(wires.folder), what=str(error)) from error


# ---- where a request may go


def check_address(url: str, provider: Provider, wires: Wires) -> str:
    """The host of an address that this provider may be asked at; Refused otherwise."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refused("http.address", address=url[:SAID]) from None
    if parts.scheme not in PORTS or not host or parts.username is not None:
        raise Refused("http.address", address=url[:SAID])
    usual = port in (None, PORTS[parts.scheme]) or wires.manners.loopback
    if ANY_HOST not in provider.hosts and host not in provider.hosts:
        raise Refused("http.other-host", host=host, known=", ".join(provider.hosts))
    if not usual:
        raise Refused("http.port", host=host, port=port)
    if (literal := _literal(host)) and not is_allowed(literal, wires.manners.loopback):
        raise Refused("http.inner-address", host=host, address=host)
    return host


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_allowed(address: IPv4Address | IPv6Address, loopback: bool = False) -> bool:
    """Whether a connection may be made to this address: public ones only, also those wrapped in an IPv6 address."""
    inner = _wrapped(address)
    if inner is not None:
        return is_allowed(inner, loopback)
    if loopback and address.is_loopback:
        return True
    closed = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local
    return address.is_global and not closed


def _wrapped(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _physical(url: str, mirror: str) -> str:
    """Where the request really goes: to the mirror, if there is one."""
    if not mirror:
        return url
    parts, own = urlsplit(url), urlsplit(mirror)
    return urlunsplit((own.scheme, own.netloc, f"{own.path}/{parts.hostname}{parts.path}", parts.query, ""))


# ---- hops and the cache


def _follow(request: Request, provider: Provider, wires: Wires, give_up: float) -> Response:
    """Send the request and follow redirects, each checked like the first address."""
    prepared = _prepared(request, wires)
    url, seen = whole_address(request), set[str]()
    for _ in range(MOST_HOPS + 1):
        host = check_address(url, provider, wires)
        answer = _send(prepared, provider, host, wires, give_up)
        place = answer.headers.get(ONWARD)
        if answer.status_code not in REDIRECTS or not place:
            return _response(answer, url)
        seen.add(url)
        onward = _joined(url, place)
        if onward in seen:
            raise Unreachable("http.loop", host=host)
        prepared, request = _onward(request, url, onward, answer.status_code, wires)
        url = onward
    raise Unreachable("http.hops", host=urlsplit(url).hostname, most=MOST_HOPS)


def _joined(url: str, place: str) -> str:
    try:
        return urljoin(url, place)
    except ValueError:
        raise Refused("http.address", address=place[:SAID]) from None


def _onward(
    request: Request, url: str, onward: str, status: int, wires: Wires
) -> tuple[requests.PreparedRequest, Request]:
    """The request for the next hop. Headers of the loader's own do not go to another host; https stays https."""
    if urlsplit(url).scheme == "https" and urlsplit(onward).scheme != "https":
        raise Refused("http.downgrade", host=urlsplit(onward).hostname or onward[:SAID])
    keeps = status in (307, 308)
    same = urlsplit(url).netloc == urlsplit(onward).netloc
    hop = replace(
        request, url=onward, params={}, method=request.method if keeps else "GET",
        body=request.body if keeps else None, headers=request.headers if same else {},
    )  # fmt: skip
    return _prepared(hop, wires), hop


def whole_address(request: Request) -> str:
    """The address with its parameters."""
    return str(requests.Request(request.method, request.url, params=dict(request.params)).prepare().url)


def _prepared(request: Request, wires: Wires) -> requests.PreparedRequest:
    """Without the session's cookies and without .netrc: nothing of the user's goes along."""
    headers = {
        "User-Agent": USER_AGENT, "Accept": ", ".join(request.accept), "Accept-Encoding": "gzip, deflate",
        **request.headers,
    }  # fmt: skip
    try:
        if urlsplit(request.url).scheme not in PORTS:
            raise Refused("http.address", address=request.url[:SAID])
        return requests.Request(
            request.method, _physical(request.url, wires.manners.mirror), params=dict(request.params),
            json=request.body, headers=headers,
        ).prepare()  # fmt: skip
    except (requests.RequestException, ValueError):
        raise Refused("http.address", address=request.url[:SAID]) from None


def _send(
    prepared: requests.PreparedRequest, provider: Provider, host: str, wires: Wires, give_up: float
) -> requests.Response:
    """From the cache if it is young enough, else from the provider, which is told what we have."""
    kept = wires.session.cache.get_response(wires.session.cache.create_key(prepared))
    age = (datetime.now(UTC) - _utc(kept.created_at)).total_seconds() if kept is not None else 0
    if kept is not None and 0 <= age < wires.manners.fresh:
        return kept
    wires.adapter.trip = Trip(provider, host, wires.turns, give_up)
    settings = wires.session.merge_environment_settings(prepared.url, {}, None, None, None)
    tagged = kept is not None and ("ETag" in kept.headers or "Last-Modified" in kept.headers)
    return wires.session.send(
        prepared, refresh=tagged, force_refresh=not tagged, allow_redirects=False, proxies=settings["proxies"],
        verify=settings["verify"] or True,
    )  # fmt: skip


def _kept(request: Request, wires: Wires) -> Response | None:
    """An earlier answer to the same request."""
    try:
        found = wires.session.cache.get_response(wires.session.cache.create_key(_prepared(request, wires)))
    except sqlite3.Error:
        return None  # the first error is the one to tell
    return None if found is None else _response(found, whole_address(request))


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _response(answer: requests.Response, url: str) -> Response:
    old = isinstance(answer, CachedResponse) and not answer.revalidated
    return Response(
        url=url,
        status=answer.status_code,
        media_type=answer.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        body=answer.content,
        retrieved=_utc(answer.created_at) if old and isinstance(answer, CachedResponse) else datetime.now(UTC),
        headers={k.lower(): v for k, v in answer.headers.items()},
    )


# ---- what came


def _checked(response: Response, request: Request) -> Response:
    """The answer, if it has a body of a type that was asked for."""
    host = urlsplit(response.url).hostname
    if response.status == 204 or (response.status == 200 and not response.body.strip()):
        raise NotFound("http.empty", host=host)
    kind = response.media_type
    wants_pages = any("html" in accepted for accepted in request.accept)
    if not wants_pages and _is_page(response.body):
        raise Unreadable("http.page", host=host)
    if kind and not any(_accepts(accepted, kind) for accepted in request.accept):
        raise Unreadable("http.media-type", host=host, found=kind, expected=", ".join(request.accept))
    return response


def _accepts(accepted: str, kind: str) -> bool:
    accepted = accepted.partition(";")[0].strip().lower()
    base, _, suffix = accepted.partition("/")
    return accepted in ("*/*", kind) or (suffix == "*" and kind.startswith(f"{base}/")) or kind.endswith(f"+{suffix}")


def _is_page(body: bytes) -> bool:
    start = body[:CHUNK].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))


# ---- turns


class Turns:
    """When each host was asked, shared by all processes through one small file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as turns:
            turns.execute("create table if not exists turn (host text not null, at real not null)")
            turns.execute("create index if not exists by_host on turn (host, at)")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        turns = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        try:
            yield turns
        finally:
            turns.close()

    def take(self, host: str, provider: Provider, now: float, patience: float) -> float:
        """Reserve the next moment at which the host may be asked (seconds since 1970).

        Refused if the hour's requests are spent and the next is further off than `patience`, in seconds.
        """
        with self._open() as turns:
            turns.execute("begin immediate")
            at = max(now, self._after_pause(turns, host, provider.pause, now))
            if provider.per_hour is not None:
                at = max(at, self._after_hour(turns, host, provider.per_hour))
            if at - now > patience:
                turns.execute("rollback")
                when = datetime.fromtimestamp(at, UTC).strftime("%H:%M UTC")
                raise Refused("http.turn", host=host, per_hour=provider.per_hour or "–", at=when)
            turns.execute("delete from turn where host = ? and at < ?", (host, now - 3600))
            turns.execute("insert into turn values (?, ?)", (host, at))
            turns.execute("commit")
        return at

    def _after_pause(self, turns: sqlite3.Connection, host: str, pause: float, now: float) -> float:
        (last,) = turns.execute("select max(at) from turn where host = ?", (host,)).fetchone()
        # a turn far ahead is the mark of a clock that was set back
        return float(last) + pause if last is not None and last < now + 3600 else 0

    def _after_hour(self, turns: sqlite3.Connection, host: str, per_hour: int) -> float:
        newest = "select at from turn where host = ? order by at desc limit 1 offset ?"
        spent = turns.execute(newest, (host, per_hour - 1)).fetchone()
        return float(spent[0]) + 3600 if spent is not None else 0


# ---- the connection


@dataclass(slots=True)
class Trip:
    """What one request may still use: whose it is, and until when (monotonic seconds)."""

    provider: Provider
    host: str
    turns: Turns
    give_up: float

    @property
    def left(self) -> float:
        return self.give_up - time.monotonic()


@dataclass(slots=True)
class _Watch:
    """Shuts the adapter's connections when time is up, so that no trickle of bytes outlasts the deadline."""

    sockets: "WeakSet[socket.socket]"
    fired: bool = False

    def fire(self) -> None:
        self.fired = True
        for one in list(self.sockets):
            with suppress(OSError):  # already closed: nothing is left to shut
                one.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """One hop: waits its turn, tries again where that may help, and reads the whole body within the limits."""

    def __init__(self, manners: Manners, names: LookUp) -> None:
        self.manners, self.names = manners, names
        self.sockets: WeakSet[socket.socket] = WeakSet()
        self.trip: Trip | None = None
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **settings: Any) -> None:
        super().init_poolmanager(*arguments, **settings)
        self.poolmanager.pool_classes_by_scheme = _pools(self, self.addresses)

    def proxy_manager_for(self, proxy: str, **settings: Any) -> Any:
        """A proxy is named by whoever runs the process, so it may be anywhere; it resolves the host's name itself."""
        manager = super().proxy_manager_for(proxy, **settings)
        manager.pool_classes_by_scheme = _pools(self, self.names)
        return manager

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a name, all of them allowed; else Refused. What is returned is what is connected to."""
        found = self.names(host, port)
        for address in found:
            if not is_allowed(ip_address(address), self.manners.loopback):
                raise Refused("http.inner-address", host=host, address=address)
        return found

    def send(self, request: requests.PreparedRequest, *_: object, **settings: Any) -> requests.Response:
        trip = self.trip
        assert trip is not None  # set by _send before each hop
        manners = self.manners
        tries = stamina.retry_context(
            on=lambda error: _again(error, trip, manners), attempts=manners.attempts, timeout=max(trip.left, 0.001),
            wait_initial=manners.first_wait, wait_max=manners.longest_wait, wait_jitter=manners.first_wait,
        )  # fmt: skip
        for attempt in tries:
            with attempt:
                return self._try(request, trip, settings)
        raise AssertionError("the last try returns or raises")

    def _try(self, request: requests.PreparedRequest, trip: Trip, settings: Mapping[str, Any]) -> requests.Response:
        if not self.manners.mirror:  # one's own server need not be spared
            now = time.time()
            at = trip.turns.take(trip.host, trip.provider, now, max(min(trip.left, self.manners.longest_wait), 0))
            time.sleep(max(at - now, 0))
        if trip.left <= 0:
            raise Unreachable("http.deadline", host=trip.host, seconds=self.manners.deadline)
        watch = _Watch(self.sockets)
        timer = threading.Timer(trip.left, watch.fire)
        timer.daemon = True
        timer.start()
        try:
            answer = self._whole(request, trip, settings)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _told(error, trip.host, self.manners, watch.fired) from error
        finally:
            timer.cancel()
        if watch.fired:
            raise Unreachable("http.deadline", host=trip.host, seconds=self.manners.deadline)
        return _passed(answer, trip.host)

    def _whole(self, request: requests.PreparedRequest, trip: Trip, settings: Mapping[str, Any]) -> requests.Response:
        manners = self.manners
        timeout = (min(manners.connect, trip.left), min(manners.read, trip.left))
        answer = super().send(
            request, stream=True, timeout=timeout, verify=settings["verify"], proxies=settings["proxies"]
        )
        body = _body(answer.raw, trip.host, manners.most_bytes)
        headers = {ONWARD if k.lower() == "location" else k: v for k, v in answer.headers.items()}
        headers.pop("Content-Encoding", None)
        unpacked = urllib3.HTTPResponse(
            BytesIO(body), headers, answer.status_code, reason=answer.reason, preload_content=False,
            request_url=request.url, enforce_content_length=False,
        )  # fmt: skip
        return self.build_response(request, unpacked)


def _pools(adapter: _Adapter, names: LookUp) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections go to the addresses that `names` gives. The certificate is still that of the name."""

    class Pinned(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, names, super()._new_conn)

        def connect(self) -> None:
            super().connect()
            adapter.sockets.add(self.sock)

    class PinnedTls(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, names, super()._new_conn)

        def connect(self) -> None:
            super().connect()
            adapter.sockets.add(self.sock)

    class Pool(HTTPConnectionPool):
        ConnectionCls = Pinned

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = PinnedTls

    return {"http": Pool, "https": TlsPool}


def _connect(connection: HTTPConnection, names: LookUp, connect: Callable[[], socket.socket]) -> socket.socket:
    """Connect to the first of the host's addresses that answers."""
    name = connection._dns_host
    try:
        addresses = names(name, connection.port or 0)
    except (OSError, UnicodeError):
        raise Unreachable("http.no-such-host", host=name) from None
    last: HTTPError | None = None
    try:
        for address in addresses:
            connection._dns_host = address
            try:
                return connect()
            except (NewConnectionError, ConnectTimeoutError) as error:
                last = error
    finally:
        connection._dns_host = name
    raise last or NewConnectionError(connection, "no address")


def _body(raw: urllib3.BaseHTTPResponse, host: str, most: int) -> bytes:
    """The whole body, unpacked, read piece by piece so that it can never be larger than allowed."""
    encoding = raw.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        raise Unreadable("http.encoding", host=host, found=encoding[:SAID])
    stated = raw.headers.get("Content-Length", "")
    if stated.isdigit() and int(stated) > most:
        raise Unreachable("http.too-large", host=host, most=most)
    found = bytearray()
    try:
        while piece := raw.read(CHUNK, decode_content=True):
            found += piece
            if len(found) > most:
                raise Unreachable("http.too-large", host=host, most=most)
    finally:
        raw.close()
    return bytes(found)


def _passed(answer: requests.Response, host: str) -> requests.Response:
    """The answer, if its status is one that is read; else the error that says why not."""
    status = answer.status_code
    if status in (200, 203, 204, 304) or status in REDIRECTS:
        return answer
    said = _said(answer)
    if status == 429:
        raise Refused("http.busy", host=host, wait=_retry_after(answer), said=said)
    if status in (500, 502, 503, 504):
        raise Unreachable("http.server-error", host=host, status=status, wait=_retry_after(answer), said=said)
    if status in (404, 410):
        raise NotFound("http.not-found", host=host, status=status, said=said)
    if status in (401, 403):
        raise Refused("http.forbidden", host=host, status=status, said=said)
    if status == 413:
        raise Refused("http.too-much", host=host, said=said)
    raise Refused("http.status", host=host, status=status, said=said)


def _said(answer: requests.Response) -> str:
    """The start of what a refusal says for itself, if it is no web page."""
    body = answer.content
    if _is_page(body) or "html" in answer.headers.get("Content-Type", "").lower():
        return ""
    return " ".join(body[: 4 * SAID].decode("utf-8", errors="replace").split())[:SAID]


def _retry_after(answer: requests.Response) -> float | None:
    """Seconds that the provider asks us to wait: a number of them, or until a day and time."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max((_utc(parsedate_to_datetime(text)) - datetime.now(UTC)).total_seconds(), 0)
    except (ValueError, TypeError):
        return None


def _again(error: Exception, trip: Trip, manners: Manners) -> bool | float:
    """Whether to try again, and after how many seconds if the provider named them."""
    if not isinstance(error, LoaderError) or error.key not in PASSING:
        return False
    wait = error.details.get("wait")
    if not isinstance(wait, float):
        return True
    return False if wait > min(manners.longest_wait, trip.left) else wait


def _told(error: Exception, host: str, manners: Manners, is_late: bool) -> LoaderError:
    """What happened on the wire, in our words."""
    if is_late:
        return Unreachable("http.deadline", host=host, seconds=manners.deadline)
    causes = list(_causes(error))
    if any(isinstance(c, requests.exceptions.SSLError | urllib3.exceptions.SSLError) for c in causes):
        return Unreachable("http.certificate", host=host, what=_certificate(causes))
    if any(isinstance(c, requests.exceptions.ProxyError | urllib3.exceptions.ProxyError) for c in causes):
        return Unreachable("http.proxy", host=host)
    if any(isinstance(c, NameResolutionError) for c in causes):
        return Unreachable("http.no-such-host", host=host)
    if any(isinstance(c, ReadTimeoutError | requests.ReadTimeout) for c in causes):
        return Unreachable("http.no-answer", host=host, seconds=manners.read)
    if any(isinstance(c, ConnectTimeoutError | NewConnectionError | requests.ConnectTimeout) for c in causes):
        return Unreachable("http.no-connection", host=host, seconds=manners.connect)
    if any(isinstance(c, DecodeError | requests.exceptions.ContentDecodingError) for c in causes):
        return Unreadable("http.encoding", host=host, found="gzip")
    if any(isinstance(c, IncompleteRead) for c in causes):
        return Unreachable("http.cut-off", host=host)
    if any(isinstance(c, ProtocolError | OSError) for c in causes):
        return Unreachable("http.cut-off", host=host)
    return Unreachable("http.broken", host=host, what=str(error)[:SAID])


def _certificate(causes: list[BaseException]) -> str:
    """The reason that OpenSSL gives, as `self-signed certificate`."""
    return next((str(m) for c in causes if (m := getattr(c, "verify_message", ""))), "TLS")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what lies behind it; urllib3 and requests wrap one another's as arguments."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inner = [a for a in (*one.args, getattr(one, "reason", None)) if isinstance(a, BaseException)]
        waiting += [one.__cause__, one.__context__, *inner]
