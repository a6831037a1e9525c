"""Servers on loopback that misbehave as real ones do: each writes exactly the bytes it is told, when it is told."""

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

Script = Callable[[socket.socket], None]


class Trickster:
    """A TCP server. The n-th connection is served by the n-th script, the last one for ever after."""

    def __init__(self, *scripts: Script, tls: ssl.SSLContext | None = None) -> None:
        self.scripts, self.tls = scripts, tls
        self.asked: list[bytes] = []
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"{'https' if self.tls else 'http'}://localhost:{self.port}"

    def _serve(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.asked.append(b"")
            threading.Thread(target=self._one, args=(connection, len(self.asked) - 1), daemon=True).start()

    def _one(self, connection: socket.socket, number: int) -> None:
        script = self.scripts[min(number, len(self.scripts) - 1)]
        with contextlib.suppress(OSError), connection:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            while not is_whole(self.asked[number]):
                piece = connection.recv(65536)
                if not piece:
                    return
                self.asked[number] += piece
            script(connection)

    def stop(self) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def is_whole(request: bytes) -> bool:
    """Whether the head and the body that it announces have come."""
    head, end, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(end) and len(body) >= int(length[1] if length else 0)


@contextlib.contextmanager
def trickster(*scripts: Script, tls: ssl.SSLContext | None = None) -> Iterator[Trickster]:
    server = Trickster(*scripts, tls=tls)
    try:
        yield server
    finally:
        server.stop()


def says(body: bytes, status: str = "200 OK", kind: str = "application/json", *headers: str, length: int | None = None,
         encoding: str = "") -> Script:  # fmt: skip
    """Answer once, then close."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"Content-Encoding: {encoding}"] if encoding else []
    head = "\r\n".join([*lines, *headers]) + "\r\n\r\n"

    def script(connection: socket.socket) -> None:
        connection.sendall(head.encode() + body)

    return script


def trickles(body: bytes, stopped: threading.Event, every: float, sent: list[int]) -> Script:
    """Send one byte now and then, each well within the read timeout, and note it."""

    def script(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        for byte in body:
            if stopped.wait(every):
                return
            connection.sendall(bytes([byte]))
            sent.append(byte)

    return script


def is_silent(stopped: threading.Event) -> Script:
    """Take the request and never answer."""

    def script(connection: socket.socket) -> None:
        stopped.wait(30)

    return script
