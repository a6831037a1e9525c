"""A verdict's history: every day on which it changed, with its true cause; and nothing known too early."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import FILES, Folder
from tests.tracking.test_assessment import FIGURES, HEAD, THINGS, figure
from tracking.__main__ import main
from tracking.assessment import assess
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue, load_catalogue
from tracking.history import Cause, Change, cause_sentence, changes_between, substance, verdict_history
from tracking.model import LANGUAGES, Reason, Standing, Target
from tracking.period import parse_period
from tracking.status import judge_all
from tracking.supposing import with_targets

UNTIL = date(2026, 11, 23)
SECOND = """\
  - {form: level, bound: at least, value: 40, for: 2025, adopted: 2023-03, document: plan, nature: expected,
     check: read, id: raised, supersedes: 2025-plan}
"""


def catalogue(folder: Folder, figures: Sequence[str], more: str = "") -> Catalogue:
    """The small catalogue with these figures, and with more targets after its own."""
    (folder.root / FIGURES).write_text(HEAD + "".join(figures), encoding="utf-8")
    if more:
        folder.edit(THINGS, "breaks:", f"{more}breaks:")
    return folder.load()


def history(c: Catalogue, until: date = UNTIL, n: int = 0) -> tuple[Change, ...]:
    return verdict_history(c, "things", c.indicators["things"].targets[n], until)


def on(changes: Sequence[Change], day: date) -> Change:
    return next(c for c in changes if c.day == day)


# the World Bank's share of manufacturing in China's GDP in 2021, in three vintages with their days
SHARE_2021 = [
    ",2021,27.4377296172138,,,2022-09-16,plan,read,,,\n",
    ",2021,27.5470599965056,,,2024-06,plan,read,,,\n",
    ",2021,26.621932558827,,,2026-08,plan,read,,,\n",
]


def share_target(wanted: float) -> Target:
    fields = {"form": "level", "bound": "at least", "value": wanted, "for": parse_period("2021")}
    rest = {"adopted": parse_period("2020-06-01"), "document": "plan", "nature": "expected", "check": "read"}
    return Target.model_validate(fields | rest)


@pytest.fixture
def shares(folder: Folder) -> Catalogue:
    folder.edit(THINGS, "unit: things", 'unit: "%"')
    folder.edit(THINGS, "high: 1000", "high: 100")
    folder.edit(THINGS, "accumulation: end of period", "accumulation: period")
    return with_targets(catalogue(folder, SHARE_2021), "things", [share_target(27)])


def test_a_revision_turns_a_verdict_and_is_named_with_both_values_and_its_size(shares: Catalogue) -> None:
    changes = [c for c in history(shares) if c.turns]
    assert [(c.day, c.assessment.standing) for c in changes[-2:]] == [
        (date(2022, 9, 16), Standing.MET),
        (date(2026, 8, 31), Standing.MISSED),
    ]
    (event,) = changes[-1].events
    assert event.cause is Cause.REVISION
    assert event.old is not None and event.new is not None
    assert (round(event.old.value, 2), round(event.new.value, 2)) == (27.55, 26.62)
    assert event.size == pytest.approx(26.621932558827 - 27.5470599965056)
    assert (event.old.published.text, event.new.published.text) == ("2024-06", "2026-08")


def test_a_revision_that_turns_nothing_is_still_told(shares: Catalogue) -> None:
    change = on(history(shares), date(2024, 6, 30))
    assert (change.causes, change.turns) == ((Cause.REVISION,), False)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("27.55%", "26.62%", "Jun 2024", "Aug 2026", "0.93 percentage points lower")),
        ("zh", ("27.55%", "26.62%", "2024年6月", "2026年8月", "下调0.93个百分点")),
    ],
)
def test_the_sentence_of_a_revision_names_old_new_size_and_both_days(
    shares: Catalogue, language: str, words: tuple[str, ...]
) -> None:
    said = cause_sentence(shares, "things", history(shares)[-2], language)
    assert [w for w in words if w not in said] == []


def test_the_shipped_vintages_tell_the_same_history(shipped: Catalogue) -> None:
    target = share_target(26.8).model_copy(update={"document": shipped.card.document})
    c = with_targets(shipped, "wdi-manufacturing-share", [target])
    revised = [x for x in verdict_history(c, "wdi-manufacturing-share", target, UNTIL) if Cause.REVISION in x.causes]
    sizes = [round(e.new.value, 2) for x in revised for e in x.events if e.new and e.new.period.text == "2021"]
    assert sizes == [27.55, 26.97, 26.62]
    assert [x.assessment.standing for x in revised] == [Standing.MET, Standing.MET, Standing.MISSED]


def test_the_first_entry_is_the_adoption_and_the_last_the_day_asked_for(folder: Folder) -> None:
    changes = history(catalogue(folder, [figure("2021", "12")]))
    assert (changes[0].day, changes[0].causes, changes[0].before) == (date(2020, 6, 1), (Cause.ADOPTED,), None)
    assert changes[-1].day == UNTIL


def test_every_year_end_since_adoption_has_its_entry(folder: Folder) -> None:
    days = [c.day for c in history(catalogue(folder, [figure("2021", "12")]))]
    assert [d for d in days if (d.month, d.day) == (12, 31)] == [date(y, 12, 31) for y in range(2020, 2026)]


def test_a_year_end_without_news_is_unchanged(folder: Folder) -> None:
    changes = history(catalogue(folder, [figure("2021", "12"), figure("2022", "20")]))
    assert on(changes, date(2022, 12, 31)).causes == (Cause.UNCHANGED,)


def test_a_publication_that_a_verdict_does_not_rest_on_has_no_entry(folder: Folder) -> None:
    figures = [figure("2020", "10"), figure("2021", "12"), figure("2022", "20"), figure("2019", "9", "2023-06-01")]
    assert date(2023, 6, 1) not in [c.day for c in history(catalogue(folder, figures))]


def test_the_same_figure_published_again_is_no_revision(folder: Folder) -> None:
    figures = [figure("2020", "10"), figure("2022", "20"), figure("2022", "20.0", "2023-06-01")]
    assert date(2023, 6, 1) not in [c.day for c in history(catalogue(folder, figures))]


def test_a_bulk_revision_names_only_what_moved_the_verdict(folder: Folder) -> None:
    figures = [figure(str(y), v) for y, v in ((2018, "8"), (2019, "9"), (2025, "31"))]
    again = [figure(str(y), v, "2026-06-01") for y, v in ((2018, "8.5"), (2019, "9.5"), (2025, "29"))]
    change = on(history(catalogue(folder, figures + again)), date(2026, 6, 1))
    assert [e.new.period.text for e in change.events if e.new] == ["2025"]


def test_the_calendar_alone_is_a_cause_on_the_day_after_the_due_period(folder: Folder) -> None:
    change = on(history(catalogue(folder, [figure("2021", "12"), figure("2023", "20")])), date(2026, 1, 1))
    assert change.causes == (Cause.TIME,)
    assert change.assessment.reason is Reason.DUE_FIGURE_MISSING


def test_a_figure_grows_too_old_on_a_day_of_its_own(folder: Folder) -> None:
    folder.edit(THINGS, "for: 2025", "for: 2030")
    changes = history(catalogue(folder, [figure("2020", "10"), figure("2021-06", "14")]))
    old = next(c for c in changes if c.assessment.reason is Reason.TOO_OLD)
    assert (old.day, old.causes) == (date(2024, 6, 30), (Cause.TIME,))
    assert assess(folder.load(), "things", old.target, date(2024, 6, 29)).is_judged


def test_several_causes_on_one_day_are_all_named(folder: Folder) -> None:
    figures = [
        figure("2020", "12", "2021-01-31"), figure("2022", "17", "2023-01-31"),
        figure("2020", "10", "2024-01-31"), figure("2023", "20", "2024-01-31"),
    ]  # fmt: skip
    folder.edit(THINGS, "baseline: {period: 2020, value: 10, check: read}", "baseline: {period: 2020, check: read}")
    change = on(history(catalogue(folder, figures)), date(2024, 1, 31))
    assert set(change.causes) == {Cause.NEW_FIGURE, Cause.REVISION}


LEVEL = "form: level\n    bound: at least\n    value: 30"
CHANGE = "form: cumulative change\n    bound: at least\n    value: 15"


def periods(before: Catalogue, after: Catalogue) -> list[str]:
    """The periods of the figures that the one difference of two catalogues is laid to."""
    (difference,) = changes_between(before, after, UNTIL, UNTIL)
    return [e.new.period.text for e in difference.events if e.new]


def test_figures_that_decide_only_together_are_named_and_no_other(folder: Folder) -> None:
    folder.edit(THINGS, "unit: things", 'unit: "% growth"')
    folder.edit(THINGS, LEVEL, CHANGE)
    first = [figure(str(y), "4") for y in (2021, 2022, 2023)]
    before = catalogue(folder, [figure("2010", "1"), *first])
    after = catalogue(folder, [figure("2010", "2"), *first, figure("2024", "4"), figure("2025", "4")])
    assert periods(before, after) == ["2025", "2024"]


def test_figures_each_of_which_would_do_are_named_and_no_other(folder: Folder) -> None:
    before = catalogue(folder, [figure("2010", "1")])
    after = catalogue(folder, [figure("2010", "2"), figure("2025", "31"), figure("2025-12", "32")])
    assert set(periods(before, after)) == {"2025", "2025-12"}


def test_where_no_figure_decides_and_none_is_needed_all_are_named(folder: Folder) -> None:
    folder.edit(THINGS, "unit: things", 'unit: "% growth"')
    folder.edit(THINGS, LEVEL, CHANGE)
    first = [figure(str(y), "4") for y in (2021, 2022, 2023)]
    twice = [figure(p, "4") for p in ("2024", "2024-12", "2025", "2025-12")]
    assert len(periods(catalogue(folder, first), catalogue(folder, [*first, *twice]))) == 4


def test_a_day_of_which_only_the_month_is_known_counts_from_its_end(folder: Folder) -> None:
    c = catalogue(folder, [figure("2021", "18", "2022-01")], SECOND)
    assert on(history(c), date(2022, 1, 31)).causes == (Cause.NEW_FIGURE,)
    assert history(c, date(2023, 3, 30), n=1) == ()
    assert history(c, n=1)[0].day == date(2023, 3, 31)


def test_a_later_target_ends_the_earlier_one_and_says_so(folder: Folder) -> None:
    c = catalogue(folder, [figure("2021", "18")], SECOND)
    change = on(history(c), date(2023, 3, 31))
    assert (change.causes, change.assessment.reason) == ((Cause.TARGET,), Reason.SUPERSEDED)
    assert change.events[0].now is not None and change.events[0].now.key == "raised"
    first = history(c, n=1)[0]
    assert first.events[0].was is not None and first.events[0].was.key == "2025-plan"
    assert "at least 40" in cause_sentence(c, "things", change, "en")


def test_an_early_success_becomes_final_when_its_period_is_over(folder: Folder) -> None:
    change = on(history(catalogue(folder, [figure("2024", "31")])), date(2026, 1, 1))
    assert (change.causes, change.turns, change.assessment.final) == ((Cause.TIME,), False, True)


class ByMethod(Target):
    """A target that names its method."""

    method: str | None = None


def by_method(target: Target, method: str | None, **edits: object) -> Target:
    return ByMethod.model_validate(dict(target.model_copy(update=edits)) | {"method": method})


def test_another_method_of_a_later_version_is_named(folder: Folder) -> None:
    c = catalogue(folder, [figure("2021", "18")], SECOND)
    first, raised = c.indicators["things"].targets
    c = with_targets(c, "things", [by_method(first, "pro-rata"), by_method(raised, "statcan-2025")])
    replaced = on(history(c), date(2023, 3, 31))
    assert replaced.causes == (Cause.TARGET, Cause.METHOD)
    assert "from pro-rata to statcan-2025" in cause_sentence(c, "things", replaced, "en")
    assert history(c, n=1)[0].causes == (Cause.ADOPTED, Cause.METHOD)


def test_another_method_of_an_edited_target_is_named(folder: Folder) -> None:
    c = catalogue(folder, [figure("2025", "31")])
    (target,) = c.indicators["things"].targets
    before = with_targets(c, "things", [by_method(target, None)])
    after = with_targets(c, "things", [by_method(target, "statcan-2025", value=40)])
    (difference,) = changes_between(before, after, UNTIL, UNTIL)
    assert difference.causes == (Cause.TARGET, Cause.METHOD)
    assert "通用规则改为statcan-2025" in cause_sentence(c, "things", difference, "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_of_the_shipped_histories_has_a_sentence(shipped: Catalogue, language: str) -> None:
    for indicator_id, _, target in shipped.targets():
        for change in verdict_history(shipped, indicator_id, target, UNTIL):
            assert "{" not in cause_sentence(shipped, indicator_id, change, language)


def test_a_history_ends_where_the_verdict_of_today_stands(shipped: Catalogue) -> None:
    for indicator_id, _, target in shipped.targets():
        changes = verdict_history(shipped, indicator_id, target, UNTIL)
        if changes:
            assert substance(changes[-1].assessment) == substance(assess(shipped, indicator_id, target, UNTIL))


def test_no_turn_of_a_shipped_verdict_is_left_out(shipped: Catalogue) -> None:
    # looked at on the first of each month, a verdict is that of the newest entry of its history
    target = next(t for t in shipped.indicators["5g-stations-per-10k"].targets if t.value == 26)
    changes = verdict_history(shipped, "5g-stations-per-10k", target, UNTIL)
    for day in (date(y, m, 1) for y in range(2022, 2026) for m in range(1, 13)):
        newest = max((c for c in changes if c.day <= day), key=lambda c: c.day)
        now = assess(shipped, "5g-stations-per-10k", target, day)
        assert substance(now) == substance(newest.assessment)


# Between two catalogues


def test_equal_catalogues_on_one_day_do_not_differ(folder: Folder) -> None:
    c = catalogue(folder, [figure("2025", "31")])
    assert changes_between(c, c, UNTIL, UNTIL) == ()


@pytest.mark.parametrize(
    ("old", "new", "causes"),
    [
        ([figure("2024", "20")], [figure("2024", "20"), figure("2025", "31")], (Cause.NEW_FIGURE,)),
        ([figure("2025", "31")], [figure("2025", "29")], (Cause.REVISION,)),
        ([figure("2025", "31")], [figure("2025", "31"), figure("2025", "29", "2026-05")], (Cause.REVISION,)),
        ([figure("2025", "31", check="recalled")], [figure("2025", "31")], (Cause.NEW_FIGURE,)),
        ([figure("2025", "31"), figure("2024", "20")], [figure("2024", "20")], (Cause.REVISION,)),
    ],
)
def test_a_changed_figure_between_catalogues_is_named(
    folder: Folder, old: list[str], new: list[str], causes: tuple[Cause, ...]
) -> None:
    before, after = catalogue(folder, old), catalogue(folder, new)
    (difference,) = changes_between(before, after, UNTIL, UNTIL)
    assert difference.causes == causes
    assert all(cause_sentence(after, "things", difference, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("old", "new", "cause", "said"),
    [
        ("value: 30", "value: 32", Cause.TARGET, "“at least 30 by 2025” to “at least 32 by 2025”"),
        ("check: read\nbreaks", "check: recalled\nbreaks", Cause.TARGET, "changed: check"),
        (
            "breaks: []",
            "breaks: [{period: 2024, reason: {zh: 断, en: Break}}]",
            Cause.INDICATOR,
            "indicator’s entry changed: breaks",
        ),
    ],
)
def test_an_edited_entry_is_named(folder: Folder, old: str, new: str, cause: Cause, said: str) -> None:
    before = catalogue(folder, [figure("2025", "31")])
    folder.edit(THINGS, old, new)
    (difference,) = changes_between(before, folder.load(), UNTIL, UNTIL)
    assert difference.causes == (cause,)
    assert said in cause_sentence(before, "things", difference, "en")


def test_an_edit_beside_a_figure_that_alone_decides_is_not_blamed(folder: Folder) -> None:
    before = catalogue(folder, [figure("2025", "31")])
    folder.edit(THINGS, "value: 30", "value: 30.5")
    after = catalogue(folder, [figure("2025", "29")])
    (difference,) = changes_between(before, after, UNTIL, UNTIL)
    assert difference.causes == (Cause.REVISION,)


def test_another_unit_of_the_indicator_is_named_and_mixes_with_nothing(folder: Folder) -> None:
    folder.edit(THINGS, "value: 30\n", "value: 0.003\n    unit: 10,000 things\n")
    before = catalogue(folder, [figure("2025", "31")])
    folder.edit(THINGS, "value: 0.003\n    unit: 10,000 things\n", "value: 30\n")
    folder.edit(THINGS, "unit: things", 'unit: "%"')
    after = catalogue(folder, [figure("2025", "29")])
    (difference,) = changes_between(before, after, UNTIL, UNTIL)
    assert Cause.REVISION in difference.causes


def test_targets_that_come_and_go_are_told(folder: Folder) -> None:
    before = catalogue(folder, [figure("2025", "31")])
    after = catalogue(folder, [figure("2025", "31")], SECOND.replace(", supersedes: 2025-plan", ""))
    (added,) = changes_between(before, after, UNTIL, UNTIL)
    assert (added.before, added.after and added.after.standing) == (None, Standing.MISSED)
    (removed,) = changes_between(after, before, UNTIL, UNTIL)
    assert (removed.causes, removed.after) == ((Cause.TARGET,), None)
    (adopted,) = changes_between(after, after, date(2023, 3, 1), date(2023, 4, 1))
    assert adopted.causes == (Cause.ADOPTED,)


def test_time_is_blamed_only_where_it_alone_makes_the_difference(folder: Folder) -> None:
    c = catalogue(folder, [figure("2021", "12"), figure("2023", "25"), figure("2025", "29")])
    (waited,) = changes_between(c, c, date(2025, 6, 1), date(2026, 1, 15))
    assert waited.causes == (Cause.TIME,)
    (settled,) = changes_between(c, c, date(2025, 6, 1), UNTIL)
    assert settled.causes == (Cause.NEW_FIGURE,)


def test_days_that_run_backwards_are_refused(folder: Folder) -> None:
    c = catalogue(folder, [])
    with pytest.raises(ValueError, match="the second day is the earlier one"):
        changes_between(c, c, UNTIL, date(2020, 1, 1))


def test_differences_are_exactly_the_verdicts_that_differ(shipped: Catalogue) -> None:
    then, now = date(2024, 12, 31), UNTIL
    old, new = ({j.key: j.assessment for f in judge_all(shipped, d).values() for j in f} for d in (then, now))
    expected = {
        key
        for key in {*old, *new}
        if key not in old or key not in new
        or (old[key].standing, old[key].reason) != (new[key].standing, new[key].reason)
    }  # fmt: skip
    found = changes_between(shipped, shipped, then, now)
    assert {(d.indicator_id, d.target.key) for d in found} == expected
    assert all(d.causes and Cause.UNCHANGED not in d.causes for d in found)


# As known on a day


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("small")
    for name, text in FILES.items():
        path: Path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("breaks:", f"{SECOND}breaks:"), encoding="utf-8")
    return load_catalogue(root / "goals")


DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
PERIODS = st.sampled_from([text for y in range(2019, 2026) for text in (f"{y}", f"{y}-03", f"{y}-09")])
VINTAGES = st.lists(st.tuples(PERIODS, st.integers(0, 60), DAYS), max_size=8)


def with_vintages(c: Catalogue, vintages: list[tuple[str, int, date]]) -> Catalogue:
    model = c.main_series("things").observations[0]
    observations = [
        replace(model, period=parse_period(p), value=float(v), published=parse_period(d.isoformat()))
        for p, v, d in vintages
    ]
    series = replace(
        c.main_series("things"), observations=tuple(sorted(observations, key=lambda o: (o.period, o.published)))
    )
    return replace(c, figures=MappingProxyType({"things": {"XXA": series}}))


@given(vintages=VINTAGES, day=DAYS)
def test_what_comes_after_the_day_never_changes_an_assessment(
    small: Catalogue, vintages: list[tuple[str, int, date]], day: date
) -> None:
    whole = with_vintages(small, vintages)
    early = with_vintages(small, [v for v in vintages if v[2] <= day])
    early = with_targets(early, "things", adopted_targets(small.indicators["things"], day))
    for target in adopted_targets(small.indicators["things"], day):
        assert assess(whole, "things", target, day) == assess(early, "things", target, day)
        assert verdict_history(whole, "things", target, day) == verdict_history(early, "things", target, day)


@given(vintages=VINTAGES, day=DAYS)
def test_a_history_misses_no_turn(small: Catalogue, vintages: list[tuple[str, int, date]], day: date) -> None:
    c = with_vintages(small, vintages)
    target = c.indicators["things"].targets[0]
    if target.adopted.end <= day:
        newest = max((x for x in verdict_history(c, "things", target, UNTIL) if x.day <= day), key=lambda x: x.day)
        now = assess(c, "things", target, day)
        assert (now.standing, now.reason) == (newest.assessment.standing, newest.assessment.reason)


# From the shell


def test_the_shell_tells_the_history_of_a_goal_and_of_one_target(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue(folder, [figure("2021", "18")], SECOND)
    call = ["--goals", str(folder.goals), "--as-of", "2026-11-23"]
    assert main(["history", "more-things", *call]) == 0
    whole = capsys.readouterr().out
    assert "at least 30 by 2025" in whole and "31 March 2023" in whole
    assert main(["history", "things", "--target", "raised", "--lang", "zh", *call]) == 0
    one = capsys.readouterr().out
    assert "2023年3月31日" in one and "2020年6月1日" not in one


@pytest.mark.parametrize("command", ["history", "fragility"])
def test_an_unknown_name_gets_a_sentence_with_the_closest(
    folder: Folder, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    goals = ["--goals", str(folder.goals)]
    assert main([command, "thing", *goals]) == 2
    assert '“thing”. Did you mean "things"?' in capsys.readouterr().err
    assert main([command, "things", "--target", "2025-pla", *goals, "--lang", "zh"]) == 2
    assert "2025-plan" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["status"], ["history", "things"], ["fragility", "things"]])
def test_before_the_first_document_nothing_is_known_and_that_is_said(
    folder: Folder, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "--goals", str(folder.goals), "--as-of", "1990-01-01"]) == 0
    said = capsys.readouterr().out
    assert "1 January 1990" in said
    assert "judged" not in said
