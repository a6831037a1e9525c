"""From drafts that a curator accepted to edits that can be saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from editing.opening import opened
from editing.refusal import Refused
from editing.saving import Edit
from tracking.drafting.drafts import with_target


@dataclass(frozen=True, slots=True)
class Accepted:
    """A draft as the curator left it: `yaml` is a target for the list of the file `name`, or the whole new file."""

    name: str
    yaml: str
    is_target: bool


def edits_of(goals: Path, accepted: Iterable[Accepted]) -> tuple[Edit, ...]:
    """The files with all that was accepted; several targets of one indicator are one edit.

    Raises Refused for a new file that is there already, for one that is named twice, and for names that are none.
    """
    edits: dict[str, Edit] = {}
    for one in accepted:
        begun = edits.get(one.name)
        file = begun.opened if begun else opened(goals, one.name)
        if not one.is_target:
            if begun or not file.is_new:
                raise Refused("taken", name=one.name)
            edits[one.name] = Edit(file, one.yaml)
            continue
        try:
            edits[one.name] = Edit(file, with_target((begun.text or "") if begun else file.text, one.yaml))
        except ValueError:
            raise Refused("no-targets", name=one.name) from None
    return tuple(edits.values())
