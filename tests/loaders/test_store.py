"""The store keeps every vintage, shows none half-written, and survives full disks, closed doors and kill -9."""

import random
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from loaders.remote import open_store
from tracking.model import LANGUAGES, Bound, Check, Observation, Status, Text
from tracking.period import parse_period
from tracking.store import Store, StoreError, merged
from tracking.words import words

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def figure(period: str, value: float, published: str = "2026-11-24", status: Status = Status.NORMAL) -> Observation:
    return Observation(
        parse_period(period), value, 1, None, status, parse_period(published), "trial", Check.READ, "", None
    )


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3-compatible server on loopback."""
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store in a folder, and one at an S3 address."""
    if request.param == "folder":
        return open_store(str(tmp_path / "store"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "trial")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "trial")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    bucket = f"trial-{abs(hash(tmp_path))}"
    store = open_store(f"s3://{bucket}/store")
    store.files.fs.mkdir(bucket)  # type: ignore[attr-defined]
    return store


def keep(store: Store, *vintages: list[Observation], key: str = "A.B:CHN") -> None:
    for n, observations in enumerate(vintages):
        with store.writing():
            store.append("trial", key, observations, NOW + timedelta(minutes=n), unit="things", name="名")


def test_what_was_kept_is_read_again_in_every_field(store: Store) -> None:
    rich = Observation(
        parse_period("2025-Q3"), -0.1, 2, Bound.AT_LEAST, Status.PROVISIONAL, parse_period("2025-10"), "文件",
        Check.RECALLED, "1 − 2", Text(zh="注", en="note"),
    )  # fmt: skip
    keep(store, [rich])
    (vintage,) = store.vintages("trial", "A.B:CHN")
    assert vintage.observations == (rich,)
    assert (vintage.number, vintage.retrieved, vintage.unit, vintage.name) == (1, NOW, "things", "名")
    assert store.series("trial", "A.B:CHN", "CHN").observations == (rich,)
    assert store.kept() == [("trial", "A.B:CHN")]


def test_a_series_never_fetched_is_empty(store: Store) -> None:
    assert store.series("trial", "A", "CHN").observations == ()
    assert store.last_vintage("trial", "A") is None and store.last_success("trial", "A") is None


def test_each_change_is_a_vintage_and_the_earlier_stays(store: Store) -> None:
    first = [figure("2023", 26.3, "2025-01-05"), figure("2024", 24.9, "2025-01-05")]
    second = [
        figure("2023", 25.9, "2026-01-05"),
        figure("2024", 24.9, "2026-01-05"),
        figure("2025", 24.7, "2026-01-05"),
    ]
    keep(store, first, second)
    assert [len(v.observations) for v in store.vintages("trial", "A.B:CHN")] == [2, 3]
    series = store.series("trial", "A.B:CHN", "CHN")
    known = {d: [o.value for o in series.as_known_on(parse_period(d).end)] for d in ("2025-06-01", "2026-06-01")}
    assert known == {"2025-06-01": [26.3, 24.9], "2026-06-01": [25.9, 24.9, 24.7]}
    assert [o.published.text for o in series.observations if o.period.text == "2024"] == ["2025-01-05"]


def test_the_same_again_adds_no_vintage_even_if_its_day_has_changed(store: Store) -> None:
    keep(store, [figure("2024", 24.9, "2025-01-05")], [figure("2024", 24.9, "2025-02-05")])
    assert len(store.vintages("trial", "A.B:CHN")) == 1


