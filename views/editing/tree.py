"""Every file of the catalogue: goals with their indicators, what they share, and figures; with a box to find one."""

from collections.abc import Iterable, Sequence

import streamlit as st

from editing.folder import names
from tracking.catalogue import Catalogue
from tracking.search import find, folded, words_of
from views import shared
from views.editing import desk
from views.editing.kinds import SHARED, file_of, id_of, kind_of
from views.frame import address, e, language, place, say

BOX = "edit-find"
Leaf = tuple[str, str]  # a file and what it is called


def place_tree(here: str) -> None:
    """`here`: the file that is open."""
    w = say()
    st.text_input(w.say("edit.find"), key=BOX, placeholder=w.say("edit.find-hint"), icon=":material/search:")
    wanted = st.session_state.get(BOX, "").strip()
    c = desk.good()
    files = sorted({*names(shared.folder()), *desk.edits()})
    place(_found(files, c, wanted, here) if wanted else _whole(files, c, here))


def titles(files: Sequence[str], c: Catalogue | None) -> dict[str, str]:
    """What each file is called: by its own title where the catalogue can be read."""
    return {name: _title(name, c) for name in files}


def _title(name: str, c: Catalogue | None) -> str:
    kind, thing, lang = kind_of(name), id_of(name), language()
    if kind in SHARED:
        return say().say(f"edit.file.{kind}")
    if c and kind == "goal" and thing in c.goals:
        return c.goals[thing].title[lang]
    if c and kind == "indicator" and thing in c.indicators:
        return c.indicators[thing].name[lang]
    return thing


def _found(files: Sequence[str], c: Catalogue | None, wanted: str, here: str) -> str:
    named, words = titles(files, c), words_of(wanted)
    hits = [leaf for leaf in named.items() if all(find(word, folded(" ".join(leaf))) >= 0 for word in words)]
    said = say().count("edit.found", len(hits)) if hits else say().say("edit.none-found")
    inside = f'<p class="small" role="status">{e(said)}</p>{_list(hits, here, with_names=True)}'
    return _tree(inside)


def _tree(inside: str) -> str:
    return f'<nav class="ed-tree" aria-label="{e(say().say("edit.files"))}">{inside}</nav>'


def _whole(files: Sequence[str], c: Catalogue | None, here: str) -> str:
    """All files in groups; the one that holds the open file is unfolded."""
    w, named, kind = say(), titles(files, c), kind_of(here) if here else ""
    of = {k: [n for n in files if kind_of(n) == k] for k in ("goal", "indicator", "figures", *SHARED)}
    told = {link.id for goal in (c.goals.values() if c else ()) for link in goal.indicators}
    is_of_goal = kind == "indicator" and id_of(here) in told
    ordered = _in_order(of["goal"], c)
    unfolded = next((name for name in ordered if here in (name, *_parts(name, c))), "")
    goals = "".join(_goal(name, named, c, here, is_open=name == unfolded) for name in ordered)
    rest = [(n, named[n]) for n in of["indicator"] if id_of(n) not in told]
    shared = [(n, named[n]) for k in SHARED for n in of[k]]
    figures = [(n, id_of(n)) for n in of["figures"]]
    groups = [
        (w.say("edit.goals"), len(of["goal"]), f"<ul>{goals}</ul>", kind in ("", "goal") or is_of_goal),
        (w.say("edit.other-indicators"), len(rest), _list(rest, here), kind == "indicator" and not is_of_goal),
        (w.say("edit.shared"), len(shared), _list(shared, here), kind in ("", *SHARED)),
        (w.say("edit.figures"), len(figures), _list(figures, here), kind == "figures"),
    ]
    return _tree("".join(_group(*group) for group in groups if group[1]))


def _in_order(goals: Iterable[str], c: Catalogue | None) -> list[str]:
    """As their documents have them; those that cannot be read last."""
    order = {i: k for k, i in enumerate(c.goals)} if c else {}
    return sorted(goals, key=lambda name: (order.get(id_of(name), len(order)), name))


def _parts(name: str, c: Catalogue | None) -> list[str]:
    """The files of a goal's indicators."""
    goal = c.goals.get(id_of(name)) if c else None
    return [file_of("indicator", link.id) for link in goal.indicators] if goal else []


def _goal(name: str, named: dict[str, str], c: Catalogue | None, here: str, *, is_open: bool) -> str:
    mine = [(n, named[n]) for n in _parts(name, c) if n in named]
    if not mine:
        return f"<li>{_link(name, named[name], here)}</li>"
    inside = _list([(name, say().say("edit.goal-itself")), *mine], here)
    return f"<li><details{' open' if is_open else ''}><summary>{e(named[name])}</summary>{inside}</details></li>"


def _group(title: str, count: int, inside: str, is_open: bool) -> str:
    head = f"<summary>{e(title)} <small>{count}</small></summary>"
    return f'<details class="ed-group"{" open" if is_open else ""}>{head}{inside}</details>'


def _list(leaves: Iterable[Leaf], here: str, *, with_names: bool = False) -> str:
    return "<ul>" + "".join(
        f"<li>{_link(name, title, here)}{f'<small>{e(name)}</small>' if with_names else ''}</li>"
        for name, title in leaves
    ) + "</ul>"  # fmt: skip


def _link(name: str, title: str, here: str) -> str:
    current = ' aria-current="page"' if name == here else ""
    unsaved = f' <b title="{e(say().say("edit.unsaved"))}">●</b>' if name in desk.edits() else ""
    return f'<a href="{e(address("edit", file=name))}" target="_self"{current}>{e(title)}{unsaved}</a>'
