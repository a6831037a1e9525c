"""Every publication that is cited: who issued it, when, where it is, and what was taken from it."""

import streamlit as st

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.model import Document
from views import pieces
from views.frame import address, catalogue, e, language, place, placed_once, say


def show() -> None:
    c, w = catalogue(), say()
    document_id = st.query_params.get("document")
    if document_id is None:
        placed_once(_all)
    elif document_id not in c.documents:
        place(f'<p>{e(w.say("document.unknown", name=document_id))}</p>'
              f'<p><a href="{e(address("documents"))}" target="_self">{e(w.say("document.all"))}</a></p>')  # fmt: skip
    else:
        placed_once(_one, document_id)


def _all() -> None:
    place(_list(catalogue(), language()))


def _one(document_id: str) -> None:
    place(_entry(catalogue(), document_id, language()))


def issued(c: Catalogue, document: Document, lang: str) -> str:
    """Who published it and when."""
    issuer = c.publishers[document.issuer].name[lang]
    if document.with_:
        issuer += document.with_[lang] if lang == "zh" else " " + document.with_[lang]
    return say().say("document.issued", issuer=issuer, day=n.known_text(document.date, lang))


def _entry(c: Catalogue, document_id: str, lang: str) -> str:
    w, document = say(), c.documents[document_id]
    lines = [issued(c, document, lang)]
    if document.adopted:
        lines.append(w.say("document.adopted", day=n.known_text(document.adopted, lang)))
    if document.read_in:
        lines.append(w.say("document.read-in", where=document.read_in[lang]))
    link = (
        f'<a href="{e(document.url)}" target="_blank" rel="noopener noreferrer">{e(w.say("source.original"))}</a>'
        if document.url
        else e(w.say("document.no-address"))
    )
    original = f'<p class="caption" lang="zh">{e(document.title.zh)}</p>' if lang != document.language == "zh" else ""
    goals = [i for i, g in c.goals.items() if g.document == document_id]
    targets = [(i, t) for i, _, t in c.targets() if document_id in (t.document, *(a.document for a in t.also_in))]
    figures = sum(
        o.document == document_id for areas in c.figures.values() for s in areas.values() for o in s.observations
    )  # fmt: skip
    parts = [
        f'<p class="caption"><a href="{e(address("documents"))}" target="_self">{e(w.say("document.all"))}</a></p>'
        f'<div class="rule3"><h1>{e(document.title[lang])}</h1>{original}'
        + "".join(f"<p>{e(line)}</p>" for line in lines)
        + f"<p>{link}</p></div>"
    ]
    if goals:
        items = "".join(
            f'<li><a href="{e(address("goal", goal=i))}" target="_self">{e(c.goals[i].title[lang])}</a></li>'
            for i in goals
        )
        parts.append(f"<h2>{e(w.say('document.goals'))}</h2><ol>{items}</ol>")
    if targets:
        items = "".join(
            f'<li><a href="{e(address("indicator", indicator=i))}" target="_self">{e(c.indicators[i].name[lang])}</a>: '
            f"{e(pieces.target_line(c, i, t, lang))}</li>"
            for i, t in targets
        )
        parts.append(f"<h2>{e(w.say('document.targets'))}</h2><ul>{items}</ul>")
    if figures:
        parts.append(f"<p>{e(w.say('document.figures', n=figures))}</p>")
    return "".join(parts)


def _list(c: Catalogue, lang: str) -> str:
    w = say()
    heads = "".join(f'<th scope="col">{e(w.say(f"table.{k}"))}</th>' for k in ("published", "title", "issuer"))
    rows = "".join(
        f"<tr><td>{e(n.known_text(d.date, lang))}</td>"
        f'<td><a href="{e(address("documents", document=i))}" target="_self">{e(d.title[lang])}</a></td>'
        f"<td>{e(c.publishers[d.issuer].name[lang])}</td></tr>"
        for i, d in sorted(c.documents.items(), key=lambda kv: kv[1].date, reverse=True)
    )
    return (
        f'<div class="rule3"><h1>{e(w.say("document.all"))}</h1>'
        f"<p>{e(w.say('document.intro', n=len(c.documents)))}</p></div>"
        f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
