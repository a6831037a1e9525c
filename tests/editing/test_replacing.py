"""Several files are replaced together, or none is."""

from pathlib import Path

import pytest

from editing.replacing import replace_all, sweep


def test_where_one_cannot_be_replaced_all_stand_as_they_stood(tmp_path: Path) -> None:
    old, gone, new, folder = (tmp_path / name for name in ("old", "gone", "new", "folder"))
    old.write_text("old")
    gone.write_text("here")
    (folder / "full").mkdir(parents=True)  # no file can take the place of a folder
    with pytest.raises(OSError, match="folder"):
        replace_all({old: b"other", gone: None, new: b"new", folder: b"file"})
    assert (old.read_text(), gone.read_text()) == ("old", "here")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "gone", "old"]


def test_what_is_replaced_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    replace_all({tmp_path / "old": b"other", tmp_path / "deep" / "new": b"new", tmp_path / "never": None})
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["deep", "new", "old"]
    assert (tmp_path / "old").read_bytes() + (tmp_path / "deep" / "new").read_bytes() == b"othernew"


def test_what_a_killed_process_left_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    for name in (".a.yaml.draft-0a1b", ".a.yaml.aside-0a1b", ".draft.yaml", "a.yaml", ".a.yaml.swp"):
        (tmp_path / name).write_text("x")
    sweep(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".a.yaml.swp", ".draft.yaml", "a.yaml"]
