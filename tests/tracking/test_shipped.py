"""The shipped catalogue: every goal, indicator, document and figure says what it must, in both languages."""

import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import pytest
from pydantic import BaseModel

from tracking.catalogue import Catalogue, load_catalogue
from tracking.model import Check, Kind, Measure, Text

CATALOGUE = load_catalogue()
CHINESE = re.compile(r"[\u3400-\u9fff]")
ROOT = Path(__file__).resolve().parents[2]


def texts(entry: object) -> list[Text]:
    """Every bilingual text below an entry."""
    if isinstance(entry, Text):
        return [entry]
    if isinstance(entry, BaseModel):
        return [t for name in type(entry).model_fields for t in texts(getattr(entry, name))]
    if isinstance(entry, list | Mapping):
        return [t for item in (entry.values() if isinstance(entry, Mapping) else entry) for t in texts(item)]
    return []


def test_there_are_the_35_goals_in_the_documents_order() -> None:
    orders = [g.order for g in CATALOGUE.goals.values() if g.document == CATALOGUE.card.document]
    assert orders == list(range(1, 36))


@pytest.mark.parametrize("goal_id", CATALOGUE.goals)
def test_a_goal_is_mapped_as_its_kind_asks(goal_id: str) -> None:
    goal = CATALOGUE.goals[goal_id]
    assert goal.meaning is not None
    if goal.kind is Kind.OUTCOME:
        assert len(goal.indicators) >= 2
        assert CATALOGUE.main_series(goal.indicators[0].id).observations, "the first indicator has no figures"
    else:
        assert {link.role.value for link in goal.indicators} <= {"context"}
    for link in goal.indicators:
        if link.role.value == "official target":
            targets = CATALOGUE.indicators[link.id].targets
            assert any(t.value is not None or t.times is not None or t.other for t in targets), link.id


@pytest.mark.parametrize("indicator_id", CATALOGUE.indicators)
def test_an_indicator_belongs_to_a_goal_and_holds_something(indicator_id: str) -> None:
    indicator = CATALOGUE.indicators[indicator_id]
    users = [g for g, goal in CATALOGUE.goals.items() if any(link.id == indicator_id for link in goal.indicators)]
    assert users and CATALOGUE.goals_with(indicator_id) == users
    assert indicator.targets or any(CATALOGUE.series(ref).observations for ref in indicator.series)


ENTRIES: list[tuple[str, BaseModel]] = [
    ("catalogue", CATALOGUE.card),
    *CATALOGUE.goals.items(),
    *CATALOGUE.indicators.items(),
    *CATALOGUE.documents.items(),
    *CATALOGUE.publishers.items(),
]


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[f"{type(e).__name__}-{i}" for i, e in ENTRIES])
def test_english_is_english_and_chinese_is_chinese(name: str, entry: BaseModel) -> None:
    for text in texts(entry):
        assert not CHINESE.search(text.en), text.en
        assert CHINESE.search(text.zh) or len(text.zh) < 12, text.zh


@pytest.mark.parametrize("indicator_id", CATALOGUE.indicators)
def test_a_quotes_translation_is_in_its_language(indicator_id: str) -> None:
    targets = CATALOGUE.indicators[indicator_id].targets
    for stated in chain(targets, *(t.also_in for t in targets)):
        assert not CHINESE.search(stated.translation.get("en", ""))
        assert CHINESE.search(stated.translation.get("zh", "中"))


def test_units_are_written_in_their_language() -> None:
    assert [name for name, u in CATALOGUE.units.items() if CHINESE.search(u.en + u.before)] == []


def test_every_document_is_cited() -> None:
    cited = {CATALOGUE.card.document} | {g.document for g in CATALOGUE.goals.values()}
    for indicator in CATALOGUE.indicators.values():
        cited |= {b.document for b in indicator.breaks if b.document}
        for t in indicator.targets:
            cited |= {t.document, *(a.document for a in t.also_in)}
            if t.baseline is not None and t.baseline.document:
                cited.add(t.baseline.document)
    figures = [s for areas in CATALOGUE.figures.values() for s in areas.values()]
    cited |= {o.document for s in figures for o in s.observations}
    cited |= {ref.document for i in CATALOGUE.indicators.values() for ref in i.series if ref.document}
    assert set(CATALOGUE.documents) - cited == set()


@pytest.mark.parametrize("key", CATALOGUE.figures)
def test_a_figures_notes_are_in_their_language(key: str) -> None:
    for series in CATALOGUE.figures[key].values():
        for o in series.observations:
            assert o.note is None or not CHINESE.search(o.note.en), o.note
            assert not CHINESE.search(o.derived), o.derived


def test_that_a_figure_is_not_checked_is_said_once_and_not_again_in_its_note() -> None:
    for areas in CATALOGUE.figures.values():
        for o in (o for series in areas.values() for o in series.observations if o.note is not None):
            assert "尚未核对" not in o.note.zh and "not yet checked" not in o.note.en.lower(), o


def test_that_a_target_is_not_checked_is_said_once_and_not_again_in_its_note() -> None:
    """Of a target that is marked; what else is not checked, as a wording, a note may say."""
    marked = [t for _, _, t in CATALOGUE.targets() if t.check is Check.RECALLED and t.note is not None]
    assert marked
    for t in marked:
        assert "核对" not in t.note.zh and "checked" not in t.note.en, t.note


def test_a_sentence_that_sets_several_targets_has_one_translation() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for _, _, t in CATALOGUE.targets():
        for stated in (t, *t.also_in):
            if stated.quote:
                found.setdefault((stated.document, stated.quote), set()).add(str(stated.translation))
    assert [sentence for sentence, translations in found.items() if len(translations) > 1] == []


def test_a_revision_is_kept_beside_what_it_revises(shipped: Catalogue) -> None:
    observations = shipped.main_series("wdi-manufacturing-share").observations
    of_2021 = [round(o.value, 2) for o in observations if o.period.text == "2021"]
    assert of_2021[0] == 27.44
    assert of_2021[-1] == 26.62
    assert 27.55 in of_2021


def test_a_series_of_averages_or_changes_is_never_the_one_that_verdicts_rest_on() -> None:
    for indicator in CATALOGUE.indicators.values():
        assert all(ref.measure is Measure.VALUE for ref in indicator.series[:1])


def test_no_text_speaks_of_how_it_was_gathered() -> None:
    for file in [*ROOT.glob("goals/**/*.yaml"), *ROOT.glob("figures/*.csv")]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"待核|公共仓库|memory-|facts file", text), file.name
