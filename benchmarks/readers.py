"""Readers without a browser: sessions that speak Streamlit's own protocol, so that a hundred fit beside the server.

A reader opens a websocket, asks for an address, waits until the script has finished, thinks, and asks for the next.
What is measured is the time from sending the request to the message that the script has finished, with everything
that it placed received and parsed. Drawing is not in it: that is the reader's own machine. A browser also says which
large messages it has kept, and spares the server from sending them again; these readers keep nothing.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LONGEST = 30.0  # seconds that a reader waits for one page
Choose = Callable[[random.Random], str]


async def read(socket: ClientConnection, server: str, address: str) -> float:
    """Ask the server for an address such as `goal?lang=en` and wait until all of it has come; seconds."""
    page, _, query = address.partition("?")
    ask = BackMsg()
    ask.rerun_script.query_string = query
    ask.rerun_script.page_name = page
    ask.rerun_script.context_info.url = f"{server}/{page}"  # as a browser says it: what the foot cites
    ask.rerun_script.context_info.locale = "en"
    ask.rerun_script.context_info.color_scheme = "light"
    started = time.perf_counter()
    await socket.send(ask.SerializeToString())
    while True:
        told = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(decode=False), LONGEST))
        if told.delta.add_block.id.endswith("failure"):
            raise SystemExit(f"{address} failed: what is measured must be pages")
        if told.WhichOneof("type") == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return time.perf_counter() - started


def opened(server: str) -> connect:
    """A session with the server at this address."""
    return connect(
        f"ws://{urlsplit(server).netloc}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        compression=None,
        ping_interval=None,
    )  # type: ignore[arg-type]


async def one_reader(server: str, choose: Choose, thinking: float, until: float, seed: int) -> list[float]:
    """One session until that moment: thinks between half and one and a half of `thinking` seconds before each page.

    A page that has not come after LONGEST seconds ends the session and counts as that long.
    """
    dice, seconds = random.Random(seed), []
    await asyncio.sleep(dice.uniform(0, thinking))
    async with opened(server) as socket:
        try:
            await read(socket, server, choose(dice))  # coming in is measured elsewhere
            while time.monotonic() < until:
                await asyncio.sleep(dice.uniform(0.5, 1.5) * thinking)
                seconds.append(await read(socket, server, choose(dice)))
        except TimeoutError:
            seconds.append(LONGEST)
    return seconds


async def many_readers(server: str, choose: Choose, count: int, thinking: float, lasting: float) -> list[float]:
    """Every answer's seconds of `count` sessions over `lasting` seconds."""
    until = time.monotonic() + lasting
    found = await asyncio.gather(*(one_reader(server, choose, thinking, until, seed) for seed in range(count)))
    return [s for one in found for s in one]


async def in_turn(server: str, addresses: Sequence[str]) -> list[float]:
    """One session's seconds for each of the addresses, one after the other."""
    async with opened(server) as socket:
        return [await read(socket, server, address) for address in addresses]


async def held_open(server: str, addresses: Sequence[str], count: int, then: Callable[[], float]) -> float:
    """`then` once that many sessions are open, each having read every address."""
    sockets: list[ClientConnection] = []
    try:
        for _ in range(count):
            sockets.append(await opened(server))
            for address in addresses:
                await read(sockets[-1], server, address)
        return then()
    finally:
        await asyncio.gather(*(s.close() for s in sockets))
