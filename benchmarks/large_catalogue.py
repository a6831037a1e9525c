"""A catalogue of many goals, each with indicators of its own, ten yearly figures and a target: made up, for measuring.

    python benchmarks/large_catalogue.py FOLDER [GOALS] [INDICATORS]

The words and the values say nothing of any place. `--goals FOLDER/goals` serves it.
"""

import random
import sys
from pathlib import Path

SHARED = {
    "catalogue.yaml": """\
title: {zh: 大目录, en: A large catalogue}
document: plan
area: XXA
gathered: 2026-01-01
areas: {XXA: {zh: 甲, en: Alpha}}
themes: {one: {zh: 一, en: One}, two: {zh: 二, en: Two}}
horizons: {2025: {zh: 二〇二五年, en: By 2025}, 2030: {zh: 二〇三〇年, en: By 2030}}
""",
    "units.yaml": 'things: {kind: amount, quantity: things, zh: 个, en: ""}\n',
    "publishers.yaml": "office: {name: {zh: 局, en: Office}}\n",
    "documents.yaml": "plan: {title: {zh: 规划, en: Plan}, issuer: office, date: 2020-06-01, language: zh}\n",
}
COLUMNS = "area,period,value,bound,status,published,document,check,derived,note_zh,note_en\n"
YEARS = range(2015, 2025)


def write(folder: Path, goals: int, indicators: int) -> Path:
    """Writes goals/ and figures/ below the folder; the folder of the goals."""
    dice = random.Random(20260101)
    place = folder / "goals"
    for part in (place / "indicators", folder / "figures"):
        part.mkdir(parents=True)
    for name, text in SHARED.items():
        (place / name).write_text(text, "utf-8")
    for g in range(goals):
        names = [f"thing-{g}-{k}" for k in range(indicators)]
        (place / f"goal-{g}.yaml").write_text(_goal(g, names), "utf-8")
        for name in names:
            (place / "indicators" / f"{name}.yaml").write_text(_indicator(name, dice), "utf-8")
            (folder / "figures" / f"{name}.csv").write_text(_figures(dice), "utf-8")
    return place


def _goal(number: int, names: list[str]) -> str:
    links = "".join(
        f"  - {{id: {name}, role: official target, why: {{zh: 因, en: Why}}, limits: {{zh: 限, en: Limits}}}}\n"
        for name in names
    )
    return (
        f"statement: 发展事项{number}\ntitle: {{zh: 发展事项{number}, en: Develop matter {number}}}\n"
        f"document: plan\norder: {number + 1}\nkind: outcome\nhorizon: {2025 + 5 * (number % 2)}\n"
        f"theme: {('one', 'two')[number % 2]}\nindicators:\n{links}"
    )


def _indicator(name: str, dice: random.Random) -> str:
    return (
        f"name: {{zh: 数量{name[6:]}, en: Number of things {name[6:]}}}\ndefinition: {{zh: 数, en: Count}}\n"
        "unit: things\ndirection: higher\nfrequency: annual\naccumulation: end of period\npublisher: office\n"
        f"series:\n  - {{provider: figures, key: {name}}}\ntargets:\n"
        f"  - {{form: level, bound: at least, value: {dice.randint(100, 300)}, for: 2025,\n"
        "     baseline: {period: 2020, value: 100, check: read}, adopted: 2020-06-01, document: plan,\n"
        "     quote: 达到, translation: {en: reach}, nature: expected, check: read}\nbreaks: []\n"
    )


def _figures(dice: random.Random) -> str:
    value, lines = 60.0, []
    for year in YEARS:
        value *= dice.uniform(1.0, 1.2)
        lines.append(f",{year},{value:.1f},,,{year + 1}-01-31,plan,read,,,\n")
    return COLUMNS + "".join(lines)


if __name__ == "__main__":
    folder, goals, indicators = [*sys.argv[1:], "200", "10"][:3]
    print(write(Path(folder), int(goals), int(indicators)))
