"""`export figures` writes a whole file or nothing, and says in a sentence why not."""

import csv
import io
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Folder
from tests.tracking.test_fetched import FETCHED, figure, load
from tracking.__main__ import main
from tracking.export.choice import everything
from tracking.export.content import content
from tracking.export.formats import Format
from tracking.store import Folder as Place
from tracking.store import Store
from tracking.words import words

ROOT = Path(__file__).resolve().parents[2]


def call(folder: Folder, *options: str) -> list[str]:
    return ["export", "figures", "--goals", str(folder.goals), "--as-of", "2026-01-01", *options]


@pytest.mark.parametrize("kind", Format)
def test_every_format_is_written_by_its_ending(folder: Folder, kind: Format) -> None:
    by_ending, by_name = folder.root / f"out{kind.ending}", folder.root / "named"
    assert main(call(folder, "--to", str(by_ending))) == 0
    assert main(call(folder, "--to", str(by_name), "--format", kind.value)) == 0
    assert by_ending.read_bytes() == by_name.read_bytes() != b""


def test_a_choice_and_a_language_are_heeded(folder: Folder) -> None:
    for options, holds in (
        (["--indicator", "things"], "Things"),
        (["--goal", "more-things", "--lang", "zh"], "个数"),
        (["--indicator", "growth"], None),
    ):
        out = folder.root / "out.csv"
        assert main(call(folder, *options, "--to", str(out))) == 0
        names = {line.split(",")[2] for line in out.read_text(encoding="utf-8-sig").splitlines()[1:]}
        assert names == ({holds} if holds else set())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--goal", "more-thing"], "There is no goal “more-thing” in this catalogue. Did you mean"),
        (["--indicator", "nothing-like-it"], "There is no indicator “nothing-like-it”"),
        (["--lang", "zh", "--goal", "more-thing"], "目录中没有目标“more-thing”"),
    ],
)
def test_an_unknown_id_is_named_and_nothing_is_written(
    folder: Folder, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    out = folder.root / "out.csv"
    assert main(call(folder, *options, "--to", str(out))) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_said(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    say = words("en").say
    for to, status, said in (
        (str(folder.root), 2, say("export.refused.folder", file=str(folder.root))),
        ("/proc/out.csv", 1, "/proc/out.csv cannot be written: "),
        (str(folder.root / "none" / "out.csv"), 1, "No such file or directory"),
        (str(folder.root / "out.doc"), 2, "does not say which format"),
    ):
        extra = ["--format", "csv"] if to == str(folder.root) else []
        assert main(call(folder, "--to", to, *extra)) == status
        assert said in capsys.readouterr().err


def test_a_full_disk_leaves_the_older_file_and_nothing_else(folder: Folder) -> None:
    """The system's own limit of a file's size refuses the write as a full disk does."""
    there = folder.root / "there"
    there.mkdir()
    out = there / "out.csv"
    out.write_text("older", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "tracking", *call(folder, "--to", str(out))], cwd=ROOT, text=True, capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)), check=False,
    )  # fmt: skip
    assert run.returncode == 1 and "File too large" in run.stderr and "Traceback" not in run.stderr
    assert out.read_text(encoding="utf-8") == "older" and [p.name for p in there.iterdir()] == ["out.csv"]


def test_a_file_that_is_written_may_be_read_as_others_are(folder: Folder) -> None:
    out, other = folder.root / "out.csv", folder.root / "other"
    other.touch()
    assert main(call(folder, "--to", str(out))) == 0
    assert out.stat().st_mode == other.stat().st_mode


def test_what_a_refresh_has_stored_leaves_with_the_rest(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(Place(folder.root / "store"))
    load(folder, store, FETCHED + "}", figure("2023", 18.0, "2024-03-01"))
    out = folder.root / "out.csv"
    periods = {}
    for place in ("store", "empty"):
        monkeypatch.setenv("TRACKER_STORE", str(folder.root / place))
        assert main(call(folder, "--indicator", "things", "--to", str(out))) == 0
        lines = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
        periods[place] = {line["period"] for line in lines if line["main"] == "true"}
    assert periods == {"store": {"2021", "2022", "2023"}, "empty": {"2021", "2022"}}


@pytest.mark.parametrize("command", ["status", "history things", "fragility things", "explain more-things things"])
def test_what_is_told_in_the_shell_rests_on_what_a_refresh_has_stored(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    load(folder, Store(Place(folder.root / "store")), FETCHED + "}", figure("2023", 18.7, "2024-03-01"))
    said = {}
    for place in ("store", "empty"):
        monkeypatch.setenv("TRACKER_STORE", str(folder.root / place))
        assert main([*command.split(), "--goals", str(folder.goals), "--as-of", "2026-01-01"]) == 0
        said[place] = capsys.readouterr().out
    assert "18.7" in said["store"] and "18.7" not in said["empty"]


def test_how_far_a_workbook_is_is_told_row_by_row(folder: Folder) -> None:
    catalogue = folder.load()
    found = content(catalogue, everything(catalogue), date(2026, 1, 1), "en")
    found.tables["notes"] *= 100
    told: list[tuple[int, int]] = []
    file = Format.XLSX.file(found, lambda done, of: told.append((done, of)))
    rows = sum(len(rows) for rows in found.tables.values())
    assert told == [*((done, rows) for done in range(100, rows, 100)), (rows, rows)] and len(told) > 2
    assert file == Format.XLSX.file(found)


def test_a_store_that_cannot_be_read_is_said_and_the_shipped_figures_leave(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load(folder, Store(Place(folder.root / "store")), FETCHED + "}", figure("2023", 18.0, "2024-03-01"))
    for file in (folder.root / "store").glob("**/*.parquet"):
        file.write_bytes(b"torn")
    out = folder.root / "out.csv"
    for place, said in ((str(folder.root / "store"), "damaged"), ("s3://bucket/store", "lies at an address")):
        monkeypatch.setenv("TRACKER_STORE", place)
        assert main(call(folder, "--to", str(out))) == 0
        told = capsys.readouterr().err
        assert said in told and "only the shipped figures" in told
        assert ",2022," in out.read_text(encoding="utf-8-sig")


STOPPED = """
import signal, sys
from tracking.__main__ import main
signal.signal(signal.SIGVTALRM, signal.default_int_handler)  # Ctrl-C after so many seconds of work, however busy it is
signal.setitimer(signal.ITIMER_VIRTUAL, float(sys.argv[1]))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("seconds", ["0.3", "1.2", "2.5"])
@pytest.mark.parametrize("command", ["export figures --to {}/all.xlsx", "publish {}"])
def test_whoever_stops_it_is_told_and_finds_nothing_half_written(tmp_path: Path, command: str, seconds: str) -> None:
    words_of = command.format(tmp_path).split()
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, seconds, *words_of], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 130
    assert done.stderr.splitlines() == [words("en").say("stopped")]
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    listed = tmp_path / "published.txt"
    assert left <= ({"published.txt", *listed.read_text().splitlines()} if listed.exists() else set())
