"""A verdict laid open, in words: every method's arithmetic, how many agree, how fragile it is, what may come.

Computes nothing: it names what tracking/panel.py, tracking/fragility.py and tracking/projection.py found.
"""

from datetime import date

from tracking import sentences
from tracking.assessment import assess
from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.fragility import fragility, fragility_sentences
from tracking.model import Standing, Target
from tracking.numbers import day_text, period_text
from tracking.panel import Line, Panel, panels
from tracking.period import parse_period
from tracking.projection import Refusal, chance_for, projection_for
from tracking.projection_words import projection_sentences, refusal_text
from tracking.words import words

SYMBOLS = {"v0": "v0", "v": "v", "target": "V"}
DIGITS = 6  # significant digits of an intermediate number; exports carry it whole


def number(value: float) -> str:
    """An intermediate number, with enough digits to do the arithmetic again."""
    return f"{value:.{DIGITS}g}".replace("-", "\u2212")


def method_name(name: str, language: str) -> str:
    """Whose method it is, with its edition: `Statistics Canada, 2025`."""
    return words(language).say(f"method.{name}.name")


def inputs_parts(line: Line, language: str) -> list[str]:
    """What went in, each with its period: `v0 = 14.5 (2015)`, `v = 10.4 (2023)`, `V = 7.25 (2030)`."""
    when = {"v0": line.baseline_period, "v": line.period, "target": f"{line.inputs.get('due', 0):g}"}
    return [
        f"{SYMBOLS[k]} = {number(line.inputs[k])} ({_when(when[k], language)})" for k in SYMBOLS if k in line.inputs
    ]


def _when(period: str, language: str) -> str:
    """A period in words; a target's time within a year as the number that the rules use."""
    return period if "." in period or not period else period_text(parse_period(period), language)


def inputs_text(line: Line, language: str) -> str:
    """The same in one line."""
    return words(language).say("panel.list").join(inputs_parts(line, language))


def shared_inputs(panel: Panel, language: str) -> str:
    """The inputs in one line where all methods that apply start from the same; else empty."""
    found = {inputs_text(line, language) for line in panel.applying}
    return found.pop() if len(found) == 1 else ""


def steps_parts(line: Line, language: str) -> list[str]:
    """The intermediate numbers in the order of the arithmetic: `growth a year 0.0407`."""
    return [f"{words(language).say(f'step.{name}')} {number(value)}" for name, value in line.steps.items()]


def ratio_parts(line: Line, language: str) -> list[str]:
    """The method's own progress value, and its score where it has one: `R = 0.901`, `score 2.15`."""
    result = [] if line.ratio is None else [f"{line.method.symbol} = {number(line.ratio)}"]
    return result + ([] if line.score is None else [f"{words(language).say('panel.score')} {number(line.score)}"])


def steps_text(line: Line, language: str) -> str:
    """The intermediate numbers and the ratio: `growth a year 0.0407, needed −0.0452 → R = 0.901`."""
    w = words(language)
    steps = w.say("panel.list").join(steps_parts(line, language))
    return w.say("panel.then").join(p for p in (steps, *ratio_parts(line, language)) if p)


def label_text(line: Line, language: str) -> str:
    """The publisher's own label."""
    return words(language).say(f"outcome.{line.outcome}")


def outcome_text(line: Line, language: str) -> str:
    """The publisher's own label, and ours."""
    w = words(language)
    return w.say("panel.outcome", label=label_text(line, language),
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
    parts = [
        w.say("panel.part", n=k, standing=sentences.standing_word(s, language).lower()) for s, k in _ordered(counts)
    ]
    return w.say("panel.split", n=sum(counts.values()), parts=w.say("panel.list").join(parts))


def agreement_with(panel: Panel, standing: Standing, language: str) -> str:
    """How many of the methods that apply say the same as a verdict: `5 of 7 methods agree`."""
    w, number_of = words(language), sum(panel.counts.values())
    if number_of < 2:
        return w.say("judging.agree-one" if number_of else "judging.agree-none")
    return w.say("judging.agree", k=panel.counts[standing], n=number_of)


def _ordered(counts: dict[Standing, int]) -> list[tuple[Standing, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], list(Standing).index(item[0])))


