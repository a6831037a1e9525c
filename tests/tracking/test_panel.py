"""All methods side by side: the same rules as the default verdict, each with its arithmetic."""

from collections.abc import Mapping
from datetime import date

import pytest

from tests.conftest import Folder
from tests.tracking.test_assessment import figure as published
from tests.tracking.test_assessment import judge
from tracking.__main__ import main
from tracking.assessment import assess
from tracking.catalogue import Catalogue
from tracking.explain import agreement, explanation
from tracking.methods import METHODS
from tracking.methods.method import Why
from tracking.model import LANGUAGES, METHOD_NAMES, Assessment, Reason, Standing
from tracking.panel import Line, Panel, panels
from tracking.sentences import sentence

CANONICAL = "form: level, bound: at most, value: 7.25, for: 2030, baseline: {period: 2015, value: 14.5, check: read}"
MID_2024 = date(2024, 6, 1)


def canonical(folder: Folder) -> tuple[Catalogue, Panel]:
    """14.5 in 2015, 10.4 in 2023, 7.25 wanted in 2030."""
    judge(folder, [published("2015", "14.5"), published("2023", "10.4")], CANONICAL, MID_2024, direction="lower")
    catalogue = folder.load()
    key = ("things", catalogue.indicators["things"].targets[0].key)
    return catalogue, panels(catalogue, MID_2024, [key])[key]


def lines(panel: Panel) -> Mapping[str, Line]:
    return {line.method.name: line for line in panel.lines}


def test_the_names_a_target_may_name_are_the_methods_there_are() -> None:
    assert set(METHOD_NAMES) == set(METHODS)


def test_the_methods_disagree_on_the_canonical_case(folder: Folder) -> None:
    _, panel = canonical(folder)
    by = lines(panel)
    ratios = {
        "pro-rata": 1.0603448275862066, "statcan-2025": 0.9010899546976208, "eurostat-2021": 0.9010899546976208,
        "un-2022": 0.9010899546976208, "un-2023": 0.9274871539562839,
    }  # fmt: skip
    for name, ratio in ratios.items():
        assert by[name].ratio == pytest.approx(ratio, abs=1e-9)
    assert (by["pro-rata"].standing, by["statcan-2025"].standing) == (Standing.ON_TRACK, Standing.BEHIND)
    assert by["statcan-2025"].score == pytest.approx(2.1506954374096354, abs=1e-9)
    assert by["destatis-2022"].reason is Why.TOO_FEW_POINTS
    assert panel.counts == {Standing.ON_TRACK: 1, Standing.BEHIND: 5}


def test_a_line_carries_what_went_in_and_the_numbers_between(folder: Folder) -> None:
    line = lines(canonical(folder)[1])["pro-rata"]
    assert line.inputs == {"d": -1, "target": 7.25, "due": 2030, "v0": 14.5, "t0": 2015, "v": 10.4, "t": 2023}
    assert line.steps["required"] == pytest.approx(14.5 - 7.25 * 8 / 15)
    assert (line.baseline_period, line.period) == ("2015-12", "2023-12")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_agreement_is_counted_in_words(folder: Folder, language: str) -> None:
    said = agreement(canonical(folder)[1], language)
    expected = {"en": "Of 6 methods that apply: 5 behind, 1 on track.",
                "zh": "适用的6种方法中，5种判滞后，1种判进展正常。"}  # fmt: skip
    assert said == expected[language]


@pytest.mark.parametrize("day", [date(2022, 6, 30), date(2024, 6, 30), date(2026, 11, 23)])
def test_the_default_verdict_and_our_line_of_the_panel_are_one(shipped: Catalogue, day: date) -> None:
    judged = {
        key: (a.standing, lines(panel)["pro-rata"].standing)
        for key, panel in panels(shipped, day).items()
        if (a := _verdict(shipped, key, day)).is_judged
    }
    assert judged
    assert {key: both for key, both in judged.items() if both[0] is not both[1]} == {}


def _verdict(catalogue: Catalogue, key: tuple[str, str], day: date) -> Assessment:
    target = next(t for t in catalogue.indicators[key[0]].targets if t.key == key[1])
    return assess(catalogue, key[0], target, day)


def test_nothing_is_judged_by_any_method_that_may_not_be_judged(shipped: Catalogue, gathered: date) -> None:
    never = {Reason.NO_NUMBER, Reason.FORECAST, Reason.SUPERSEDED, Reason.TARGET_UNCHECKED}
    judged = [key for key, panel in panels(shipped, gathered).items() if panel.applying]
    assert [key for key in judged if _verdict(shipped, key, gathered).reason in never] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_target_may_name_its_method(folder: Folder, language: str) -> None:
    figures = [published("2015", "14.5"), published("2023", "10.4")]
    a = judge(folder, figures, f"{CANONICAL}, method: statcan-2025", MID_2024, direction="lower")
    assert (a.standing, a.numbers["outcome"], a.final) == (Standing.BEHIND, "moderate_progress", False)
    catalogue = folder.load()
    said = sentence(catalogue, "things", catalogue.indicators["things"].targets[0], a, language)
    assert {"en": "moderate progress", "zh": "进展适中"}[language] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_named_method_that_does_not_apply_is_a_refusal_and_no_other_method_steps_in(
    folder: Folder, language: str
) -> None:
    figures = [published("2015", "14.5"), published("2023", "10.4")]
    a = judge(folder, figures, f"{CANONICAL}, method: destatis-2022", MID_2024, direction="lower")
    assert (a.standing, a.reason) == (Standing.NOT_JUDGED, Reason.METHOD)
    catalogue = folder.load()
    said = sentence(catalogue, "things", catalogue.indicators["things"].targets[0], a, language)
    assert {"en": "too few figures", "zh": "数据太少"}[language] in said


def test_figures_on_two_sides_of_a_break_are_not_compared(folder: Folder) -> None:
    folder.edit("goals/indicators/things.yaml", "breaks: []",
                "breaks: [{period: 2020, reason: {zh: 新, en: New}}]")  # fmt: skip
    _, panel = canonical(folder)
    assert {line.reason for line in panel.lines} == {Why.BREAK}


def test_published_yearly_rates_are_chained_and_called_our_product(shipped: Catalogue, gathered: date) -> None:
    chains = {key: p for key, p in panels(shipped, gathered).items() if p.is_product and p.applying}
    assert chains
    growth = next(p for key, p in chains.items() if key[0] == "rd-expenditure" or "growth" in key[0])
    assert growth.lines[0].baseline is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_with_targets_can_be_explained(shipped: Catalogue, gathered: date, language: str) -> None:
    explained = [
        explanation(shipped, goal_id, link.id, gathered, language)
        for goal_id, goal in list(shipped.goals.items())[:2]
        for link in goal.indicators
        if shipped.indicators[link.id].targets
    ]
    assert explained and all(text.count("\n") > 3 for text in explained)


def test_explain_lays_a_verdict_open_from_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "cyber-power", "5g-stations-per-10k", "--as-of", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    assert (
        "34.4 − 26 = +8.4" in out and "Statistics Canada, 2025" in out and "All 7 methods that apply say: Met." in out
    )


@pytest.mark.parametrize(
    ("goal", "indicator", "meant"),
    [("cyber-powr", "x", "cyber-power"), ("cyber-power", "5g-stations-per-10", "5g-stations-per-10k")],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str], goal: str, indicator: str, meant: str
) -> None:
    assert main(["explain", goal, indicator]) == 2
    assert meant in capsys.readouterr().err
