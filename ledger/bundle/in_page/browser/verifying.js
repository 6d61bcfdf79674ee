/* Verifying the bundle that a page carries: what holds, what does not, and what was not checked.
 *
 *     answerable.verifyBundle(files, { pastedKeys }) -> Promise<{
 *       ok,          whether nothing that was checked is wrong
 *       size, root, origin, case,   of the head of the log; root in hexadecimal
 *       keys,        [{ name, hash, kind, fingerprint, line, checked, time, given }]: checked is
 *                    true, false, or null where this browser cannot check such a signature
 *       trusted,     whether keys were given, and not only those that the page names
 *       entries,     Map(position -> { ok, reason, entry, texts }), positions as strings
 *       open, withheld,   how many texts are open, and how many withheld or erased
 *       leftOut,     Map(position -> what is wrong with its hash, or null), of entries left out
 *       inPart,      whether a part of a case is here: what it refers to may not be
 *       problems,    [{ where, what, file, position }]
 *       unchecked,   what could not be checked here, in words
 *     }>
 *
 * `files` is what `answerable.readBundle` makes of the element of a page. It throws
 * `answerable.Wrong` where there is no bundle to speak of, or a pasted key is none.
 */
(() => {
  "use strict";
  const { say, toHex, parseKeys, Checks } = globalThis.answerable;

  /** Return what was found of each entry: what is wrong with it first, then with its head. */
  function rowsOf({ problems, places, entries, texts }) {
    const first = new Map();
    for (const { position, what } of problems) {
      if (position !== null && !first.has(position)) first.set(position, what);
    }
    const head = problems.find(({ file }) => file === "checkpoint" || file === "keys.txt");
    const above = head && say("the head of the log does not hold: {what}", { what: head.what });
    const row = (at) => {
      const reason = first.get(String(at)) ?? above ?? null;
      const [entry, opened] = [entries.get(at) ?? null, texts.get(at) ?? null];
      return [String(at), { ok: reason === null, reason, entry, texts: opened }];
    };
    return new Map(places.map(row));
  }

  /** Return what is wrong with the hash of each entry that is left out; null where it holds. */
  function hashesOf({ problems, leftOut }) {
    const first = (at) => problems.find(({ position }) => position === String(at));
    return new Map(leftOut.map((at) => [String(at), first(at)?.what ?? null]));
  }

  /** Verify the bundle that a page carries. */
  async function verifyBundle(files, { pastedKeys = [] } = {}) {
    const given = await parseKeys(pastedKeys.join("\n"));
    const checks = new Checks(files, given);
    await checks.run();
    const { head, problems, unchecked, texts, closed } = checks;
    const found = ({ key, checked, time }) => {
      const { name, id: hash, called: kind, fingerprint, line } = key;
      return { name, hash, kind, fingerprint, line, checked, time, given: given.includes(key) };
    };
    return {
      ok: problems.length === 0,
      size: head.size,
      root: toHex(head.root),
      origin: head.origin,
      case: checks.manifest.get("case"),
      keys: checks.keys.map(found),
      trusted: given.length > 0,
      entries: rowsOf(checks),
      open: [...texts.values()].reduce((sum, { size }) => sum + size, 0),
      withheld: closed,
      leftOut: hashesOf(checks),
      inPart: checks.inPart,
      problems: problems.map(({ file, position, what }) => {
        const where =
          position === null ? file : say("{file} (position {position})", { file, position });
        return { where, what, file, position };
      }),
      unchecked,
    };
  }

  Object.assign(globalThis.answerable, { verifyBundle });
})();
