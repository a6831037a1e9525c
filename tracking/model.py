"""The nouns of the house: what a catalogue holds, what was observed, and what was judged of it.

The pydantic models mirror the YAML files key by key (goals/README.md is their dictionary, and the JSON
Schema is written from them). Observation, Series and Assessment are made by the program, not by curators.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tracking.period import Period

LANGUAGES = ("zh", "en")
Language = Literal["zh", "en"]
Id = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80), Field(examples=["more-robots"])
]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
UnitName = Annotated[Line, Field(examples=["%"])]
AreaName = Annotated[Line, Field(examples=["EU27_2020"])]
Address = Annotated[str, StringConstraints(pattern=r"^https?://"), Field(examples=["https://www.example.org/plan"])]
Year = Annotated[int, Field(ge=1900, le=2200, examples=[2030])]
Number = Annotated[float, Field(strict=False, allow_inf_nan=False, examples=[26])]
# the published rules that a target may name, by publisher and edition; the first is our own
MethodName = Literal[
    "pro-rata", "statcan-2025", "eurostat-2021", "eurostat-2023", "un-2022", "un-2023", "destatis-2022", "sdsn",
    "systems-change-lab",
]  # fmt: skip
METHOD_NAMES: tuple[MethodName, ...] = get_args(MethodName)


class Kind(StrEnum):
    OUTCOME = "outcome"
    DIRECTION = "direction"
    CONDUCT = "conduct"


class Role(StrEnum):
    OFFICIAL_TARGET = "official target"
    OFFICIAL_INDICATOR = "official indicator"
    PROXY = "proxy"
    CONTEXT = "context"


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    MAINTAIN = "maintain"
    CONTEXT = "context"


class Frequency(StrEnum):
    ANNUAL = "annual"
    HALF_YEARLY = "half-yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    IRREGULAR = "irregular"


class Accumulation(StrEnum):
    PERIOD = "period"
    YEAR_TO_DATE = "year-to-date"
    END_OF_PERIOD = "end of period"


class Form(StrEnum):
    """The closed set of what official targets look like."""

    LEVEL = "level"
    CUMULATIVE_CHANGE = "cumulative change"
    AVERAGE_GROWTH = "average growth"
    YEARLY_VALUE = "yearly value"
    MULTIPLE = "multiple"
    RELATIVE = "relative"
    STABLE = "stable"
    RANGE = "range"
    COVERAGE = "coverage"
    YES_NO = "yes/no"
    RANK = "rank"
    DIRECTION = "direction"
    QUALITATIVE = "qualitative"


class Bound(StrEnum):
    """What a number promises or admits: 以上, 以内, 超过, 低于, 左右."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOVE = "above"
    BELOW = "below"
    ABOUT = "about"
    EXACTLY = "exactly"


class Nature(StrEnum):
    BINDING = "binding"
    EXPECTED = "expected"
    UNSTATED = "unstated"
    FORECAST = "forecast"


class Check(StrEnum):
    READ = "read"
    RECALLED = "recalled"


class Status(StrEnum):
    NORMAL = "normal"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    BREAK = "break"
    FORECAST = "forecast"


class Measure(StrEnum):
    VALUE = "value"
    AVERAGE_GROWTH = "average growth"
    CUMULATIVE_CHANGE = "cumulative change"


class Provider(StrEnum):
    """Where a series comes from: the shipped files, or one of the modules of loaders/."""

    FIGURES = "figures"
    WORLDBANK = "worldbank"
    NBS = "nbs"
    NBS_FILE = "nbs-file"
    MIIT = "miit"
    DBNOMICS = "dbnomics"
    SDMX = "sdmx"
    JSONSTAT = "jsonstat"
    OWID = "owid"
    UNSD = "unsd"
    COMTRADE = "comtrade"
    TABLE = "table"


class Concept(StrEnum):
    """Whether a provider's series measures what the indicator measures."""

    SAME = "same"
    DIFFERS = "differs"


class UnitKind(StrEnum):
    AMOUNT = "amount"
    SHARE = "share"
    GROWTH = "growth"
    FALL = "fall"
    INDEX = "index"
    RANK = "rank"
    WORDS = "words"


