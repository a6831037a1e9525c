"""From a document to drafts: its text with the goals that were found, and beside each its draft, for the curator to
accept, change or drop. What is given stays in the reader's session until it is saved.
"""

import json
import secrets
from pathlib import Path
from typing import Any

import streamlit as st

from editing.accepting import Accepted, edits_of
from editing.refusal import Refused
from editing.saving import Conflict, save
from tracking.drafting.drafts import About, Draft, drafts, notes_on
from tracking.drafting.finding import Sureness
from tracking.drafting.matching import Known, Nearness, Of, known
from tracking.drafting.reading import MOST_BYTES, SUFFIXES, DocumentError, Read, read, typed
from tracking.drafting.sentences import language_of
from tracking.drafting.showing import Passage, Piece, passages
from tracking.drafting.telling import fill_in, how_sure, place_text, summary, why_text
from tracking.problems import CatalogueError
from tracking.words import TAGS
from views import shared, who
from views.editing import desk
from views.frame import address, catalogue, e, language, place, say

STYLE = Path(__file__).with_name("drafting.css")
STATE, TEXT, FILE, DOCUMENT, PAGE = "drafting", "draft-text", "draft-file", "draft-document", "part"
PER_PAGE = 12  # drafts: each has three controls, and a long plan has hundreds
ACCEPTED, DROPPED = "accept", "drop"
SIGNS = {Nearness.TRACKED: "●", Nearness.NEAR: "◐", Nearness.NEW: "○"}


def show() -> None:
    w = say()
    button = json.dumps(w.say("drafting.choose"), ensure_ascii=False)
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}:root{{--dr-choose:{button}}}</style>")
    intro = f'<p class="dr-intro">{e(w.say("drafting.intro"))}</p>'
    place(f'<div class="rule3"><h1>{e(w.say("drafting.title"))}</h1>{intro}</div>')
    _place_giving()
    if _given() is None:
        _place_said()
    else:
        _place_found()


def _state() -> dict[str, Any]:
    """`read`, `about`, `drafts`; what the curator chose, wrote and named, by a draft's number; and what was `said`."""
    begun: dict[str, Any] = {
        "read": None, "about": About(), "drafts": (), "choices": {}, "yaml": {}, "names": {}, "done": {}, "said": None,
        "token": secrets.token_hex(4),
    }  # fmt: skip
    found: dict[str, Any] = st.session_state.setdefault(_key_of_state(), begun)
    return found


def _key_of_state() -> str:
    return f"{STATE} {shared.folder()}"  # one for each catalogue


def _given() -> Read | None:
    found: Read | None = _state()["read"]
    return found


# ---- what is given


