"""How far a verdict can be leaned on, in a word: what the model knows of it beside the standing."""

from enum import StrEnum

from tracking.fragility import Fragility, Ground
from tracking.model import Assessment


class Certainty(StrEnum):
    """The most serious first."""

    BORDERLINE = "borderline"
    TARGET_UNCHECKED = "target unchecked"
    BASELINE_UNCHECKED = "baseline unchecked"
    PROVISIONAL = "provisional"
    BOUND = "bound"
    RUNNING = "running"
    FINAL = "final"


def certainty(a: Assessment, fragile: Fragility | None) -> tuple[Certainty, ...]:
    """All that weakens a verdict; if nothing does, whether it is final. Empty for a target that is not judged."""
    if not a.is_judged:
        return ()
    grounds = fragile.recalled if fragile else ()
    holds = {
        Certainty.BORDERLINE: fragile is not None and fragile.borderline,
        Certainty.TARGET_UNCHECKED: Ground.TARGET in grounds,
        Certainty.BASELINE_UNCHECKED: Ground.BASELINE in grounds or "baseline-unchecked" in a.cautions,
        Certainty.PROVISIONAL: "provisional" in a.cautions,
        Certainty.BOUND: "lower-bound" in a.cautions,
    }
    weak = tuple(c for c, so in holds.items() if so)
    return weak or (Certainty.FINAL if a.final else Certainty.RUNNING,)
