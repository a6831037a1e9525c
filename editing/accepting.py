"""From drafts that a curator accepted to edits that can be saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from editing.opening import opened
from editing.refusal import Refused
from editing.saving import Edit
from tracking.drafting.drafts import with_target

_NONE: Mapping[str, Edit] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Accepted:
    """A draft as the curator left it: `yaml` is a target for the list of the file `name`, or the whole new file."""

    name: str
    yaml: str
    is_target: bool


def edits_of(goals: Path, accepted: Iterable[Accepted], begun: Mapping[str, Edit] = _NONE) -> tuple[Edit, ...]:
    """The files with all that was accepted; several targets of one indicator are one edit.

    `begun`: what is being changed already, and nobody has saved yet; what is accepted is added to that.

    Raises Refused for a new file that is there already, for one that is named twice, and for names that are none.
    """
    edits: dict[str, Edit] = {}
    for one in accepted:
        before = edits.get(one.name) or begun.get(one.name)
        file = before.opened if before else opened(goals, one.name)
        if not one.is_target:
            if before or not file.is_new:
                raise Refused("taken", name=one.name)
            edits[one.name] = Edit(file, one.yaml)
            continue
        try:
            edits[one.name] = Edit(file, with_target((before.text or "") if before else file.text, one.yaml))
        except ValueError:
            raise Refused("no-targets", name=one.name) from None
    return tuple(edits.values())
