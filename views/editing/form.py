"""A form for who does not write YAML: it puts values into the same text, whose comments and order stay."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from editing.form import as_typed, put, value_at, without
from editing.refusal import Refused
from tracking.model import LANGUAGES
from tracking.problems import Problem
from tracking.strict_yaml import Path_, Tree, yaml_tree
from views.editing import desk, parts
from views.editing.keeping import tell
from views.editing.kinds import ids, kind_of, schema_of
from views.frame import e, language, place, say

PART = "edit-part"
WITHIN = ("span", "baseline", "natural_limits")  # whose fields are named with them
LONG = 160  # characters of a title in a list


def place_form(name: str, mistakes: Sequence[Problem]) -> None:
    """One part of the file at a time: itself, a target, a series, a document …"""
    w, text, root = say(), desk.text_of(name), schema_of(kind_of(name), language())
    tree = yaml_tree(text.encode("utf-8", "surrogatepass"), name)
    if tree.value is None or root is None:
        place(f'<p role="alert">{e(w.say("edit.form-unreadable"))}</p>')
        return
    every = parts.parts(tree.value, root)
    if not every:
        place(f'<p class="small">{e(w.say("edit.form-empty"))}</p>')
        return
    asked = st.session_state.get(PART)
    st.session_state[PART] = asked if asked in every else every[0]
    part = st.selectbox(w.say("edit.part"), every, key=PART, format_func=lambda p: _title(p, tree.value))
    _place_part(name, part, tree, mistakes)


def _title(part: Path_, value: Any) -> str:
    """`Target 2: 2025 · plan-14`."""
    if not part:
        return say().say("edit.part-itself")
    held = value
    for key in part:
        held = held[key]
    called = _called(held)
    last = part[-1]
    name = say().say("edit.part-of", what=label(str(part[0])), n=last + 1) if isinstance(last, int) else last
    return f"{name}: {called}"[:LONG] if called else name


def _called(held: Any) -> str:
    """By what somebody knows a part again."""
    if not isinstance(held, dict):
        return ""
    words = next((held[k] for k in ("title", "name", "words") if isinstance(held.get(k), dict)), None)
    if words:
        return str(words.get(language()) or "")
    known = (held.get(key) for key in ("id", "provider", "key", "for", "period", "form", "document"))
    return " · ".join(str(k) for k in known if k)


def label(key: str) -> str:
    return say().say(f"edit.field.{key}")


def _place_part(name: str, part: Path_, tree: Tree, mistakes: Sequence[Problem]) -> None:
    kind, root = kind_of(name), schema_of(kind_of(name), language())
    assert root is not None  # figures have no form
    wanted = list(parts.fields(part, kind, root))
    there = [field for field in wanted if field[2] or _has(tree.value, field[0])]
    rest = [field for field in wanted if field not in there]
    for field in there:
        _place_field(name, field, tree, mistakes)
    if rest:
        with st.expander(say().count("edit.more-fields", len(rest))):
            for field in rest:
                _place_field(name, field, tree, mistakes)
    with st.container(horizontal=True):
        _place_adding(name, part, root)


def _place_adding(name: str, part: Path_, root: parts.Schema) -> None:
    """The ways to one more part, or one less."""
    w = say()
    lists = [key for key in root.get("properties", {}) if parts.is_list_of_parts(parts.below(root, key, root), root)]
    for key in lists if not part else part[:1]:
        if key in lists:
            st.button(w.say("edit.add", what=label(str(key))), key=f"edit-add-{key}", on_click=_add, args=(name, key))
    if part:
        st.button(w.say("edit.remove"), key="edit-remove", on_click=_remove, args=(name, part))


def _has(value: Any, path: Path_) -> bool:
    for key in path:
        there: Any = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
        if key not in there:
            return False
        value = value[key]
    return value not in (None, [])


def _place_field(name: str, field: parts.Field, tree: Tree, mistakes: Sequence[Problem]) -> None:
    """The field in which the value is shown and changed, and what is wrong with it."""
    path, schema, must, asked = field
    key = f"field {name} {path}"
    value = value_at(desk.text_of(name), path) if _has(tree.value, path) else None
    said = _label(path) + ("" if must else f" {say().say('edit.optional')}")
    told: dict[str, Any] = {"key": key, "help": schema.get("description"), "on_change": _changed,
                            "args": (name, field, key)}  # fmt: skip
    if asked in (parts.CHOICE, parts.ID):
        _place_choice(said, told, value, _options(name, field))
    elif asked == parts.IDS:
        options = _options(name, field)
        st.session_state[key] = [one for one in value or [] if one in options]
        st.multiselect(said, list(options), format_func=lambda i: options[i], **told)
    else:
        st.session_state[key] = "" if value is None else str(value)
        (st.text_area if asked == parts.LONG else st.text_input)(said, **told)
    own = [p for p in mistakes if (p.line, p.column) in (tree.places.get(path), tree.keys.get(path))]
    place("".join(f'<p role="alert">{e(p.sentence(language()))}</p>' for p in own)) if own else None


def _label(path: Path_) -> str:
    """`Baseline · value`, `Name · Chinese`."""
    names = [str(key) for key in path if not isinstance(key, int)]
    *above, last = names[-2:]
    is_part_of_it = above and (last in LANGUAGES or above[0] in WITHIN)
    return f"{label(above[0])} · {label(last)}" if is_part_of_it else label(last)


def _options(name: str, field: parts.Field) -> dict[Any, str]:
    """What may be chosen, each in words."""
    path, schema, _, asked = field
    if asked == parts.CHOICE:
        told = dict(zip(schema["enum"], schema.get("enumDescriptions", ()), strict=False))
        return {value: f"{value} – {told[value]}" if value in told else str(value) for value in schema["enum"]}
    of, c = parts.list_of(path if asked == parts.ID else (*path, 0), kind_of(name)), desk.good()
    return {i: f"{title} ({i})" if title else str(i) for i, title in ids(c, of, language())} if c and of else {}


def _place_choice(said: str, told: dict[str, Any], value: Any, options: dict[Any, str]) -> None:
    """A value that is none of the choices is among them while it stands there: it is not taken away unseen."""
    every = [None, *options, *([value] if value is not None and value not in options else [])]
    st.session_state[told["key"]] = value
    st.selectbox(said, every, format_func=lambda v: "" if v is None else options.get(v, str(v)), **told)


def _changed(name: str, field: parts.Field, key: str) -> None:
    """Put what was chosen or typed into the text."""
    path, _, must, asked = field
    given = st.session_state[key]
    if asked in (parts.PLAIN,) and given:
        given = as_typed(given)
    elif isinstance(given, str):
        given = given.replace("\n", " ").strip() or None
    text, root = desk.text_of(name), schema_of(kind_of(name), language()) or {}
    order = list(parts.schema_at(path[:-1], root).get("properties", {}))
    try:
        if given in (None, "", []) and not must:
            new = _without(text, path)
        else:
            new = put(text, path, given if given != "" else None, order)
    except Refused as error:
        tell(error.sentence(language()), alert=True)
        return
    desk.hand_over({name: new})


def _without(text: str, path: Path_) -> str:
    """Without the value, and without what held nothing else."""
    if not _has(yaml_tree(text.encode("utf-8", "surrogatepass"), "").value, path):
        return text
    above = value_at(text, path[:-1]) if len(path) > 1 else None
    return without(text, path[:-1] if isinstance(above, dict) and len(above) == 1 else path)


def _add(name: str, key: str) -> None:
    text, root = desk.text_of(name), schema_of(kind_of(name), language()) or {}
    held = value_at(text, (key,)) or []
    path = (key, len(held))
    try:
        new = put(text, path, parts.blank(parts.schema_at(path, root), root))
    except Refused as error:
        tell(error.sentence(language()), alert=True)
        return
    desk.hand_over({name: new})
    st.session_state[PART] = path


def _remove(name: str, part: Path_) -> None:
    try:
        desk.hand_over({name: without(desk.text_of(name), part)})
    except Refused as error:
        tell(error.sentence(language()), alert=True)
        return
    st.session_state.pop(PART, None)
