// Completion and meaning of keys and values, from the schema and from what the catalogue holds.
import { autocompletion, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import { hoverTooltip, keymap } from "@codemirror/view";

import { placeAt } from "./places.js";
import { described, listAt, meaningOf, schemaAt, values } from "./schema.js";

const LONGEST = 60; // of what is told beside a choice

const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

const keysHere = (data, place, already) => {
  const schema = schemaAt(data.schema, place.path);
  return Object.keys(schema.properties ?? {})
    .filter((key) => !already.has(key))
    .map((key) => ({
      label: key,
      apply: `${key}: `,
      type: "property",
      info: described(schemaAt(data.schema, [...place.path, key])) || undefined,
      boost: schema.required?.includes(key) ? 1 : 0,
    }));
};

const valuesHere = (data, place) => {
  const ids = listAt(data.known, place.path);
  if (ids) return ids.map(([id, title]) => ({ label: String(id), detail: title ? cut(title) : undefined, type: "constant" }));
  const schema = schemaAt(data.schema, place.path);
  return values(schema).map((value) => ({ label: String(value), type: "enum", info: meaningOf(schema, value) || undefined }));
};

// The keys that stand beside the one that is being written, in a mapping of a line each.
const siblings = (doc, pos) => {
  const line = doc.lineAt(pos);
  const indent = (text) => text.replace(/^(\s*(?:- +)*).*$/s, "$1").length;
  const mine = indent(line.text.slice(0, pos - line.from));
  const found = new Set();
  for (const step of [-1, 1]) {
    for (let n = line.number + step; n >= 1 && n <= doc.lines; n += step) {
      const text = doc.line(n).text;
      if (!text.trim() || text.trimStart()[0] === "#") continue;
      if (indent(text) < mine) break;
      const key = /^\s*(?:- +)*([\w-]+):/.exec(text);
      if (key && indent(text) === mine) found.add(key[1]);
      if (step === -1 && /^\s*- /.test(text) && indent(text) === mine) break;
      if (step === 1 && /^\s*- /.test(text) && text.search(/\S/) < mine) break;
    }
  }
  return found;
};

const completions = (get) => (context) => {
  const data = get();
  if (!data.schema) return null;
  const place = placeAt(context.state.sliceDoc(0, context.pos));
  if (!place || (!place.word && !context.explicit && place.kind === "key")) return null;
  const isItem = place.kind === "key" && place.path.at(-1) === "*" && !schemaAt(data.schema, place.path).properties;
  const options = place.kind === "value" || isItem ? valuesHere(data, place) : keysHere(data, place, siblings(context.state.doc, context.pos));
  return options.length ? { from: place.from, options, validFor: /^[^\n:,{}[\]]*$/ } : null;
};

// What a word means: of a key what the schema says, of an id what it stands for.
const meaning = (get) =>
  hoverTooltip((view, pos) => {
    const data = get();
    const line = view.state.doc.lineAt(pos);
    if (!data.schema) return null;
    const word = /[\w%-]+/g;
    for (let hit = word.exec(line.text); hit; hit = word.exec(line.text)) {
      const [from, to] = [line.from + hit.index, line.from + hit.index + hit[0].length];
      if (pos < from || pos > to) continue;
      const told = toldOf(data, view.state.sliceDoc(0, from), hit[0], line.text.slice(hit.index + hit[0].length));
      return told && { pos: from, end: to, above: true, create: () => ({ dom: shown(hit[0], told) }) };
    }
    return null;
  });

const toldOf = (data, before, word, after) => {
  const place = placeAt(before);
  if (!place) return "";
  if (/^["']?\s*:/.test(after)) return described(schemaAt(data.schema, [...place.path, word]));
  return listAt(data.known, place.path)?.find(([id]) => String(id) === word)?.[1] || meaningOf(schemaAt(data.schema, place.path), word);
};

const shown = (word, told) => {
  const dom = document.createElement("div");
  dom.className = "cm-meaning";
  const name = document.createElement("b");
  name.textContent = word;
  dom.append(name, told);
  return dom;
};

export const help = (get) => [
  autocompletion({ override: [completions(get)], icons: false, defaultKeymap: false }),
  keymap.of(completionKeymap),
  keymap.of([{ key: "Alt-Enter", run: startCompletion }]),
  meaning(get),
];
