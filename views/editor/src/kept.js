// Unsaved text, kept in this browser by catalogue, file and the version that it was begun from, so that it outlives a
// reload, a lost connection and a stopped server.

const PREFIX = "unsaved text";
const keyOf = (catalogue, name, version) => JSON.stringify([PREFIX, catalogue, name, version]);

const entries = (catalogue) =>
  Object.keys(localStorage).flatMap((key) => {
    const parts = key.startsWith(`["${PREFIX}",`) ? JSON.parse(key) : [];
    return parts[1] === catalogue ? [{ key, name: parts[2], version: parts[3], ...JSON.parse(localStorage.getItem(key)) }] : [];
  });

// Whether it could be kept: storage may be full, or closed to us.
export const keep = ({ catalogue, name, version, saved }, text) => {
  const key = keyOf(catalogue, name, version);
  try {
    if (text === saved) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ text, base: saved, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
};

// What was kept of a file and says something that the server does not know, the newest first; what says nothing new goes.
export const found = ({ catalogue, name, saved, text }) => {
  try {
    const mine = entries(catalogue).filter((one) => one.name === name);
    for (const one of mine) if (one.text === saved || one.text === text) localStorage.removeItem(one.key);
    return mine.filter((one) => one.text !== saved && one.text !== text).sort((a, b) => b.at - a.at);
  } catch {
    return [];
  }
};

// The other files of this catalogue of which text was kept.
export const others = ({ catalogue, name }) => {
  try {
    return [...new Set(entries(catalogue).map((one) => one.name))].filter((one) => one !== name).sort();
  } catch {
    return [];
  }
};

export const drop = (entry) => localStorage.removeItem(entry.key);

// What was kept of this version is of no more use.
export const forgotten = ({ catalogue, name, version }) => localStorage.removeItem(keyOf(catalogue, name, version));
