/* What the rows of the page quote, held against the record that it carries.
 *
 * Letters and figures count, and nothing else: white space and signs are set otherwise on a page.
 * The page is read here, as this script runs, like its words (shown.js). Three things are held:
 *
 * - Within a row about an entry (`data-position`), words of a recorded text stand in `bdi`,
 *   pseudonyms, ids and hashes in `code`, days in `time`. Each has to be found in what the entry
 *   says and its open texts, in entries that it names or that name it, or in the registration of a
 *   party that one of these names.
 * - A field of an event that is shown whole (`data-field`) has to say what the entry says, or what
 *   an entry that amends it does; and of a whole case no field of it may be left out. How the page
 *   writes a value that is not written by its own letters - a date, a term in another language, a
 *   party by the name - it lists in an element of data (`id="written"`); numbers and names there
 *   are held against the value.
 * - A number of an event (`#12`) has to lead to that event.
 *
 * What the page says of an entry in words of its own is not told apart from what is worked out.
 */
(() => {
  "use strict";
  const {
    shownRows, written, shownAt, amendments, astray, letters, shownAlone, isAbsence, toldOfOthers,
    wordsIn, leaves, keyOf, valuesOf,
  } = globalThis.answerable;

  const DAY = /[0-9]{4}(?:-[0-9]{2}){1,2}/g;
  const MOMENT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:/;
  /** A moment as the page sets it: "2026-01-05 20:00:00 UTC". */
  const CLOCK =
    /^([0-9]{4}(?:-[0-9]{2}){2}) ([0-9]{2}(?::[0-9]{2}){1,2}) (UTC|[+-][0-9]{2}:[0-9]{2})$/;
  const NUMBER = /[0-9]+/g;
  const EVENT_NUMBER = /#0*([0-9]+)/g;
  const HOURS = 3_600_000;
  const EVENT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  /** The fields that are not shown below an event, or not as others are. */
  const HEAD = new Set(
    "event_id case_id version schema clock recorded_at recorded_by signature _sd".split(" "),
  );
  /** Parts whose days are worked out as well: when something falls due. */
  const WORKED_OUT = new Set(["open", "verdicts", "durations", "grounds", "promises"]);
  const numbers = (text) =>
    (shownAlone(text).match(NUMBER) ?? []).map((each) => each.replace(/^0+(?=.)/, ""));

  /** Return a value without the events that the page does not show: a correction may name some. */
  function seen(value) {
    const unseen = (each) =>
      typeof each === "string" && EVENT_ID.test(each) && !shownAt.has(each);
    if (value instanceof Map) return new Map([...value].map(([name, each]) => [name, seen(each)]));
    if (Array.isArray(value)) return value.filter((each) => !unseen(each)).map(seen);
    return unseen(value) ? null : value;
  }

  /** The entries that hold, each by what may be quoted of it and by what it names. */
  class Quotable {
    constructor(entries, partial) {
      this.entries = entries;
      this.partial = partial;
      this.said = new Map();
      this.days = new Map();
      this.named = new Map();
      this.near = new Map();
      this.amending = new Map();
      this.registered = new Map();
      this.places = new Map();
      this.found = new Map();
      this.told = toldOfOthers(entries);
      for (const [at, { entry }] of entries) if (entry) this.places.set(entry.get("event_id"), at);
      for (const [at, { entry, texts }] of entries) if (entry) this.take(at, entry, texts);
      for (const [at, named] of this.named) {
        for (const id of named) if (this.places.has(id)) this.join(at, this.places.get(id));
      }
    }

    take(at, entry, texts) {
      const told = [...entry].filter(([name]) => name !== "_sd");
      const fields = told.map(([, value]) => leaves(value));
      const opened = [...(texts ?? new Map()).values()].map(leaves);
      // Of several items one is quoted alone, or all of them in a row.
      const said = [...fields, ...opened].flatMap((all) => [...all, all.join("")]);
      this.said.set(at, [...new Set(said.map(letters))]);
      this.days.set(at, new Set(fields.flat().flatMap((each) => this.daysIn(each))));
      this.named.set(at, fields.flat());
      this.join(at, at);
      const target = entry.get("target");
      if (this.places.has(target)) {
        const amended = this.places.get(target);
        this.amending.set(amended, [...(this.amending.get(amended) ?? []), at]);
      }
      if (entry.get("kind") === "party-registered") this.register(entry.get("party"), at);
    }

    /** List the days that a recorded date tells, each as its numbers; of a moment, in any zone. */
    daysIn(text) {
      if (MOMENT.test(text)) {
        const moment = Date.parse(text);
        if (Number.isNaN(moment)) return [];
        return [-12, 0, 14].map((hours) =>
          numbers(new Date(moment + hours * HOURS).toISOString().slice(0, 10)).join(" "));
      }
      const days = text.match(DAY) ?? [];
      return days.flatMap((day) => [day, day.slice(0, 7)].map((each) => numbers(each).join(" ")));
    }

    join(one, other) {
      for (const [at, there] of [[one, other], [other, one]]) {
        if (!this.near.has(at)) this.near.set(at, new Set());
        this.near.get(at).add(there);
      }
    }

    register(party, at) {
      if (!this.registered.has(party)) this.registered.set(party, new Set());
      this.registered.get(party).add(at);
    }

    /** Return the entries that a row about one of them may quote. */
    behind(at) {
      if (!this.found.has(at)) {
        // What amends an event tells what others made of it before.
        const amended = this.amendedBy(at);
        const near = new Set([at, ...amended].flatMap((each) => [...(this.near.get(each) ?? [])]));
        // What is told of an entry beside it is told as it was amended.
        const amending = [...near].flatMap((each) => this.amendments(each));
        // An entry that names a party may be left out, of a part of a case, or come after the head
        // that is signed; and the row say who.
        const open = this.partial || [...near].some((each) => this.isAmendedUnseen(each));
        const named = open
          ? [...this.registered.keys()]
          : [...near, ...amending].flatMap((each) => this.named.get(each) ?? []);
        const places = new Set(named.flatMap((name) => [...(this.registered.get(name) ?? [])]));
        const registered = [...places].flatMap((each) => [...this.near.get(each)]);
        this.found.set(at, new Set([...near, ...amending, ...registered]));
      }
      return this.found.get(at);
    }

    /** List the positions of what an entry amends, and of what that amends. */
    amendedBy(at) {
      const amended = this.places.get(this.entries.get(at)?.entry?.get("target"));
      return amended === undefined || amended === at || +amended >= +at
        ? []
        : [amended, ...this.amendedBy(amended)];
    }

    /** Tell whether a text is quoted from the record, in a row about the entry at a position. */
    quotes(text, at) {
      const wanted = letters(text);
      if (wanted === "") return true;
      for (const entry of this.behind(at)) {
        if (this.said.get(entry)?.some((each) => each.includes(wanted))) return true;
      }
      return this.told.quotes.some((each) => each.includes(wanted));
    }

    /** Tell whether a day is told by the record: on a timeline, by what a row may quote. */
    tellsDay(text, at, part) {
      const wanted = numbers(text).join(" ");
      const among = part === "timeline" ? this.behind(at) : this.days.keys();
      return [...among].some((entry) => this.days.get(entry)?.has(wanted)) ||
        this.told.days.some((each) => numbers(each).join(" ") === wanted);
    }

    /** List what a field of an entry may read as: as it was recorded, or as it was amended. */
    valuesAt(name, at) {
      const { entry, texts } = this.entries.get(at);
      const own = entry.get(name) ?? texts?.get(name) ?? null;
      const told = [own, ...this.amendments(at).flatMap((each) => {
        const { entry: other, texts: opened } = this.entries.get(each);
        const amending = [other.get("fields"), opened?.get("sealed_fields")];
        // What a text that cannot be read put in its place cannot be told.
        const closed = other.get("_sd").length > (opened?.size ?? 0) ? [null] : [];
        return [...amending.flatMap((fields) => valuesOf(name, fields)), ...closed];
      })];
      // Where a correction takes it back, an event is asserted, as one is that tells nothing of it.
      return name === "standing" ? told.map((each) => each ?? "asserted") : told;
    }

    /** List the positions of what amends an entry, and of what amends that. */
    amendments(at) {
      const direct = this.amending.get(at) ?? [];
      const later = direct.filter((each) => +each > +at);
      return later.flatMap((each) => [each, ...this.amendments(each)]);
    }

    /** Tell whether an event that the page shows and does not carry amends one, or what did. */
    isAmendedUnseen(at) {
      const unseen = ([by, target]) => target === at && !this.entries.has(by);
      return amendments.some(unseen) || this.amendments(at).some((by) => this.isAmendedUnseen(by));
    }

    /** List what the page may write for a value of a field. */
    wordsFor(name, value) {
      if (name === "event_id") return [value];
      const listed = written.get(`${name}\n${keyOf(value)}`) ?? [];
      const words = listed.filter((each) => this.fits(each, value));
      return value === null ? words : [...words, leaves(value).map((each) => this.word(each)).join(
        Array.isArray(value) ? "; " : " ",
      )];
    }

    /** Write a text by itself: an event by its number and in a line. */
    word(text) {
      const at = EVENT_ID.test(text) ? this.places.get(text) ?? shownAt.get(text) : undefined;
      const said = written.get(`said\n${text}`)?.[0];
      return at === undefined || said === undefined ? text : `#${at} ${said}`;
    }

    /** Tell whether listed words can be of a value, by the numbers, names and events in both. */
    fits(words, value) {
      if (value === null) return isAbsence(words);
      const named = leaves(value).filter((leaf) => EVENT_ID.test(leaf));
      const unseen = named.every((leaf) => !this.places.has(leaf) && !shownAt.has(leaf));
      if (this.partial && named.length > 0 && unseen && !(value instanceof Map)) {
        return isAbsence(words) || this.tellsElsewhere(words);
      }
      for (const leaf of leaves(value)) {
        if (EVENT_ID.test(leaf)) {
          const at = this.places.get(leaf);
          if (at !== undefined && !words.includes(`#${at}`)) return false;
        } else if (this.registered.has(leaf)) {
          // Within another field a party stands by the pseudonym.
          const named = !(value instanceof Map) && !this.isNamedUnseen(leaf);
          const names = named ? this.namesOf(leaf) : null;
          const here = letters(words);
          const called = names === null || names.some((name) => here.includes(letters(name)));
          if (!called || !here.includes(letters(leaf))) return false;
        }
      }
      if (typeof value !== "string" || EVENT_ID.test(value)) return true;
      if (this.registered.has(value) && this.isNamedUnseen(value)) return true;
      if (MOMENT.test(value)) {
        if (CLOCK.test(words)) return this.isMoment(value, CLOCK.exec(words));
        return !MOMENT.test(words) || Date.parse(words) === Date.parse(value);
      }
      // A party is called by a name or a title, which may have numbers of its own.
      const told = new Set([value, ...this.calledBy(value)].flatMap(numbers));
      const digits = (text) => text.replace(/[^0-9]/g, "");
      return digits(words) === digits(value) || numbers(words).every((each) => told.has(each));
    }

    /** Tell whether words begin with the number of an event, and number none that is carried. */
    tellsElsewhere(words) {
      const told = [...words.matchAll(EVENT_NUMBER)].map(([, at]) => at);
      return words.startsWith("#") && told.every((at) => !this.entries.has(at));
    }

    /** Tell whether a day, a time and an offset are a moment, to the minute or the second. */
    isMoment(value, [, day, time, offset]) {
      const step = time.length > 5 ? 1_000 : 60_000;
      const at = Date.parse(`${day}T${time}${offset === "UTC" ? "Z" : offset}`);
      return Math.floor(Date.parse(value) / step) * step === at;
    }

    /** Tell whether an event that the page shows and does not carry may give a party a name. */
    isNamedUnseen(party) {
      const registered = [...(this.registered.get(party) ?? [])];
      return this.told.parties.includes(party) || registered.some((at) => this.isAmendedUnseen(at));
    }

    /** List the names and titles that the registrations of a party tell. */
    calledBy(party) {
      const fields = [...(this.registered.get(party) ?? [])].flatMap((at) =>
        ["name", "titles"].map((name) => this.valuesAt(name, at)));
      return leaves(fields);
    }

    /** List what a party may be called by the record; null where it may be by the pseudonym. */
    namesOf(party) {
      const told = [...this.registered.get(party)].flatMap((at) => this.valuesAt("name", at));
      const takenBack = [...this.registered.get(party)].some((at) =>
        this.amendments(at).some((each) =>
          this.entries.get(each).entry.get("kind") === "retraction"));
      const names = told.filter((name) => typeof name === "string");
      return takenBack || names.length === 0 || told.includes(null) ? null : names;
    }

    /** Return how an event that is shown whole differs from its entry: [expected, stands]. */
    differs({ positions: [at], said, fields }) {
      const { entry, texts } = this.entries.get(at);
      const amendedUnseen = this.isAmendedUnseen(at);
      const loosely = this.partial || amendedUnseen;
      const sentence = written.get(`said\n${entry.get("event_id")}`)?.[0];
      if (sentence === undefined || letters(sentence) !== letters(said ?? "")) {
        return [sentence ?? "", said ?? ""];
      }
      for (const { name, label, texts: shown } of fields.now.values()) {
        const labels = [name, ...(written.get(`label\n${name}`) ?? [])].map(letters);
        const named = label === null || name === "event_id" || labels.includes(letters(label));
        if (!named) return [labels.at(-1), label];
        const values = this.valuesAt(name, at);
        // What a part of a case does not show is not named where it is referred to.
        const hidden = (each) => EVENT_ID.test(each) && !this.places.has(each);
        if (this.partial && values.flatMap(leaves).some(hidden)) {
          values.push(null, ...values.map(seen));
        }
        const wanted = values.flatMap((value) => this.wordsFor(name, value));
        const stands = letters(shown.join(""));
        if (wanted.some((each) => letters(each) === stands) || amendedUnseen) continue;
        if (this.partial && values.some((value) => this.isPartOf(name, value, shown))) continue;
        return [wanted[0] ?? "", shown.join("; ")];
      }
      for (const { name, texts: shown } of fields.first.values()) {
        const own = entry.get(name) ?? texts?.get(name) ?? null;
        const values = [own, ...(Array.isArray(own) ? own : [])];
        const wanted = values.flatMap((each) => written.get(`first\n${name}\n${keyOf(each)}`) ?? [])
          .filter((each) => typeof own !== "string" || MOMENT.test(own) || this.says(each, own));
        const wrong = shown.find((text) =>
          !wanted.some((each) => letters(each) === letters(text)));
        if (wrong !== undefined && !loosely) return [leaves(own).join("; "), wrong];
      }
      const every = [...entry.keys(), ...(texts?.keys() ?? [])];
      const shown = new Set([...fields.now.values()].map(({ name }) => name));
      const missing = every.find((name) => !HEAD.has(name) && !shown.has(name));
      if (missing === undefined || loosely) return null;
      return [`${missing}: ${this.wordsFor(missing, entry.get(missing) ?? texts.get(missing))[0]}`,
        ""];
    }

    /** Return how a row of the timeline differs from what is said of its event: [expected, stands].
     *
     * It tells an event as it was first recorded, and leaves out what is said above of all of them.
     */
    retells({ positions: [at], gist }) {
      const sentence = written.get(`said\n${this.entries.get(at).entry.get("event_id")}`)?.[0];
      // Of a part of a case each line is cleaned by itself.
      const otherwise =
        this.partial || this.amendments(at).length > 0 || this.isAmendedUnseen(at);
      if (gist === null || sentence === undefined || otherwise) return null;
      const told = new Set(wordsIn(sentence));
      return wordsIn(gist).every((word) => told.has(word)) ? null : [sentence, gist];
    }

    /** Tell whether words on how a value was first recorded hold it: a text, or its numbers. */
    says(words, own) {
      return letters(words).includes(letters(own)) ||
        (written.get(`said\n${own}`) === undefined && this.fits(words, own));
    }

    /** Tell whether what is shown of a list is some of it, where a part of a case is shown. */
    isPartOf(name, value, shown) {
      if (!Array.isArray(value)) return false;
      let rest = letters(shown.join(""));
      for (const each of value) {
        const words = this.wordsFor(name, each).map(letters);
        const word = words.find((said) => said !== "" && rest.startsWith(said));
        rest = rest.slice(word?.length ?? 0);
      }
      return rest === "";
    }
  }

  /** Return the first thing that a row quotes otherwise than the record: [expected, stands]. */
  function wrongIn(each, quotable) {
    const { positions, quotes, days, part, whole } = each;
    const quote = quotes.find((text) => !positions.some((at) => quotable.quotes(text, at)));
    if (quote !== undefined) return [null, quote];
    const day = whole || WORKED_OUT.has(part)
      ? undefined
      : days.find((text) => !positions.some((at) => quotable.tellsDay(text, at, part)));
    if (day !== undefined) return [null, day];
    if (written === null) return null;
    return whole ? quotable.differs(each) : quotable.retells(each);
  }

  /** Return the rows that quote otherwise than the record: Map(row -> [expected, stands]).
   *
   * What is expected is null where only that is known that it stands nowhere. Of an entry that is
   * not here, or does not hold, nothing can be told by it.
   */
  function misquoted({ entries, inPart }) {
    const quotable = new Quotable(entries, inPart);
    const found = new Map();
    for (const each of shownRows) {
      if (!each.positions.every((at) => entries.get(at)?.ok)) continue;
      const wrong = wrongIn(each, quotable);
      if (wrong !== null) found.set(each.row, wrong);
    }
    for (const link of astray) {
      const row = link.closest("[data-position], section[id], footer[id]") ?? document.body;
      const leads = link.getAttribute("href").replace("#event-", "#");
      if (!found.has(row)) found.set(row, [leads, link.textContent]);
    }
    return found;
  }

  /** Tell whether the page lists how it writes what is on record. */
  const bound = written !== null;

  Object.assign(globalThis.answerable, { misquoted, bound });
})();
