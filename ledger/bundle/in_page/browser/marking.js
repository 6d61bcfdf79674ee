/* What a reader sees of the checks: a verdict, a mark at each row, and a place for a key.
 *
 * What the page provides, and nothing else is asked of it:
 *
 *   id="bundle"           the element of data (docs/verifying-reports.md)
 *   id="messages"         what is said here in another language than English, if there is one
 *   id="verification"     is emptied, and filled with the verdict and what belongs to it; it gets
 *                         the class `ok` or `bad`, or neither where nothing was checked
 *   data-position="12"    a row about the entry at this position, or about several ("12 15"): gets
 *                         a mark, in its element with `data-mark` if it has one, in its last cell
 *                         if it is a row of a table, else at its end
 *   data-recorded="12"    is filled with the entry and its open texts as they were recorded, if
 *                         they hold: what is shown there is what was checked
 *
 * All is said in words; `data-holds` of a mark and of the verdict is `yes`, `no` or `unknown`, for
 * style. `answerable.done` is the promise of the first verdict.
 */
(() => {
  "use strict";
  const {
    messages, say, sayCount, Wrong, wrong, readBundle, verifyBundle, alteredParts, readAll,
    misquoted, bound, MARKUP, make, called, placeOf, misquote, markRows,
  } = globalThis.answerable;

  const source = document.querySelectorAll('script[type="application/json"]#messages');
  if (source.length === 1) {
    const told = Object.entries(JSON.parse(source[0].textContent));
    for (const [sentence, said] of told) messages.set(sentence, said);
  }

  const WHOSE = say(
    "Anyone can make a log, and a page like this one, with marks that lie. Get the log's key, or " +
    "its fingerprint, from whoever runs it, by another way than this file, and paste it below; " +
    "or check the file with a program of your own.",
  );
  const HELD = say(
    "What a row quotes of the record - names, days, texts, and each field of an event - is held " +
    "against the record. What the page works out of it, and says in words of its own, is not " +
    "worked out again here: “answerable verify” does that.",
  );
  const SHOWN = say(
    "It is not under any signature, and held only against sums that whoever changes the words " +
    "can change, too.",
  );
  const UNSUMMED = say(
    "It is not under any signature, and the page carries no sums of its words.",
  );
  const UNBOUND = say("each field of an event: the page does not list how it writes them");

  const FINGERPRINT = /^[0-9a-f]{64}$/i;

  /** Return a list of these lines; null of none. */
  function list(lines, attributes = {}) {
    if (lines.length === 0) return [];
    return [make("ul", attributes, ...lines.map((line) => make("li", {}, ...[line].flat())))];
  }

  /** Read the bundle that this page carries. */
  function bundleHere() {
    const found = document.querySelectorAll('[id="bundle" i]');
    const [element] = found;
    if (found.length !== 1 || !element.matches('script[type="application/json"]#bundle')) {
      wrong("this page carries no record, or more than one");
    }
    return readBundle(element.textContent);
  }

  /** Return the name of this file, as one writes it in a shell. */
  function fileHere() {
    const name = decodeURIComponent(location.pathname.split("/").pop()) || "report.html";
    return /^[\w.,+-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
  }

  /** Say the verdict in a few words. */
  function verdict(found) {
    if (found.problems.length > 0) {
      return sayCount(
        "✗ NOT VERIFIED. {number} thing does not hold in this page.",
        "✗ NOT VERIFIED. {number} things do not hold in this page.", found.problems.length,
      );
    }
    const entries = sayCount("{number} entry", "{number} entries", found.entries.size);
    const texts = sayCount("{number} text", "{number} texts", found.open);
    let holds = say("{entries} and {texts} are as they were recorded.", { entries, texts });
    if (found.leftOut.size > 0) {
      const then = sayCount(
        "{number} entry is left out, and proved by the hash.",
        "{number} entries are left out, and proved by the hash.", found.leftOut.size,
      );
      holds = say("{first} {then}", { first: holds, then });
    }
    if (found.withheld > 0) {
      const then = sayCount(
        "{number} text is withheld or erased.", "{number} texts are withheld or erased.",
        found.withheld,
      );
      holds = say("{first} {then}", { first: holds, then });
    }
    if (found.trusted) {
      return say("✓ Verified: {holds} The key that you gave signed the log's head.", { holds });
    }
    const whose = found.keys.some(({ checked }) => checked)
      ? say("Whose log it is was not checked.")
      : say("No signature could be checked.");
    return say("✓ Consistent in itself: {holds} {whose}", { holds, whose });
  }

  /** List what is wrong: of a file that is wrong as an entry is, too, the entry. */
  function wrongs(problems) {
    const placed = problems.filter(({ position }) => position !== null);
    const files = new Set(placed.map(({ file }) => file));
    const rest = problems.filter(({ position, file }) => position === null && !files.has(file));
    const told = rest.map(({ where, what }) => say("{where}: {what}", { where, what }));
    return [...placed.map(wrongEntry), ...told];
  }

  /** Say what is wrong with an entry, and lead to it. */
  function wrongEntry({ position, what, file }) {
    const number = `#${position}`;
    const place = document.getElementById(`event-${position}`);
    const leading = place === null ? number : make("a", { href: `#${place.id}` }, number);
    return [leading, say(": {what} ({file})", { what, file })];
  }

  /** Say what was found of a key. */
  function keyLine({ name, hash, kind, fingerprint, checked, time, given }) {
    let how = { true: say("signed the head"), false: say("DID NOT SIGN the head"),
      null: say("not checked") }[checked];
    if (time !== null && checked) how = say("signed the head at {time}", { time: moment(time) });
    const whose = given ? say("the key that you gave") : say("a key that this page names");
    const told = { name, kind, hash, how, whose };
    const said = say("{name}, {kind}, key {hash}: {how} ({whose}). Fingerprint:", told);
    return [`${said} `, make("code", {}, fingerprint)];
  }

  /** Write a time of POSIX in seconds. */
  function moment(seconds) {
    return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  }

  /** Return what one can look at further: keys, what was not checked, and how to check oneself. */
  function more(found) {
    const head = sayCount(
      "The log {origin}: {number} entry, root", "The log {origin}: {number} entries, root",
      found.size, { origin: found.origin },
    );
    const unchecked = [...found.unchecked, ...(bound ? [] : [UNBOUND])];
    return [
      ...(found.trusted ? [] : [make("p", {}, WHOSE)]),
      make("p", {}, `${head} `, make("code", {}, found.root)),
      ...list(found.keys.map(keyLine), { class: "keys" }),
      make("p", {}, say("{first} {then}", {
        first: HELD, then: found.altered === null ? UNSUMMED : SHOWN,
      })),
      ...(unchecked.length > 0 ? [make("p", {}, say("Not checked here:"))] : []),
      ...list(unchecked, { class: "unchecked" }),
    ];
  }

  /** Return how to check this file by other means. */
  function commands() {
    const file = fileHere();
    const lines = [`answerable verify ${file} --key KEY`, `python3 verify.py ${file} --key KEY`];
    return make("p", {}, say("With a program of your own:"), " ", make("code", {}, lines[0]),
      say(", or without answerable:"), " ", make("code", {}, lines[1]));
  }

  /** Return where a reader pastes a key, and what then happens. */
  function keyForm(check) {
    const input = make("textarea", {
      id: "verification-key", rows: "2", spellcheck: "false", autocomplete: "off",
      placeholder: "example.com/ledger+8d19b64d+A…",
    });
    const told = make("output", { for: "verification-key", class: "told" });
    const button = make("button", { type: "button" }, say("Check with this key"));
    button.addEventListener("click", async () => {
      told.textContent = await check(input.value);
    });
    return make("div", { class: "key" },
      make("label", { for: "verification-key" },
        say("The log's key, or its fingerprint, that you got by another way than this file ("),
        make("code", {}, "answerable key export"), say(" writes the key):")),
      input, button, told);
  }

  /** Say what a pasted key came to. */
  function saidOfKey(found) {
    const good = found.keys.filter(({ given, checked }) => given && checked);
    if (!found.trusted) return say("Paste a key first.");
    if (good.length > 0) {
      const { fingerprint } = good[0];
      const said = say("✓ The key that you gave signed this record. Fingerprint: {fingerprint}.", {
        fingerprint,
      });
      if (found.ok) return said;
      const then = say("The record does not hold all the same: see above.");
      return say("{first} {then}", { first: said, then });
    }
    const { what } = found.problems.find(({ file }) => file === "checkpoint");
    return say("✗ The key that you gave did not sign this record: {what}.", { what });
  }

  /** The part of the page that tells what was found. */
  class Verification {
    constructor(place) {
      this.place = place;
      this.told = make("div", { role: "status", class: "verdict" });
      this.problems = make("div", { class: "problems" });
      this.further = make("div", { class: "further" });
      this.summary = make("summary", {}, say("Whose log it is, and what was not checked"));
      this.form = keyForm((text) => this.checkWith(text));
      const details = make("details", {}, this.summary, this.further, this.form, commands());
      place.replaceChildren(this.told, this.problems, details);
      place.removeAttribute("role");
      this.tell("unknown", say("Checking the record that this page carries …"));
    }

    /** Say what was found, and mark the rows. */
    show(found) {
      this.tell(found.ok ? "yes" : "no", verdict(found));
      this.problems.replaceChildren(...list(wrongs(found.problems)));
      this.further.replaceChildren(...more(found));
      markRows(found, found.altered ?? [], found.misquoted);
    }

    /** Say that there is nothing to check, or nothing to check it with. */
    fail(holds, words) {
      this.tell(holds, words);
      this.problems.replaceChildren();
      this.further.replaceChildren();
      this.form.remove();
      markRows({ entries: new Map(), leftOut: new Map() }, []);
    }

    tell(holds, words) {
      this.told.dataset.holds = holds;
      this.told.textContent = words;
      this.place.classList.toggle("ok", holds === "yes");
      this.place.classList.toggle("bad", holds === "no");
    }

    /** Check the record, by keys of the reader's if there are any, and show what was found. */
    async check(pastedKeys = []) {
      const found = await verifyBundle(bundleHere(), { pastedKeys });
      found.altered = await alteredParts();
      for (const part of found.altered ?? []) {
        const told = { part: called(part) };
        const what = part.startsWith(MARKUP)
          ? say("{part} is not as it was written; it may be by an extension of this browser", told)
          : say("{part} does not read as it was written", told);
        found.problems.push({ where: say("this page"), what, file: "page", position: null });
        found.ok = false;
      }
      found.misquoted = misquoted(found);
      for (const [row, wrong] of found.misquoted) {
        const told = { where: placeOf(row), what: misquote(wrong), file: "page", position: null };
        found.problems.push(told);
        found.ok = false;
      }
      this.show(found);
      return found;
    }

    /** Check the record by a key that the reader pasted; return what is said of the key. */
    async checkWith(pasted) {
      const text = pasted.trim();
      try {
        if (!FINGERPRINT.test(text)) {
          return saidOfKey(await this.check(text === "" ? [] : [text]));
        }
        const { keys } = await this.check();
        const key = keys.find(({ fingerprint }) => fingerprint === text.toLowerCase());
        if (key === undefined) {
          return say("✗ This is the fingerprint of no key that this page names.");
        }
        return saidOfKey(await this.check([key.line]));
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        return say("✗ {what}.", { what: error.message });
      }
    }
  }

  /** Check this page, and show what was found. */
  async function checkPage() {
    const place = document.getElementById("verification") ?? document.body.appendChild(
      make("section", { id: "verification" }),
    );
    const shown = new Verification(place);
    if (globalThis.crypto?.subtle === undefined) {
      shown.fail("unknown", say(
        "NOTHING ON THIS PAGE WAS CHECKED: this browser has no Web Crypto here. " +
        "Check the file with a program of your own.",
      ));
      return null;
    }
    try {
      return await shown.check();
    } catch (error) {
      if (error instanceof Wrong) {
        shown.fail("no", say("✗ NOT VERIFIED: {what}.", { what: error.message }));
        return null;
      }
      shown.fail("unknown", say(
        "NOTHING ON THIS PAGE WAS CHECKED: the check itself failed in this browser. " +
        "Check the file with a program of your own.",
      ));
      throw error;
    }
  }

  const ready = new Promise((resolve) => {
    if (document.readyState !== "loading") resolve();
    else document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });
  globalThis.answerable.done = ready.then(readAll).then(checkPage);
})();
