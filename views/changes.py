"""Who changed what in the catalogue, for administrators: the log of changes, to see and to take along."""

import streamlit as st

from editing import audit
from editing.audit import Entry, Log, Touched
from editing.rights import AT_THE_MACHINE, Person
from tracking import numbers as n
from views import shared, sign_in
from views.frame import e, language, place, say

SHOWN = 100  # changes; all are in the file that is offered
SIGNS = 8  # of a version: enough to tell two apart


def show() -> None:
    w = say()
    place(f'<div class="rule3"><h1>{e(w.say("site.changes"))}</h1></div>')
    try:
        log = audit.read(shared.folder())
    except OSError as error:
        place(f'<p role="alert">{e(w.say("audit.unreadable", why=error.strerror or error))}</p>')
    else:
        _show_log(log)
    place(_who_may())


def _show_log(log: Log) -> None:
    w = say()
    if log.torn:
        lines = w.say("overview.list").join(map(str, log.torn))
        place(f'<p role="alert">{e(w.say("audit.torn", lines=lines))}</p>')
    if not log.entries:
        place(f"<p>{e(w.say('audit.none'))}</p>")
        return
    more = w.count("audit.older", len(log.entries) - SHOWN) if len(log.entries) > SHOWN else ""
    place(f"{_table(log.entries[:SHOWN])}<p class='caption'>{e(more)}</p>")
    st.download_button(
        w.say("audit.take"), data=lambda: audit.csv_of(log.entries), mime="text/csv", file_name="changes.csv",
        on_click="ignore", type="tertiary", icon=":material/download:",
    )  # fmt: skip


def _table(entries: tuple[Entry, ...]) -> str:
    heads = [say().say(f"audit.column.{name}") for name in ("when", "who", "what")]
    top = "".join(f'<th scope="col">{e(head)}</th>' for head in heads)
    return (f'<table class="stack audit"><thead><tr>{top}</tr></thead>'
            f"<tbody>{''.join(map(_row, entries))}</tbody></table>")  # fmt: skip


def _row(entry: Entry) -> str:
    w = say()
    moment = w.say("data.moment", day=n.day_text(entry.when.date(), language()), time=entry.when.strftime("%H:%M:%S"))
    said = f"<br>{e(w.say('audit.said', message=entry.message))}" if entry.message else ""
    why = f"<br>{e(w.say(f'audit.why.{entry.why}'))}" if entry.why else ""
    files = "".join(f"<br>{_file(file)}" for file in entry.files)
    return (f'<tr><th scope="row">{e(moment)}</th><td class="full">{_person(entry.who)}</td>'
            f'<td class="full">{e(w.say(f"audit.what.{entry.what.value}"))}{said}{why}{files}</td></tr>')  # fmt: skip


def _person(who: Person) -> str:
    if who == AT_THE_MACHINE:
        return e(say().say("audit.local"))
    return f"{e(who.name)}<br><small>{e(say().say('who.vouched', who=who.known_as, issuer=who.issuer))}</small>"


def _file(file: Touched) -> str:
    """Its name, and by which versions it can be found in the history."""
    kind = "added" if not file.before else "removed" if not file.after else "changed"
    versions = " → ".join(version[:SIGNS] for version in (file.before, file.after) if version)
    return f"<small><code>{e(file.name)}</code> {e(say().say(f'audit.file.{kind}'))} <code>{e(versions)}</code></small>"


def _who_may() -> str:
    """Whom the settings name now."""
    w, rights = say(), sign_in.rights()
    head = f"<h2>{e(w.say('audit.who-may'))}</h2>"
    if rights is None:
        return f"{head}<p>{e(w.say('audit.nobody-signs-in'))}</p>"
    parts = [w.say("audit.issuer", issuer=rights.issuer)]
    for role, people in (("editors", rights.editors), ("admins", rights.admins)):
        listed = w.say("overview.list").join(sorted(people)) or w.say("audit.nobody")
        parts.append(w.say(f"audit.{role}", people=listed))
    return head + "".join(f"<p>{e(part)}</p>" for part in parts)
