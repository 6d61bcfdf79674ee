/* The mark of each row: that what it is about is proved, or the first thing that does not hold. */
(() => {
  "use strict";
  const { say, sayCount, PARTS, MARKUP } = globalThis.answerable;

  /** Make an element with these children; of the attributes, those that are null stay away. */
  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  /** Write a value of JSON for a reader. */
  function written(value) {
    if (value instanceof Map) {
      return [...value].map(([name, each]) => `${name}: ${written(each)}`).join("; ");
    }
    return Array.isArray(value) ? value.map(written).join(", ") : String(value);
  }

  /** Return an entry and its open texts, field by field, once they are asked for. */
  function recorded(row) {
    const details = make("details", {}, make("summary", {}, say("As it was recorded")));
    details.addEventListener("toggle", () => details.append(fieldsOf(row)), { once: true });
    return details;
  }

  function fieldsOf({ entry, texts }) {
    const fields = [...entry].filter(([name]) => name !== "_sd");
    const told = [...fields, ...texts].map(([name, value]) => [name, written(value)]);
    const closed = entry.get("_sd").length - texts.size;
    if (closed > 0) {
      told.push([say("withheld or erased"), sayCount("{number} text", "{number} texts", closed)]);
    }
    const parts = told.map(([name, value]) =>
      make("div", {}, make("dt", {}, name), make("dd", { dir: "auto" }, value)));
    return make("dl", {}, ...parts);
  }

  /** Return the mark of a row about these positions. */
  function mark(positions, { entries, leftOut }) {
    const rows = positions.map((at) => entries.get(at));
    const bad = rows.find((row) => row !== undefined && !row.ok);
    if (bad !== undefined) return ["no", `✗ ${bad.reason}`];
    const hashes = positions.map((at) => leftOut.get(at));
    const wrongHash = hashes.find((each) => typeof each === "string");
    if (wrongHash !== undefined) return ["no", `✗ ${wrongHash}`];
    if (hashes.includes(null)) return ["unknown", say("? in the log; what it says is withheld")];
    if (rows.includes(undefined)) return ["unknown", say("? not proved here")];
    return ["yes", say("✓ proved")];
  }

  /** Return where in a row its mark goes. */
  function markedIn(row) {
    const place = row.querySelector("[data-mark]");
    if (place !== null && place.closest("[data-position]") === row) return place;
    return row instanceof HTMLTableRowElement ? (row.cells[row.cells.length - 1] ?? row) : row;
  }

  /** Call a part of the page by its heading. */
  function called(part) {
    if (part === "") return say("the top of the page");
    if (part === "<title>") return say("the title");
    if (part.startsWith(MARKUP)) {
      return say("the markup of {part}", { part: called(part.slice(MARKUP.length)) });
    }
    if (part.startsWith("#")) return say("the data “{name}”", { name: part.slice(1) });
    const heading = document.getElementById(part)?.querySelector("h1, h2, h3");
    return say("the part “{title}”", { title: heading?.textContent.trim() || part });
  }

  /** Cut a long quotation short. */
  function cut(quote) {
    return quote.length > 60 ? `${quote.slice(0, 60)}…` : quote;
  }

  /** Say how a row quotes otherwise than the record. */
  function misquote([expected, stands]) {
    const told = { stands: cut(stands), expected: cut(expected ?? "") };
    if (expected === null) return say("it quotes what is not on record there: “{stands}”", told);
    return say("it says “{stands}”, and the record “{expected}”", told);
  }

  /** Put a mark at each row, in place of an earlier one. */
  function markRows(found, altered, misquoting = new Map()) {
    for (const row of document.querySelectorAll("[data-position]")) {
      const positions = row.dataset.position.split(/\s+/).filter(Boolean);
      const part = row.closest(PARTS)?.id ?? "";
      const otherwise = altered.includes(part) || altered.includes(`${MARKUP}${part}`);
      let [holds, words] = mark(positions, found);
      if (misquoting.has(row)) {
        [holds, words] = ["no", `✗ ${misquote(misquoting.get(row))}`];
      } else if (otherwise) {
        [holds, words] = ["no", say("✗ this part of the page does not read as it was written")];
      }
      const place = markedIn(row);
      for (const old of [...place.children]) if (old.matches(".mark")) old.remove();
      place.append(" ", make("span", { class: "mark", "data-holds": holds }, words));
    }
    for (const place of document.querySelectorAll("[data-recorded]")) {
      const row = found.entries.get(place.dataset.recorded);
      place.replaceChildren(...(row?.ok && row.texts ? [recorded(row)] : []));
    }
  }

  /** Say where a row stands, and which entries it is about. */
  function placeOf(row) {
    const { position } = row.dataset;
    const part = called(row.closest(PARTS)?.id ?? "");
    if (position === undefined) return part;
    const number = position.split(/\s+/).map((at) => `#${at}`).join(", ");
    return say("a row about {number} in {part}", { number, part });
  }

  Object.assign(globalThis.answerable, { make, called, placeOf, misquote, markRows });
})();
