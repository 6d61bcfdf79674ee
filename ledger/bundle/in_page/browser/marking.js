/* What a reader sees of the checks: a verdict, a mark at each row, and a place for a key.
 *
 * What the page provides, and nothing else is asked of it:
 *
 *   id="bundle"           the element of data (docs/verifying-reports.md)
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
  const { Wrong, wrong, readBundle, verifyBundle, alteredParts, PARTS } = globalThis.answerable;

  const WHOSE =
    "Anyone can make a log, and a page like this one, with marks that lie. Get the log's key, or " +
    "its fingerprint, from whoever runs it, by another way than this file, and paste it below; " +
    "or check the file with a program of your own.";
  const SHOWN =
    "The marks are about the entries. What this page says of them in its own words is not under " +
    "any signature; it is held only against sums that whoever changes the words can change, too.";
  const UNSUMMED =
    "The marks are about the entries. What this page says of them in its own words is not under " +
    "any signature, and the page carries no sums of its words.";

  const FINGERPRINT = /^[0-9a-f]{64}$/i;

  /** Make an element with these children; of the attributes, those that are null stay away. */
  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  /** Say how many there are. */
  function counted(count, one, many) {
    return `${Number(count).toLocaleString("en")} ${Number(count) === 1 ? one : many}`;
  }

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
      const count = counted(found.problems.length, "thing does", "things do");
      return `✗ NOT VERIFIED. ${count} not hold in this page.`;
    }
    const entries = counted(found.entries.size, "entry", "entries");
    const texts = counted(found.open, "text", "texts");
    const closed = counted(found.withheld, "text is", "texts are");
    const left = counted(found.leftOut.size, "entry is", "entries are");
    const holds =
      `${entries} and ${texts} are as they were recorded.` +
      (found.leftOut.size > 0 ? ` ${left} left out, and proved by the hash.` : "") +
      (found.withheld > 0 ? ` ${closed} withheld or erased.` : "");
    if (found.trusted) return `✓ Verified: ${holds} The key that you gave signed the log's head.`;
    const signed = found.keys.some(({ checked }) => checked);
    const whose = signed ? "Whose log it is was not checked." : "No signature could be checked.";
    return `✓ Consistent in itself: ${holds} ${whose}`;
  }

  /** List what is wrong: of a file that is wrong as an entry is, too, the entry. */
  function wrongs(problems) {
    const placed = problems.filter(({ position }) => position !== null);
    const files = new Set(placed.map(({ file }) => file));
    const rest = problems.filter(({ position, file }) => position === null && !files.has(file));
    return [...placed.map(wrongEntry), ...rest.map(({ where, what }) => `${where}: ${what}`)];
  }

  /** Say what is wrong with an entry, and lead to it. */
  function wrongEntry({ position, what, file }) {
    const number = `#${position}`;
    const place = document.getElementById(`event-${position}`);
    const leading = place === null ? number : make("a", { href: `#${place.id}` }, number);
    return [leading, `: ${what} (${file})`];
  }

  /** Say what was found of a key. */
  function keyLine({ name, hash, kind, fingerprint, checked, time, given }) {
    const how = { true: "signed the head", false: "DID NOT SIGN the head", null: "not checked" };
    const when = time === null || !checked ? "" : ` at ${moment(time)}`;
    const whose = given ? "the key that you gave" : "a key that this page names";
    const said = `${name}, ${kind}, key ${hash}: ${how[checked]}${when} (${whose}). Fingerprint: `;
    return [said, make("code", {}, fingerprint)];
  }

  /** Write a time of POSIX in seconds. */
  function moment(seconds) {
    return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  }

  /** Return what one can look at further: keys, what was not checked, and how to check oneself. */
  function more(found) {
    return [
      ...(found.trusted ? [] : [make("p", {}, WHOSE)]),
      make("p", {}, `The log ${found.origin}: ${counted(found.size, "entry", "entries")}, root `,
        make("code", {}, found.root)),
      ...list(found.keys.map(keyLine), { class: "keys" }),
      make("p", {}, found.altered === null ? UNSUMMED : SHOWN),
      ...(found.unchecked.length > 0 ? [make("p", {}, "Not checked here:")] : []),
      ...list(found.unchecked, { class: "unchecked" }),
    ];
  }

  /** Return how to check this file by other means. */
  function commands() {
    const file = fileHere();
    const lines = [`answerable verify ${file} --key KEY`, `python3 verify.py ${file} --key KEY`];
    return make("p", {}, "With a program of your own: ",
      make("code", {}, lines[0]), ", or without answerable: ", make("code", {}, lines[1]));
  }

  /** Return where a reader pastes a key, and what then happens. */
  function keyForm(check) {
    const input = make("textarea", {
      id: "verification-key", rows: "2", spellcheck: "false", autocomplete: "off",
      placeholder: "example.com/ledger+8d19b64d+A…",
    });
    const told = make("output", { for: "verification-key", class: "told" });
    const button = make("button", { type: "button" }, "Check with this key");
    button.addEventListener("click", async () => {
      told.textContent = await check(input.value);
    });
    return make("div", { class: "key" },
      make("label", { for: "verification-key" },
        "The log's key, or its fingerprint, that you got by another way than this file (",
        make("code", {}, "answerable key export"), " writes the key):"),
      input, button, told);
  }

  /** Say what a pasted key came to. */
  function saidOfKey(found) {
    const good = found.keys.filter(({ given, checked }) => given && checked);
    if (!found.trusted) return "Paste a key first.";
    if (good.length > 0) {
      const rest = found.ok ? "" : " The record does not hold all the same: see above.";
      const said = "✓ The key that you gave signed this record. Fingerprint:";
      return `${said} ${good[0].fingerprint}.${rest}`;
    }
    const problem = found.problems.find(({ file }) => file === "checkpoint");
    return `✗ The key that you gave did not sign this record: ${problem.what}.`;
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
    const details = make("details", {}, make("summary", {}, "As it was recorded"));
    details.addEventListener("toggle", () => details.append(fieldsOf(row)), { once: true });
    return details;
  }

  function fieldsOf({ entry, texts }) {
    const fields = [...entry].filter(([name]) => name !== "_sd");
    const told = [...fields, ...texts].map(([name, value]) => [name, written(value)]);
    const closed = entry.get("_sd").length - texts.size;
    if (closed > 0) told.push(["withheld or erased", counted(closed, "text", "texts")]);
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
    if (hashes.includes(null)) return ["unknown", "? in the log; what it says is withheld"];
    if (rows.includes(undefined)) return ["unknown", "? not proved here"];
    return ["yes", "✓ proved"];
  }

  /** Return where in a row its mark goes. */
  function markedIn(row) {
    const place = row.querySelector("[data-mark]");
    if (place !== null && place.closest("[data-position]") === row) return place;
    return row instanceof HTMLTableRowElement ? (row.cells[row.cells.length - 1] ?? row) : row;
  }

  /** Call a part of the page by its heading. */
  function called(part) {
    if (part === "") return "the top of the page";
    const heading = document.getElementById(part)?.querySelector("h1, h2, h3");
    return `the part “${heading?.textContent.trim() || part}”`;
  }

  /** Put a mark at each row, in place of an earlier one. */
  function markRows(found, altered) {
    for (const row of document.querySelectorAll("[data-position]")) {
      const positions = row.dataset.position.split(/\s+/).filter(Boolean);
      const otherwise = altered.includes(row.closest(PARTS)?.id ?? "");
      const [holds, words] = otherwise
        ? ["no", "✗ this part of the page does not read as it was written"]
        : mark(positions, found);
      const place = markedIn(row);
      for (const old of [...place.children]) if (old.matches(".mark")) old.remove();
      place.append(" ", make("span", { class: "mark", "data-holds": holds }, words));
    }
    for (const place of document.querySelectorAll("[data-recorded]")) {
      const row = found.entries.get(place.dataset.recorded);
      place.replaceChildren(...(row?.ok && row.texts ? [recorded(row)] : []));
    }
  }

  /** The part of the page that tells what was found. */
  class Verification {
    constructor(place) {
      this.place = place;
      this.told = make("div", { role: "status", class: "verdict" });
      this.problems = make("div", { class: "problems" });
      this.further = make("div", { class: "further" });
      this.summary = make("summary", {}, "Whose log it is, and what was not checked");
      this.form = keyForm((text) => this.checkWith(text));
      const details = make("details", {}, this.summary, this.further, this.form, commands());
      place.replaceChildren(this.told, this.problems, details);
      place.removeAttribute("role");
      this.say("unknown", "Checking the record that this page carries …");
    }

    /** Say what was found, and mark the rows. */
    show(found) {
      this.say(found.ok ? "yes" : "no", verdict(found));
      this.problems.replaceChildren(...list(wrongs(found.problems)));
      this.further.replaceChildren(...more(found));
      markRows(found, found.altered ?? []);
    }

    /** Say that there is nothing to check, or nothing to check it with. */
    fail(holds, words) {
      this.say(holds, words);
      this.problems.replaceChildren();
      this.further.replaceChildren();
      this.form.remove();
      markRows({ entries: new Map(), leftOut: new Map() }, []);
    }

    say(holds, words) {
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
        const what = `${called(part)} does not read as it was written`;
        found.problems.push({ where: "this page", what, file: "page", position: null });
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
        if (key === undefined) return "✗ This is the fingerprint of no key that this page names.";
        return saidOfKey(await this.check([key.line]));
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        return `✗ ${error.message}.`;
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
      const why = "NOTHING ON THIS PAGE WAS CHECKED: this browser has no Web Crypto here.";
      shown.fail("unknown", `${why} Check the file with a program of your own.`);
      return null;
    }
    try {
      return await shown.check();
    } catch (error) {
      if (error instanceof Wrong) {
        shown.fail("no", `✗ NOT VERIFIED: ${error.message}.`);
        return null;
      }
      const why = "NOTHING ON THIS PAGE WAS CHECKED: the check itself failed in this browser.";
      shown.fail("unknown", `${why} Check the file with a program of your own.`);
      throw error;
    }
  }

  const ready = new Promise((resolve) => {
    if (document.readyState !== "loading") resolve();
    else document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });
  globalThis.answerable.done = ready.then(checkPage);
})();
