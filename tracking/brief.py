"""A brief: what became of chosen goals, as known on a day, in the words of one language.

Only what is said stands here, in the order in which it is said; exporting/brief/ puts it on pages and slides. Nothing
is computed: verdicts, sentences and arithmetic are those of the pages. Every number names its publication by the
number that it has in its section's list of sources.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.charts.options import ChartOptions, chosen
from tracking.charts.told import summary
from tracking.citation import updated
from tracking.explain import agreement_with
from tracking.fragility import fragility
from tracking.glance import glance
from tracking.leading import ORDER, count_of, worst_first
from tracking.model import Accumulation, Check, Document, Goal, IndicatorLink, Kind, Observation, Standing, Target
from tracking.panel import Key, Panel, panels
from tracking.sentences import arithmetic, caution_sentences, reason_word, sentence, standing_word, target_text, when
from tracking.snapshot import snapshot
from tracking.status import Judged, headline, judge_all
from tracking.telling import goal_told
from tracking.words import Words, words

CHART = ChartOptions(events=False, vintages=False)  # as on a goal's page
FEWEST_SHOWN = 2  # indicators with a chart where a goal has no more verdicts than that
LONGEST_NAME = 100  # characters of the goals' ids in a file's name


@dataclass(frozen=True, slots=True)
class Mark:
    """A standing as it is shown: its icon (solid if `final`), its word and its colour."""

    standing: Standing
    final: bool
    word: str


@dataclass(frozen=True, slots=True)
class Source:
    """A publication: its number in the section, what it is called, and where it can be read; empty if not known."""

    number: int
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A target in a table. `why`: the reason for not judging; `cites`: numbers of the section's sources."""

    indicator: str
    target: str
    latest: str
    period: str
    mark: Mark
    why: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target in full. Texts that do not apply are empty."""

    mark: Mark
    target: str
    quote: str
    quote_language: str
    quoted_from: str
    translation: str
    sentence: str
    arithmetic: str
    notes: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator with its chart. `judged` is the target that the chart leads with; `alt` says what it shows."""

    indicator_id: str
    name: str
    latest: str
    why: str
    limits: str
    alt: str
    judged: Judged | None
    verdicts: tuple[Verdict, ...]
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One goal. `number` is its place in the brief; `title` is empty where the statement is in the brief's language.

    `counts` holds each standing that occurs with how many targets have it; `judged` are those targets, worst first,
    `lines` the others. `rest` and `more` say what is not shown here.
    """

    goal_id: str
    number: int
    name: str
    statement: str
    statement_language: str
    title: str
    from_: str
    document: Source
    meaning: str
    counted: str
    counts: tuple[tuple[Mark, int], ...]
    told: tuple[str, ...]
    judged: tuple[Line, ...]
    shown: tuple[Shown, ...]
    lines: tuple[Line, ...]
    rest: str
    more: str
    sources: tuple[Source, ...]
    address: str

    @property
    def quotation(self) -> str:
        """The statement in quotation marks; in corner brackets where it holds such marks itself."""
        return f"「{self.statement}」" if "“" in self.statement else f"“{self.statement}”"


@dataclass(frozen=True, slots=True)
class Brief:
    """All of it, in one language, as known on `day`."""

    language: str
    day: date
    title: str
    catalogue: str
    known: str
    state: str
    terms: str
    sections: tuple[Section, ...]

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def drawn(self) -> tuple[Shown, ...]:
        """The indicators with a chart, each once."""
        return tuple({s.indicator_id: s for section in self.sections for s in section.shown if s.alt}.values())


def brief(catalogue: Catalogue, goals: Sequence[str], day: date, language: str, base: str = "") -> Brief:
    """The brief on these goals (ids of the catalogue); all goals where none is named.

    `base`: the dashboard's address, for a link from each goal to its page; empty: no link.
    """
    ids, w, card = tuple(dict.fromkeys(goals)) or tuple(catalogue.goals), words(language), catalogue.card
    maker = _Maker(catalogue, day, language, base, judge_all(catalogue, day), _panels(catalogue, ids, day))
    return Brief(
        language, day, w.count("brief.title", len(ids)), card.title[language],
        w.say("brief.known", day=n.day_text(day, language)),
        w.say("brief.state", snapshot=snapshot(catalogue), day=n.day_text(updated(catalogue, day), language)),
        w.say("site.licence", licence=card.licence[language]) if card.licence else w.say("site.no-licence"),
        tuple(maker.section(i, place) for place, i in enumerate(ids, 1)),
    )  # fmt: skip


def file_name(goals: Sequence[str], day: date, language: str, kind: str) -> str:
    """A name that tells what is in the file: `brief-smes-2026-11-23-zh.docx`."""
    named = "+".join(dict.fromkeys(goals)) or "all"
    if len(named) > LONGEST_NAME:
        named = f"{goals[0][:LONGEST_NAME]}+{len(set(goals)) - 1}"
    return f"brief-{named}-{day.isoformat()}-{language}.{kind}"


def plain(text: str) -> str:
    """The text without the characters that no XML, and so none of the formats, can hold."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def _panels(catalogue: Catalogue, goals: Iterable[str], day: date) -> dict[Key, Panel]:
    named = {link.id for i in goals for link in catalogue.goals[i].indicators}
    return panels(catalogue, day, [(i, t.key) for i, _, t in catalogue.targets() if i in named])


