/* What the rows of the page quote of the record, as the page was when this script ran. What is
 * held against the record is in quoting.js.
 */
(() => {
  "use strict";
  const { say } = globalThis.answerable;

  const QUOTED = "bdi, code";
  const UNSEEN = /\[U\+[0-9A-F]{4,6}\]/g;
  const BESIDE_LETTERS = /[^\p{L}\p{N}]+/gu;

  /** Return a text without what stands for signs that cannot be seen. */
  const shownAlone = (text) => text.replace(UNSEEN, "");
  const letters = (text) => shownAlone(text).replace(BESIDE_LETTERS, "");

  /** Tell whether words say that a value is not here, and nothing else. */
  function isAbsence(words) {
    const said = letters(words);
    const number = words.match(/[0-9]+/)?.[0] ?? "";
    return [
      say("(withheld)"), say("(erased)"), say("(taken back)"), say("(not told)"),
      say("date not told"), say("({number} withheld)", { number }),
    ].some((each) => letters(each) === said);
  }

  /** Return how the page writes what it does not write by its own letters: Map(name -> [words]). */
  function writings() {
    const [element, ...others] = document.querySelectorAll(
      'script[type="application/json"]#written',
    );
    if (element === undefined || others.length > 0) return null;
    try {
      return new Map(Object.entries(JSON.parse(element.textContent)));
    } catch {
      return null;
    }
  }

  const written = writings();
  const textsOf = (row, what) => [
    ...new Set([...row.querySelectorAll(what)].map((each) => each.textContent)),
  ];

  /** Return the fields that an event shows, each with its texts; by name, those of old apart. */
  function fieldsOf(row) {
    const found = { now: new Map(), first: new Map() };
    for (const place of row.querySelectorAll("[data-field]")) {
      const into = "first" in place.dataset ? found.first : found.now;
      // When it happened stands in the line above, and below once more where that was corrected.
      const below = place.matches("dd");
      const name = `${below ? "" : "when "}${place.dataset.field}`;
      const label = below ? place.closest("div")?.querySelector("dt")?.textContent ?? null : null;
      if (!into.has(name)) into.set(name, { name: place.dataset.field, label, texts: [] });
      into.get(name).texts.push(place.textContent);
    }
    return found;
  }

  /** Return the first line of the last cell of a row: on a timeline, what the event says. */
  function gistOf(row) {
    const cell = [...row.querySelectorAll("td:not(.drawn)")].at(-1);
    const nodes = [...(cell?.childNodes ?? [])];
    const end = nodes.findIndex((node) => node.nodeName === "BR");
    return nodes.slice(0, end < 0 ? nodes.length : end).map((node) => node.textContent).join("");
  }

  const wordsIn = (text) => text.replace(UNSEEN, " ").split(BESIDE_LETTERS).filter(Boolean);

  const rows = [...document.querySelectorAll("[data-position]")].map((row) => ({
    row,
    part: row.closest("section[id], footer[id]")?.id ?? "",
    positions: row.dataset.position.split(/\s+/).filter(Boolean),
    quotes: textsOf(row, QUOTED),
    days: textsOf(row, "time"),
    whole: row.matches("article.event"),
    said: row.querySelector("[data-said]")?.textContent ?? null,
    gist: row.closest("section")?.id === "timeline" ? gistOf(row) : null,
    fields: fieldsOf(row),
  }));

  /** Where the events are that the page shows, by their ids: of some no entry is here. */
  const shownAt = new Map(rows.filter(({ whole }) => whole).map(({ positions, fields }) => [
    fields.now.get("event_id")?.texts[0], positions[0],
  ]));

  /** What amends what, as the page shows it: [by, target]. Of some no entry is here. */
  const amendments = rows.filter(({ whole }) => whole).flatMap(({ positions, fields }) => {
    const target = /^#([0-9]+)/.exec(fields.now.get("target")?.texts[0] ?? "");
    return target === null ? [] : [[positions[0], target[1]]];
  });

  /** Return what the page says in events that it shows and does not carry: nobody checks that. */
  function toldOfOthers(entries) {
    const away = rows.filter(({ whole, positions }) => whole && !entries.has(positions[0]));
    return {
      quotes: away.flatMap(({ quotes }) => quotes.map(letters)),
      days: away.flatMap(({ days }) => days),
      // A party stands there by the pseudonym, alone or behind a name.
      parties: away.flatMap(({ fields }) =>
        (fields.now.get("party")?.texts ?? []).flatMap((text) => text.split(/[\s()（）]+/))),
    };
  }

  const astray = [...document.querySelectorAll('a[href^="#event-"]')].filter((link) => {
    const [, leads] = link.getAttribute("href").split("#event-");
    return !(/^#([0-9]+)/.exec(link.textContent.trim())?.[1] === leads);
  });

  Object.assign(globalThis.answerable, {
    shownRows: rows, written, shownAt, amendments, astray, letters, shownAlone, isAbsence,
    toldOfOthers, wordsIn,
  });
})();
