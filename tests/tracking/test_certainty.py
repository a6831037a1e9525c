"""How sure a verdict is: what weakens it is named, and nothing is claimed of what is not judged."""

from datetime import date

from tracking.assessment import assess
from tracking.catalogue import load_catalogue
from tracking.certainty import Certainty, certainty

CATALOGUE = load_catalogue()
DAY = date(2026, 11, 23)


def test_every_shipped_target_has_its_word_if_it_is_judged_and_none_if_not() -> None:
    for indicator_id, _, target in CATALOGUE.targets():
        a, found = assess(CATALOGUE, indicator_id, target, DAY), certainty(CATALOGUE, indicator_id, target, DAY)
        assert bool(found) is a.is_judged
        assert not (Certainty.FINAL in found and not a.final)
        assert (Certainty.PROVISIONAL in found) is (a.is_judged and "provisional" in a.cautions)


def test_a_verdict_that_a_revision_would_turn_is_borderline() -> None:
    (target,) = [t for t in CATALOGUE.indicators["robot-density"].targets if t.adopted.end <= date(2024, 12, 31)]
    assert Certainty.BORDERLINE in certainty(CATALOGUE, "robot-density", target, date(2024, 12, 31))
