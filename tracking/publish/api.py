"""The JSON API: every goal, indicator, target, verdict, figure and document, for programs.

Version 1: fields may be added; none changes its name or its meaning. `schema()` is its JSON Schema.
"""

import json
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from tracking import model
from tracking.model import Observation, Target
from tracking.publish.site import Site, document_page, goal_page, indicator_page
from tracking.sentences import arithmetic, reason_word, sentence, standing_word, target_text
from tracking.status import Judged

VERSION: Literal["1"] = "1"
PLACE = f"api/v{VERSION}"
Version = Literal["1"]


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Answer):
    """The same in each language."""

    zh: str
    en: str


class Unit(Answer):
    """What a value counts. The number of things is `value` times `factor`."""

    code: str
    kind: str
    factor: float
    name: Words


class Figure(Answer):
    """One published figure, or our own arithmetic where `derived` says how."""

    period: str = Field(description="SDMX time period: 2025, 2025-S1, 2025-Q3, 2025-08, or a day")
    value: float = Field(description="in the indicator's unit")
    decimals: int = Field(description="how many were printed")
    bound: str | None = Field(description="'at least', 'above', …: the figure is a bound, not a value")
    status: str
    published: str = Field(description="the day, month or year of its publication")
    document: str = Field(description="id of the publication")
    check: Literal["read", "recalled"] = Field(description="'recalled' was not yet read in its publication")
    derived: str = Field(description="the formula of our own arithmetic; empty for what was published")


class Verdict(Answer):
    """What became of one target. `reason` says why it is not judged."""

    standing: str
    standing_text: Words
    reason: str | None
    reason_text: Words | None
    final: bool = Field(description="no later figure is due to change it")
    sentence: Words
    arithmetic: Words


class TargetAnswer(Answer):
    """What was promised, when, and where it stands."""

    key: str = Field(description="its id within the indicator")
    text: Words
    form: str
    bound: str | None
    value: float | None = Field(description="in the target's own unit")
    high: float | None = Field(description="the upper end of a range")
    unit: str = Field(description="code of its unit")
    due: str
    adopted: str
    nature: str
    check: Literal["read", "recalled"]
    document: str
    quote: str | None
    translation: dict[str, str]
    supersedes: str | None
    verdict: Verdict


class IndicatorAnswer(Answer):
    """api/v1/indicators/ID.json"""

    api: Version
    id: str
    name: Words
    definition: Words
    unit: Unit
    direction: str
    frequency: str
    accumulation: str
    publisher: Words
    pages: dict[str, str] = Field(description="its page in each language, from the root of the site")
    goals: list[str] = Field(description="ids of the goals that use it")
    figures: list[Figure] = Field(description="as known on the day of the index, ordered by period")
    targets: list[TargetAnswer]


class Use(Answer):
    indicator: str
    role: str
    why: Words
    limits: Words


class GoalAnswer(Answer):
    """api/v1/goals/ID.json"""

    api: Version
    id: str
    statement: str = Field(description="the document's own words")
    language: str = Field(description="of the statement")
    title: Words
    document: str
    order: int
    kind: str
    horizon: int
    theme: str
    part_of: list[str]
    meaning: Words | None
    pages: dict[str, str]
    indicators: list[Use]


class DocumentAnswer(Answer):
    id: str
    title: Words
    issuer: Words
    date: str
    adopted: str | None
    language: str
    url: str | None
    pages: dict[str, str]


class DocumentsAnswer(Answer):
    """api/v1/documents.json"""

    api: Version
    documents: list[DocumentAnswer]


class ChangeAnswer(Answer):
    """One verdict that turned; `before` is null where its target was adopted that day."""

    day: str
    indicator: str
    target: str
    before: str | None
    after: str
    reason: str | None


class ChangesAnswer(Answer):
    """api/v1/changes.json, the newest first."""

    api: Version
    changes: list[ChangeAnswer]


class Entry(Answer):
    id: str
    title: Words
    file: str = Field(description="from the root of the site")


class IndexAnswer(Answer):
    """api/v1/index.json: where to begin."""

    api: Version
    title: Words
    as_of: str = Field(description="the day on which everything here was known")
    languages: list[str]
    goals: list[Entry]
    indicators: list[Entry]
    documents: str
    changes: str
    schema_: str = Field(alias="schema")


ANSWERS: tuple[type[Answer], ...] = (IndexAnswer, GoalAnswer, IndicatorAnswer, DocumentsAnswer, ChangesAnswer)


def schema() -> dict[str, Any]:
    """The JSON Schema of all answers: a file of the API is one of them."""
    found, definitions = models_json_schema([(answer, "serialization") for answer in ANSWERS])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Policy Goal Tracker API, version {VERSION}",
        "oneOf": [found[answer, "serialization"] for answer in ANSWERS],
        **definitions,
    }


def shared_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """What is not of one goal or indicator alone."""
    yield f"{PLACE}/index.json", _bytes(_index(site))
    yield f"{PLACE}/documents.json", _bytes(_documents(site))
    yield f"{PLACE}/changes.json", _bytes(_changes(site))
    yield f"{PLACE}/schema.json", (json.dumps(schema(), ensure_ascii=False, indent=1) + "\n").encode()


