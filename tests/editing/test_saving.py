"""Saving: whole and checked or not at all, never over somebody else's work, and nothing is lost."""

import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from editing.audit import What, read
from editing.history import text_of, versions
from editing.opening import Opened, opened
from editing.refusal import Refused
from editing.rights import Person
from editing.saving import Clash, Conflict, Edit, Saved, save
from tests.conftest import Folder
from tracking.problems import CatalogueError

GOAL, THINGS, FIGURES = "goals/more-things.yaml", "goals/indicators/things.yaml", "figures/things.csv"
ME = Person("Wáng 王", "wang@example.org")
ROOT = Path(__file__).resolve().parents[2]


def files(folder: Folder) -> Mapping[str, bytes]:
    """Every file of the catalogue, also hidden ones, without what is kept of earlier saves."""
    return {str(p.relative_to(folder.root)): p.read_bytes() for p in sorted(folder.root.rglob("*"))
            if p.is_file() and ".history" not in p.parts}  # fmt: skip


def edit(folder: Folder, name: str, old: str, new: str, at: Opened | None = None) -> Edit:
    at = at or opened(folder.goals, name)
    assert old in at.text
    return Edit(at, at.text.replace(old, new, 1))


def saved(folder: Folder, *edits: Edit, why: str = "") -> Saved:
    return save(folder.goals, edits, ME, why)


def test_several_files_are_saved_together_and_each_can_be_edited_on(folder: Folder) -> None:
    done = saved(folder, edit(folder, THINGS, "value: 30", "value: 40"), edit(folder, FIGURES, "15.5", "15.6"))
    assert folder.load().indicators["things"].targets[0].value == 40
    assert folder.load().main_series("things").observations[-1].value == 15.6
    again = saved(folder, edit(folder, THINGS, "value: 40", "value: 41", done.opened[THINGS]))
    assert again.merged == () and folder.load().indicators["things"].targets[0].value == 41


def test_an_edit_that_breaks_any_file_is_refused_with_every_error_and_nothing_is_written(folder: Folder) -> None:
    before = files(folder)
    with pytest.raises(CatalogueError) as error:
        saved(folder, edit(folder, THINGS, "unit: things", "unit: thing"), edit(folder, GOAL, "order: 1", "order: one"))
    assert [(p.code, p.line) for p in error.value.problems] == [("unknown-unit", 3), ("expected-whole-number", 4)]
    assert files(folder) == before and versions(folder.goals, THINGS) == ()


def test_what_others_changed_elsewhere_in_the_file_is_kept_beside_my_change(folder: Folder) -> None:
    mine = edit(folder, THINGS, "value: 30", "value: 40")
    folder.edit(THINGS, "name: {zh: 个数", "name: {zh: 件数")
    done = saved(folder, mine)
    found = folder.load().indicators["things"]
    assert (done.merged, found.name.zh, found.targets[0].value) == ((THINGS,), "件数", 40)


def test_where_both_changed_one_place_nothing_is_written_and_both_texts_are_shown(folder: Folder) -> None:
    other = edit(folder, GOAL, "zh: 更多, en", "zh: 甚多, en")
    mine = edit(folder, THINGS, "value: 30", "value: 40")
    folder.edit(THINGS, "value: 30", "value: 35")
    before = files(folder)
    with pytest.raises(Conflict) as error:
        saved(folder, other, mine)
    (clash,) = error.value.clashes
    assert isinstance(clash, Clash) and "value: 30" in str(clash.base)
    assert "value: 40" in str(clash.mine) and "value: 35" in str(clash.theirs)
    assert list(error.value.merged) == [GOAL] and files(folder) == before
    saved(folder, Edit(clash.now, clash.mine))  # the curator has seen theirs and decides for his own
    assert folder.load().indicators["things"].targets[0].value == 40


def test_changes_that_are_each_right_but_not_together_are_refused(folder: Folder) -> None:
    mine = edit(folder, THINGS, "high: 1000", "high: 35")
    folder.edit(THINGS, "value: 30", "value: 40")
    with pytest.raises(CatalogueError) as error:
        saved(folder, mine)
    assert [p.code for p in error.value.problems] == ["outside-limits"]


def test_a_file_taken_away_by_one_and_changed_by_another_is_a_conflict(folder: Folder) -> None:
    mine = edit(folder, THINGS, "value: 30", "value: 40")
    (folder.root / THINGS).unlink()
    with pytest.raises(Conflict) as error:
        saved(folder, mine)
    assert error.value.clashes[0].theirs is None