def panel_lines(panel: Panel, language: str) -> list[str]:
    """The panel as lines of text, those that apply first."""
    w = words(language)
    shown = [
        f"{method_name(line.method.name, language)}: {inputs_text(line, language)}{w.say('panel.then')}"
        f"{steps_text(line, language)}{w.say('panel.then')}{outcome_text(line, language)}"
        for line in panel.applying
    ]
    rest = [w.say("panel.not", name=method_name(line.method.name, language), why=why_not(line, language))
            for line in panel.lines if not line.applies]  # fmt: skip
    return [*shown, *rest, *([w.say("panel.product")] if panel.is_product else []), agreement(panel, language)]


def explanation(catalogue: Catalogue, goal_id: str, indicator_id: str, as_of: date, language: str) -> str:
    """Each target of an indicator as the goal sees it: verdict, arithmetic, all methods, fragility, projection."""
    goal, indicator = catalogue.goals[goal_id], catalogue.indicators[indicator_id]
    head = [f"{goal.statement}  {goal.title[language]}", indicator.name[language]]
    stood = adopted_targets(indicator, as_of)
    if not stood:
        return "\n".join([*head, words(language).say("history.none", name=indicator_id, day=day_text(as_of, language))])
    found = panels(catalogue, as_of, [(indicator_id, t.key) for t in stood])
    parts = [_of_target(catalogue, indicator_id, t, as_of, found.get((indicator_id, t.key)), language) for t in stood]
    return "\n\n".join(["\n".join(head), *parts])


def _of_target(
    catalogue: Catalogue, indicator_id: str, target: Target, as_of: date, panel: Panel | None, language: str
) -> str:
    w, unit = words(language), catalogue.unit_of(indicator_id)
    a = assess(catalogue, indicator_id, target, as_of)
    verdict = f"[{sentences.standing_word(a.standing, language)}] " + sentences.sentence(
        catalogue, indicator_id, target, a, language)  # fmt: skip
    worked = sentences.arithmetic(catalogue, indicator_id, target, a, language)
    cautions = sentences.caution_sentences(catalogue, indicator_id, target, a, language)
    methods = panel_lines(panel, language) if panel else [w.say("panel.refused")]
    fragile = fragility(catalogue, indicator_id, target, as_of)
    turning = fragility_sentences(catalogue, indicator_id, target, fragile, language) if fragile else []
    ahead = projection_for(catalogue, indicator_id, target, as_of)
    coming = [refusal_text(ahead, language)] if isinstance(ahead, Refusal) else projection_sentences(
        ahead, chance_for(catalogue, indicator_id, target, as_of, ahead), catalogue.indicators[indicator_id], unit,
        target, language)  # fmt: skip
    firm = w.say("fragility.borderline" if fragile and fragile.borderline else "fragility.firm")
    blocks = [
        [*target_lines(catalogue, indicator_id, target, language), verdict, *([worked] if worked else []), *cautions],
        [w.say("panel.title"), *(f"  {line}" for line in methods)],
        [firm, *(f"  {line}" for line in turning)] if fragile else [],
        [w.say("explain.projection"), *(f"  {line}" for line in coming)],
    ]
    return "\n".join(line for block in blocks for line in block)


def target_lines(catalogue: Catalogue, indicator_id: str, target: Target, language: str) -> list[str]:
    """The target, where it stands, and in whose words."""
    document = catalogue.documents[target.document]
    quote = [f"“{target.quote}”"] if target.quote else []
    return [f"{sentences.target_text(catalogue, indicator_id, target, language)} ({document.title[language]})", *quote]
