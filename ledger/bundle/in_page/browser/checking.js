/* The checks of a bundle, in the order and with the verdicts of the verifiers in Python
 * (ledger/bundle/standalone_verifier.py): what is wrong, in which file, at which position.
 */
(() => {
  "use strict";
  const {
    say, sayCount, Wrong, wrong, textOf, bytesOf, toBinary, toBase64, toBase64Url, fromBase64,
    fromBase64Url, toHex, sameBytes, joined, boundedJson, objectOf, digest, parseHead, parseKeys,
    madeBy, timeOf, isGood, Nodes, MAX_SIGNATURES, statement, recorderSigned, sealedBy, checkSeals,
    REFERENCES, isText, isWhole, MANIFEST, ENTRY, mistyped, fileName, same,
  } = globalThis.answerable;

  const ALWAYS = ["checkpoint", "disclosures.json", "keys.txt", "manifest.json"];
  const MAX_ENTRY = 65_535;
  const MOST_PROBLEMS = 1_000;
  const NO_HEAD = { origin: "", size: 0n, root: new Uint8Array(), text: "", signatures: [] };

  /** A bundle, and the outcome of its checks. */
  class Checks {
    constructor(files, given) {
      this.files = files;
      this.given = given;
      this.problems = [];
      this.unchecked = [];
      this.keys = [];
      this.head = NO_HEAD;
      this.entries = new Map();
      this.ids = new Set();
      this.texts = new Map();
      this.signed = new Map();
      this.closed = 0;
      this.manifest = this.readManifest();
      const listed = (folder) => [...files.keys()].filter((name) => name.startsWith(folder))
        .map((name) => BigInt(name.slice(folder.length, -5))).sort((a, b) => (a < b ? -1 : 1));
      this.places = listed("entries/");
      this.leftOut = listed("hashes/");
      this.inPart = this.manifest.has("left_out") || this.leftOut.length > 0;
    }

    async run() {
      await this.checkFiles();
      await this.attempt("checkpoint", null, () => this.checkHead());
      await this.attempt("keys.txt", null, () => this.checkKeys());
      await this.checkEntries();
      this.checkCase();
      await this.attempt("disclosures.json", null, () => this.checkTexts());
      await this.checkRecorders();
      this.checkSaid();
      await this.checkStamps();
      if (this.closed > 0) {
        this.unchecked.push(sayCount(
          "{number} texts that are withheld or erased: what they say",
          "{number} texts that are withheld or erased: what they say", this.closed,
        ));
      }
      if (this.leftOut.length > 0) {
        this.unchecked.push(say("{number} entries that are left out but for the hash: " +
          "what is told there, and what leads there", { number: this.leftOut.length }));
      } else if (this.inPart) {
        this.unchecked.push(say("what leads to other cases, of which a part is left out"));
      }
      if ([...this.texts.values()].some((fields) => fields.has("signature"))) {
        this.unchecked.push(say("whether the keys that signed events may sign for who recorded"));
      }
      if (this.stamps().length > 0) {
        this.unchecked.push(say("who made the time stamps: openssl ts -verify does that"));
      }
    }

    report(file, position, what, told = {}) {
      if (this.problems.length < MOST_PROBLEMS) {
        this.problems.push({ file, position, what: say(what, told) });
      } else if (this.problems.length === MOST_PROBLEMS) {
        const what = say("more is wrong, which is not listed");
        this.problems.push({ file: "manifest.json", position: null, what });
      }
    }

    /** Run a check; what ends it is a problem of this file. */
    async attempt(file, position, check) {
      try {
        await check();
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        this.report(file, position, error.message);
      }
    }

    file(name) {
      return this.files.get(name) ?? wrong("{name} is missing", { name });
    }

    /** List the entries of the case, in order. The others are there to read them by. */
    own() {
      const own = this.manifest.get("case");
      return [...this.entries].filter(([, entry]) => entry.get("case_id") === own);
    }

    readManifest() {
      const said = objectOf(this.file("manifest.json"));
      if (said.get("format") !== "answerable-bundle") wrong("this is not an evidence bundle");
      if (said.get("version") !== 1n) wrong("the report is of another version than this program");
      const name = mistyped(said, MANIFEST);
      if (name !== undefined) wrong("manifest.json does not say {name} as it should", { name });
      return said;
    }

    async checkFiles() {
      const listed = this.manifest.get("files");
      const names = new Set([...listed.keys(), ...ALWAYS, ...this.files.keys()]);
      names.delete("manifest.json");
      const sums = new Map();
      const summed = async (name) => sums.set(name, toHex(await digest(this.files.get(name))));
      await Promise.all([...names].filter((name) => this.files.has(name)).map(summed));
      for (const name of [...names].sort()) {
        if (!this.files.has(name)) {
          this.report([...name].slice(0, 80).join(""), null, "the file is missing");
        } else if (!listed.has(name)) {
          this.report(name, null, "the manifest does not list the file");
        } else if (listed.get(name) !== sums.get(name)) {
          this.report(name, null, "the file is not the one that was packed");
        }
      }
    }

    /** Check that a key of the log signed the head, and that no known key's signature is bad. */
    async checkHead() {
      this.head = parseHead(this.file("checkpoint"));
      const known = this.given.length > 0 ? this.given : await this.namedKeys();
      for (const signature of this.head.signatures) {
        const keys = known.filter(({ name, id }) => name === signature.name && id === signature.id);
        if (keys.length === 0) {
          this.unchecked.push(
            say("the signature of {name}, key {id}: its key is not at hand", signature),
          );
        }
        for (const key of keys) await this.checkSignature(key, signature.made);
      }
      const { origin } = this.head;
      const log = known.filter((key) => key.name === origin && madeBy(key, this.head).length > 0);
      if (log.length === 0) {
        this.report("checkpoint", null, "no key that is known for {origin} signed it", { origin });
      } else if (
        this.given.length > 0 &&
        !log.some((key) => this.keys.some((each) => each.key === key && each.checked))
      ) {
        const what = say("you gave a key, and its signature could not be checked here");
        this.report("checkpoint", null, what);
      }
    }

    async checkSignature(key, made) {
      const called = say("{called} of {name}, key {id}", key);
      const checked = await isGood(key, this.head, made);
      this.keys.push({ key, checked, time: timeOf(key, made) });
      if (checked === null) {
        const what = say("the signature by {key}: this browser does not know how", { key: called });
        this.unchecked.push(what);
      } else if (!checked) {
        this.report("checkpoint", null, "the signature does not fit: {key}", { key: called });
      }
    }

    /** Read the keys that the bundle names: one a line, or a remark, or nothing. */
    async namedKeys() {
      const text = toBinary(this.file("keys.txt"));
      const lines = text.split("\n");
      if (!lines.every((line) => /^[ -~]*$/.test(line) && line === line.trim())) {
        wrong("a line of it is not a key to verify with");
      }
      if (lines.filter((line) => line && !line.startsWith("#")).length > MAX_SIGNATURES) {
        wrong("it names more keys than can have signed");
      }
      return parseKeys(text);
    }

    /** Check that each key that the bundle names signed the head. */
    async checkKeys() {
      for (const key of await this.namedKeys()) {
        const made = madeBy(key, this.head).map((each) => isGood(key, this.head, each.made));
        const good = await Promise.all(made);
        if (key.name !== this.head.origin || good.length === 0 || good.includes(false)) {
          const what = say("it names a key that did not sign the checkpoint: {name}, {id}", key);
          this.report("keys.txt", null, what);
        }
      }
    }

    /** Check that each entry is in the tree of the head, and that each proof has its entry. */
    async checkEntries() {
      const nodes = new Nodes();
      const checkOne = async (at) => {
        const name = fileName("entries", at, "json");
        await this.attempt(name, String(at), async () => {
          this.readEntry(name, at);
          const leaf = await digest(joined([0], this.files.get(name)));
          await this.checkProof(nodes, at, leaf);
        });
      };
      const checkHash = async (at) => {
        const name = fileName("hashes", at, "hash");
        await this.attempt(name, String(at), async () => {
          const text = toBinary(this.file(name));
          const leaf = text.endsWith("\n") ? fromBase64(text.slice(0, -1)) : [];
          if (leaf.length !== 32) wrong("this is not the hash of an entry");
          if (this.files.has(fileName("entries", at, "json"))) {
            wrong("the entry is here, and is said to be left out");
          }
          await this.checkProof(nodes, at, leaf);
        });
      };
      await Promise.all([...this.places.map(checkOne), ...this.leftOut.map(checkHash)]);
      const proved = [...this.places, ...this.leftOut];
      const there = new Set(proved.map((at) => fileName("proofs", at, "proof")));
      for (const name of [...this.files.keys()].sort()) {
        if (name.startsWith("proofs/") && !there.has(name)) {
          this.report(name, null, "it is the proof of no entry here");
        }
      }
    }

    /** Check that the proof of a position leads from this leaf to the root. */
    async checkProof(nodes, at, leaf) {
      const root = await nodes.rootFrom(leaf, at, this.head.size, this.readProof(at));
      if (root === null || !sameBytes(root, this.head.root)) {
        wrong("its proof does not lead from this entry to the root");
      }
    }

    readEntry(name, at) {
      const long = this.file(name).length > MAX_ENTRY;
      if (long) wrong("this is not an entry of a log: it is too long");
      const entry = objectOf(this.file(name));
      if (mistyped(entry, ENTRY) !== undefined) wrong("this is not an entry of a log");
      checkSeals(entry);
      const id = entry.get("event_id");
      if (this.ids.has(id)) wrong("its event id is that of an earlier entry here");
      this.ids.add(id);
      this.entries.set(at, entry);
    }

    readProof(at) {
      const written = toBinary(this.file(fileName("proofs", at, "proof")));
      const lines = written.split("\n");
      const ends = lines.length >= 4 && lines.slice(-2).join("") === "";
      if (lines[0] !== "c2sp.org/tlog-proof@v1" || lines[1] !== `index ${at}` || !ends) {
        wrong("its proof is of another position, or none");
      }
      const path = lines.slice(2, -2).map(fromBase64);
      if (at >= this.head.size || path.some((each) => each.length !== 32)) {
        wrong("its proof is of another tree");
      }
      return path;
    }

    /** Check that the events are numbered without a gap, and that what they refer to is here.
     * An entry that is left out has a number, too, and may be what is referred to. */
    checkCase() {
      let last = 0n;
      const own = this.own();
      const [leftOut, fields] = [[...this.leftOut], this.inPart ? [] : REFERENCES];
      for (const [at, entry] of own) {
        for (; leftOut.length > 0 && leftOut[0] < at; leftOut.shift()) last += 1n;
        const name = fileName("entries", at, "json");
        const version = entry.get("version");
        if (version !== last + 1n) {
          const told = { version, last };
          const what = say("it is event {version} of the case, after event {last}", told);
          this.report(name, String(at), what);
        }
        last = version;
        for (const each of fields.flatMap((field) => entry.get(field) ?? [])) {
          if (isText(each) && !this.ids.has(each)) {
            const event = each.slice(0, 36);
            const what = say("it refers to the event {event}, which is not here", { event });
            this.report(name, String(at), what);
          }
        }
      }
      if (own.length === 0) this.report("entries", null, "no event of the case is here");
    }

    /** Check that there are texts, or nulls in their place, for each entry and no other. */
    async checkTexts() {
      const told = objectOf(this.file("disclosures.json"));
      const checkOne = async ([at, entry]) => {
        const given = told.get(String(at));
        await this.attempt("disclosures.json", String(at), () => this.checkText(at, entry, given));
      };
      await Promise.all([...this.entries].map(checkOne));
      const strange = [...told.keys()].find(
        (at) => !/^(?:0|[1-9][0-9]*)$/.test(at) || !this.entries.has(BigInt(at)),
      );
      if (strange !== undefined) {
        const file = strange.slice(0, 30);
        const what = say("it has texts of {file}, which is not here", { file });
        this.report("disclosures.json", null, what);
      }
    }

    /** Check that each text is the one that its entry commits to, each of a field of its own. */
    async checkText(at, entry, given) {
      const committed = entry.get("_sd");
      if (!Array.isArray(given) || given.length !== committed.length) {
        const number = committed.length;
        wrong("the entry commits to {number} texts, and here are others", { number });
      }
      const sealed = sealedBy(entry.get("kind"));
      const opened = new Map();
      const hash = async (text) => (isText(text) ? toBase64Url(await digest(bytesOf(text))) : null);
      const sums = await Promise.all(given.map(hash));
      given.forEach((text, number) => {
        if (text === null) return;
        const read = isText(text) ? fromBase64Url(text) : null;
        if (read === null) wrong("a text is not base64url");
        if (sums[number] !== committed[number]) wrong("a text is not what the entry commits to");
        const array = boundedJson(textOf(read) ?? wrong("a text cannot be read"));
        if (!Array.isArray(array) || !isText(array[1])) wrong("a text cannot be read");
        const [, field, value] = array;
        if (array.length !== 3 || opened.has(field) || !sealed.has(field)) {
          const told = { field: field.slice(0, 40) };
          wrong("two texts are of one field, or one of none that is sealed: {field}", told);
        }
        opened.set(field, value);
        if (field === "signature") this.signed.set(at, committed[number]);
      });
      this.texts.set(at, opened);
      this.closed += given.filter((text) => text === null).length;
    }

    /** Check that the signature of who recorded an event, where it is open, is over it. */
    async checkRecorders() {
      for (const [at, own] of this.signed) {
        if (!this.texts.has(at)) continue;
        await this.attempt("disclosures.json", String(at), async () => {
          const message = statement(this.file(fileName("entries", at, "json")), own);
          const good = await recorderSigned(this.texts.get(at).get("signature"), message);
          if (good === false) wrong("the event has a signature that is not over it");
          if (good === null) {
            this.unchecked.push(say(
              "the signature of the event at position {at}: this browser does not know how", { at },
            ));
          }
        });
      }
    }

    /** Check that what the bundle says of itself follows from the entries. */
    checkSaid() {
      const own = this.own().map(([at]) => at);
      const of = new Set(own);
      const truth = {
        positions: own,
        others: this.places.filter((at) => !of.has(at)),
        disclosed: [...this.texts.values()].reduce((sum, { size }) => sum + BigInt(size), 0n),
      };
      if (this.head.origin) {
        const { origin, size, root } = this.head;
        Object.assign(truth, { origin, size, root: toBase64(root) });
      }
      if (this.inPart) truth.left_out = this.leftOut;
      for (const [field, value] of Object.entries(truth)) {
        if (!same(this.manifest.get(field), value)) {
          const what = say("it says {field} otherwise than the rest of the report", { field });
          this.report("manifest.json", null, what);
        }
      }
      const lists = [this.manifest.get("withheld"), this.manifest.get("erased")];
      const counts = lists.flatMap((counted) => [...counted.values()]);
      const whole = counts.every((each) => isWhole(each) && each >= 1n);
      if (!whole || counts.reduce((sum, each) => sum + each, 0n) !== BigInt(this.closed)) {
        this.report("manifest.json", null, "it counts other texts than those that are not here");
      }
    }

    /** List the numbers of the time stamps, by the names of their files. */
    stamps() {
      const names = [...this.files.keys()].filter((name) => name.startsWith("timestamps/"));
      return [...new Set(names.map((name) => name.slice(11).split(".")[0]))];
    }

    /** Check that each time stamp bears the hash of a note of this head. By whom is not checked. */
    async checkStamps() {
      for (const number of this.stamps()) {
        const name = `timestamps/${number}.tst`;
        await this.attempt(name, null, async () => {
          const note = this.file(`timestamps/${number}.note`);
          const token = toBinary(this.file(name));
          const hashes = ["SHA-256", "SHA-384", "SHA-512"].map((each) => digest(note, each));
          if (!(await Promise.all(hashes)).some((sum) => token.includes(toBinary(sum)))) {
            wrong("it was not made over the note beside it");
          }
          if (parseHead(note).text !== this.head.text) wrong("it stamps another checkpoint");
        });
      }
    }
  }

  Object.assign(globalThis.answerable, { Checks });
})();
