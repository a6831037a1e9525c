"""What is committed from within is what was saved, by whom it was saved, and nothing that others have staged."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editing.git import commit, is_work_tree, patch, usual_author
from editing.opening import opened
from editing.refusal import Refused
from editing.saving import Edit, Person, save
from tests.conftest import FILES, Folder

GOAL, THINGS, FIGURES = "goals/more-things.yaml", "goals/indicators/things.yaml", "figures/things.csv"
ME = Person("王 $(touch x) --amend", "wang@example.org")
WHY = "-c core.pager=x\n\n提高到四十: 'quotes' \"and\" $(more)"


def git(folder: Path, *words: str, given: str | None = None) -> str:
    """The git program itself, as somebody at a shell."""
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    done = subprocess.run(["git", *who, *words], cwd=folder, input=given, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def tree(folder: Folder) -> Folder:
    git(folder.root, "init", "-q", "-b", "main")
    git(folder.root, "add", ".")
    git(folder.root, "commit", "-qm", "first")
    return folder


def saved(folder: Folder, name: str, old: str, new: str) -> None:
    at = opened(folder.goals, name)
    save(folder.goals, [Edit(at, at.text.replace(old, new))], ME, WHY)


def test_a_save_is_committed_with_its_author_and_message_whatever_they_are(tree: Folder) -> None:
    saved(tree, THINGS, "value: 30", "value: 40")
    made = commit(tree.goals, [THINGS], ME, WHY)
    assert git(tree.root, "log", "-1", "--format=%H%n%an%n%ae%n%B").strip() == f"{made}\n{ME.name}\n{ME.email}\n{WHY}"
    assert git(tree.root, "status", "--porcelain") == "" and git(tree.root, "fsck", "--strict") == ""
    assert not (tree.root / "x").exists()
    assert commit(tree.goals, [THINGS], ME, WHY) == ""  # the same again is no commit


def test_whom_git_itself_would_name_is_the_usual_author_and_where_it_names_nobody_there_is_none(
    tree: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pygit2
    from pygit2.enums import ConfigLevel

    for level in (ConfigLevel.GLOBAL, ConfigLevel.SYSTEM, ConfigLevel.XDG):
        pygit2.settings.search_path[level] = str(tree.root)  # whoever runs the tests may have a name
    assert usual_author(tree.goals) is None
    git(tree.root, "config", "user.name", "李")
    git(tree.root, "config", "user.email", "li@example.org")
    found = usual_author(tree.goals)
    assert found is not None and (found.name, found.email) == ("李", "li@example.org")


def test_what_others_have_staged_or_left_lying_is_not_committed_and_stays(tree: Folder) -> None:
    tree.edit(GOAL, "More", "Many")
    git(tree.root, "add", GOAL)
    tree.edit(FIGURES, "15.5", "15.65")  # of another size: git looks at times by the second
    saved(tree, THINGS, "value: 30", "value: 40")
    commit(tree.goals, [THINGS], ME, WHY)
    assert git(tree.root, "show", "--name-only", "--format=").split() == [THINGS]
    assert git(tree.root, "status", "--porcelain").splitlines() == [f" M {FIGURES}", f"M  {GOAL}"]


def test_files_that_are_new_or_gone_are_committed_as_such_even_first_of_all(folder: Folder) -> None:
    git(folder.root, "init", "-q")
    assert commit(folder.goals, list(FILES), ME, "all")
    save(folder.goals, [Edit(opened(folder.goals, GOAL), None), Edit(opened(folder.goals, "goals/other.yaml"),
                                                                      FILES[GOAL])], ME, "renamed")  # fmt: skip
    commit(folder.goals, [GOAL, "goals/other.yaml"], ME, "renamed")
    assert git(folder.root, "show", "--name-status", "-M", "--format=").split() == ["R100", GOAL, "goals/other.yaml"]


def test_no_hook_of_the_repository_runs(tree: Folder) -> None:
    hook = tree.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n")
    hook.chmod(0o755)
    saved(tree, THINGS, "value: 30", "value: 40")
    assert commit(tree.goals, [THINGS], ME, WHY) and not (tree.root / "ran").exists()


def test_what_git_cannot_do_is_said_in_a_sentence_and_nothing_is_committed(tree: Folder) -> None:
    saved(tree, THINGS, "value: 30", "value: 40")
    before = git(tree.root, "rev-parse", "HEAD")
    (tree.root / ".gitignore").write_text("goals/hidden.yaml\n")
    (tree.root / "goals/hidden.yaml").write_text(FILES[GOAL])
    cases = [(THINGS, Person("A <b>", "x"), WHY, "git-author"), (THINGS, Person("", ""), WHY, "git-author"),
             (THINGS, ME, " \n", "git-message"), ("goals/hidden.yaml", ME, WHY, "git-ignored")]  # fmt: skip
    for name, by, why, key in cases:
        with pytest.raises(Refused) as error:
            commit(tree.goals, [name], by, why)
        assert error.value.key == key and error.value.sentence("zh")
    for busy, key in (("index.lock", "git"), ("MERGE_HEAD", "git-under-way")):
        (tree.root / ".git" / busy).write_text(before)
        with pytest.raises(Refused) as error:
            commit(tree.goals, [THINGS], ME, WHY)
        assert error.value.key == key and error.value.sentence("en")
        (tree.root / ".git" / busy).unlink()
    assert git(tree.root, "rev-parse", "HEAD") == before and commit(tree.goals, [THINGS], Person("Li"), WHY)


def test_where_there_is_no_work_tree_a_sentence_says_so(folder: Folder) -> None:
    assert not is_work_tree(folder.goals)
    with pytest.raises(Refused) as error:
        commit(folder.goals, [THINGS], ME, WHY)
    assert error.value.key == "git-none"


def test_a_patch_brings_the_same_change_into_another_work_tree(
    tree: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "clone"
    git(tree.root, "clone", "-q", str(tree.root), str(other))
    new = FILES[THINGS].replace("value: 30", "value: 40")
    changes = {THINGS: (FILES[THINGS], new), GOAL: (FILES[GOAL], None), "goals/other.yaml": (None, FILES[GOAL])}
    mail = patch(
        tree.goals,
        changes,
        Person("王 五", "wang@example.org"),
        "提高\n\nBecause:\n-- it is",
        datetime(2026, 1, 2, 3, tzinfo=UTC),
    )
    git(other, "apply", "--check", "-", given=mail)
    git(other, "am", "-q", given=mail)
    assert (other / THINGS).read_text("utf-8") == new and not (other / GOAL).exists()
    assert (
        git(other, "log", "-1", "--format=%an|%ae|%aI|%s").strip()
        == "王 五|wang@example.org|2026-01-02T03:00:00+00:00|提高"
    )
    assert is_work_tree(tree.goals)