def _place_giving() -> None:
    w, c = say(), catalogue()
    newest = sorted(c.documents, key=lambda i: c.documents[i].date, reverse=True)
    with st.container(key="dr-give"):
        st.text_area(w.say("drafting.text"), key=TEXT, height=160, placeholder=w.say("drafting.text-hint"))
        st.file_uploader(
            w.say("drafting.file", most=MOST_BYTES // 1_000_000),
            type=list(SUFFIXES),
            key=FILE,
            max_upload_size=MOST_BYTES // 1_000_000,
        )
        none = w.say("drafting.no-document")
        st.selectbox(
            w.say("drafting.document"), ["", *newest], key=DOCUMENT, help=w.say("drafting.document-how"),
            format_func=lambda i: c.documents[i].title[language()] if i else none,
        )  # fmt: skip
        way = address("edit", file="goals/documents.yaml")
        place(f'<p class="caption"><a href="{e(way)}" target="_self">{e(w.say("drafting.add-document"))}</a></p>')
        st.button(w.say("drafting.find"), type="primary", key="draft-find", on_click=_find)


def _find() -> None:
    """Read what was given, and draft; a file counts before what is pasted. What was drafted before is let go."""
    st.session_state.pop(_key_of_state(), None)
    if not who.may_edit():
        return _tell(say().say("drafting.may-not"), alert=True)
    file = st.session_state.get(FILE)
    try:
        found = read(file.getvalue(), file.name) if file is not None else typed(st.session_state.get(TEXT, ""))
    except DocumentError as error:
        return _tell(error.sentence(language()), alert=True)
    document = catalogue().documents.get(st.session_state.get(DOCUMENT, ""))
    dated = (document.adopted or document.date).text if document else ""
    about = About(st.session_state.get(DOCUMENT, ""), dated)
    made = drafts(found, about, _known())
    choices = {d.number: DROPPED for d in made if d.is_tracked}
    _state().update(read=found, about=about, drafts=made, choices=choices)
    return None


def _known() -> Known:
    return shared.drawn(known)


def _tell(
    sentence: str, problems: tuple[str, ...] = (), *, files: tuple[str, ...] = (), alert: bool = False
) -> None:  # fmt: skip
    _state()["said"] = (alert, sentence, problems, files)


def _place_said() -> None:
    if (said := _state()["said"]) is not None:
        alert, sentence, problems, files = said
        ways = (f'<a href="{e(address("edit", file=name))}" target="_self">{e(name)}</a>' for name in files)
        items = "".join(f"<li>{item}</li>" for item in (*map(e, problems), *ways))
        listed = f'<ul class="dr-problems">{items}</ul>' if items else ""
        place(f'<div role="{"alert" if alert else "status"}" class="dr-said"><p>{e(sentence)}</p>{listed}</div>')


# ---- what was found


def _place_found() -> None:
    lang, made, found = language(), _state()["drafts"], _given()
    assert found is not None
    notes = "".join(f'<p class="caption">{e(note)}</p>' for note in notes_on(found, lang))
    place(f'<h2>{e(summary(made, lang))}</h2><p class="caption">{_key()}</p>{notes}')
    first, last = _range(made)
    shown = {d.number for d in made[first:last]}
    with st.container(key="dr-found"):
        for passage in passages(found.text, made):
            if not passage.drafts:
                place(_quiet(passage))
            elif shown & {d.number for d in passage.drafts}:
                _place_passage(passage)
    _place_keeping(made)


def _key() -> str:
    w = say()
    return " · ".join(f"{sign} {e(w.say(f'drafting.nearness.{near.value}'))}" for near, sign in SIGNS.items())


def _range(made: tuple[Draft, ...]) -> tuple[int, int]:
    """Which drafts are shown, with the choice of another part where there are many."""
    if len(made) <= PER_PAGE:
        return 0, len(made)
    parts = range(0, len(made), PER_PAGE)
    chosen = st.segmented_control(
        say().say("drafting.part"), list(parts), key=_control(PAGE), default=0, required=True,
        format_func=lambda k: f"{k + 1}–{min(k + PER_PAGE, len(made))}",
    )  # fmt: skip
    return int(chosen or 0), int(chosen or 0) + PER_PAGE


def _quiet(passage: Passage) -> str:
    """Lines in which nothing was found, folded."""
    lines, lang = passage.text.split("\n"), TAGS[language_of(passage.text)]
    if len(lines) == 1 and len(lines[0]) < 60:
        return f'<p class="dr-line" lang="{lang}">{e(lines[0])}</p>'
    said, text = e(say().count("drafting.quiet", len(lines))), "".join(f"<p>{e(line)}</p>" for line in lines)
    begins = f'<span lang="{lang}">{e(lines[0][:48])}…</span>'
    return (f'<details class="dr-quiet"><summary>{said} {begins}</summary>'
            f'<div lang="{lang}">{text}</div></details>')  # fmt: skip


def _place_passage(passage: Passage) -> None:
    left, right = st.columns([6, 6], gap="medium")
    unsure = {d.number for d in passage.drafts if d.found.how_sure is Sureness.UNSURE}
    marked, lang = "".join(_marked(piece, unsure) for piece in passage.pieces), TAGS[language_of(passage.text)]
    with left, st.container(key=f"dr-left-{passage.drafts[0].number}"):
        place(f'<p class="dr-text" lang="{lang}">{marked}</p>')
    with right:
        for draft in passage.drafts:
            with st.container(key=f"dr-card-{draft.number}"):
                _place_draft(draft)


def _marked(piece: Piece, unsure: set[int]) -> str:
    """A quotation is underlined (dashed: unsure) after the numbers of its drafts; a promised number is bold."""
    text = f"<b>{e(piece.text)}</b>" if piece.is_number else e(piece.text)
    signs = "".join(f'<a class="dr-no" href="#dr-{n}">{n}</a>' for n in piece.begins)
    kind = ' class="unsure"' if unsure.issuperset(piece.drafts) else ""
    return f"{signs}<mark{kind}>{text}</mark>" if piece.drafts else text


def _place_draft(draft: Draft) -> None:
    w, lang, state = say(), language(), _state()
    place(f'<div class="dr-head" id="dr-{draft.number}"><span class="dr-no">{draft.number}</span>'
          f'<b>{SIGNS[draft.match.nearness]} {e(w.say(f"drafting.nearness.{draft.match.nearness.value}"))}</b>'
          f'<span>{e(how_sure(draft, lang))}</span></div>{_nearest(draft)}'
          f'<p class="caption">{e(why_text(draft, lang))}<br>{e(place_text(draft, lang))}</p>')  # fmt: skip
    if draft.number in state["done"]:
        done = w.say(f"drafting.{state['done'][draft.number]}-one")
        place(f'<p class="dr-done">✓ {e(done)}</p>')
        return
    key = _control("choice", draft.number)
    _restore(key, state["choices"].get(draft.number))
    st.segmented_control(
        w.say("drafting.choice", n=draft.number), [ACCEPTED, DROPPED], key=key, label_visibility="collapsed",
        format_func=lambda v: w.say(f"drafting.{v}"), on_change=_keep, args=("choices", draft.number, key),
    )  # fmt: skip
    if state["choices"].get(draft.number) != DROPPED:
        _place_yaml(draft)


def _nearest(draft: Draft) -> str:
    """What it is tracked as, or near to; a link that opens beside this page."""
    match, c = draft.match, catalogue()
    if match.name is None:
        return ""
    is_goal = match.of is Of.GOAL
    title = c.goals[match.name].title if is_goal else c.indicators[match.name].name
    page = "goal" if is_goal else "indicator"
    way = address(page, **{page: match.name})
    return f'<p class="dr-nearest"><a href="{e(way)}" target="_blank" rel="noopener">{e(title[language()])}</a></p>'


def _place_yaml(draft: Draft) -> None:
    w, state, number = say(), _state(), draft.number
    with st.expander(w.say("drafting.yaml"), expanded=state["choices"].get(number) == ACCEPTED):
        if draft.blanks:
            place(f'<p class="caption">{e(fill_in(draft, language()))}</p>')
        if draft.is_target:
            place(f'<p class="caption"><code>{e(draft.name)}</code></p>')
        else:
            key = _control("name", number)
            _restore(key, state["names"].get(number, draft.name))
            st.text_input(w.say("drafting.name"), key=key, on_change=_keep, args=("names", number, key))
        key = _control("yaml", number)
        _restore(key, state["yaml"].get(number, draft.yaml))
        st.text_area(
            w.say("drafting.text-of", n=number), key=key, height=20 * draft.yaml.count("\n") + 40,
            label_visibility="collapsed", on_change=_keep, args=("yaml", number, key),
        )  # fmt: skip


def _control(what: str, number: int = 0) -> str:
    """A control's key: one for each draft of each text, so that none takes over what another's was."""
    return f"draft-{what}-{number}-{_state()['token']}"


def _restore(key: str, value: str | None) -> None:
    """What a control had when it was last on the page. One that is there is left alone: a value that is set while
    somebody clicks would undo the click."""
    if key not in st.session_state:
        st.session_state[key] = value


def _keep(what: str, number: int, key: str) -> None:
    """A control that leaves the page with its part would be forgotten; this is not."""
    _state()[what][number] = st.session_state[key]


# ---- saving


def _accepted(made: tuple[Draft, ...]) -> list[Draft]:
    state = _state()
    return [d for d in made if state["choices"].get(d.number) == ACCEPTED and d.number not in state["done"]]


def _place_keeping(made: tuple[Draft, ...]) -> None:
    w, accepted = say(), _accepted(made)
    left = sum(_state()["choices"].get(d.number) is None for d in made)
    with st.container(key="dr-keep"):
        place(f'<p role="status">{e(w.say("drafting.state", accepted=len(accepted), left=left))}</p>')
        with st.container(horizontal=True):
            st.button(w.count("drafting.save", len(accepted)), key="draft-save", type="primary", disabled=not accepted,
                      on_click=_save)  # fmt: skip
            st.button(w.say("drafting.hand"), key="draft-hand", disabled=not accepted, on_click=_hand_over)
        _place_said()


def _texts(accepted: list[Draft]) -> list[Accepted]:
    written = _state()["yaml"]
    return [Accepted(_name(d), written.get(d.number, d.yaml), d.is_target) for d in accepted]


def _save() -> None:
    """Save all that is accepted, if the whole catalogue is right with it; else everything stays as it is here."""
    w, person, accepted = say(), who.editor(), _accepted(_state()["drafts"])
    if person is None:
        return _tell(w.say("drafting.may-not"), alert=True)
    message = w.say("drafting.message", document=_state()["about"].document or w.say("drafting.no-document"))
    try:
        edits = edits_of(shared.folder(), _texts(accepted))
        save(shared.folder(), edits, person, message)
    except CatalogueError as error:
        return _tell(w.count("drafting.not-valid", len(error.problems)), _problems(error), alert=True)
    except Refused as error:
        return _tell(error.sentence(w.language), alert=True)
    except Conflict as conflict:
        return _tell(w.say("drafting.conflict", files=str(conflict)), alert=True)
    _state()["done"] |= {d.number: "saved" for d in accepted}
    return _tell(w.count("drafting.saved", len(accepted), files=", ".join(edit.opened.name for edit in edits)))


def _hand_over() -> None:
    """Lay what is accepted on the desk of the Edit page, where it is finished, seen and saved."""
    w, accepted = say(), _accepted(_state()["drafts"])
    try:
        edits = edits_of(shared.folder(), _texts(accepted), desk.edits())
    except Refused as error:
        return _tell(error.sentence(w.language), alert=True)
    desk.hand_over({edit.opened.name: edit.text for edit in edits})
    _state()["done"] |= {d.number: "handed" for d in accepted}
    return _tell(w.count("drafting.handed", len(accepted)), files=tuple(edit.opened.name for edit in edits))


def _name(draft: Draft) -> str:
    name: str = _state()["names"].get(draft.number, draft.name)
    return draft.name if draft.is_target else name.strip()


def _problems(error: CatalogueError) -> tuple[str, ...]:
    above = shared.folder().parent
    return tuple(f"{p.place(above)}: {p.sentence(language())}" for p in error.problems)