def test_a_licence_once_known_goes_on(store: Store) -> None:
    name = ("trial", "A.B:CHN")
    with store.writing():
        for licence, value in (("", 1), ("CC BY", 1), ("", 1), ("", 2)):
            store.append(*name, [figure("2024", value)], datetime.now(UTC), licence=licence)
    assert [(v.licence, v.observations[0].value) for v in store.vintages(*name)] == [
        ("", 1), ("CC BY", 1), ("CC BY", 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other", [figure("2024", 24.8), figure("2024", 24.9, status=Status.BREAK), figure("2025", 24.9)]
)
def test_every_change_that_matters_is_a_vintage(tmp_path: Path, other: Observation) -> None:
    store = open_store(str(tmp_path))
    keep(store, [figure("2024", 24.9)], [other])
    assert len(store.vintages("trial", "A.B:CHN")) == 2


def test_a_figure_that_a_later_vintage_leaves_out_is_not_lost() -> None:
    assert [o.value for o in merged([[figure("2023", 1), figure("2024", 2)], [figure("2024", 3)]])] == [1, 2, 3]


def test_keys_that_differ_only_in_case_or_sign_are_kept_apart(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    keys = ["a", "A", "a/b", "a:b", "../a", "a" * 300, "a" * 301, "甲", "CON", "a."]
    for n, key in enumerate(keys):
        keep(store, [figure("2024", n)], key=key)
    assert [store.vintages("trial", key)[0].observations[0].value for key in keys] == list(range(len(keys)))
    assert store.kept() == sorted(("trial", key) for key in keys)
    lower = [str(p).lower() for p in tmp_path.rglob("*")]
    assert len(lower) == len(set(lower)) and all(len(p.name) < 150 for p in tmp_path.rglob("*"))


def test_an_answers_bytes_are_kept_once_with_every_time_they_came(store: Store) -> None:
    with store.writing():
        for n in range(3):
            store.keep_answer("trial", "A", b"same", "https://example.org", "text/csv", NOW + timedelta(days=n))
        digest = store.keep_answer("trial", "A", b"other", "https://example.org", "text/csv", NOW + timedelta(days=3))
    answers = store.answers("trial", "A")
    assert [a.retrieved for a in answers] == [NOW + timedelta(days=n) for n in range(4)]
    assert len({a.sha256 for a in answers}) == 2 and answers[-1].sha256 == digest and answers[-1].size == 5
    assert store.body("trial", "A", digest) == b"other"
    assert store.last_success("trial", "A") == NOW + timedelta(days=3)


def test_prune_leaves_the_newest_and_never_nothing(store: Store) -> None:
    keep(store, [figure("2024", 1)], [figure("2024", 2)], [figure("2024", 3)])
    with store.writing():
        for n in range(3):
            store.keep_answer("trial", "A.B:CHN", b"%d" % n, "https://example.org", "", NOW + timedelta(days=n))
        store.prune("trial", "A.B:CHN", keep=2, before=NOW + timedelta(days=9))
        with pytest.raises(StoreError):
            store.prune("trial", "A.B:CHN", keep=0)
    assert [v.number for v in store.vintages("trial", "A.B:CHN")] == [2, 3]
    (left,) = store.answers("trial", "A.B:CHN")
    assert store.body("trial", "A.B:CHN", left.sha256) == b"2"
    keep(store, [figure("2024", 4)])
    assert store.last_vintage("trial", "A.B:CHN").number == 4  # type: ignore[union-attr]


def told(error: StoreError) -> str:
    for language in LANGUAGES:
        assert words(language).say(f"store.{error.key}", **error.details)
    return error.key


def test_the_second_writer_is_told_that_there_is_one(store: Store) -> None:
    with store.writing(), pytest.raises(StoreError) as caught, open_store(store.place).writing():
        pass
    assert told(caught.value) == "busy"
    with open_store(store.place).writing():  # and afterwards it is free
        pass


def test_reading_goes_on_while_another_writes(store: Store) -> None:
    keep(store, [figure("2024", 1)])
    with store.writing():
        assert len(open_store(store.place).vintages("trial", "A.B:CHN")) == 1


def test_a_damaged_file_is_said_and_named(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    keep(store, [figure("2024", 1)])
    (file,) = tmp_path.rglob("*.parquet")
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(StoreError) as caught:
        store.series("trial", "A.B:CHN", "CHN")
    assert told(caught.value) == "damaged" and file.name in str(caught.value.details["file"])


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("?")
    store = open_store(str(tmp_path / "store"))
    for use in (lambda: store.writing().__enter__(), store.report_names, store.kept):
        with pytest.raises(StoreError) as caught:
            use()
        assert told(caught.value) == "unusable"


def test_an_address_without_its_client_is_said() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("nosuchscheme://x")
    assert told(caught.value) == "no-client"


def test_without_a_name_the_store_lies_outside_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_STORE", raising=False)
    assert ROOT not in Path(open_store().place).parents
    monkeypatch.setenv("TRACKER_STORE", "/somewhere/else")
    assert open_store().place == "/somewhere/else"


# ---- other processes

WRITER = """
    import sys
    from datetime import UTC, datetime
    from tests.loaders.test_store import figure, open_store, StoreError
    store = open_store(sys.argv[1])
    store.files.names("series")
"""


def child(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(WRITER) + textwrap.dedent(code), *arguments]


def run(code: str, *arguments: str) -> str:
    done = subprocess.run(child(code, *arguments), cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_full_disk_is_said_and_the_last_figures_stay(tmp_path: Path) -> None:
    keep(open_store(str(tmp_path)), [figure("2024", 1)])
    said = run(
        """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # the kernel refuses any longer file
        with store.writing():
            try:
                store.append("trial", "A.B:CHN", [figure("2024", 2)], datetime.now(UTC))
            except StoreError as error:
                print(error.key)
        """,
        str(tmp_path),
    )
    assert said == "full"
    series = open_store(str(tmp_path)).series("trial", "A.B:CHN", "CHN")
    assert [o.value for o in series.observations] == [1]
    assert [p for p in tmp_path.rglob("*") if p.name.startswith(".") and p.name != ".lock"] == []


def test_reading_leaves_no_thread_that_could_outlast_python(tmp_path: Path) -> None:
    """One that gives back what it read when Python is ending ends the program with -6, after all was said."""
    keep(open_store(str(tmp_path)), [figure("2024", 1)])
    said = run(
        """
        import os
        before = len(os.listdir("/proc/self/task"))
        figures = store.series("trial", "A.B:CHN", "CHN").observations
        print(len(figures), len(os.listdir("/proc/self/task")) - before)
        """,
        str(tmp_path),
    )
    assert said == "1 0"


def test_a_store_that_may_only_be_read_is_said_and_still_read() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "store"
        keep(open_store(str(folder)), [figure("2024", 1)])
        for path in [Path(place), folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        said = run(
            """
            import os
            store.series("trial", "A.B:CHN", "CHN")  # what is loaded late must be loaded before
            if os.geteuid() == 0:  # root may write anywhere
                os.setgroups([]); os.setgid(65534); os.setuid(65534)
            print([o.value for o in store.series("trial", "A.B:CHN", "CHN").observations])
            try:
                with store.writing():
                    pass
            except StoreError as error:
                print(error.key)
            """,
            str(folder),
        )
        for path in [Path(place), *Path(place).rglob("*")]:
            path.chmod(0o755)
    assert said.split("\n") == ["[1.0]", "read-only"]


@pytest.mark.parametrize("bytes_written", [1, 100, 1000, 4000])
def test_a_process_killed_in_mid_write_leaves_what_was_and_no_half(tmp_path: Path, bytes_written: int) -> None:
    """The kernel itself kills the writer after so many bytes of the new file."""
    keep(open_store(str(tmp_path)), [figure("2024", 1)])
    code = """
        import resource, signal
        with store.writing():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            figures = [figure(str(1200 + k), k / 7) for k in range(800)]
            store.append("trial", "A.B:CHN", figures, datetime.now(UTC))
    """
    done = subprocess.run(child(code, str(tmp_path), str(bytes_written)), cwd=ROOT, timeout=60)
    assert done.returncode == -signal.SIGXFSZ
    store = open_store(str(tmp_path))
    assert [o.value for o in store.series("trial", "A.B:CHN", "CHN").observations] == [1]
    keep(store, [figure("2024", 2)])  # the next writer is not held up, and sweeps
    assert [v.number for v in store.vintages("trial", "A.B:CHN")] == [1, 2]
    assert [p for p in tmp_path.rglob(".*") if p.name != ".lock"] == []


def test_kill_9_at_any_moment_loses_no_vintage_and_leaves_no_half(tmp_path: Path) -> None:
    code = """
        n = len(store.vintages("trial", "A.B:CHN"))
        while True:
            n += 1
            with store.writing():
                store.append("trial", "A.B:CHN", [figure(str(1900 + k), n) for k in range(200)], datetime.now(UTC))
            print(n, flush=True)
    """
    chance = random.Random(4)
    for _ in range(4):
        process = subprocess.Popen(child(code, str(tmp_path)), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.01, 0.3))
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split()
        process.wait()
        vintages = open_store(str(tmp_path)).vintages("trial", "A.B:CHN")
        assert [v.number for v in vintages] == list(range(1, len(vintages) + 1))
        assert len(vintages) >= int(said[-1] if said else 0)  # what was said to be kept is kept
        assert all(len(v.observations) == 200 and v.observations[0].value == v.number for v in vintages)
    assert vintages  # something was written between the kills
    with open_store(str(tmp_path)).writing():  # the dead writer's lock and drafts are gone
        assert [p for p in tmp_path.rglob(".*") if p.name != ".lock"] == []


def test_a_lock_left_at_an_address_by_a_dead_process_is_taken_away(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENDPOINT_URL": s3, "ACCESS_KEY_ID": "t", "SECRET_ACCESS_KEY": "t"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    open_store("s3://left/store").files.fs.mkdir("left")  # type: ignore[attr-defined]
    process = subprocess.Popen(
        child("held = store.writing(); held.__enter__(); print(1, flush=True); input()", "s3://left/store"),
        cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "1\n"
    with pytest.raises(StoreError) as caught, open_store("s3://left/store").writing():
        pass
    assert told(caught.value) == "busy"
    process.kill()
    process.wait()
    with open_store("s3://left/store").writing():
        pass
