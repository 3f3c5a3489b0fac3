"use strict";
// Searches and filters the articles of an archive. It writes text only, never markup, and
// loads nothing but the files of data that lie beside the page, when they are needed.
(() => {
  const one = (id) => document.getElementById(id);
  const data = JSON.parse(one("data").textContent);
  const [NAME, DAY, TITLE, FROM, BOTTOM, ITEMS, UNCONFIRMED, COMPLETE, PARTIES, COUNTRIES, KINDS, SECTIONS] = Array(12).keys();
  const listed = { party: PARTIES, country: COUNTRIES, kind: KINDS, section: SECTIONS };
  const STEP = 100;
  const form = one("filters");
  const body = document.querySelector("#articles tbody");
  const more = one("more");
  const chunks = data.chunks ? Array(data.chunks).fill(null) : [data.lines];
  let folded = new Map();
  let found = [];
  let shown = 0;
  let turn = 0;

  // Files of data.

  const policy = window.trustedTypes?.createPolicy("chunks", {
    createScriptURL: (name) => {
      if (!/^index-data-\d+\.js$/.test(name)) throw new TypeError("no file of data");
      return name;
    },
  });

  window.archiveChunk = (number, lines) => {
    if (Number.isInteger(number) && number >= 0 && number < chunks.length) chunks[number] = lines;
  };

  function load(number) {
    if (chunks[number]) return Promise.resolve();
    return new Promise((done, failed) => {
      const name = `index-data-${number}.js`;
      const script = document.createElement("script");
      script.src = policy ? policy.createScriptURL(name) : name;
      script.onload = () => (chunks[number] ? done() : failed(new Error(`${name} holds other data`)));
      script.onerror = () => failed(new Error(`${name} cannot be read: it lies beside this page`));
      document.head.append(script);
    });
  }

  // What is wanted.

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function wanted() {
    const given = new FormData(form);
    const words = fold(String(given.get("search"))).split(/\s+/).filter(Boolean);
    const tests = [];
    for (const [name, place] of Object.entries(listed)) {
      const value = given.get(name);
      if (value) tests.push((line) => line[place].includes(Number(value)));
    }
    if (given.get("from")) tests.push((line) => line[DAY] >= given.get("from"));
    if (given.get("to")) tests.push((line) => line[DAY] && line[DAY] <= given.get("to"));
    const verdict = given.get("verdict");
    if (verdict === "supported") tests.push((line) => !line[UNCONFIRMED] && line[COMPLETE]);
    if (verdict === "unconfirmed") tests.push((line) => line[UNCONFIRMED]);
    if (verdict === "incomplete") tests.push((line) => !line[COMPLETE]);
    if (words.length) {
      tests.push((line) => {
        let text = folded.get(line);
        if (text === undefined) folded.set(line, (text = fold(`${line[TITLE]} ${line[FROM]} ${line[BOTTOM]}`)));
        return words.every((word) => text.includes(word));
      });
    }
    return tests;
  }

  // What is shown.

  function part(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  function row(line) {
    const made = document.createElement("tr");
    const day = part("td", "day", line[DAY] ? "" : "–");
    if (line[DAY]) {
      const time = part("time", "", line[DAY]);
      time.dateTime = line[DAY];
      day.append(time);
    }
    const about = document.createElement("td");
    const title = part("p", "title", data.pages ? "" : line[TITLE]);
    if (data.pages) {
      const link = part("a", "", line[TITLE]);
      link.href = `pages/${encodeURIComponent(line[NAME])}.html`;
      title.append(link);
    }
    about.append(title);
    if (line[BOTTOM]) about.append(part("p", "bottom", line[BOTTOM]));
    if (line[FROM]) about.append(part("p", "from", line[FROM]));
    for (const words of about.children) words.dir = "auto";
    const items = part("td", "items", "");
    items.append(part("span", "", line[ITEMS].toLocaleString("en")));
    if (line[UNCONFIRMED]) items.append(" ", part("span", "doubt", `${line[UNCONFIRMED].toLocaleString("en")} unconfirmed`));
    if (!line[COMPLETE]) items.append(" ", part("span", "hole", "incomplete"));
    made.append(day, about, items);
    return made;
  }

  function say(text) {
    one("state").textContent = text;
  }

  function extend() {
    const next = found.slice(shown, shown + STEP);
    body.append(...next.map(row));
    shown += next.length;
    more.parentElement.hidden = shown >= found.length && !isOpen();
  }

  // Without a wish, files are read as far as one looks.
  let isPlain = true;
  const isOpen = () => isPlain && chunks.some((lines) => !lines);

  async function search() {
    const now = (turn += 1);
    const tests = wanted();
    isPlain = !tests.length;
    found = [];
    shown = 0;
    const last = isPlain ? 1 : chunks.length;
    try {
      for (let number = 0; number < last; number += 1) {
        if (!chunks[number]) say(`Reading ${number + 1} of ${chunks.length} files of data …`);
        await load(number);
        if (now !== turn) return;
        for (const line of chunks[number]) if (tests.every((test) => test(line))) found.push(line);
      }
    } catch (error) {
      if (now === turn) say(error.message);
      return;
    }
    body.replaceChildren();
    extend();
    const total = data.total.toLocaleString("en");
    say(isPlain ? `${total} articles` : `${found.length.toLocaleString("en")} of ${total} articles`);
  }

  async function next() {
    const before = body.rows.length;
    if (isOpen() && shown + STEP > found.length) {
      const number = chunks.findIndex((lines) => !lines);
      try {
        await load(number);
      } catch (error) {
        say(error.message);
        return;
      }
      found = chunks.flatMap((lines) => lines || []);
    }
    extend();
    const first = body.rows[before];
    const stop = first?.querySelector("a") || first;
    if (stop) {
      if (stop === first) first.tabIndex = -1;
      stop.focus({ preventScroll: true });
    }
  }

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  };
  form.addEventListener("input", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", next);
  form.hidden = false;
  one("state").hidden = false;
  search();
})();
