"""How targets are judged: one case on which methods disagree, the rule for each form, each method, the back-test."""

import pandas as pd

from tracking.backtest import ALL, backtest_table, how_text, result_text
from tracking.canonical import canonical_panel, case_text
from tracking.explain import agreement, method_name
from tracking.methods import METHODS
from tracking.methods.method import Method, Read
from tracking.model import Form
from views import verdict
from views.frame import e, language, place, placed_once, say

SHOWN = ("horizon", "n", "series", "cover50", "cover80", "cover95")  # of the back-test; the rest is a click away


def show() -> None:
    placed_once(_body)


def _body() -> None:
    lang = language()
    place(_head() + _case(lang) + _defaults() + _methods(lang) + _backtest(lang) + _unverified(lang))


def _head() -> str:
    w = say()
    return f'<div class="rule3"><h1>{e(w.say("judging.page.title"))}</h1><p>{e(w.say("judging.page.intro"))}</p></div>'


def _case(lang: str) -> str:
    found = canonical_panel()
    return (
        f"<h2>{e(say().say('judging.page.canonical'))}</h2>"
        f'<p class="lede">{e(agreement(found, lang))}</p><p class="verdict">{e(case_text(lang))}</p>'
        f"{verdict.methods_table(found, lang)}"
        f'<p class="caption">{e(say().say("judging.symbols"))}</p>'
    )


def _defaults() -> str:
    w = say()
    heads = [w.say(f"judging.page.column-{k}") for k in ("form", "settled", "running")]
    top = "".join(f'<th scope="col">{e(h)}</th>' for h in heads)
    rows = "".join(
        f'<tr><th scope="row">{e(w.say(f"judging.form.{form.value}"))}</th>'
        f'<td class="full" data-label="{e(heads[1])}">{e(w.say(f"judging.settled.{form.value}"))}</td>'
        f'<td class="full" data-label="{e(heads[2])}">{e(w.say(f"judging.running.{form.value}"))}</td></tr>'
        for form in Form
    )
    return (
        f"<h2>{e(w.say('judging.page.defaults'))}</h2><p class='verdict'>{e(w.say('judging.page.defaults-text'))}</p>"
        f'<table class="stack forms"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _methods(lang: str) -> str:
    w = say()
    cards = "".join(_card(method, lang) for method in METHODS.values())
    return (
        f"<h2>{e(w.say('judging.page.methods'))}</h2><p class='caption'>{e(w.say('judging.page.letters'))}</p>"
        f'<div class="cards">{cards}</div>'
    )


def _card(method: Method, lang: str) -> str:
    w, key = say(), f"method.{method.name}"
    source = e(w.say("judging.page.ours-doc"))
    if method.link.startswith("https://"):
        shown = method.link.removeprefix("https://").removesuffix("/")
        source = f'<a href="{e(method.link)}" target="_blank" rel="noopener noreferrer">{e(shown)}</a>'
    entries = {
        "formula": "<br>".join(f"<code>{e(part)}</code>" for part in method.formula.split(";  ")),
        "thresholds": _thresholds(method),
        "results": f'<ul class="plain">{verdict.results(method, lang)}</ul>',
        "not-for": e(w.say(f"{key}.not-for")),
    }
    body = "".join(f"<dt>{e(w.say(f'judging.page.{k}'))}</dt><dd>{v}</dd>" for k, v in entries.items())
    return (
        f'<section class="card" id="{e(method.name)}"><h3>{e(method_name(method.name, lang))}</h3>'
        f'<p class="caption">{e(verdict.origin(method))} · {source}</p>'
        f"<p>{e(w.say(f'{key}.what'))}</p><dl>{body}</dl></section>"
    )


def _thresholds(method: Method) -> str:
    """Where the ratio's classes part, with a target and without."""
    w = say()
    lines = [w.say("judging.page.with", symbol=method.symbol, values=_values(method.thresholds))]
    if method.without:
        lines.append(w.say("judging.page.without", symbol="g", values=_values(method.without)))
    return "<br>".join(e(line) for line in lines)


def _values(numbers: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}".replace("-", "−") for value in numbers)


def _backtest(lang: str) -> str:
    w, table = say(), backtest_table()
    head = f"<h2>{e(w.say('projection.backtest.title'))}</h2><p class='lede'>{e(result_text(table, lang))}</p>"
    rest = "".join(
        f"<h3>{e(w.say(f'projection.group.{group}'))}</h3>{_table(part, [c for c in part.columns if c != 'group'])}"
        for group, part in table.groupby("group", sort=False)
    )
    return (
        f"{head}{_table(table[table['group'] == ALL], list(SHOWN))}"
        f'<p class="caption">{e(how_text(lang))}</p>'
        f'<details class="quiet"><summary>{e(w.say("judging.page.others"))}</summary>{rest}</details>'
    )


def _table(part: pd.DataFrame, columns: list[str]) -> str:
    top = "".join(f'<th scope="col" class="num">{e(say().say(f"projection.column.{c}"))}</th>' for c in columns)
    rows = "".join(
        f'<tr><th scope="row" class="num">{e(cells[0])}</th>'
        + "".join(f'<td class="num">{e(cell)}</td>' for cell in cells[1:])
        + "</tr>"
        for cells in part[columns].itertuples(index=False)
    )
    table = f'<table class="backtest"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'
    name = e(say().say("projection.backtest.title"))
    return f'<div class="scroll" role="group" aria-label="{name}" tabindex="0">{table}</div>'


def _unverified(lang: str) -> str:
    w = say()
    doubtful = [m for m in METHODS.values() if m.read in (Read.SECOND_HAND, Read.RECALLED)]
    items = "".join(
        "<li>"
        + e(w.say("judging.page.unverified-item", name=method_name(m.name, lang), read=w.say(f"read.{m.read}")))
        + "</li>"
        for m in doubtful
    )
    texts = verdict.joined([w.say("judging.page.unverified-text"), w.say("judging.page.sources-text")], lang)
    return f"<h2>{e(w.say('judging.page.unverified'))}</h2><p>{e(texts)}</p><ul>{items}</ul>"