def test_two_who_make_the_same_new_file_see_each_other(folder: Folder) -> None:
    new = opened(folder.goals, "goals/other.yaml")
    text = opened(folder.goals, GOAL).text.replace("order: 1", "order: 2")
    saved(folder, Edit(new, text))
    with pytest.raises(Conflict):
        saved(folder, Edit(new, text + "# mine\n"))
    assert saved(folder, Edit(new, text)).moment == ""  # the same words again are no change


def test_every_save_keeps_what_was_there_before_and_it_can_be_restored(folder: Folder) -> None:
    first = opened(folder.goals, THINGS)
    saved(folder, edit(folder, THINGS, "value: 30", "value: 40"), why="raised")
    folder.edit(THINGS, "value: 40", "value: 45")  # by other means
    saved(folder, edit(folder, THINGS, "value: 45", "value: 50"), why="again")
    found = versions(folder.goals, THINGS)
    assert [(v.message, v.by) for v in found] == [("again", ME), ("", None), ("raised", ME), ("", None)]
    assert [
        next(line.strip() for line in str(text_of(folder.goals, v)).splitlines() if "    value:" in line) for v in found
    ] == ["value: 50", "value: 45", "value: 40", "value: 30"]
    saved(folder, Edit(opened(folder.goals, THINGS), text_of(folder.goals, found[-1])))
    assert opened(folder.goals, THINGS) == first


def test_a_file_that_was_taken_away_can_be_had_back(folder: Folder) -> None:
    new = Edit(
        opened(folder.goals, "goals/other.yaml"), opened(folder.goals, GOAL).text.replace("order: 1", "order: 2")
    )
    done = saved(folder, new)
    gone = saved(folder, Edit(done.opened["goals/other.yaml"], None))
    assert "goals/other.yaml" not in gone.opened and "other" not in folder.load().goals
    newest, older = versions(folder.goals, "goals/other.yaml")
    assert (text_of(folder.goals, newest), text_of(folder.goals, older)) == (None, new.text)


def test_line_ends_the_byte_order_mark_and_the_mode_of_a_file_stay_as_they_are(folder: Folder) -> None:
    path = folder.root / FIGURES
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o640)
    before = path.read_bytes()
    assert "\r" not in opened(folder.goals, FIGURES).text
    saved(folder, edit(folder, FIGURES, "15.5", "16.5"))
    assert path.read_bytes() == before.replace(b"15.5", b"16.5") and path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("../out.yaml", "name"), ("/etc/passwd", "name"), ("goals/../../out.yaml", "name"), ("goals/x.csv", "name"),
        ("figures/x.yaml", "name"), ("goals/.hidden.yaml", "name"), ("goals/x.yaml\n", "name"),
        ("goals/x\0.yaml", "name"),
        ("goals\\x.yaml", "name"), ("goals/indicators/more/x.yaml", "name"), ("dashboard.py", "name"), ("", "name"),
        (f"goals/{'x' * 81}.yaml", "name"), ("goals/nul.yaml", "device"), ("figures/com1.csv", "device"),
        ("goals/README.md", "name"),
    ],
)  # fmt: skip
def test_a_name_that_is_no_file_of_the_catalogue_is_refused_in_a_sentence(folder: Folder, name: str, key: str) -> None:
    before = files(folder)
    with pytest.raises(Refused) as error:
        saved(folder, Edit(Opened(name, "", ""), "x: 1\n"))
    assert error.value.key == key and len(error.value.sentence("en")) > 20 and len(error.value.sentence("zh")) > 10
    assert files(folder) == before and sorted(p.name for p in folder.root.iterdir()) == [".history", "figures", "goals"]


