// The editor that Streamlit mounts. Text goes one way, from here to the server, on a pause; it comes back only where
// the server really has another one, and then what was typed meanwhile stays.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { forEachDiagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { ChangeSet, Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";

import { checked } from "./checks.js";
import { help } from "./help.js";
import { drop, forgotten, found, keep, others } from "./kept.js";
import { looks } from "./look.js";

const PAUSE = 250; // milliseconds without a key before the text is sent
const MOST = 20; // problems that are listed
const editors = new WeakMap();

export default function place(component) {
  const { parentElement } = component;
  const one = editors.get(parentElement) ?? begin(component);
  editors.set(parentElement, one);
  one.component = component;
  take(one, component.data);
  return () => setTimeout(() => parentElement.isConnected || end(one, parentElement)); // it also says so between two calls
}

const begin = ({ parentElement, data }) => {
  const at = (name) => parentElement.querySelector(`[data-at=${name}]`);
  const one = { data: null, at, sent: Date.now(), timer: null, writable: new Compartment() };
  one.onHide = () => flush(one);
  addEventListener("pagehide", one.onHide);
  one.view = new EditorView({ parent: at("editor"), root: parentElement instanceof ShadowRoot ? parentElement : document, state: EditorState.create() });
  one.view.contentDOM.addEventListener("blur", one.onHide);
  at("help").textContent = data.words.help;
  return one;
};

const end = (one, parentElement) => {
  flush(one);
  removeEventListener("pagehide", one.onHide);
  one.view.destroy();
  editors.delete(parentElement);
};

// What the server says: another file, another text, or what is wrong with the one it was sent.
const take = (one, data) => {
  const before = one.data;
  if (before !== null && before.name !== data.name) flush(one);
  one.data = data;
  one.at("pane").hidden = !data.shown; // then it only keeps what is changed by other means
  one.at("colours").style.cssText = `--alarm:${data.alarm};--tall:${data.tall}`;
  if (before === null || before.name !== data.name || before.catalogue !== data.catalogue) open(one);
  else if (before.session !== data.session) goOn(one);
  else merge(one, before);
  if (before?.goto?.at !== data.goto?.at && data.goto) show(one, data.goto.line);
  tell(one);
};

// A file is opened: its text, with no past, and what was kept of it earlier.
const open = (one) => {
  clearTimeout(one.timer);
  one.timer = null;
  one.view.setState(EditorState.create({ doc: one.data.text, extensions: extensions(one) }));
  agree(one, one.data.text);
  one.kept = found(one.data);
  offer(one);
  remember(one);
};

// The server no longer knows what it was sent, as it was started again: what stands here is sent once more.
const goOn = (one) => {
  const text = one.view.state.doc.toString();
  agree(one, one.data.text);
  one.unsaid = changes(one.data.text, text);
  if (text !== one.data.text) send(one);
};

// The server has another text: its changes are made here, beside those that it has not been told of.
const merge = (one, before) => {
  if (one.data.heard === one.sent && one.pending !== null) agreeOn(one);
  if (before.version !== one.data.version) forgotten(before); // the server has it: saved, or held against another
  if (before.serial === one.data.serial) return;
  const server = changes(one.agreed, one.data.text);
  const mine = one.pending === null ? one.unsaid : one.pending.made.compose(one.unsaid);
  agree(one, one.data.text);
  const theirs = server.map(mine, true);
  one.foreign = true;
  if (!theirs.empty) one.view.dispatch({ changes: theirs });
  one.foreign = false;
  one.unsaid = mine.map(server);
  if (!one.unsaid.empty) later(one);
  remember(one);
};

// `agreed` is the text that both sides know, `pending` what was sent and not yet heard, `unsaid` what came after that.
const agree = (one, text) => {
  one.agreed = text;
  one.pending = null;
  one.unsaid = ChangeSet.empty(text.length);
};
const agreeOn = (one) => {
  one.agreed = one.pending.text;
  one.pending = null;
};

// The smallest change from one text to another: what lies between a common beginning and a common end.
const changes = (from, to) => {
  let start = 0;
  let same = 0;
  const most = Math.min(from.length, to.length);
  while (start < most && from[start] === to[start]) start += 1;
  while (same < most - start && from.at(-1 - same) === to.at(-1 - same)) same += 1;
  return ChangeSet.of({ from: start, to: from.length - same, insert: to.slice(start, to.length - same) }, from.length);
};

const extensions = (one) => {
  const get = () => one.data;
  return [
    lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(),
    highlightActiveLine(), highlightActiveLineGutter(), highlightSelectionMatches(), EditorView.lineWrapping,
    indentUnit.of("  "), EditorState.tabSize.of(2), EditorState.phrases.of(one.data.phrases),
    one.data.name.endsWith(".yaml") ? yaml() : [], help(get), looks,
    keymap.of([
      { key: "Mod-s", preventDefault: true, run: () => wish(one, "save") },
      ...lintKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab,
    ]),
    EditorView.contentAttributes.of({ "aria-label": one.data.label, "aria-multiline": "true", spellcheck: "false" }),
    one.writable.of([]),
    EditorView.updateListener.of((update) => update.docChanged && changed(one, update)),
  ]; // prettier-ignore
};

