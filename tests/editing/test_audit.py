"""The log of changes: nothing is lost, nothing is taken back, and nothing in it is code to what opens it."""

import csv
import io
import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editing.audit import PLACE, Entry, Touched, What, csv_of, read, record
from editing.opening import opened
from editing.rights import AT_THE_MACHINE, Person
from editing.saving import Edit, save
from tests.conftest import Folder
from tracking.problems import CatalogueError

WHEN = datetime(2026, 11, 26, 8, 30, 0, 125000, tzinfo=UTC)
LIN = Person("Lin", "lin@example.org", "7", "https://id.example")
SAVED = Entry(WHEN, What.SAVED, LIN, (Touched("goals/x.yaml", "a" * 64, "b" * 64),), "two lines\n两行\u2028 and more")
REFUSED = Entry(WHEN, What.REFUSED, AT_THE_MACHINE, why="expired")


def test_what_is_recorded_reads_back_the_newest_first(tmp_path: Path) -> None:
    goals = tmp_path / "goals"
    assert read(goals) == read(tmp_path / "nowhere") and read(goals).entries == ()
    for entry in (SAVED, REFUSED):
        record(goals, entry)
    assert read(goals).entries == (REFUSED, SAVED)
    assert (tmp_path / PLACE).read_bytes().count(b"\n") == 2


def test_a_line_that_was_cut_off_is_named_and_takes_none_with_it(tmp_path: Path) -> None:
    goals = tmp_path / "goals"
    record(goals, SAVED)
    with (tmp_path / PLACE).open("ab") as log:
        log.write(b'{"when": "2026-11-2')
    assert (read(goals).entries, read(goals).torn) == ((SAVED,), (2,))
    record(goals, REFUSED)
    with (tmp_path / PLACE).open("ab") as log:
        log.write(b'\xff\n[]\n{"when": 1, "what": "saved", "who": {}, "files": []}\n')
    assert (read(goals).entries, read(goals).torn) == ((REFUSED, SAVED), (2, 4, 5, 6))


def test_what_cannot_be_written_whole_is_not_written(tmp_path: Path) -> None:
    goals = tmp_path / "goals"
    record(goals, SAVED)
    before = (tmp_path / PLACE).read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 40, hard))  # as a disk that is full after forty bytes
    try:
        with pytest.raises(OSError, match=r"No space|too large"):
            record(goals, SAVED)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / PLACE).read_bytes() == before


def test_processes_that_write_at_once_lose_no_line(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from editing.audit import *; from editing.rights import AT_THE_MACHINE\n"
        "for n in range(50): record(Path(sys.argv[1]), Entry(now(), What.SAVED, AT_THE_MACHINE, message=sys.argv[2]))"
    )
    root = Path(__file__).parents[2]
    writers = [subprocess.Popen([sys.executable, "-c", code, tmp_path / "goals", name], cwd=root) for name in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    log = read(tmp_path / "goals")
    assert sorted(entry.message for entry in log.entries) == ["a"] * 50 + ["b"] * 50 and log.torn == ()


def test_a_spreadsheet_computes_nothing_of_what_somebody_wrote() -> None:
    told = Entry(WHEN, What.SAVED, Person("=1+1", "a@b.example", "@x", "i"), SAVED.files * 2, "=HYPERLINK(1)")
    rows = list(csv.DictReader(io.StringIO(csv_of([told]).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert (rows[0]["name"], rows[0]["subject"], rows[0]["message"]) == ("'=1+1", "'@x", "'=HYPERLINK(1)")
    assert (rows[0]["file"], rows[0]["version_after"]) == ("goals/x.yaml", "b" * 64)


def test_every_save_is_in_the_log_with_who_made_it(folder: Folder) -> None:
    name = "goals/more-things.yaml"
    before = opened(folder.goals, name)
    saved = save(folder.goals, [Edit(before, before.text.replace("order: 1", "order: 2"))], LIN, "why").opened[name]
    with pytest.raises(CatalogueError):
        save(folder.goals, [Edit(saved, "broken")], LIN, "")
    (told,) = read(folder.goals).entries
    assert (told.what, told.who, told.message) == (What.SAVED, LIN, "why")
    assert told.files == (Touched(name, before.version, saved.version),)
