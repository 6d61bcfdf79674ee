/* The words that the page shows, its title and its data, held against the sums that it carries.
 *
 * That is no proof: whoever knows how can change the sums with the words. It shows what was changed
 * by one who does not. The rules are in ledger/bundle/in_page/shown.py. The words are read here, as
 * this script runs: it has to stand behind all that the page shows, and before any other script.
 */
(() => {
  "use strict";
  const { bytesOf, toHex, digest, boundedJson } = globalThis.answerable;

  const PARTS = "section[id], footer[id]";
  const PASSED_OVER = "script, style, noscript, template";
  const DATA = 'script[type="application/json"][id]';
  const SELF_PROVING = new Set(["bundle", "shown"]);

  /** Return the words of each part, by its name. */
  function partsOf(body) {
    const words = new Map([["", []]]);
    let part = "";
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node instanceof Element && node.matches(PASSED_OVER)
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_ACCEPT,
    });
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node instanceof Text) words.get(part).push(node.data);
      else if (node.matches(PARTS)) {
        part = node.id;
        if (!words.has(part)) words.set(part, []);
      }
    }
    return words;
  }

  /** Return what the page tells beside its words: its title, and the data that scripts show. */
  function beside() {
    const told = new Map([["<title>", shown(document.head?.querySelector("title")?.text ?? "")]]);
    for (const { id, textContent } of document.querySelectorAll(DATA)) {
      if (!SELF_PROVING.has(id)) told.set(`#${id}`, (told.get(`#${id}`) ?? "") + textContent);
    }
    return told;
  }

  const shown = (text) => text.replace(/[ \t\n\r\f\0\ufffd]+/g, "");
  const parts = document.body === null ? new Map() : partsOf(document.body);
  const told = [...parts].map(([name, words]) => [name, shown(words.join(""))]);
  const read = new Map([...told, ...beside()]);

  /** Return the names of the parts that do not read as they were written; null without sums. */
  async function alteredParts() {
    const elements = document.querySelectorAll('script[type="application/json"]#shown');
    if (elements.length !== 1) return null;
    let sums;
    try {
      sums = boundedJson(elements[0].textContent);
    } catch {
      return null;
    }
    if (!(sums instanceof Map)) return null;
    const altered = [];
    for (const [name, text] of read) {
      if (sums.get(name) !== toHex(await digest(bytesOf(text)))) altered.push(name);
    }
    return [...altered, ...[...sums.keys()].filter((name) => !read.has(name))];
  }

  Object.assign(globalThis.answerable, { alteredParts, PARTS });
})();
