"""One row per goal, indicator and target: what was promised, what is known, and what became of it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from tracking import sentences
from tracking.assessment import assess
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.model import Assessment, Goal, Indicator, IndicatorLink, Reason, Target
from tracking.numbers import amount, observed, period_text


@dataclass(frozen=True)
class Judged:
    """One target with its verdict."""

    indicator_id: str
    target: Target
    assessment: Assessment

    @property
    def key(self) -> tuple[str, str]:
        return self.indicator_id, self.target.key


@dataclass(frozen=True)
class Row:
    goal_id: str
    goal: Goal
    link: IndicatorLink
    indicator: Indicator
    judged: Judged | None


def judge_all(catalogue: Catalogue, as_of: date) -> dict[str, tuple[Judged, ...]]:
    """Every indicator's targets with their verdicts; a target shared by several goals is judged once."""
    return {
        indicator_id: tuple(
            Judged(indicator_id, target, assess(catalogue, indicator_id, target, as_of))
            for target in adopted_targets(indicator, as_of)
        )
        for indicator_id, indicator in catalogue.indicators.items()
    }


def headline(found: Sequence[Judged]) -> Judged | None:
    """The target that an indicator is shown by: the last settled, else the next due, else any."""
    final = [j for j in found if j.assessment.final]
    judged = [j for j in found if j.assessment.is_judged]
    if final:
        return max(final, key=lambda j: j.target.due)
    if judged:
        return min(judged, key=lambda j: j.target.due)
    return min(found, key=lambda j: (j.assessment.reason is Reason.NO_NUMBER, j.target.due), default=None)


def rows(catalogue: Catalogue, as_of: date) -> Iterator[Row]:
    """Goal x indicator x target, in the document's order; an indicator without a target has one row."""
    verdicts = judge_all(catalogue, as_of)
    for goal_id, goal, link, indicator in catalogue.links():
        for judged in verdicts[link.id] or (None,):
            yield Row(goal_id, goal, link, indicator, judged)


def status_table(catalogue: Catalogue, as_of: date, language: str) -> pd.DataFrame:
    """The rows in words of one language. Codes stand beside the words so that a program need not read them."""
    return pd.DataFrame([_record(catalogue, row, as_of, language) for row in rows(catalogue, as_of)])


def is_nothing(table: pd.DataFrame) -> bool:
    """Whether the table holds neither a figure nor a target: the day lies before all that is known."""
    return table.empty or not (table[["latest", "target"]] != "").to_numpy().any()


def as_json(table: pd.DataFrame) -> str:
    records = [{k: None if v == "" else v for k, v in r.items()} for r in table.to_dict("records")]
    return json.dumps(records, ensure_ascii=False, indent=2)


def _record(catalogue: Catalogue, row: Row, as_of: date, language: str) -> dict[str, object]:
    unit = catalogue.unit_of(row.link.id)
    known = catalogue.main_series(row.link.id).as_known_on(as_of)
    latest = known[-1] if known else None
    record: dict[str, object] = {
        "goal": row.goal_id,
        "goal_title": row.goal.title[language],
        "indicator": row.link.id,
        "indicator_name": row.indicator.name[language],
        "role": row.link.role.value,
        "target": "",
        "target_text": "",
        "nature": "",
        "baseline": "",
        "latest": observed(latest, unit, language) if latest else "",
        "latest_period": latest.period.text if latest else "",
        "published": latest.published.text if latest else "",
        "document": latest.document if latest else "",
        "standing": "",
        "standing_text": "",
        "reason": "",
        "final": False,
        "sentence": "",
        "arithmetic": "",
        "as_of": as_of.isoformat(),
    }
    return record if row.judged is None else record | _verdict(catalogue, row.judged, language)


def _verdict(catalogue: Catalogue, judged: Judged, language: str) -> dict[str, object]:
    target, a, indicator_id = judged.target, judged.assessment, judged.indicator_id
    unit = catalogue.unit_of(indicator_id)
    base = target.baseline
    return {
        "target": target.key,
        "target_text": sentences.target_text(catalogue, indicator_id, target, language),
        "nature": target.nature.value,
        "baseline": ""
        if base is None
        else " ".join(
            [period_text(base.period, language)]
            + ([amount(base.value, unit, language)] if base.value is not None else [])
        ),
        "standing": a.standing.value,
        "standing_text": sentences.standing_word(a.standing, language),
        "reason": a.reason.value if a.reason else "",
        "final": a.final,
        "sentence": sentences.sentence(catalogue, indicator_id, target, a, language),
        "arithmetic": sentences.arithmetic(catalogue, indicator_id, target, a, language),
    }
