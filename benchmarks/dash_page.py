"""The goal page in Dash: the same words, tables and figures, every page built once and kept whole in memory.

    python benchmarks/dash_page.py PORT PAGES        PAGES: JSON of {language: {goal: nodes}}, see goal_page.py

Only sending and drawing are left to do, which is the best that a Dash page can reach. A table is one
component: with one for every cell the same page takes Dash more than a minute.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html
from lxml import etree
from lxml import html as markup

STYLE = Path(__file__).resolve().parents[1] / "views/style.css"
_NAMES = {"class": "className", "colspan": "colSpan", "rowspan": "rowSpan", "tabindex": "tabIndex", "for": "htmlFor"}


def component(node: dict[str, Any]) -> Any:
    """One node of the page as Dash has it."""
    if "inside" in node:
        inside = [component(n) for n in node["inside"]]
        style = {"display": "flex", "gap": "1rem"} if node["side_by_side"] else {"flex": "1 1 0", "minWidth": 0}
        return html.Div(inside, style=style)
    if "spec" in node:
        return dcc.Graph(figure=node["spec"], config=node["config"])
    if "link" in node:
        return html.A(node["link"], href=node["address"])
    return html.Div([_element(e) for e in markup.fragments_fromstring(node["markup"]) if not isinstance(e, str)])


def _element(e: Any) -> Any:
    """A tag of our markup as a component; a table as one, a drawing as a picture."""
    if e.tag == "table":
        return dcc.Markdown(_table(e))
    if e.tag == "svg":
        return html.Img(src="data:image/svg+xml," + etree.tostring(e, encoding="unicode"))
    inside: list[Any] = [e.text] if e.text else []
    for child in e:
        inside.append(_element(child))
        if child.tail:
            inside.append(child.tail)
    made = getattr(html, e.tag.capitalize())
    return made(inside or None, **_attributes(made, e.attrib))


def _table(table: Any) -> str:
    """A table with its links in Markdown."""
    rows = [[_cell(c) for c in row.iter("th", "td")] for row in table.iter("tr")]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _cell(cell: Any) -> str:
    text = " ".join(cell.text_content().replace("|", "/").split())
    link = cell.find(".//a")
    return text if link is None else f"[{text}]({link.get('href')})"


def _attributes(made: Any, given: Any) -> dict[str, Any]:
    found = {_NAMES.get(k, k): v for k, v in given.items()}
    if "style" in found:
        pairs = [part.partition(":") for part in found["style"].split(";") if part.strip()]
        found["style"] = {re.sub("-(.)", lambda m: m[1].upper(), k.strip()): v.strip() for k, _, v in pairs}
    known = set(made()._prop_names)
    return {k: v for k, v in found.items() if k in known or k.startswith(("data-", "aria-"))}


def main(port: int, file: Path) -> None:
    told = json.loads(file.read_text("utf-8"))
    pages = {(lang, goal): [component(n) for n in nodes] for lang, of in told.items() for goal, nodes in of.items()}
    goals = list(told["en"])
    app = Dash(__name__, title="Goal")
    app.index_string = app.index_string.replace("{%css%}", "{%css%}<style>" + STYLE.read_text("utf-8") + "</style>")
    app.layout = html.Div([
        dcc.RadioItems(goals, goals[0], id="goal", inline=True),
        dcc.RadioItems(["en", "zh"], "en", id="language", inline=True),
        html.Div(id="page", className="pg"),
    ])  # fmt: skip

    @app.callback(Output("page", "children"), Input("goal", "value"), Input("language", "value"))
    def _page(goal: str, language: str) -> Any:
        return pages[language, goal]

    app.run(host="127.0.0.1", port=port, debug=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
