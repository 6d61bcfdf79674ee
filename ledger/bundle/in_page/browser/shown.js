/* The words, markup, title and data of the page, held against the sums that it carries.
 *
 * That is no proof: whoever knows how can change the sums with the words. It shows what was changed
 * by one who does not. The rules are in ledger/bundle/in_page/shown.py. The page is read here, as
 * this script runs: it has to stand behind all that the page shows, and before any other script.
 * What stands behind it is read once the page is there, before anything is shown in it.
 */
(() => {
  "use strict";
  const { bytesOf, toHex, digest, boundedJson } = globalThis.answerable;

  const PARTS = "section[id], footer[id]";
  const PASSED_OVER = "script, style, noscript, template";
  const DATA = 'script[type="application/json"][id]';
  const SELF_PROVING = new Set(["bundle", "shown"]);
  const MARKUP = "<>";
  // A script must not have in it what ends or begins something in HTML.
  const OPEN = "<";
  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
  const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));

  /** Write what opens an element, as pages have it. */
  function opening(node) {
    const attributes = [...node.attributes].map(({ name, value }) =>
      ` ${name}="${value.replace(/[&<>"']/g, (sign) => SIGNS[sign])}"`);
    const shadow = node.shadowRoot === null ? "" : "#shadow";
    return `${OPEN}${node.localName}${attributes.join("")}>${shadow}`;
  }

  /** The words and the markup of each part, as far as the page was read. */
  class Reading {
    constructor() {
      this.words = new Map();
      this.markup = new Map([["", []]]);
      this.part = "";
      this.node = null;
    }

    /** Read on, up to what is there by now. */
    readOn() {
      for (let node = this.next(); node !== null; node = this.next()) {
        this.enter(node);
        this.node = node;
      }
    }

    /** Read on, up to the end of the page. */
    readAll() {
      this.readOn();
      for (let node = this.node; node !== document; node = node.parentNode) this.leave(node);
    }

    /** Return what comes next, and leave what ends before it; null if nothing is there yet. */
    next() {
      if (this.node === null) return document.firstChild;
      const within = this.node instanceof Element && !this.node.matches(PASSED_OVER);
      if (within && this.node.firstChild !== null) return this.node.firstChild;
      const ended = [];
      for (let node = this.node; node !== document; node = node.parentNode) {
        ended.push(node);
        if (node.nextSibling !== null) {
          ended.forEach((each) => this.leave(each));
          return node.nextSibling;
        }
      }
      return null;
    }

    enter(node) {
      if (node instanceof Text) {
        // A browser breaks a long text into several, one behind another.
        const between = node.previousSibling instanceof Text ? "" : "\n";
        this.words.get(this.part)?.push(between, node.data);
      } else if (node instanceof Comment) this.tag(`${OPEN}!--${node.data}-->`);
      else if (node instanceof DocumentType) {
        this.tag(`${OPEN}!doctype ${node.name}${node.publicId}${node.systemId}>`);
      } else {
        if (node === document.body) this.words.set("", []);
        else if (node.matches(PARTS)) {
          this.part = node.id;
          this.markup.get("").push(`#${this.part}`);
          for (const told of [this.words, this.markup]) {
            if (!told.has(this.part)) told.set(this.part, []);
          }
        }
        this.tag(opening(node));
        if (node.matches(PASSED_OVER) && !node.matches(DATA)) this.tag(node.textContent);
      }
    }

    leave(node) {
      const ends = node instanceof Element && !VOID.has(node.localName);
      if (ends) this.tag(`${OPEN}/${node.localName}>`);
    }

    tag(text) {
      this.markup.get(this.part).push(text);
    }

    /** Return the text of which each part has a sum, by the name that the sum has. */
    get texts() {
      const words = [...this.words].map(([name, texts]) => [name, shown(texts.join(""))]);
      const markup = [...this.markup].map(([name, tags]) =>
        [`${MARKUP}${name}`, tags.join("").replaceAll('=""', "")]);
      return [...words, ...markup];
    }
  }

  /** Return what the page tells beside its words: its title, and the data that scripts show. */
  function beside() {
    const told = new Map([["<title>", shown(document.head?.querySelector("title")?.text ?? "")]]);
    for (const { id, textContent } of document.querySelectorAll(DATA)) {
      if (!SELF_PROVING.has(id)) told.set(`#${id}`, (told.get(`#${id}`) ?? "") + textContent);
    }
    return told;
  }

  // White space as Python has it.
  const SPACE =
    /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const shown = (text) => text.replace(/[\0\ufffd]/g, "").replace(SPACE, " ").replace(/^ | $/g, "");
  const reading = new Reading();
  reading.readOn();
  const data = beside();

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
    const bare = !sums.has(MARKUP);
    const read = new Map([...reading.texts, ...data].filter(([name]) =>
      !(bare && name.startsWith(MARKUP))));
    const altered = [...sums.keys()].filter((name) => !read.has(name));
    for (const [name, text] of read) {
      if (sums.get(name) !== toHex(await digest(bytesOf(text)))) altered.push(name);
    }
    // Where words are altered, their markup is as a rule.
    return altered.filter((name) =>
      !(name.startsWith(MARKUP) && altered.includes(name.slice(MARKUP.length))));
  }

  Object.assign(globalThis.answerable, {
    alteredParts, readAll: () => reading.readAll(), PARTS, MARKUP,
  });
})();