class _Cited:
    """The publications of a section, numbered as they are named."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, *documents: str | None) -> tuple[int, ...]:
        named = [document for document in dict.fromkeys(documents) if document]
        return tuple(self.numbers.setdefault(document, len(self.numbers) + 1) for document in named)


@dataclass(frozen=True)
class _Maker:
    catalogue: Catalogue
    day: date
    language: str
    base: str
    found: Mapping[str, Sequence[Judged]]
    panels: Mapping[Key, Panel]

    @property
    def words(self) -> Words:
        return words(self.language)

    def section(self, goal_id: str, place: int) -> Section:
        c, lang, cited = self.catalogue, self.language, _Cited()
        goal, document = c.goals[goal_id], c.documents[c.goals[goal_id].document]
        (number,) = cited(goal.document)
        mine = worst_first(j for link in goal.indicators for j in self.found[link.id])
        in_full = self._in_full(goal)
        return Section(
            goal_id, place, goal.title[lang] if lang != document.language else goal.statement,
            goal.statement, document.language, "" if lang == document.language else goal.title[lang],
            self._from(goal, document), self._source(goal.document, number),
            goal.meaning[lang] if goal.meaning else "", self._counted(goal, mine), self._counts(mine),
            tuple(self._joined(part) for part in goal_told(c, goal_id, self.found, self.panels, self.day, lang)),
            judged=tuple(self._line(j, cited) for j in mine if j.assessment.is_judged),
            shown=tuple(self._shown(link, cited) for link in in_full),
            lines=tuple(self._line(j, cited) for j in mine if not j.assessment.is_judged),
            rest=self._rest(goal, in_full), more=self._more(in_full, cited),
            sources=tuple(self._source(i, k) for i, k in cited.numbers.items()), address=self._address(goal_id),
        )  # fmt: skip

    def _in_full(self, goal: Goal) -> list[IndicatorLink]:
        """Every indicator with a verdict; where there are few, the first others with figures too."""
        judged = [k for k in goal.indicators if any(j.assessment.is_judged for j in self.found[k.id])]
        known = [k for k in goal.indicators if k not in judged and self._known(k.id)]
        wanted = [*judged, *known[: max(0, FEWEST_SHOWN - len(judged))]]
        return [link for link in goal.indicators if link in wanted]

    def _known(self, indicator_id: str) -> Sequence[Observation]:
        return chosen(self.catalogue, indicator_id, self.day, CHART)

    def _from(self, goal: Goal, document: Document) -> str:
        """Whose goal it is, said when, until when, and what it is part of."""
        c, lang = self.catalogue, self.language
        parts = [c.publishers[document.issuer].name[lang], n.known_text(document.date, lang),
                 c.card.horizons[goal.horizon][lang]]  # fmt: skip
        whole = self.words.say("overview.list").join(c.goals[i].title[lang] for i in goal.part_of)
        return " · ".join([*parts, *([self.words.say("brief.part-of", goals=whole)] if whole else [])])

    def _counted(self, goal: Goal, mine: Sequence[Judged]) -> str:
        """How many official targets there are and how many can be judged, in a sentence."""
        if goal.kind is not Kind.OUTCOME:
            return self.words.say("overview.conduct" if goal.kind is Kind.CONDUCT else "overview.no-number")
        if not mine:
            return self.words.say("goal.no-target")
        judged = sum(j.assessment.is_judged for j in mine)
        if not judged:
            return self.words.count("goal.counts-none", len(mine))
        return self.words.count("brief.counted", len(mine), judged=judged)

    def _counts(self, mine: Sequence[Judged]) -> tuple[tuple[Mark, int], ...]:
        number = count_of(mine)
        final = {j.assessment.standing for j in mine if j.assessment.final}
        order = (*ORDER, Standing.NOT_JUDGED)
        return tuple((Mark(s, s in final, standing_word(s, self.language)), number[s]) for s in order if number[s])

    def _line(self, judged: Judged, cited: _Cited) -> Line:
        i, a, lang = judged.indicator_id, judged.assessment, self.language
        latest = a.used[-1] if a.used and a.is_judged else a.latest
        return Line(
            self.catalogue.indicators[i].name[lang], self._target(i, judged.target),
            self._figure(i, latest) if latest else self.words.say("site.missing"),
            self._period(i, latest) if latest else "", self._mark(judged),
            reason_word(a.reason, lang) if a.reason else "",
            cited(judged.target.document, latest.document if latest else None),
        )  # fmt: skip

    def _mark(self, judged: Judged) -> Mark:
        a = judged.assessment
        is_early = a.standing is Standing.MET and not a.final
        word = self.words.say("running.met") if is_early else standing_word(a.standing, self.language)
        return Mark(a.standing, a.final, word)

    def _target(self, indicator_id: str, target: Target) -> str:
        text = target_text(self.catalogue, indicator_id, target, self.language)
        return self.words.say("brief.unchecked", text=text) if target.check is Check.RECALLED else text

    def _figure(self, indicator_id: str, o: Observation) -> str:
        """A figure; that it is not yet checked, or our own computation, is said with it."""
        text = n.observed(o, self.catalogue.unit_of(indicator_id), self.language)
        if o.derived:
            return self.words.say("brief.ours", text=text)
        return self.words.say("brief.unchecked", text=text) if o.check is Check.RECALLED else text

    def _period(self, indicator_id: str, o: Observation) -> str:
        to_date = self.catalogue.indicators[indicator_id].accumulation is Accumulation.YEAR_TO_DATE
        return n.period_text(o.period, self.language, to_date=to_date)

    def _shown(self, link: IndicatorLink, cited: _Cited) -> Shown:
        c, lang, w = self.catalogue, self.language, self.words
        indicator, first = c.indicators[link.id], headline(self.found[link.id])
        latest = glance(c, link.id, self.day).latest
        judged = worst_first(j for j in self.found[link.id] if j.assessment.is_judged)
        verdicts = tuple(self._verdict(j, cited) for j in judged)
        said = summary(c, link.id, CHART, self.day, lang)
        about = {"value": self._figure(link.id, latest), "when": when(latest.period, indicator, lang),
                 "published": n.known_text(latest.published, lang)} if latest else {}  # fmt: skip
        return Shown(
            link.id, indicator.name[lang], w.say("brief.latest", **about) if about else w.say("goal.no-figures"),
            w.say("brief.why", role=w.say(f"role.{link.role.value}").capitalize(), why=link.why[lang]),
            w.say("brief.limits", limits=link.limits[lang]),
            self._joined([indicator.name[lang] + w.say("judging.stop"), said]) if said else "",
            first, verdicts, cited(latest.document if latest else None),
        )  # fmt: skip

    def _verdict(self, judged: Judged, cited: _Cited) -> Verdict:
        c, lang, i, a, target = self.catalogue, self.language, judged.indicator_id, judged.assessment, judged.target
        notes = [*caution_sentences(c, i, target, a, lang), *self._robust(judged)]
        own = c.documents[target.document].language
        base, w = target.baseline.document if target.baseline else None, self.words
        return Verdict(
            self._mark(judged), self._target(i, target), target.quote or "", own,
            w.say("document.quote-from", where=target.quote_from[lang]) if target.quote_from else "",
            next((text for name, text in target.translation.items() if name == lang), "") if own != lang else "",
            sentence(c, i, target, a, lang), arithmetic(c, i, target, a, lang), self._joined(notes),
            cited(target.document, base, *(o.document for o in a.used)),
        )  # fmt: skip

    def _robust(self, judged: Judged) -> list[str]:
        """How many published methods agree, and whether the verdict is borderline."""
        w, panel = self.words, self.panels.get(judged.key)
        found = fragility(self.catalogue, judged.indicator_id, judged.target, self.day)
        agree = [agreement_with(panel, judged.assessment.standing, self.language)] if panel else []
        near = [w.say("fragility.borderline")] if found and found.borderline else []
        return [text + w.say("judging.stop") for text in (*agree, *near)]

    def _rest(self, goal: Goal, in_full: Sequence[IndicatorLink]) -> str:
        """The indicators that nothing above speaks of, by name: no target, and not drawn."""
        names = [self.catalogue.indicators[k.id].name[self.language] for k in goal.indicators
                 if k not in in_full and not self.found[k.id]]  # fmt: skip
        return self.words.say("brief.rest", names=self.words.say("telling.list").join(names)) if names else ""

    def _more(self, in_full: Sequence[IndicatorLink], cited: _Cited) -> str:
        """How many publications the charts draw from that no number here rests on."""
        drawn = {o.document for link in in_full for o in self._known(link.id)} - set(cited.numbers)
        return self.words.count("brief.more", len(drawn)) if drawn else ""

    def _source(self, document_id: str, number: int) -> Source:
        c, lang, document = self.catalogue, self.language, self.catalogue.documents[document_id]
        title, issuer = document.title[lang], c.publishers[document.issuer].name[lang]
        named = title if issuer in title else self.words.say("picture.by", publisher=issuer, document=title)
        said = [self.words.say("brief.source", document=named, day=n.known_text(document.date, lang))]
        said += [self.words.say("document.read-in", where=document.read_in[lang])] if document.read_in else []
        return Source(number, self._joined(said), document.url or "")

    def _address(self, goal_id: str) -> str:
        named = {"goal": goal_id, "lang": self.language, "as-of": self.day.isoformat()}
        return f"{self.base.rstrip('/')}/goal?{urlencode(named)}" if self.base else ""

    def _joined(self, sentences: Iterable[str]) -> str:
        return ("" if self.language == "zh" else " ").join(s for s in sentences if s)