const changed = (one, update) => {
  if (!one.foreign) {
    one.unsaid = one.unsaid.compose(update.changes);
    later(one);
  }
  clearTimeout(one.looks);
  one.looks = setTimeout(() => lookAgain(one), 60);
};

const later = (one) => {
  clearTimeout(one.timer);
  one.timer = setTimeout(() => flush(one), PAUSE);
};

const flush = (one) => {
  if (one.timer === null) return;
  clearTimeout(one.timer);
  one.timer = null;
  send(one);
};

const send = (one, base = null) => {
  const text = one.view.state.doc.toString();
  const made = one.pending === null ? one.unsaid : one.pending.made.compose(one.unsaid);
  one.sent += 1;
  one.pending = { text, made };
  one.unsaid = ChangeSet.empty(text.length);
  if (base === null) remember(one);
  const { catalogue, name, session, serial } = one.data;
  one.component.setStateValue("sent", { catalogue, name, session, serial, number: one.sent, text, base });
};

const wish = (one, what) => {
  flush(one);
  one.component.setTriggerValue("wish", what);
  return true;
};

// What is unsaved stays in this browser; that it cannot is said.
const remember = (one) => {
  if (one.kept.length) return; // first it is decided what becomes of the older one
  const isKept = keep(one.data, one.view.state.doc.toString());
  one.at("keeping").textContent = isKept ? "" : one.data.words.notKept;
};

// What was kept and the server does not know: taken up, or dropped, before anything is written over it.
const offer = (one) => {
  const bar = one.at("kept");
  const { words, links } = one.data;
  bar.replaceChildren();
  const [entry] = one.kept;
  if (entry) {
    const changedSince = entry.version === one.data.version ? "" : ` ${words.changedSince}`;
    const when = new Date(entry.at).toLocaleString(words.locale, { dateStyle: "medium", timeStyle: "short" });
    bar.append(sentence(words.kept.replace("{when}", when) + changedSince), button(words.takeUp, () => takeUp(one, entry)), button(words.drop, () => forget(one, entry)));
  }
  const elsewhere = others(one.data);
  if (elsewhere.length) {
    bar.append(sentence(words.keptElsewhere));
    for (const name of elsewhere) bar.append(Object.assign(document.createElement("a"), { href: links.replace("NAME", encodeURIComponent(name)), textContent: name, target: "_self" }));
  }
  bar.hidden = !bar.childElementCount;
  one.view.dispatch({ effects: one.writable.reconfigure(entry ? [EditorState.readOnly.of(true)] : []) });
};

const takeUp = (one, entry) => {
  one.kept = [];
  one.view.dispatch({ changes: changes(one.view.state.doc.toString(), entry.text) });
  clearTimeout(one.timer);
  one.timer = null;
  send(one, entry.version === one.data.version ? null : { text: entry.base, version: entry.version });
  offer(one);
  one.view.focus();
};

const forget = (one, entry) => {
  drop(entry);
  one.kept = one.kept.slice(1);
  offer(one);
  one.view.focus();
};

const sentence = (text) => Object.assign(document.createElement("span"), { textContent: text });
const button = (text, onclick) => Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick });

// The server's problems, once they are about the text that stands here.
const tell = (one) => {
  if (one.pending !== null || one.timer !== null) return;
  const { doc } = one.view.state;
  const told = one.data.problems.map(({ line, column, message }) => {
    const where = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const from = Math.min(where.from + column - 1, where.to);
    const word = /^("[^"]*"|'[^']*'|[^\s,{}[\]:]+)/.exec(doc.sliceString(from, where.to))?.[0].length ?? 0;
    return { from, to: from + word, severity: "error", source: "server", message };
  });
  mark(one, told);
};

// What can be said before the server has answered; what it said last stays, at the places that moved with the text.
const lookAgain = (one) => {
  const { state } = one.view;
  const told = [];
  forEachDiagnostic(state, (each, from, to) => each.source === "server" && told.push({ ...each, from, to }));
  const lines = new Set(told.map((each) => state.doc.lineAt(each.from).number));
  const mine = checked(state, one.data).filter((each) => !lines.has(state.doc.lineAt(each.from).number));
  mark(one, [...told, ...mine]);
};

const mark = (one, diagnostics) => {
  const sorted = diagnostics.sort((a, b) => a.from - b.from);
  one.view.dispatch(setDiagnostics(one.view.state, sorted));
  list(one, sorted);
};

// The problems of this file, a line each; each leads to its place.
const list = (one, diagnostics) => {
  const { words } = one.data;
  const box = one.at("problems");
  const items = diagnostics.slice(0, MOST).map((each) => {
    const line = one.view.state.doc.lineAt(each.from).number;
    const item = document.createElement("li");
    const way = button(words.line.replace("{line}", line), () => show(one, line, each.from));
    item.append(way, sentence(each.message));
    return item;
  });
  box.replaceChildren(...items);
  const count = diagnostics.length;
  one.at("count").textContent = !count ? words.none : count === 1 ? words["many.one"] : words.many.replace("{n}", count);
  one.at("count").dataset.count = count;
};

const show = (one, line, at = null) => {
  const { doc } = one.view.state;
  const where = at ?? doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
  one.view.dispatch({ selection: { anchor: where }, effects: EditorView.scrollIntoView(where, { y: "center" }) });
  one.view.focus();
};
