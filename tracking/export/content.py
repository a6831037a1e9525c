"""The tables of a choice as known on a day, in one language. Nothing is rounded: a value is what was published."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracking import numbers as n
from tracking.assessment import assess
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue, runs_on
from tracking.charts.beside import peers
from tracking.export.choice import Choice
from tracking.export.columns import TABLES, Row
from tracking.export.units import PER_CENT, in_per_cent, unit_name
from tracking.model import Accumulation, Form, Measure, Observation, Series, SeriesRef, Target
from tracking.period import Length
from tracking.sentences import arithmetic, caution_sentences, reason_word, sentence, standing_word, target_text
from tracking.words import words

_SHARES = (Form.CUMULATIVE_CHANGE, Form.AVERAGE_GROWTH)  # their number is in per cent, whatever the indicator's unit
LIST = " "  # between several ids in one cell; no id holds a space


@dataclass(frozen=True)
class Content:
    """The tables by name; each row holds every column of its table, None where there is nothing to say."""

    title: str
    language: str
    as_of: date
    tables: dict[str, list[Row]]


def content(catalogue: Catalogue, choice: Choice, as_of: date, language: str) -> Content:
    """Everything that is known of the choice on that day."""
    maker = _Maker(catalogue, choice, as_of, language)
    tables: dict[str, list[Row]] = {
        "figures": list(maker.figures()),
        "targets": list(maker.targets()),
        "verdicts": list(maker.verdicts()),
        "goals": list(maker.goals()),
        "documents": [],
        "notes": list(maker.notes()),
    }
    cited = dict.fromkeys(row["document"] for rows in tables.values() for row in rows if row.get("document"))
    tables["documents"] = [maker.document(str(i)) for i in catalogue.documents if i in cited]
    whole = {name: [{c.name: row.get(c.name) for c in TABLES[name]} for row in rows] for name, rows in tables.items()}
    return Content(catalogue.card.title[language], language, as_of, whole)


@dataclass(frozen=True)
class _Maker:
    catalogue: Catalogue
    choice: Choice
    as_of: date
    language: str

    def figures(self) -> Iterator[Row]:
        for i in self.choice.indicators:
            for place, (ref, series) in enumerate(self._runs(i)):
                if self.choice.areas is None or series.area in self.choice.areas:
                    for o in series.as_known_on(self.as_of):
                        if self._in_sight(o):
                            yield self._figure(i, ref, series.area, o, main=place == 0)

    def _runs(self, indicator_id: str) -> Iterator[tuple[SeriesRef, Series]]:
        """The run that verdicts rest on, the same for other areas, then every series that is not part of the first."""
        c, indicator = self.catalogue, self.catalogue.indicators[indicator_id]
        for place, ref in enumerate(indicator.series):
            if place == 0:
                yield ref, c.main_series(indicator_id)
                yield from ((ref, series) for series in peers(c, indicator_id).values())
            elif not runs_on(ref, indicator.series[0]):
                yield ref, c.series(ref, indicator.unit)

    def _in_sight(self, o: Observation) -> bool:
        first, last = self.choice.first, self.choice.last
        return (first is None or o.period.year >= first) and (last is None or o.period.year <= last)

    def _figure(self, indicator_id: str, ref: SeriesRef, area: str, o: Observation, *, main: bool) -> Row:
        indicator = self.catalogue.indicators[indicator_id]
        areas = self.catalogue.card.areas
        return {
            **self._indicator(indicator_id),
            **self._unit(indicator_id, indicator.unit, is_change=ref.measure is not Measure.VALUE),
            **self._source(o.document),
            "series": f"{ref.provider.value}:{ref.key}",
            "area": area,
            "area_name": areas[area][self.language] if area in areas else area,
            "measure": ref.measure.value,
            "main": main,
            "period": o.period.text,
            "period_start": _first_day(o, indicator.accumulation),
            "period_end": o.period.end,
            "accumulation": indicator.accumulation.value,
            "value": o.value,
            "decimals": o.decimals,
            "bound": o.bound.value if o.bound else None,
            "status": o.status.value,
            "recalled": o.check.value == "recalled",
            "derived": bool(o.derived),
            "formula": o.derived or None,
            "note": o.note[self.language] if o.note else None,
            "published": o.published.text,
            "known": o.known,
            "as_of": self.as_of,
        }

    def targets(self) -> Iterator[Row]:
        for i, t in self._adopted():
            base, unit = t.baseline, t.unit or self.catalogue.indicators[i].unit
            yield {
                **self._target(i, t),
                **self._unit(i, unit, is_change=t.form in _SHARES),
                **self._source(t.document),
                "form": t.form.value,
                "bound": t.bound.value if t.bound else None,
                "target_value": t.value,
                "target_high": t.high,
                "target_times": t.times,
                "other": t.other,
                "tolerance": t.tolerance,
                "due": f"{t.span.from_}/{t.span.to}" if t.span else t.due.text,
                "baseline_period": base.period.text if base else None,
                "baseline_value": base.value if base else None,
                "baseline_recalled": base.check.value == "recalled" if base else None,
                "nature": t.nature.value,
                "recalled": t.check.value == "recalled",
                "adopted": t.adopted.text,
                "supersedes": t.supersedes,
                "quote": t.quote,
                "quote_language": self.catalogue.documents[t.document].language if t.quote else None,
                "translation": t.translation.get(self.language),  # type: ignore[call-overload]
                "quote_from": t.quote_from[self.language] if t.quote_from else None,
                "note": t.note[self.language] if t.note else None,
            }

    def verdicts(self) -> Iterator[Row]:
        c, lang = self.catalogue, self.language
        for i, t in self._adopted():
            a = assess(c, i, t, self.as_of)
            yield {
                **self._target(i, t),
                "standing": a.standing.value,
                "standing_name": standing_word(a.standing, lang),
                "reason": a.reason.value if a.reason else None,
                "reason_name": reason_word(a.reason, lang) if a.reason else None,
                "final": a.final,
                "sentence": sentence(c, i, t, a, lang),
                "arithmetic": arithmetic(c, i, t, a, lang) or None,
                "cautions": " ".join(caution_sentences(c, i, t, a, lang)) or None,
                "rule": a.rule,
                "latest_period": a.latest.period.text if a.latest else None,
                "latest_value": a.latest.value if a.latest else None,
                "rests_on": LIST.join(o.period.text for o in a.used) or None,
            }

    def goals(self) -> Iterator[Row]:
        """A row for each indicator of a goal; one without any indicator for a goal that has none."""
        c, lang = self.catalogue, self.language
        for goal_id in (g for g in c.goals if g in self.choice.goals):
            goal = c.goals[goal_id]
            own: Row = {
                "goal": goal_id,
                "statement": goal.statement,
                "goal_title": goal.title[lang],
                "order": goal.order,
                "kind": goal.kind.value,
                "horizon": goal.horizon,
                "theme": goal.theme,
                "theme_name": c.card.themes[goal.theme][lang],
                "part_of": LIST.join(goal.part_of) or None,
                "meaning": goal.meaning[lang] if goal.meaning else None,
                **self._source(goal.document),
            }
            links = [link for link in goal.indicators if link.id in self.choice.indicators]
            for link in links:
                named = {"indicator": link.id, "indicator_name": c.indicators[link.id].name[lang]}
                said = {"role": link.role.value, "why": link.why[lang], "limits": link.limits[lang]}
                yield {**own, **named, **said}
            if not links:
                yield own

    def document(self, document_id: str) -> Row:
        d, lang = self.catalogue.documents[document_id], self.language
        return {
            **self._source(document_id),
            "publisher_id": d.issuer,
            "issued_with": d.with_[lang] if d.with_ else None,
            "issued": d.date.text,
            "adopted": d.adopted.text if d.adopted else None,
            "document_language": d.language,
            "read_in": d.read_in[lang] if d.read_in else None,
        }

    def notes(self) -> Iterator[Row]:
        """What must be known to read the figures right: of the export itself, of each indicator and its series."""
        w, lang = words(self.language), self.language
        for said in ("values", "flags", "rights"):
            yield {"about": "export", "remark": "reading", "note": w.say(f"export.note.{said}")}
        day = n.day_text(self.as_of, lang)
        yield {"about": "export", "remark": "vintage", "note": w.say("export.note.vintage", day=day)}
        for i in self.choice.indicators:
            indicator = self.catalogue.indicators[i]
            texts = {
                "definition": indicator.definition[lang],
                "direction": w.say(f"direction.{indicator.direction.value}"),
                "frequency": w.say(f"frequency.{indicator.frequency.value}"),
                "caution": indicator.caution[lang] if indicator.caution else None,
            }
            for remark, text in texts.items():
                if text:
                    yield {"about": "indicator", "subject": i, "remark": remark, "note": text}
            for b in indicator.breaks:
                yield {"about": "indicator", "subject": i, "remark": "break", "period": b.period.text,
                       "note": b.reason[lang], "document": b.document}  # fmt: skip
            for ref in indicator.series:
                for remark, said_of in (("difference", ref.difference), ("series", ref.note)):
                    if said_of:
                        key = f"{ref.provider.value}:{ref.key}"
                        yield {"about": "series", "subject": key, "remark": remark, "note": said_of[lang]}

    def _adopted(self) -> Iterator[tuple[str, Target]]:
        for i in self.choice.indicators:
            yield from ((i, t) for t in adopted_targets(self.catalogue.indicators[i], self.as_of))

    def _indicator(self, indicator_id: str) -> Row:
        return {
            "goals": LIST.join(self.catalogue.goals_with(indicator_id)) or None,
            "indicator": indicator_id,
            "indicator_name": self.catalogue.indicators[indicator_id].name[self.language],
        }

    def _target(self, indicator_id: str, target: Target) -> Row:
        text = target_text(self.catalogue, indicator_id, target, self.language)
        return {**self._indicator(indicator_id), "target": target.key, "target_text": text, "as_of": self.as_of}

    def _unit(self, indicator_id: str, unit_id: str, *, is_change: bool) -> Row:
        unit = self.catalogue.units[unit_id]
        if is_change and not in_per_cent(unit):
            return {"unit": PER_CENT, "unit_name": PER_CENT, "unit_quantity": "per cent", "unit_factor": 1.0}
        return {
            "unit": unit_id,
            "unit_name": unit_name(unit_id, unit, self.language),
            "unit_quantity": unit.quantity,
            "unit_factor": unit.factor,
        }

    def _source(self, document_id: str) -> Row:
        d = self.catalogue.documents[document_id]
        return {
            "document": document_id,
            "document_title": d.title[self.language],
            "publisher": self.catalogue.publishers[d.issuer].name[self.language],
            "address": d.url,
        }


def _first_day(o: Observation, accumulation: Accumulation) -> date:
    """A running total of a part year runs from January; a stock is of one day."""
    if accumulation is Accumulation.END_OF_PERIOD:
        return o.period.end
    if accumulation is Accumulation.YEAR_TO_DATE and o.period.length is not Length.SPAN:
        return date(o.period.end.year, 1, 1)
    return o.period.start