def test_links_are_not_followed_out_of_the_catalogue(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.yaml").write_text("secret: 1\n")
    (folder.goals / "linked.yaml").symlink_to(outside / "x.yaml")
    (folder.root / "figures").rename(outside / "figures")
    (folder.root / "figures").symlink_to(outside / "figures")
    for name in ("goals/linked.yaml", FIGURES):
        with pytest.raises(Refused) as error:
            opened(folder.goals, name)
        assert error.value.key == "link"
    with pytest.raises(Refused):
        saved(folder, Edit(Opened("goals/linked.yaml", "", ""), "x: 1\n"))
    assert (outside / "x.yaml").read_text() == "secret: 1\n"


def run(folder: Folder, code: str, *before: str) -> subprocess.Popen[str]:
    """Python in a process of its own, with the words that these tests use."""
    words = "from pathlib import Path; from tests.editing.test_saving import *; from tests.conftest import Folder; "
    command = [*before, sys.executable, "-c", f"{words}f = Folder(Path({str(folder.root)!r}))\n{code}"]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_of_two_processes_that_save_at_once_both_are_kept(folder: Folder) -> None:
    code = """input()  # until both are here
for n in range(5):
    at = opened(f.goals, {name!r})
    while True:
        try:
            saved(f, Edit(at, at.text.replace("#end", f"#{mark} {{n}}\\n#end", 1)))
            break
        except Conflict as error:
            at = error.clashes[0].now
"""
    folder.edit(GOAL, "indicators:", "#end\nindicators:")
    both = [run(folder, code.format(name=GOAL, mark=mark)) for mark in ("one", "two")]
    for process in both:
        print(file=process.stdin, flush=True)  # a line, and on they go
    assert [process.wait(60) for process in both] == [0, 0]
    text = opened(folder.goals, GOAL).text
    assert [text.count(f"#{mark} {n}\n") for mark in ("one", "two") for n in range(5)] == [1] * 10
    assert len(versions(folder.goals, GOAL)) == 11 and folder.load()


def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_half_written(folder: Folder) -> None:
    before = files(folder)
    edits = (
        edit(folder, GOAL, "en: More", "en: Many"),
        edit(folder, FIGURES, "plan,read,,,", f"plan,read,{'x' * 5000},,"),
    )
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limits[1]))  # the longer file does not fit, as on a full disk
    try:
        with pytest.raises(Refused) as error:
            saved(folder, *edits)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert error.value.key == "full" and "Nothing was saved" in error.value.sentence("en")
    assert files(folder) == before and versions(folder.goals, GOAL) == ()
    saved(folder, *edits)
    assert folder.load().goals["more-things"].title.en == "Many"


def test_a_folder_that_may_not_be_written_to_is_said_in_a_sentence(folder: Folder) -> None:
    before = files(folder)
    for path in (folder.root, *folder.root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (folder.root / THINGS).chmod(0)
    code = """
for name, old, new in ((GOAL, "More", "Many"), (THINGS, "30", "40")):
    try:
        saved(f, edit(f, name, old, new))
    except Refused as error:
        print(error.key)
"""
    as_anybody = (
        ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    )  # root may write everywhere
    process = run(folder, code, *as_anybody)
    assert process.communicate(timeout=60)[0] == "closed\nunreadable\n"
    assert files(folder) == before
    for path in (folder.root, *folder.root.rglob("*")):
        path.chmod(0o755)


@pytest.mark.parametrize(
    ("last", "half"), [("under-way.json", False), ("things.yaml", True), ("more-things.yaml", True)]
)
def test_what_a_killed_process_left_half_replaced_is_put_back(folder: Folder, last: str, half: bool) -> None:
    before = files(folder)
    code = f"""import signal
real = Path.replace
def replace(self, target):  # the process dies as soon as this file is in its place
    real(self, target)
    if target.name == {last!r}:
        os.kill(os.getpid(), signal.SIGKILL)
Path.replace = replace
saved(f, edit(f, THINGS, "value: 30", "value: 40"), edit(f, GOAL, "More", "Many"))
"""
    assert run(folder, code).wait(60) < 0
    assert ((folder.root / THINGS).read_bytes() != before[THINGS]) is half
    assert "value: 30" in opened(folder.goals, THINGS).text
    assert files(folder) == before and versions(folder.goals, THINGS) == ()
    told = read(folder.goals).entries  # the log does not leave it at the save that came to nothing
    assert [(entry.what, entry.who, len(entry.files)) for entry in told] == [(What.FAILED, ME, 2), (What.SAVED, ME, 2)]


def test_nothing_of_what_is_kept_is_seen_by_git(folder: Folder) -> None:
    saved(folder, edit(folder, THINGS, "value: 30", "value: 40"))
    assert (folder.root / ".history" / ".gitignore").read_text() == "*\n"


def test_what_was_kept_and_is_not_as_it_was_is_not_shown(folder: Folder) -> None:
    saved(folder, edit(folder, THINGS, "value: 30", "value: 40"))
    newest = versions(folder.goals, THINGS)[0]
    (folder.root / ".history/contents" / newest.content).write_text("other\n")
    with pytest.raises(Refused) as error:
        text_of(folder.goals, newest)
    assert error.value.key == "damaged"
