"""A verdict laid open, in words: every method's arithmetic, how many agree, how fragile it is, what may come.

Computes nothing: it names what tracking/panel.py, tracking/fragility.py and tracking/projection.py found.
"""

from tracking import sentences
from tracking.catalogue import Catalogue
from tracking.model import Standing, Target
from tracking.panel import Line, Panel
from tracking.words import words

SYMBOLS = {"v0": "v0", "v": "v", "target": "V"}
DIGITS = 6  # significant digits of an intermediate number; exports carry it whole


def number(value: float) -> str:
    """An intermediate number, with enough digits to do the arithmetic again."""
    return f"{value:.{DIGITS}g}".replace("-", "\u2212")


def method_name(name: str, language: str) -> str:
    """Whose method it is, with its edition: `Statistics Canada, 2025`."""
    return words(language).say(f"method.{name}.name")


def inputs_text(line: Line) -> str:
    """What went in: `v0 = 14.5 (2015), v = 10.4 (2023), V = 7.25 (2030)`."""
    when = {"v0": line.baseline_period, "v": line.period, "target": number(line.inputs.get("due", 0))}
    parts = [f"{SYMBOLS[k]} = {number(line.inputs[k])} ({when[k]})" for k in SYMBOLS if k in line.inputs]
    return ", ".join(parts)


def steps_text(line: Line, language: str) -> str:
    """The intermediate numbers and the ratio: `growth a year 0.0407, needed −0.0452 → R = 0.901`."""
    w = words(language)
    steps = [f"{w.say(f'step.{name}')} {number(value)}" for name, value in line.steps.items()]
    result = [] if line.ratio is None else [f"{w.say('panel.ratio')} {number(line.ratio)}"]
    score = [] if line.score is None else [f"{w.say('panel.score')} {number(line.score)}"]
    return w.say("panel.then").join(p for p in (w.say("panel.list").join(steps), *result, *score) if p)


def outcome_text(line: Line, language: str) -> str:
    """The publisher's own label, and ours."""
    w = words(language)
    return w.say("panel.outcome", label=w.say(f"outcome.{line.outcome}"),
                 standing=sentences.standing_word(line.standing, language))  # fmt: skip


def why_not(line: Line, language: str) -> str:
    assert line.reason is not None
    return words(language).say(f"why-not.{line.reason.value}")


def agreement(panel: Panel, language: str) -> str:
    """How many of the methods that apply agree: `4 of 7 methods say on track, 3 say behind.`"""
    w, counts = words(language), panel.counts
    if not counts:
        return w.say("panel.none")
    if len(counts) == 1:
        ((standing, number_of),) = counts.items()
        key = "panel.one" if number_of == 1 else "panel.all"
        return w.say(key, n=number_of, standing=sentences.standing_word(standing, language))
    parts = [w.say("panel.part", n=k, standing=sentences.standing_word(s, language)) for s, k in _ordered(counts)]
    return w.say("panel.split", n=sum(counts.values()), parts=w.say("panel.list").join(parts))


def _ordered(counts: dict[Standing, int]) -> list[tuple[Standing, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], list(Standing).index(item[0])))


def panel_lines(panel: Panel, language: str) -> list[str]:
    """The panel as lines of text, those that apply first."""
    w = words(language)
    shown = [
        f"{method_name(line.method.name, language)}: {inputs_text(line)}{w.say('panel.then')}"
        f"{steps_text(line, language)}{w.say('panel.then')}{outcome_text(line, language)}"
        for line in panel.applying
    ]
    rest = [w.say("panel.not", name=method_name(line.method.name, language), why=why_not(line, language))
            for line in panel.lines if not line.applies]  # fmt: skip
    return [*shown, *rest, *([w.say("panel.product")] if panel.is_product else []), agreement(panel, language)]


def target_lines(catalogue: Catalogue, indicator_id: str, target: Target, language: str) -> list[str]:
    """The target, where it stands, and in whose words."""
    document = catalogue.documents[target.document]
    quote = [f"“{target.quote}”"] if target.quote else []
    return [f"{sentences.target_text(catalogue, indicator_id, target, language)} ({document.title[language]})", *quote]
