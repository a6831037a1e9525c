"""One page as its template sees it: the site, the language, words, links and marks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tracking import numbers as n
from tracking.charts import sparkline
from tracking.leading import FINAL, ORDER
from tracking.look import LIGHT
from tracking.model import Accumulation, Bound, Observation, Standing, Target, Text
from tracking.publish.site import Site, document_page, relative
from tracking.selection import code
from tracking.sentences import reason_word, sentence, standing_word, target_text
from tracking.status import Judged, headline
from tracking.words import LOCALES, TAGS, Words, words

TEMPLATES = Path(__file__).with_name("templates")
LINKED = ("level", "yearly value")  # forms whose number is drawn in a small picture
COUNTS = "\0"  # stands in a sentence for its counts
DESCRIBED = 200  # characters of what is said of a page elsewhere
# small pictures take their colours from the page, which follows the reader's theme
_BY_PAGE = LIGHT.__class__(**{**LIGHT.__dict__, "accent": "currentColor", "ink3": "#7C8791"})


@cache
def environment() -> Environment:
    """The templates; every text that they are given is escaped."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    found.globals.update(n=n, code=code, sentence=sentence, standing_word=standing_word, Standing=Standing)
    return found


@dataclass(frozen=True)
class Page:
    """A page in one language. `name` is its place in the folder of that language; `others` say whether the same page
    is there in the other languages."""

    site: Site
    language: str
    name: str
    title: str
    about: str

    @property
    def path(self) -> str:
        return f"{self.language}/{self.name}"

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def html_language(self) -> str:
        return TAGS[self.language]

    @property
    def locale(self) -> str:
        return LOCALES[self.language].replace("-", "_")

    @property
    def described(self) -> str:
        return self.about if len(self.about) <= DESCRIBED else self.about[: DESCRIBED - 1] + "…"

    def say(self, key: str, /, **details: object) -> str:
        return self.words.say(key, **details)

    def count(self, key: str, n: int, /, **details: object) -> str:
        """`3 goals`, `1 goal`."""
        return self.words.count(key, n, **details)

    def text(self, text: Text | None) -> str:
        return text[self.language] if text else ""

    def to(self, name: str, at: str = "") -> str:
        """A link to a page in the same language, and a place on it."""
        return relative(self.path, f"{self.language}/{name}") + (f"#{at}" if at else "")

    def out(self, path: str) -> str:
        """A link to a file of the whole site."""
        return relative(self.path, path)

    def whole(self, path: str = "") -> str:
        """The whole address of a file; of this page if none is named."""
        return self.site.base + (path or self.path)

    def joined(self, sentences: Sequence[str]) -> str:
        return ("" if self.language == "zh" else " ").join(s for s in sentences if s)

    # marks

    def icon(self, standing: Standing, final: bool, *, named: bool = False) -> Markup:
        """The icon. Beside its word it is silent; alone (`named`) it says the word."""
        kind = f"i i-{code(standing)}{'-final' if final and standing in FINAL else ''}"
        if not named:
            return Markup('<i class="{}"></i>').format(kind)
        word = standing_word(standing, self.language)
        return Markup('<i class="{}" role="img" aria-label="{}" title="{}"></i>').format(kind, word, word)

    def marked(self, standing: Standing, final: bool, word: str) -> Markup:
        """A word with the icon and the colour of a standing."""
        return Markup('<span class="standing s-{}">{}{}</span>').format(
            code(standing), self.icon(standing, final), word)  # fmt: skip

    def mark(self, judged: Judged) -> Markup:
        """A verdict's standing."""
        a = judged.assessment
        is_early = a.standing is Standing.MET and not a.final
        word = self.say("running.met") if is_early else standing_word(a.standing, self.language)
        return self.marked(a.standing, a.final, word)

    def word(self, standing: Standing) -> Markup:
        """A standing that stands alone."""
        return self.marked(standing, True, standing_word(standing, self.language))

    def judged_in_order(self, found: Sequence[Judged]) -> list[Judged]:
        """Those that are judged, in the fixed order in which their icons stand."""
        judged = (j for j in found if j.assessment.is_judged)
        return sorted(judged, key=lambda j: ORDER.index(j.assessment.standing))

    def reason(self, judged: Judged) -> str:
        reason = judged.assessment.reason
        return reason_word(reason, self.language) if reason else ""

    def told(self, judged: Judged) -> str:
        return sentence(self.site.catalogue, judged.indicator_id, judged.target, judged.assessment, self.language)

    def asks(self, indicator_id: str, target: Target) -> str:
        return target_text(self.site.catalogue, indicator_id, target, self.language)

    def coloured(self, number: Mapping[Standing, int]) -> list[Markup]:
        """`24 met`, `3 missed`: the counts of what is judged, each in its colour."""
        return [
            Markup('<b class="nowrap s-{}">{}</b>').format(code(s), self.say(f"overview.{s.value}", n=number[s]))
            for s in ORDER if number[s]
        ]  # fmt: skip

    def with_counts(self, sentence: str, counts: Sequence[Markup]) -> Markup:
        """A sentence with coloured counts where `COUNTS` stands in it."""
        before, _, after = sentence.partition(COUNTS)
        return escape(before) + escape(self.say("overview.list")).join(counts) + escape(after)

    # figures

    def value(self, indicator_id: str, o: Observation) -> str:
        return n.observed(o, self.site.catalogue.unit_of(indicator_id), self.language)

    def period(self, indicator_id: str, o: Observation) -> str:
        indicator = self.site.catalogue.indicators[indicator_id]
        return n.period_text(o.period, self.language, to_date=indicator.accumulation is Accumulation.YEAR_TO_DATE)

    def publication(self, document_id: str, shown: str = "") -> Markup:
        """To the publication itself, in one step; to its entry where no address is known."""
        document = self.site.catalogue.documents[document_id]
        text = shown or document.title[self.language]
        if document.url:
            return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(document.url, text)
        if document_id not in self.site.sources:  # it was not out on that day, so it has no entry
            return escape(text)
        return Markup('<a href="{}">{}</a>').format(self.to(document_page(document_id)), text)

    def source_line(self, indicator_id: str, known: Sequence[Observation]) -> Markup:
        """Where the newest figure stands, and what the marks on this chart mean."""
        newest, indicator = known[-1], self.site.catalogue.indicators[indicator_id]
        marks = {
            "hollow": any(o.check.value == "recalled" for o in known),
            "square": any(o.derived for o in known),
            "triangle": any(o.bound in (Bound.AT_LEAST, Bound.ABOVE) for o in known),
            "dash": any(not o.period.closes_year for o in known) and indicator.frequency.value == "annual",
        }
        notes = [self.say(f"source.{mark}") for mark, is_so in marks.items() if is_so]
        day = n.known_text(newest.published, self.language)
        before, after = self.say("source.line", document="\0", day=day).split("\0")
        said = escape(before) + self.publication(newest.document) + after
        return said + Markup(" ").join(["", *notes]) if notes else said

    def notes(self, o: Observation) -> str:
        parts = [self.say("check.recalled")] if o.check.value == "recalled" else []
        parts += [f"{self.say('table.ours')}: {o.derived}"] if o.derived else []
        parts += [self.say(f"status.{o.status.value}")] if o.status.value != "normal" else []
        parts += [o.note[self.language]] if o.note is not None else []
        return ("；" if self.language == "zh" else "; ").join(parts)

    def small_picture(self, indicator_id: str, found: Sequence[Judged]) -> Markup:
        """The whole-year figures as a small line, with the target it is shown by."""
        known, shown = self.site.glances[indicator_id].known, headline(found)
        level = shown.target.value if shown and shown.target.form.value in LINKED else None
        years = [o for o in known if o.period.is_year] or known
        drawn = sparkline(years, self.site.catalogue.indicators[indicator_id], level, _BY_PAGE)
        return Markup(drawn.replace("<svg ", '<svg class="spark" aria-hidden="true" focusable="false" '))

    def shown(self, template: str, details: Mapping[str, Any]) -> bytes:
        return environment().get_template(template).render(p=self, c=self.site.catalogue, **details).encode()


def as_script(call: str, *details: object) -> bytes:
    """A script that hands over data by one call: a page opened from a disk may load scripts, and nothing else."""
    told = ",".join(json.dumps(d, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for d in details)
    return f"{call}({told});\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()
