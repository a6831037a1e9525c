"""Commits saved files, and writes changes as a patch, where the catalogue is in a git work tree.

By libgit2, inside the process: no command line into which a message or a name could slip, no git program that must be
there, and no hook that a repository brings runs (saving has checked what the shipped hook would check). Only the
named files are committed; what somebody else has staged stays staged, and what lies beside stays as it lies.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from pathlib import Path

import pygit2
from pygit2.enums import FileMode, RepositoryState

from editing.folder import path_of
from editing.opening import body_of, bytes_of
from editing.refusal import Refused
from editing.rights import AT_THE_MACHINE, Person

NOBODY = "nobody@localhost"  # git knows no author without an address
_EXECUTABLE = 0o100


def is_work_tree(goals: Path) -> bool:
    """Whether the catalogue's folder is inside a git work tree that this user may use."""
    try:
        return _repository(goals) is not None
    except Refused:
        return False


def usual_author(goals: Path) -> Person | None:
    """Whom git's own settings name as the author here; None where they name nobody."""
    with _said():
        repository = _needed(goals)
        try:
            usual = repository.default_signature
        except KeyError:
            return None
    return Person(usual.name, usual.email, issuer=AT_THE_MACHINE.issuer)


def commit(goals: Path, names: Iterable[str], by: Person, message: str) -> str:
    """Commit these files as they stand on disk, gone ones as gone; the commit's id, "" where nothing differs.

    Raises Refused where there is no work tree, something else is under way in it, or the author or message is none.
    """
    with _said():
        repository = _needed(goals)
        if repository.state() != RepositoryState.NONE:
            raise Refused("git-under-way")
        author = _signature(by)
        if not message.strip():
            raise Refused("git-message")
        head = None if repository.head_is_unborn else repository.head.peel(pygit2.Commit)
        paths = _paths(goals, repository, names)
        tree = _tree(repository, head, paths)
        if head is not None and tree == head.tree_id:
            return ""
        _put_in(repository.index, repository, paths)
        repository.index.write()
        made = repository.create_commit("HEAD", author, author, message.strip() + "\n", tree, [head.id] if head else [])
    return str(made)


def patch(
    goals: Path, changes: Mapping[str, tuple[str | None, str | None]], by: Person, message: str, moment: datetime
) -> str:
    """The changes, by name before and after (None: not there), as a mail that `git am` and `git apply` take.

    Paths are those within the work tree; without one, within the catalogue.
    """
    head, _, rest = message.strip().partition("\n")
    lines = [
        "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001",  # by which mails begin for git
        f"From: {Header(_line(by.name)).encode()} <{_line(by.email) or NOBODY}>",
        f"Date: {format_datetime(moment)}",
        f"Subject: {Header(f'[PATCH] {_line(head)}', maxlinelen=900).encode()}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        *([rest.strip()] if rest.strip() else []),
        "---",
        "",
    ]
    parts = [_part(goals, name, before, after) for name, (before, after) in sorted(changes.items())]
    return "\n".join(lines) + "".join(parts) + "-- \n2\n"


def _repository(goals: Path) -> pygit2.Repository | None:
    with _said():
        found = pygit2.discover_repository(str(goals.resolve()))
        repository = pygit2.Repository(found) if found else None
    return repository if repository is not None and not repository.is_bare else None


def _needed(goals: Path) -> pygit2.Repository:
    repository = _repository(goals)
    if repository is None:
        raise Refused("git-none", place=goals)
    return repository


@contextmanager
def _said() -> Iterator[None]:
    """What git refuses, in our words with its own reason."""
    try:
        yield
    except (pygit2.GitError, ValueError, KeyError) as error:
        raise Refused("git", why=str(error).strip("'\"")) from error


def _signature(by: Person) -> pygit2.Signature:
    name, email = by.name.strip(), by.email.strip() or NOBODY
    if not name or any(sign in name + email for sign in "<>\n\r\0"):
        raise Refused("git-author", name=by.name, email=by.email)
    return pygit2.Signature(name, email)


def _paths(goals: Path, repository: pygit2.Repository, names: Iterable[str]) -> dict[str, Path]:
    """The files by how git calls them. Raises Refused for one that it is told to leave alone."""
    found = {_path_in(repository, path): path for path in (path_of(goals, name) for name in names)}
    for path in found:
        if repository.path_is_ignored(path) and path not in repository.index:
            raise Refused("git-ignored", name=path)
    return found


def _tree(repository: pygit2.Repository, head: pygit2.Commit | None, paths: Mapping[str, Path]) -> pygit2.Oid:
    """The last commit's tree with the files as they are now, whatever else is staged."""
    index = pygit2.Index()
    if head is not None:
        index.read_tree(head.tree)
    _put_in(index, repository, paths)
    return index.write_tree(repository)


def _put_in(index: pygit2.Index, repository: pygit2.Repository, paths: Mapping[str, Path]) -> None:
    for name, path in paths.items():
        if path.exists():
            mode = FileMode.BLOB_EXECUTABLE if path.stat().st_mode & _EXECUTABLE else FileMode.BLOB
            index.add(pygit2.IndexEntry(name, repository.create_blob_fromworkdir(name), mode))
        elif name in index:
            index.remove(name)


def _part(goals: Path, name: str, before: str | None, after: str | None) -> str:
    """One file's change, with the line ends that the file has."""
    there, shown = body_of(goals, name), _within(goals, name)
    old, new = (None if text is None else bytes_of(text, there) for text in (before, after))
    made = pygit2.Patch.create_from(old, new, old_as_path=shown, new_as_path=shown)
    return made.text or ""


def _within(goals: Path, name: str) -> str:
    """The file's path as git calls it; where there is no work tree, its name."""
    repository = _repository(goals)
    return name if repository is None else _path_in(repository, path_of(goals, name))


def _path_in(repository: pygit2.Repository, path: Path) -> str:
    return path.resolve().relative_to(Path(repository.workdir).resolve()).as_posix()


def _line(words: str) -> str:
    """Words that cannot begin another line of a mail's head."""
    return " ".join(words.split())
