"""`export figures` writes a whole file or nothing, and says in a sentence why not."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Folder
from tracking.__main__ import main
from tracking.export.formats import Format
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
