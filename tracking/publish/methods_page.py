"""How targets are judged, as a page."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tracking.backtest import ALL, backtest_table, how_text, result_text
from tracking.canonical import canonical_panel, case_text
from tracking.explain import agreement
from tracking.methods import METHODS
from tracking.methods.method import Read
from tracking.model import Form
from tracking.publish.page import Page
from tracking.publish.shown import page_bytes
from tracking.publish.site import Site
from tracking.words import words

SHOWN = ("horizon", "n", "series", "cover50", "cover80", "cover95")  # of the back-test for all series


def methods_page(site: Site, language: str) -> tuple[str, bytes]:
    w, found, table = words(language), canonical_panel(), backtest_table()
    page = Page(site, language, "methods.html", w.say("judging.page.title"), w.say("judging.page.intro"))
    return page_bytes(
        page, "methods.html", canonical=found, canonical_said=agreement(found, language), case=case_text(language),
        forms=[form.value for form in Form], methods=list(METHODS.values()), values=_values,
        result=result_text(table, language), how=how_text(language), backtest=_backtest(page, table),
        doubtful=[m for m in METHODS.values() if m.read in (Read.SECOND_HAND, Read.RECALLED)],
    )  # fmt: skip


def _values(numbers: Sequence[float]) -> str:
    return ", ".join(f"{value:g}".replace("-", "−") for value in numbers)


def _backtest(page: Page, table: pd.DataFrame) -> list[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """The back-test of all series, then of each group: a heading, the columns, the rows."""
    groups = sorted(table.groupby("group", sort=False), key=lambda part: part[0] != ALL)
    found = []
    for group, part in groups:
        columns = list(SHOWN) if group == ALL else [c for c in part.columns if c != "group"]
        head = "" if group == ALL else page.say(f"projection.group.{group}")
        found.append((head, columns, list(part[columns].itertuples(index=False, name=None))))
    return found
