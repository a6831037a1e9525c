"""A site's folder: only what differs is written, only ours is replaced or taken away, and a failure is a sentence."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracking.publish.folder import OURS, Refused, write
from tracking.words import words

SITE = [("index.html", b"one"), ("en/a.html", b"a"), ("en/deep/b.html", b"b")]


def stamps(place: Path) -> dict[str, int]:
    return {str(p.relative_to(place)): p.stat().st_mtime_ns for p in place.rglob("*") if p.is_file()}


def test_a_second_run_with_the_same_files_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    before = stamps(tmp_path)
    done = write(tmp_path, SITE)
    assert (done.new, done.changed, done.removed, done.same) == ((), (), (), 3)
    assert stamps(tmp_path) == before


def test_only_what_differs_is_rewritten_and_what_is_no_longer_made_is_taken_away(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    before = stamps(tmp_path)
    done = write(tmp_path, [("index.html", b"two"), ("en/a.html", b"a"), ("en/c.html", b"c")])
    assert (done.new, done.changed, done.removed) == (("en/c.html",), ("index.html",), ("en/deep/b.html",))
    assert stamps(tmp_path)["en/a.html"] == before["en/a.html"]
    assert not (tmp_path / "en" / "deep").exists()
    assert (tmp_path / OURS).read_text().splitlines()[1:] == ["en/a.html", "en/c.html", "index.html"]


def test_a_folder_with_somebody_elses_files_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Refused) as refused:
        write(tmp_path, SITE)
    assert "thesis" not in refused.value.text("en") and str(tmp_path) in refused.value.text("en")
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_files_that_somebody_added_stay_and_one_in_the_way_is_said(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    (tmp_path / "en" / "deep" / "notes.txt").write_text("mine")
    write(tmp_path, SITE[:1])
    assert (tmp_path / "en" / "deep" / "notes.txt").read_text() == "mine"
    (tmp_path / "CNAME").write_text("example.org")
    with pytest.raises(Refused, match="in-the-way"):
        write(tmp_path, [*SITE, ("CNAME", b"ours")])
    assert (tmp_path / "CNAME").read_text() == "example.org"


def test_a_run_that_was_cut_short_leaves_nothing_that_the_next_one_does_not_know(tmp_path: Path) -> None:
    def cut() -> object:
        yield SITE[1]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, cut())  # type: ignore[arg-type]
    assert write(tmp_path, SITE[:1]).removed == ("en/a.html",)


@pytest.mark.parametrize("line", ["../outside.txt", "/etc/hosts", "a\\..\\b"])
def test_a_list_that_leads_out_of_the_folder_takes_nothing_away(tmp_path: Path, line: str) -> None:
    place, outside = tmp_path / "site", tmp_path / "outside.txt"
    write(place, SITE)
    outside.write_text("mine")
    with (place / OURS).open("a") as listed:
        listed.write(f"{line}\n")
    with pytest.raises(Refused, match="outside"):
        write(place, SITE[:1])
    assert outside.exists()


def test_a_list_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / OURS).write_bytes(b"\xff\xfe something else")
    with pytest.raises(Refused, match="not-ours"):
        write(tmp_path, SITE)


def test_a_file_in_the_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(Refused) as refused:
        write(tmp_path / "site", SITE)
    assert str(tmp_path / "site") in refused.value.text("zh")


def test_a_full_disk_is_a_sentence_and_no_file_is_half_written(tmp_path: Path) -> None:
    """The system lets a process write files of a bounded size only: the same refusal as that of a full disk."""
    write(tmp_path, SITE)
    large = b"x" * 20_000
    code = (
        "import resource, signal; from pathlib import Path; from tracking.publish.folder import Refused, write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        f"try: write(Path({str(tmp_path)!r}), [('index.html', b'x' * 20000), ('en/a.html', b'a')])\n"
        "except Refused as error: print(error.text('en'))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "index.html" in said and os.strerror(errno.EFBIG) in said
    assert (tmp_path / "index.html").read_bytes() == b"one"
    assert not list(tmp_path.rglob("*.part"))
    write(tmp_path, [("index.html", large), *SITE[1:]])
    assert (tmp_path / "index.html").read_bytes() == large


def test_every_refusal_is_said_in_every_language() -> None:
    given = dict.fromkeys(("path", "file", "why", "name", "given", "known"), "x")
    for language in ("zh", "en"):
        keys = [k for k in words(language).texts if k.startswith("publish.refused.")]
        assert len(keys) == 7 and all("{" not in words(language).say(key, **given) for key in keys)
