"""How far a verdict can be leaned on, in a word: what the model knows of it beside the standing."""

from datetime import date
from enum import StrEnum

from tracking.assessment import assess
from tracking.catalogue import Catalogue
from tracking.fragility import is_borderline
from tracking.model import Target


class Certainty(StrEnum):
    """The most serious first."""

    BORDERLINE = "borderline"
    BASELINE_UNCHECKED = "baseline unchecked"
    PROVISIONAL = "provisional"
    BOUND = "bound"
    RUNNING = "running"
    FINAL = "final"


def certainty(catalogue: Catalogue, indicator_id: str, target: Target, as_of: date) -> tuple[Certainty, ...]:
    """All that weakens a verdict; if nothing does, whether it is final. Empty for a target that is not judged."""
    a = assess(catalogue, indicator_id, target, as_of)
    if not a.is_judged:
        return ()
    holds = {
        Certainty.BORDERLINE: is_borderline(catalogue, indicator_id, target, as_of),
        Certainty.BASELINE_UNCHECKED: "baseline-unchecked" in a.cautions,
        Certainty.PROVISIONAL: "provisional" in a.cautions,
        Certainty.BOUND: "lower-bound" in a.cautions,
    }
    weak = tuple(c for c, so in holds.items() if so)
    return weak or (Certainty.FINAL if a.final else Certainty.RUNNING,)
