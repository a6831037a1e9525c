// Where in a YAML text a place is, as the path of keys that leads there. Read from the lines above, by how far they
// are indented, so that it holds while a line is half written; `*` stands for any entry of a list.

const KEY = /^((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s:#{[\]},&*!|>'"%@`-][^:#{}[\],]*?|-?\d[^:#{}[\],]*?))\s*:(?:\s|$)/;

export const bare = (word) => {
  const text = word.trim();
  if (text.length > 1 && text[0] === '"' && text.at(-1) === '"') return text.slice(1, -1).replace(/\\(.)/g, "$1");
  if (text.length > 1 && text[0] === "'" && text.at(-1) === "'") return text.slice(1, -1).replaceAll("''", "'");
  return text;
};

// A line's dashes and key, each with its column, and what follows them.
const parts = (line) => {
  const dashes = [];
  let at = line.length - line.trimStart().length;
  while (line[at] === "-" && (at + 1 === line.length || line[at + 1] === " ")) {
    dashes.push(at);
    at += 1;
    while (line[at] === " ") at += 1;
  }
  const key = KEY.exec(line.slice(at));
  return { dashes, column: at, key: key && bare(key[1]), rest: key ? at + key[0].length : at };
};

// The keys above a column, from the lines that end before it.
const above = (lines, column, dashes) => {
  const path = [];
  let keyLimit = column;
  let dashLimit = column;
  const climb = (marks) => {
    for (const dash of marks.toReversed()) {
      if (dash >= dashLimit) continue;
      path.unshift("*");
      [keyLimit, dashLimit] = [dash + 1, dash];
    }
  };
  climb(dashes);
  for (let i = lines.length - 1; i >= 0 && keyLimit > 0; i -= 1) {
    if (!lines[i].trim() || lines[i].trimStart()[0] === "#") continue;
    const one = parts(lines[i]);
    if (one.key !== null && one.column < keyLimit) {
      path.unshift(one.key);
      [keyLimit, dashLimit] = [one.column, one.column];
    }
    climb(one.dashes);
  }
  return path;
};

// Inside `{…}` or `[…]` of one line: the keys that are open, and the word that is being written.
const inFlow = (text) => {
  const path = [];
  const open = [];
  let word = "";
  let start = 0;
  let quote = "";
  let key = null;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quote) {
      word += c;
      if (c === quote) quote = "";
    } else if ((c === '"' || c === "'") && !word.trim()) {
      quote = c;
      word += c;
    } else if (c === "{" || c === "[") {
      open.push(c);
      path.push(key ?? (open.length > 1 ? "*" : null), ...(c === "[" ? ["*"] : []));
      [word, key, start] = ["", null, i + 1];
    } else if (c === "}" || c === "]") {
      open.pop();
      path.pop();
      if (c === "]") path.pop();
      [word, key, start] = ["", null, i + 1];
    } else if (c === ",") {
      [word, key, start] = ["", null, i + 1];
    } else if (c === ":" && (text[i + 1] === " " || i + 1 === text.length)) {
      [key, word, start] = [bare(word), "", i + 1];
    } else word += c;
  }
  if (!open.length) return null;
  return { path: path.filter((part) => part !== null), key, word, start, isList: open.at(-1) === "[" };
};

// What is being written at the end of `text`: { path, kind: "key" or "value", from, word }; null in a comment.
export const placeAt = (text) => {
  const lines = text.split("\n");
  const line = lines.pop();
  const one = parts(line);
  const before = text.length - line.length;
  if (/(^|\s)#/.test(line.replace(/"[^"]*"|'[^']*'/g, ""))) return null;
  const path = above(lines, one.column, one.dashes);
  const mine = one.key === null ? path : [...path, one.key];
  const flow = inFlow(line.slice(one.rest));
  if (flow) {
    const from = before + one.rest + flow.start + (flow.word.length - flow.word.trimStart().length);
    const whole = [...mine, ...flow.path];
    if (flow.key !== null) return { path: [...whole, flow.key], kind: "value", from, word: flow.word.trimStart() };
    return { path: whole, kind: flow.isList ? "value" : "key", from, word: flow.word.trimStart() };
  }
  const word = line.slice(one.rest);
  return { path: mine, kind: one.key === null ? "key" : "value", from: before + one.rest, word };
};
