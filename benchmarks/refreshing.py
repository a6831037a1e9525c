"""How many series a refresh fetches in a second, and what memory 10,000 series take: against a server on loopback.

    python benchmarks/refreshing.py [SERIES] [FETCHED]

The server answers as the World Bank does (60 years a series). Pauses between requests are left out: they are the
provider's, not ours. FETCHED series are refreshed twice over the wire, the second time unchanged; the others are
written into the store as they would be. Prints series per second, the time to read all series back, the size of the
store, and the peak memory of the process with all of them in it.
"""

import json
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from loaders.http import Manners, Wires  # noqa: E402
from loaders.refresh import State, Task, refresh  # noqa: E402
from loaders.remote import open_store  # noqa: E402

SERVER = """
    import json, re
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Office(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            if "/metadata" in self.path:
                said = [{"id": "License_Type", "value": "CC BY-4.0"}, {"id": "Unitofmeasure", "value": "%"}]
                variable = [{"id": "X", "metatype": said}]
                return self.answer({"source": [{"id": "2", "concept": [{"id": "Series", "variable": variable}]}]})
            area, code = re.search(r"country/(\\w+)/indicator/([\\w.]+)", self.path).groups()
            rows = [{"indicator": {"id": code, "value": "Trial"}, "country": {"id": "CN", "value": "China"},
                     "countryiso3code": area, "date": str(1960 + n), "value": n + 0.25, "unit": "",
                     "obs_status": "", "decimal": 1} for n in range(60)]
            head = {"page": 1, "pages": 1, "per_page": 1000, "total": 60, "sourceid": "2", "lastupdated": "2026-10-01"}
            self.answer([head, rows[::-1]])

        def answer(self, said):
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    print(server.server_port, flush=True)
    server.serve_forever()
"""


def memory() -> float:
    """Peak of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int, fetched: int) -> None:
    server = subprocess.Popen([sys.executable, "-c", textwrap.dedent(SERVER)], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        with tempfile.TemporaryDirectory() as place:
            measure(count, fetched, Path(place), replace(Manners(), loopback=True, mirror=f"http://127.0.0.1:{port}"))
    finally:
        server.kill()


def measure(count: int, fetched: int, place: Path, manners: Manners) -> None:
    store = open_store(str(place / "store"))
    tasks = [Task("worldbank", f"NV.S{n}.ZS:CHN") for n in range(count)]
    found: dict[str, float] = {"series": count, "MB at start": round(memory())}
    for name in ("first", "second"):
        start = time.perf_counter()
        outcomes = refresh(tasks[:fetched], store, lambda: Wires(place / "cache", manners), force=True)
        assert all(o.state is not State.FAILED for o in outcomes), outcomes[0]
        found[f"{name} refresh: series/s"] = round(fetched / (time.perf_counter() - start), 1)
    found["store MB for those"] = round(sum(p.stat().st_size for p in place.rglob("*") if p.is_file()) / 1e6, 1)
    one = store.series(tasks[0].provider, tasks[0].key, "CHN").observations
    start = time.perf_counter()
    with store.writing():
        for task in tasks[fetched:]:
            store.append(task.provider, task.key, one, datetime.now(UTC))
    found["written: series/s"] = round((count - fetched) / (time.perf_counter() - start), 1)
    start = time.perf_counter()
    series = [store.series(t.provider, t.key, "CHN") for t in tasks]
    found["read: series/s"] = round(count / (time.perf_counter() - start), 1)
    found["observations"] = sum(len(s.observations) for s in series)
    found["peak MB"] = round(memory())
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    given = [int(a) for a in sys.argv[1:]]
    main(*given, *(10_000, 300)[len(given) :])
