"""The only place where the name of a file becomes a path: inside the folders of goals and of figures, or nowhere.

A name is one that the catalogue would read: `goals/<id>.yaml`, `goals/indicators/<id>.yaml`, `figures/<id>.csv`.
So there is no `..`, no absolute path, no hidden file and no other kind of file to be careful about; links are refused.
"""

import re
from pathlib import Path

from editing.refusal import Refused

SHARED = ("goals/catalogue.yaml", "goals/documents.yaml", "goals/publishers.yaml", "goals/units.yaml")
LONGEST = 80  # characters of an id, as the model has it
_NAME = re.compile(r"(goals/|goals/indicators/|figures/)([a-z0-9]+(?:-[a-z0-9]+)*)\.(yaml|csv)", re.ASCII)
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.ASCII)  # to Windows they are no files, whatever follows


def folders(goals: Path) -> dict[str, Path]:
    """The folders in which files are written, by what their names begin with."""
    return {"goals/": goals, "goals/indicators/": goals / "indicators", "figures/": goals.parent / "figures"}


def goal_file(goal_id: str) -> str:
    return f"goals/{goal_id}.yaml"


def indicator_file(indicator_id: str) -> str:
    return f"goals/indicators/{indicator_id}.yaml"


def figures_file(key: str) -> str:
    return f"figures/{key}.csv"


def path_of(goals: Path, name: str) -> Path:
    """Where this file is, or would be. Raises Refused for any name that is not one of the catalogue's."""
    found = _NAME.fullmatch(name)
    if found is None or len(found[2]) > LONGEST or (found[1] == "figures/") is not (found[3] == "csv"):
        raise Refused("name", name=name[:200])
    if _DEVICES.fullmatch(found[2]):
        raise Refused("device", name=name)
    folder = folders(goals)[found[1]]
    path = folder / f"{found[2]}.{found[3]}"
    if (folder != goals and folder.is_symlink()) or path.is_symlink():
        raise Refused("link", name=name)
    if path.exists() and not path.is_file():
        raise Refused("no-file", name=name)
    return path


def names(goals: Path) -> tuple[str, ...]:
    """Every file that can be opened: those that are shared, then goals, indicators and figures, each in order."""
    found = [
        f"{begin}{path.name}"
        for begin, folder in folders(goals).items()
        for path in (sorted(folder.iterdir()) if folder.is_dir() else ())
        if path.is_file() and not path.is_symlink()
    ]
    known = [name for name in found if _NAME.fullmatch(name)]
    return (*(n for n in SHARED if n in known), *(n for n in known if n not in SHARED))


def name_of(goals: Path, file: str) -> str | None:
    """The name of the file that a Problem tells of; None where it is none of the catalogue's."""
    path = Path(file).absolute()
    for begin, folder in folders(goals).items():
        name = f"{begin}{path.name}"
        if path.parent.resolve() == folder.resolve() and _NAME.fullmatch(name):
            return name
    return None
