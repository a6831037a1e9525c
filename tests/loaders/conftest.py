"""What every test of the wires has: its own cache, a provider, and the allowance to reach this machine."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loaders.http import Manners, Wires

QUICK = Manners(
    connect=2, read=0.5, deadline=5, attempts=3, first_wait=0.01, longest_wait=0.5, most_bytes=200_000, loopback=True
)


@pytest.fixture
def wires(tmp_path: Path) -> Iterator[Wires]:
    with Wires(tmp_path / "cache", QUICK) as opened:
        yield opened


@pytest.fixture
def stopped() -> Iterator[threading.Event]:
    """Set at the end of the test, so that a server's waiting script ends."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def open_wires(tmp_path: Path) -> Callable[[], Wires]:
    """Wires of one's own for each thread, on one cache."""
    return lambda: Wires(tmp_path / "cache", QUICK)
