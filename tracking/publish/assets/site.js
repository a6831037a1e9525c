"use strict";
// Charts when a reader comes near them, search, and the day. Data come as scripts that call `tracker`, so that a page
// opened from a disk works as one from a server. No foreign address, no style and no script inside a page.
const tracker = (() => {
  const root = document.body.dataset.root;
  const language = document.documentElement.lang.slice(0, 2);
  const own = `${root}${language}/`;

  const loading = new Map();
  const load = (address) => {
    if (!loading.has(address)) {
      loading.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return loading.get(address);
  };

  const make = (tag, attributes = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...inside);
    return made;
  };

  // charts

  // The page's policy forbids style attributes written as text, which plotly.js does; the same as properties is allowed.
  const write = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function setAttribute(name, value) {
    if (name === "style") this.style.cssText = value;
    else write.call(this, name, value);
  };

  const charts = new Map();
  let look = null;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const inTheme = (figure) => {
    let text = JSON.stringify(figure);
    if (dark.matches) {
      text = text.replace(/#[0-9A-F]{6}/g, (colour) => look.dark[colour] || colour)
        .replace(/rgba\((\d+,\d+,\d+),/g, (all, colour) => `rgba(${look.thin[colour] || colour},`);
    }
    const drawn = JSON.parse(text);
    drawn.layout.template = drawn.layout.template || look.template;
    return drawn;
  };

  // The library brings the style of maps, which nothing here draws and the policy forbids: it goes where it does nothing.
  let library = () => {
    const brought = bring();
    library = () => brought;
    return brought;
  };
  const bring = async () => {
    const create = document.createElement;
    document.createElement = function createElement(name, ...rest) {
      return create.call(document, name === "style" ? "template" : name, ...rest);
    };
    try {
      await load(`${root}assets/plotly.js`);
    } finally {
      document.createElement = create;
    }
  };

  const draw = async (box) => {
    const name = box.dataset.chart;
    try {
      await Promise.all([library(), load(`${root}assets/look.js`), load(`${own}data/${name}.js`)]);
    } catch {
      return; // the words in the box say where the figures are
    }
    const figure = inTheme(charts.get(name)[box.dataset.kind]);
    if (!box.classList.contains("js-plotly-plot")) box.replaceChildren();
    await Plotly.react(box, figure.data, figure.layout, { displayModeBar: false, responsive: true });
    box.dataset.drawn = dark.matches ? "dark" : "light";
    const saves = box.parentElement.querySelector(".saves");
    if (saves) saves.hidden = false;
  };

  // a chart as a picture: drawn here, in light colours, with its title, key and sources around it

  const sheets = new Map();
  let known = {}; // the day on which things are known
  const save = async (name, kind) => {
    await load(`${own}data/${name}-sheet.js`);
    const around = JSON.parse(JSON.stringify(sheets.get(name)).replace(/\{day_*\}/g, known[language]));
    const { width, height } = around.layout;
    const sheet = {
      data: [...charts.get(name).large.data, ...around.data],
      layout: { ...around.layout, template: around.layout.template || look.template },
    };
    const address = await Plotly.toImage(sheet, { format: kind, width, height, scale: 2 });
    const content = address.slice(address.indexOf(",") + 1);
    if (kind === "svg") return new Blob([decodeURIComponent(content)], { type: "image/svg+xml" });
    return new Blob([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], { type: "image/png" });
  };
  const keep = (blob, name) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const saving = (place, box) => place.addEventListener("click", async ({ target }) => {
    const kind = target.dataset.save;
    if (!kind || target.disabled) return;
    const told = place.querySelector("[role=status]");
    const name = `${place.dataset.name}-${known.iso}-${language}.${kind}`;
    target.disabled = true;
    try {
      keep(await save(box.dataset.chart, kind), name);
      told.textContent = place.dataset.done.replace("{name}", name);
    } catch (why) {
      console.warn(why);
      told.textContent = place.dataset.failed;
    }
    target.disabled = false;
  });

  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (isIntersecting) {
        near.unobserve(target);
        draw(target);
      }
    }
  }, { rootMargin: "400px" });

  // search: as tracking/search.py folds and finds

  let index = null;
  const ALIKE = new Map([..."‘’“”「」『』—–−‐‑"].map((letter, k) => [letter, `''""""""-----`[k]]));
  const folds = new Map();
  const fold = (letter) => {
    if (!folds.has(letter)) {
      const plain = [...letter.normalize("NFKC")].map((one) => ALIKE.get(one) || one);
      folds.set(letter, plain.map((one) => index.letters[one] || one).join("").toLowerCase());
    }
    return folds.get(letter);
  };
  const folded = (text) => [...text].map(fold).join("");
  const wordsOf = (query) => [...new Set(folded(query).split(/\s+/u).filter(Boolean))];
  const isLatin = (letter) => /^[a-z0-9]$/.test(letter);
  const find = (word, text, from = 0) => {
    let at = text.indexOf(word, from);
    while (at > 0 && isLatin(word[0]) && isLatin(text[at - 1])) at = text.indexOf(word, at + 1);
    return at;
  };
  const foldedTexts = new Map();
  const foldedOf = (passage) => {
    if (!foldedTexts.has(passage)) foldedTexts.set(passage, folded(passage[1]));
    return foldedTexts.get(passage);
  };
  const stands = (passages, words) => words.map((word) => passages.some((p) => find(word, foldedOf(p)) >= 0));
  const either = (...found) => found[0].map((_, k) => found.some((one) => one[k]));
  const all = (found) => found.every(Boolean);

  // a goal is found if every word stands in one of its cells: itself, its document, an indicator, a target, its documents
  const goalsWith = (words) => {
    const documents = index.documents.map(([, , texts]) => stands(texts, words));
    const indicators = index.indicators.map(([, , texts, targets]) => [
      stands(texts, words),
      targets.map(([quoted, cited]) => either(stands(quoted, words), ...cited.map((d) => documents[d]))),
    ]);
    return index.goals.filter(([, , , texts, document, links]) => {
      const own = either(stands(texts, words), documents[document]);
      if (!links.length) return all(own);
      return links.some((k) => {
        const [itself, targets] = indicators[k];
        const both = either(own, itself);
        return targets.length ? targets.some((target) => all(either(both, target))) : all(both);
      });
    });
  };

  const spans = (text, words) => {
    const hit = new Set();
    for (const word of words) {
      for (let at = find(word, text); at >= 0; at = find(word, text, at + word.length)) {
        for (let k = at; k < at + word.length; k += 1) hit.add(k);
      }
    }
    return hit;
  };
  const marked = (text, words, most = Infinity) => {
    const letters = [...text];
    const origin = letters.flatMap((letter, k) => Array(fold(letter).length).fill(k)); // of each folded unit, its letter
    const hit = new Set([...spans(folded(text), words)].map((k) => origin[k]));
    const first = Math.min(...hit, letters.length);
    const from = letters.length > most && first > most / 2 ? Math.max(0, first - Math.floor(most / 3)) : 0;
    const parts = from ? ["…"] : [];
    for (let k = from; k < letters.length && k < from + most; k += 1) {
      const last = parts[parts.length - 1];
      if (hit.has(k)) {
        if (last instanceof Element) last.textContent += letters[k];
        else parts.push(make("mark", { textContent: letters[k] }));
      } else if (typeof last === "string" && last !== "…") parts[parts.length - 1] += letters[k];
      else parts.push(letters[k]);
    }
    if (from + most < letters.length) parts.push("…");
    return parts;
  };

  const hitsOf = (passages, words) => {
    const mine = passages.filter((p) => words.some((word) => find(word, foldedOf(p)) >= 0));
    mine.sort((a, b) => (a[2] !== language) - (b[2] !== language));
    const first = new Map();
    for (const p of mine) if (!first.has(p[0])) first.set(p[0], p);
    return [...first.values()].sort((a, b) => a[0] - b[0]);
  };
  const hitList = (passages, words, most) => {
    const items = hitsOf(passages, words).slice(0, most).map((p) => make("li", {},
      make("span", { textContent: `${index.fields[p[0]]} ` }), make("q", { lang: p[2] }, ...marked(p[1], words, 60))));
    return items.length ? make("ul", { className: "hits" }, ...items) : "";
  };
  const below = (goal) => goal[5].flatMap((k) => [
    ...index.indicators[k][2], ...index.indicators[k][3].flatMap(([quoted]) => quoted)]);

  const MOST = 100;
  const goalItem = (goal, words) => {
    const [id, label, statement, texts, , , lang] = goal;
    const rest = texts.filter((p) => p[1] !== label && p[1] !== statement);
    return make("li", { className: "found-goal" },
      make("a", { href: `${own}goals/${id}.html` }, ...marked(label, words)),
      statement ? make("p", { className: "orig", lang }, ...marked(statement, words)) : "",
      hitList([...rest, ...below(goal), ...index.documents[goal[4]][2]], words, 2));
  };
  const linkItem = (address, name, words) => make("li", {}, make("a", { href: address }, ...marked(name, words)));

  const show = (query) => {
    const input = document.getElementById("query");
    const place = document.getElementById("found");
    const rows = document.getElementById("rows");
    const words = wordsOf(query);
    rows.hidden = words.length > 0;
    place.hidden = !words.length;
    if (!words.length) return;
    const said = (count, one, many) => (count === 1 ? one : many.replace("{n}", count));
    const goals = goalsWith(words);
    const indicators = index.indicators.filter(([, , texts]) => all(stands(texts, words)));
    const documents = index.documents.filter(([id, , texts]) => id && all(stands(texts, words)));
    const parts = [make("h2", { textContent: goals.length
      ? said(goals.length, input.dataset.goal, input.dataset.goals) : input.dataset.none })];
    parts.push(make("ol", { className: "found-goals" }, ...goals.slice(0, MOST).map((goal) => goalItem(goal, words))));
    if (indicators.length) {
      parts.push(make("h2", { textContent: said(indicators.length, input.dataset.indicator, input.dataset.indicators) }),
        make("ul", { className: "found-links" }, ...indicators.slice(0, MOST).map(([id, name]) =>
          linkItem(`${own}indicators/${id}.html`, name, words))));
    }
    if (documents.length) {
      parts.push(make("h2", { textContent: said(documents.length, input.dataset.document, input.dataset.documents) }),
        make("ul", { className: "found-links" }, ...documents.slice(0, MOST).map(([id, name]) =>
          linkItem(`${own}documents/${id}.html`, name, words))));
    }
    place.replaceChildren(...parts);
    place.dataset.goals = goals.map(([id]) => id).join(" ");
    place.dataset.query = query;
  };

  const searching = (input) => {
    let asked = 0;
    const ask = async () => {
      const mine = (asked += 1);
      const query = input.value.slice(0, 200);
      if (query.trim()) await load(`${own}data/search.js`);
      if (mine !== asked || (query.trim() && !index)) return;
      const address = new URL(location.href);
      if (query.trim()) address.searchParams.set("search", query);
      else address.searchParams.delete("search");
      history.replaceState(null, "", address);
      if (index) show(query);
    };
    input.addEventListener("input", ask);
    input.addEventListener("focus", () => load(`${own}data/search.js`), { once: true });
    const given = new URLSearchParams(location.search).get("search");
    if (given) {
      input.value = given.slice(0, 200);
      ask();
    }
  };

  // a place on the page that is folded away is opened when a link leads to it

  const unfold = () => {
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place && place.tagName === "DETAILS") {
      place.open = true;
      place.scrollIntoView();
    }
  };

  const begin = () => {
    document.querySelectorAll("[data-chart]").forEach((box) => near.observe(box));
    document.querySelectorAll(".saves").forEach((place) => saving(place, place.parentElement.querySelector(".chart")));
    dark.addEventListener("change", () => document.querySelectorAll("[data-drawn]").forEach(draw));
    const input = document.getElementById("query");
    if (input) searching(input);
    addEventListener("hashchange", unfold);
    unfold();
  };
  document.addEventListener("DOMContentLoaded", begin);

  return {
    chart: (name, figures) => charts.set(name, figures),
    sheet: (name, around) => sheets.set(name, around),
    look: (found) => { look = found; },
    search: (found) => { index = found; },
    day: (days) => {
      known = days;
      document.querySelectorAll("[data-day]").forEach((place) => {
        place.textContent = place.dataset.day.replace("{day}", days[language]);
      });
    },
  };
})();