def goal_file(site: Site, goal_id: str) -> tuple[str, bytes]:
    goal = site.catalogue.goals[goal_id]
    answer = GoalAnswer(
        api=VERSION, id=goal_id, statement=goal.statement, title=_words(goal.title), document=goal.document,
        language=site.catalogue.documents[goal.document].language, order=goal.order, kind=goal.kind.value,
        horizon=goal.horizon, theme=goal.theme, part_of=list(goal.part_of),
        meaning=_words(goal.meaning) if goal.meaning else None, pages=_pages(site, goal_page(goal_id)),
        indicators=[Use(indicator=link.id, role=link.role.value, why=_words(link.why), limits=_words(link.limits))
                    for link in goal.indicators],
    )  # fmt: skip
    return f"{PLACE}/goals/{goal_id}.json", _bytes(answer)


def indicator_file(site: Site, indicator_id: str) -> tuple[str, bytes]:
    indicator, c = site.catalogue.indicators[indicator_id], site.catalogue
    unit = c.unit_of(indicator_id)
    name = Words(zh=unit.zh, en=" ".join(p for p in (unit.before, unit.en) if p))
    answer = IndicatorAnswer(
        api=VERSION, id=indicator_id, name=_words(indicator.name), definition=_words(indicator.definition),
        unit=Unit(code=indicator.unit, kind=unit.kind.value, factor=unit.factor, name=name),
        direction=indicator.direction.value, frequency=indicator.frequency.value,
        accumulation=indicator.accumulation.value, publisher=_words(c.publishers[indicator.publisher].name),
        pages=_pages(site, indicator_page(indicator_id)), goals=site.users.get(indicator_id, []),
        figures=[_figure(o) for o in site.glances[indicator_id].known],
        targets=[_target(site, j) for j in site.found[indicator_id]],
    )  # fmt: skip
    return f"{PLACE}/indicators/{indicator_id}.json", _bytes(answer)


def _bytes(answer: Answer) -> bytes:
    return (answer.model_dump_json(by_alias=True, indent=1) + "\n").encode()


def _words(text: model.Text) -> Words:
    return Words(zh=text.zh, en=text.en)


def _pages(site: Site, name: str) -> dict[str, str]:
    return {language: f"{language}/{name}" for language in site.languages}


def _figure(o: Observation) -> Figure:
    return Figure(
        period=o.period.text, value=o.value, decimals=o.decimals, bound=o.bound.value if o.bound else None,
        status=o.status.value, published=o.published.text, document=o.document, check=o.check.value, derived=o.derived,
    )  # fmt: skip


def _target(site: Site, judged: Judged) -> TargetAnswer:
    t, i = judged.target, judged.indicator_id
    return TargetAnswer(
        key=t.key, text=_said(lambda lang: target_text(site.catalogue, i, t, lang)), form=t.form.value,
        bound=t.bound.value if t.bound else None, value=t.value, high=t.high,
        unit=t.unit or site.catalogue.indicators[i].unit, due=_due(t), adopted=t.adopted.text, nature=t.nature.value,
        check=t.check.value, document=t.document, quote=t.quote,
        translation={str(k): v for k, v in t.translation.items()}, supersedes=t.supersedes,
        verdict=_verdict(site, judged),
    )  # fmt: skip


def _due(target: Target) -> str:
    return f"{target.span.from_}/{target.span.to}" if target.span else target.due.text


def _said(say: Any) -> Words:
    return Words(zh=say("zh"), en=say("en"))


def _verdict(site: Site, judged: Judged) -> Verdict:
    a, details = judged.assessment, (site.catalogue, judged.indicator_id, judged.target, judged.assessment)
    reason = a.reason
    return Verdict(
        standing=a.standing.value, standing_text=_said(lambda lang: standing_word(a.standing, lang)),
        reason=reason.value if reason else None,
        reason_text=_said(lambda lang: reason_word(reason, lang)) if reason else None, final=a.final,
        sentence=_said(lambda lang: sentence(*details, lang)),
        arithmetic=_said(lambda lang: arithmetic(*details, lang)),
    )  # fmt: skip


def _documents(site: Site) -> DocumentsAnswer:
    publishers = site.catalogue.publishers
    return DocumentsAnswer(api=VERSION, documents=[
        DocumentAnswer(
            id=i, title=_words(d.title), issuer=_words(publishers[d.issuer].name), date=d.date.text,
            adopted=d.adopted.text if d.adopted else None, language=d.language, url=d.url,
            pages=_pages(site, document_page(i)) if i in site.sources else {},
        )
        for i, d in site.catalogue.documents.items()
    ])  # fmt: skip


def _changes(site: Site) -> ChangesAnswer:
    turns = [turn for day in site.changes.days for turn in (*day.verdicts, *day.targets)]
    return ChangesAnswer(api=VERSION, changes=[
        ChangeAnswer(
            day=turn.change.day.isoformat(), indicator=turn.indicator_id, target=turn.change.target.key,
            before=turn.change.before.standing.value if turn.change.before else None,
            after=turn.change.assessment.standing.value,
            reason=turn.change.assessment.reason.value if turn.change.assessment.reason else None,
        )
        for turn in turns
    ])  # fmt: skip


def _index(site: Site) -> IndexAnswer:
    c = site.catalogue
    return IndexAnswer(
        api=VERSION, title=_words(c.card.title), as_of=site.as_of.isoformat(), languages=list(site.languages),
        goals=[Entry(id=i, title=_words(g.title), file=f"{PLACE}/goals/{i}.json") for i, g in c.goals.items()],
        indicators=[Entry(id=i, title=_words(x.name), file=f"{PLACE}/indicators/{i}.json")
                    for i, x in c.indicators.items()],
        documents=f"{PLACE}/documents.json", changes=f"{PLACE}/changes.json", schema=f"{PLACE}/schema.json",
    )  # fmt: skip
