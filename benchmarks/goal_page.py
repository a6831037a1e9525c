"""What the goal page shows, taken off the page itself: the same words, tables and figures for another framework."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

_PAGE = """
from views import goal
goal.show()
"""
Node = dict[str, Any]


def shown(goal_id: str, language: str) -> list[Node]:
    """Everything on the page in its order: markup, links, charts, and the boxes around them; no widgets."""
    app = AppTest.from_string(_PAGE, default_timeout=120)
    app.query_params["goal"], app.query_params["lang"] = goal_id, language
    app.run()
    assert not app.exception, app.exception
    return _below(app.main)


def charts(nodes: list[Node]) -> list[dict[str, Any]]:
    """The specifications of all charts, in the order of the page."""
    return [n["spec"] for n in nodes if "spec" in n] + [s for n in nodes for s in charts(n.get("inside", []))]


def heading(nodes: list[Node]) -> str:
    """The text of the page's first heading."""
    from lxml import html

    first = next(n["markup"] for n in nodes if "<h1" in n.get("markup", ""))
    return str(html.fromstring(first).find(".//h1").text_content())


def _below(block: Any) -> list[Node]:
    return [node for child in block.children.values() if (node := _node(child)) is not None]


def _node(child: Any) -> Node | None:
    if hasattr(child, "children"):
        inside = _below(child)
        side_by_side = any(getattr(c, "type", "") == "column" for c in child.children.values())
        return {"side_by_side": side_by_side, "inside": inside} if inside else None
    match child.type:
        case "html" | "markdown":
            return {"markup": child.proto.body}
        case "page_link":
            return {"link": child.proto.label, "address": f"{child.proto.page}?{child.proto.query_string}"}
        case "plotly_chart":
            return {"spec": json.loads(child.proto.spec), "config": json.loads(child.proto.config)}
    return None
