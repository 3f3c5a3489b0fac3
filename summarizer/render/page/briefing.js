"use strict";
// Links the two sides of the page. It switches classes and moves; it writes no markup,
// and takes nothing from the article but text to search in.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const listed = (words) => (words || "").split(" ").filter(Boolean);
  const bar = document.querySelector(".bar");
  const box = one("search");
  const rows = all(".item[id]", one("briefing"));
  // What could not be read is never hidden, by no search.
  const sought = rows.filter((row) => !row.closest(".incomplete"));
  const words = all(".words");
  const spoken = all("[data-speech]");
  const tabs = all("[role=tab]");
  const choices = all("[name=verdict]");
  let verdict = "";
  let stops = [];
  let at = 0;
  let origin = null;

  root.classList.add("js");

  // Moving.

  const isStacked = () => !matchMedia("(min-width: 60rem)").matches;

  function go(target, { focus = false } = {}) {
    const panel = target.closest("[role=tabpanel]");
    if (panel && panel.hidden) open(tabs.find((tab) => tab.getAttribute("aria-controls") === panel.id));
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    if (focus) (target.matches(".item") ? target.querySelector("a.lead") || target : target).focus({ preventScroll: true });
  }

  // Tabs.

  function open(chosen) {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      one(tab.getAttribute("aria-controls")).hidden = !isChosen;
    }
  }

  function turn(event) {
    const last = tabs.length - 1;
    const now = tabs.indexOf(event.target);
    const step = getComputedStyle(event.target.parentElement).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: now + step, ArrowLeft: now - step, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    open(tab);
    tab.focus();
  }

  // What is marked.

  function clear() {
    for (const marked of all(".on, .here, .is-speaker, .is-cue, .is-content")) {
      marked.classList.remove("on", "here", "is-speaker", "is-cue", "is-content");
    }
    for (const lead of all("[aria-current]")) lead.removeAttribute("aria-current");
    bar.hidden = true;
    stops = [];
  }

  function mark(chosen) {
    const keys = new Set(chosen.map((row) => row.id));
    for (const row of chosen) {
      row.classList.add("on");
      row.querySelector("a.lead")?.setAttribute("aria-current", "true");
    }
    for (const stretch of words) {
      stretch.classList.toggle("on", listed(stretch.dataset.rows).some((key) => keys.has(key)));
    }
    if (chosen.length !== 1) return;
    for (const stretch of spoken) {
      for (const part of listed(stretch.dataset.speech)) {
        const [key, kind] = part.split(":");
        if (keys.has(key)) stretch.classList.add(`is-${kind}`);
      }
    }
  }

  function stop(number, options) {
    for (const marked of all(".here")) marked.classList.remove("here");
    at = (number + stops.length) % stops.length;
    if (stops.length > 1) for (const part of stops[at]) part.classList.add("here");
    go(stops[at][0], options);
  }

  function say(text) {
    one("said").textContent = text;
    one("announced").textContent = text;
    for (const button of all("[data-do=previous], [data-do=next]", bar)) button.hidden = stops.length < 2;
    bar.hidden = false;
  }

  const named = (row) => row.querySelector(".ident")?.textContent || "This note";

  // "words-1-40:52" are the stretches from words-1-40 up to code point 52.
  function stretches(place) {
    const [name, end] = place.split(":");
    const found = [];
    for (let at = words.indexOf(one(name)); at >= 0 && at < words.length; at += 1) {
      const [, source, start] = words[at].id.split("-");
      if (source !== name.split("-")[1] || Number(start) >= Number(end)) break;
      found.push(words[at]);
    }
    return found;
  }

  function showWords(row, name) {
    const places = listed(row.dataset.places);
    if (!places.length) return;
    clear();
    origin = row;
    mark([row]);
    stops = places.map(stretches);
    const first = places.findIndex((place) => place.split(":")[0] === name);
    stop(Math.max(0, first), { focus: isStacked() });
    say(`${named(row)} rests on ${places.length > 1 ? `${places.length} places` : "the marked words"} in the article`);
  }

  function showRows(stretch) {
    const chosen = listed(stretch.dataset.rows).map(one).filter(Boolean);
    reveal(chosen);
    const seen = chosen.filter((row) => row.getClientRects().length);
    if (!seen.length) return;
    clear();
    origin = stretch;
    mark(seen);
    stops = seen.map((row) => [row]);
    stop(0, { focus: isStacked() });
    const ids = seen.map(named).join(", ");
    say(seen.length > 1 ? `${seen.length} items rest on these words: ${ids}` : `One item rests on these words: ${ids}`);
  }

  function back() {
    const from = origin;
    clear();
    if (from) go(from, { focus: true });
  }

  // Searching.

  // One character for one, so that places in the folded text are places in the text.
  const fold = (text) =>
    [...text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, "-").replace(/\s/g, " ")]
      .map((char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char))
      .join("");

  let found = [];
  let foundAt = -1;

  function places(panel, wanted) {
    const nodes = [];
    const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const folded = fold(text);
    const at = (place, isEnd) => {
      let low = 0;
      let high = nodes.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (isEnd ? nodes[middle][0] < place : nodes[middle][0] <= place) low = middle;
        else high = middle - 1;
      }
      return [nodes[low][1], place - nodes[low][0]];
    };
    const ranges = [];
    for (let start = folded.indexOf(wanted); start >= 0; start = folded.indexOf(wanted, start + wanted.length)) {
      const range = new Range();
      range.setStart(...at(start, false));
      range.setEnd(...at(start + wanted.length, true));
      ranges.push(range);
    }
    return ranges;
  }

  function light(name, ranges) {
    if (window.Highlight && CSS.highlights) CSS.highlights.set(name, new Highlight(...ranges));
  }

  // Choosing by verdict. What is no item has none, and stays.

  const passes = (row) => !verdict || !row.dataset.verdict || row.dataset.verdict === verdict;

  function choose(value) {
    verdict = value;
    for (const input of choices) input.checked = input.value === value;
    find(box.value);
  }

  // Takes back whatever hides all of some rows.
  function reveal(chosen) {
    if (!chosen.some(passes)) choose("");
    if (chosen.some((row) => row.hidden && passes(row))) find("");
  }

  function find(query) {
    if (box.value !== query) box.value = query;
    const wanted = fold(query.trim());
    const holds = (row) => !wanted || fold(row.textContent).includes(wanted);
    for (const row of sought) row.hidden = !passes(row) || !holds(row);
    for (const group of all(".group")) group.classList.toggle("empty", !all(".item:not([hidden])", group).length);
    for (const list of all(".items")) {
      const subtitle = list.previousElementSibling;
      if (subtitle?.matches("h3")) subtitle.hidden = !all(".item:not([hidden])", list).length;
    }
    // Counted apart: to hide and measure in turn would lay the page out for each row.
    const seen = sought.filter((row) => row.getClientRects().length);
    const kept = seen.filter((row) => wanted || row.dataset.verdict).length;
    found = wanted ? all(".source .text").flatMap((text) => places(text, wanted)) : [];
    foundAt = -1;
    light("found", found);
    light("found-here", []);
    const items = kept === 1 ? "1 item" : `${kept} items`;
    const spots = found.length === 1 ? "1 place" : `${found.length} places`;
    const chosen = verdict ? `${kept} ${verdict} shown` : "";
    one("found").textContent = wanted ? `${items}, ${spots} in the article` : chosen;
    document.querySelector(".nothing").hidden = !wanted || kept > 0;
  }

  function findNext(step) {
    if (!found.length) return;
    foundAt = foundAt < 0 ? (step > 0 ? 0 : found.length - 1) : (foundAt + step + found.length) % found.length;
    const range = found[foundAt];
    light("found-here", [range]);
    const node = range.startContainer;
    go(node.parentElement);
    one("found").textContent = `Place ${foundAt + 1} of ${found.length} in the article`;
  }

  // Listening.

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const target = event.target.closest("a, button, .words, .item, input, label");
    if (!target) return;
    const doing = { clear, back, next: () => stop(at + 1), previous: () => stop(at - 1) }[target.dataset.do];
    if (doing) return doing();
    if (target.matches("[role=tab]")) return open(target);
    if (target.matches(".words")) {
      event.preventDefault();
      return getSelection().isCollapsed ? showRows(target) : undefined;
    }
    if (target.matches(".rests a")) return reveal([one(target.getAttribute("href").slice(1))]);
    const row = target.closest(".item");
    if (!row) return;
    if (target.matches(".item") && !getSelection().isCollapsed) return;
    if (target.matches("a")) event.preventDefault();
    showWords(row, target.getAttribute("href")?.slice(1));
  });

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Escape") {
      if (target === box && box.value) {
        event.preventDefault();
        find("");
      } else if (!bar.hidden) back();
    } else if (target === box && key === "Enter") {
      event.preventDefault();
      findNext(event.shiftKey ? -1 : 1);
    } else if (key === " " && target.matches("a.words, a.lead, .quote a")) {
      event.preventDefault();
      target.click();
    } else if (target.matches("[role=tab]")) turn(event);
  });

  box.addEventListener("input", () => find(box.value));
  for (const input of choices) input.addEventListener("change", () => choose(input.value));
  // What the switches of a page hide is there until they have run.
  for (const input of all("[data-switch]")) {
    const set = () => {
      root.classList.toggle(`show-${input.dataset.switch}`, input.checked);
      root.classList.toggle(`no-${input.dataset.switch}`, !input.checked);
      if (box.value) find(box.value);
    };
    input.addEventListener("change", set);
    set();
  }
  if (tabs.length) open(tabs[0]);
})();
