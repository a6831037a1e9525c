// What can be said of a YAML text at once, from its schema: keys and values that cannot stand where they do, and lines
// that are no YAML. The server says the rest, and says it better, a moment later.
import { syntaxTree } from "@codemirror/language";

import { bare } from "./places.js";
import { isClosed, schemaAt, values } from "./schema.js";

const VALUES = ["Literal", "QuotedLiteral", "BlockLiteral", "FlowSequence", "FlowMapping", "BlockSequence", "BlockMapping"];
const valueOf = (node) => VALUES.map((name) => node.getChild(name)).find(Boolean);
const filled = (sentence, details) => sentence.replace(/\{(\w+)\}/g, (whole, name) => details[name] ?? whole);

export const checked = (state, { schema, words }) => {
  const found = [];
  const textOf = (node) => state.sliceDoc(node.from, node.to);
  const say = (node, key, details) =>
    found.push({ from: node.from, to: node.to, severity: "error", source: "schema", message: filled(words[key], details) });

  const mapping = (node, path) => {
    const here = schemaAt(schema, path);
    for (const pair of node.getChildren("Pair")) {
      const key = pair.getChild("Key");
      if (!key) continue;
      const name = bare(textOf(key));
      if (isClosed(here) && !(name in here.properties)) say(key, "unknownKey", { key: name, known: Object.keys(here.properties).join(", ") });
      else walk(valueOf(pair), [...path, name]);
    }
  };
  const scalar = (node, path) => {
    const value = bare(textOf(node));
    const allowed = values(schemaAt(schema, path)).map(String);
    if (allowed.length && !allowed.includes(value)) say(node, "notOneOf", { value, allowed: allowed.join(", ") });
  };
  const walk = (node, path) => {
    if (!node) return;
    if (node.name.endsWith("Mapping")) mapping(node, path);
    else if (node.name.endsWith("Sequence")) for (const item of node.getChildren("Item")) walk(valueOf(item), [...path, "*"]);
    else if (node.name.endsWith("Literal")) scalar(node, path);
  };

  const tree = syntaxTree(state);
  tree.iterate({ enter: (node) => void (node.type.isError && say({ from: node.from, to: Math.max(node.to, node.from) }, "notYaml", {})) });
  if (schema) for (const document of tree.topNode.getChildren("Document")) walk(valueOf(document), []);
  return found;
};