class Entry(BaseModel):
    """One mapping of a YAML file: no unknown key, no silent conversion, never changed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Text(Entry):
    """The same words in each language of the catalogue."""

    zh: Line
    en: Line

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Publisher(Entry):
    name: Text
    url: Address | None = None
    licence: Annotated[Line, Field(examples=["CC BY 4.0"])] | None = (
        None  # an open one by its name; None: the figures are quoted with their source
    )


class Document(Entry):
    title: Text
    issuer: Id
    date: Period
    adopted: Period | None = None
    language: Language
    with_: Text | None = Field(None, alias="with")
    url: Address | None = None
    read_in: Text | None = None


class Unit(Entry):
    kind: UnitKind = Field(strict=False)
    quantity: Line = Field(examples=["people"])
    factor: float = Field(1, gt=0, strict=False, examples=[10000])
    zh: str = Field(examples=["人"])
    en: str = Field("", examples=["per cent"])
    before: str = Field("", examples=["EUR"])


class CatalogueCard(Entry):
    """catalogue.yaml: what the catalogue is about."""

    title: Text
    document: Id
    area: AreaName
    gathered: Period
    publisher: Id | None = None
    licence: Text | None = None
    corrections: Address | None = None
    areas: Mapping[AreaName, Text]
    themes: Mapping[Id, Text]
    horizons: Mapping[Year, Text]


class IndicatorLink(Entry):
    id: Id
    role: Role = Field(strict=False)
    why: Text
    limits: Text


class Goal(Entry):
    statement: Line
    title: Text
    document: Id
    order: int = Field(ge=1, examples=[1])
    kind: Kind = Field(strict=False)
    horizon: Year
    theme: Id
    part_of: list[Id] = []
    meaning: Text | None = None
    indicators: list[IndicatorLink]


class SeriesRef(Entry):
    provider: Provider = Field(strict=False)
    key: Line = Field(examples=["sme-count", "NV.IND.MANF.ZS:DEU"])
    area: AreaName | None = None
    measure: Measure = Field(Measure.VALUE, strict=False)
    document: Id | None = None
    concept: Concept = Field(Concept.SAME, strict=False)
    difference: Text | None = None
    unit: UnitName | None = None
    note: Text | None = None


class Span(Entry):
    """Whole years, both included."""

    from_: Year = Field(alias="from")
    to: Year


class Baseline(Entry):
    period: Period
    value: Number | None = None
    check: Check = Field(strict=False)
    document: Id | None = None


class Restatement(Entry):
    """A later document that states the same target again."""

    document: Id
    position: int | None = Field(None, ge=1, examples=[1])
    quote: Line | None = None
    translation: Mapping[Language, Line] = {}


class Target(Entry):
    id: Id | None = None
    form: Form = Field(strict=False)
    bound: Bound | None = Field(None, strict=False)
    value: Number | None = None
    high: Number | None = None
    times: float | None = Field(None, gt=0, strict=False, examples=[2])
    other: Id | None = None
    for_: Period | None = Field(None, alias="for")
    span: Span | None = None
    baseline: Baseline | None = None
    tolerance: float | None = Field(None, gt=0, strict=False, examples=[0.5])
    method: MethodName | None = None
    unit: UnitName | None = None
    adopted: Period
    document: Id
    position: int | None = Field(None, ge=1, examples=[1])
    also_in: list[Restatement] = []
    quote: Line | None = None
    translation: Mapping[Language, Line] = {}
    quote_from: Text | None = None
    words: Text | None = None
    nature: Nature = Field(strict=False)
    check: Check = Field(strict=False)
    note: Text | None = None
    supersedes: Id | None = None

    @property
    def due(self) -> Period:
        """The period in which the target is settled: its own, or the last year of its span."""
        if self.for_ is not None:
            return self.for_
        assert self.span is not None  # the reader refuses a target with neither
        return Period.of_year(self.span.to)

    @property
    def key(self) -> str:
        """Its id within the indicator."""
        return self.id or f"{self.due.text.lower().replace('/', '-')}-{self.document}"


class Break(Entry):
    period: Period
    reason: Text
    document: Id | None = None


class NaturalLimits(Entry):
    low: Number | None = None
    high: Number | None = None


class Indicator(Entry):
    name: Text
    definition: Text
    unit: UnitName
    direction: Direction = Field(strict=False)
    frequency: Frequency = Field(strict=False)
    accumulation: Accumulation = Field(strict=False)
    publisher: Id
    natural_limits: NaturalLimits = NaturalLimits()
    caution: Text | None = None
    series: list[SeriesRef]
    targets: list[Target]
    breaks: list[Break] = []


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure. `value` is in the indicator's unit; `decimals` is how many were printed."""

    period: Period
    value: float
    decimals: int
    bound: Bound | None
    status: Status
    published: Period
    document: str
    check: Check
    derived: str
    note: Text | None

    @property
    def known(self) -> date:
        """The first day on which it was surely public."""
        return self.published.end

    @property
    def is_solid(self) -> bool:
        """Whether a verdict may rest on it: read in its publication, and not our own arithmetic."""
        return self.check is Check.READ and not self.derived and self.status is not Status.FORECAST


@dataclass(frozen=True, slots=True)
class Series:
    """One run of observations for one area: every vintage, ordered by period, then day of publication."""

    area: str
    observations: tuple[Observation, ...]

    def as_known_on(self, day: date) -> tuple[Observation, ...]:
        """The newest figure of each period among those published by that day, ordered by period."""
        newest = {o.period.text: o for o in self.observations if o.known <= day}
        return tuple(sorted(newest.values(), key=lambda o: o.period))


class Standing(StrEnum):
    MET = "met"
    ON_TRACK = "on track"
    BEHIND = "behind"
    MISSED = "missed"
    MOVING_AWAY = "moving away"
    NOT_JUDGED = "not judged"


class Reason(StrEnum):
    """Why a target is not judged, or by which comparison it is."""

    NO_NUMBER = "no number"
    NO_FIGURE = "no official figure"
    DUE_FIGURE_MISSING = "no official figure for the due year"
    NOT_YET_DUE = "not yet due"
    TOO_FEW = "not enough data"
    TOO_OLD = "data too old"
    NOT_COMPARABLE = "not comparable"
    TARGET_UNCHECKED = "target not checked"
    FIGURES_UNCHECKED = "figures not checked"
    ONLY_DERIVED = "only our own arithmetic"
    FORECAST = "a forecast"
    BOUND_UNDECIDED = "bound does not decide"
    SUPERSEDED = "replaced by a later target"
    NO_RULE = "rule not settled"
    METHOD = "method does not apply"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What became of one target as known on one day: the standing, why, and the numbers it rests on.

    `rule` names the sentence that is said of it (tracking/words), `numbers` are the values that sentence
    shows, in the indicator's unit or in per cent. `final` says that no later figure is due to change it.
    """

    standing: Standing
    as_of: date
    rule: str
    reason: Reason | None = None
    final: bool = False
    latest: Observation | None = None
    used: tuple[Observation, ...] = ()
    numbers: Mapping[str, float | int | str] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()

    @property
    def is_judged(self) -> bool:
        return self.standing is not Standing.NOT_JUDGED
