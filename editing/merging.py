"""Two changes to one text, brought together where they touch different lines; git's own merge, line by line.

By libgit2 rather than by the git program, which a server need not have. It is under the GPL with an exception that
lets any program use it unchanged. Lines that lie next to each other count as one place, so that what comes out was
meant by both; and it is checked as a whole catalogue afterwards.
"""

import tempfile

import pygit2
from pygit2.enums import FileMode

_NAME = "text"  # of the file, to git


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Mine with their changes to the base; None where both changed the same place. OSError where nothing is free."""
    with tempfile.TemporaryDirectory() as folder:
        repository = pygit2.init_repository(folder, bare=True)
        base_, mine_, theirs_ = (
            pygit2.IndexEntry(_NAME, repository.create_blob(text.encode()), FileMode.BLOB)
            for text in (base, mine, theirs)
        )
        found = repository.merge_file_from_index(base_, mine_, theirs_, use_deprecated=False)
        return found.contents if found is not None and found.automergeable else None
