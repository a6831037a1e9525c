"""Servers of our own for a benchmark: on loopback, on a free port, in a process group that ends with us."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 60.0  # seconds until a server must have answered


@dataclass(frozen=True)
class Server:
    """A running server: where it is, its process, and how many seconds it took until its first answer."""

    address: str
    pid: int
    seconds: float

    def private_mb(self) -> float:
        """Memory that would be free again without this process (USS), in megabytes."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


@contextmanager
def serving(command: Sequence[str]) -> Iterator[Server]:
    """Start the command with `{port}` filled in; it ends with the block."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="policy-goal-tracker-bench-") as place:
        environment = os.environ | {"TRACKER_STORE": f"{place}/store", "TRACKER_CACHE": f"{place}/cache"}
        started = time.perf_counter()
        process = subprocess.Popen(
            [part.replace("{port}", str(port)) for part in command], cwd=ROOT, env=environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _until_answered(address, process)
            yield Server(address, process.pid, time.perf_counter() - started)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def streamlit(script: str, *arguments: str) -> list[str]:
    """The command that serves a Streamlit script, with the settings of .streamlit/config.toml for all of them."""
    return [
        sys.executable, "-m", "streamlit", "run", script, "--server.port", "{port}", "--server.headless", "true",
        "--", *arguments,
    ]  # fmt: skip


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _until_answered(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Until the first page comes with 200."""
    until = time.perf_counter() + LONGEST
    while time.perf_counter() < until:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=LONGEST)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            if process.poll() is not None:
                raise SystemExit(f"a server ended with {process.returncode}") from None
        finally:
            connection.close()
        time.sleep(0.01)
    raise SystemExit(f"{address} has not answered within {LONGEST:.0f} s")
