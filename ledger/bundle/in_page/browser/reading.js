/* Reading, within bounds: bytes, base64, JSON, and the files of the bundle that a page carries.
 *
 * What JSON.parse takes differs from what the verifiers in Python take: a name that stands twice,
 * half a surrogate pair, a number of any length. So JSON is read here by the rules of
 * docs/formats.md. An object is a Map; a whole number is a BigInt, any other a Number.
 */
(() => {
  "use strict";
  const answerable = (globalThis.answerable = {});

  const DEEPEST = 64;
  const LONGEST_NUMBER = 40;
  const FEWEST_SIGNS = 8;
  const FREELY = 64;
  const MOST_FILES = 500_000;
  const POSITION = "(?:[0-9]{8}|[1-9][0-9]{8,18})";
  const NAMES = new RegExp(
    "^(?:checkpoint|disclosures\\.json|keys\\.txt|manifest\\.json" +
      `|entries/${POSITION}\\.json|proofs/${POSITION}\\.proof|hashes/${POSITION}\\.hash` +
      "|timestamps/[1-9][0-9]{0,5}\\.(?:note|tst))$",
  );

  /** What is said, in the language of the page, by what it is in English: a text, or its forms. */
  const messages = new Map();

  /** Say a sentence; `told` has what stands in its places: say("{name} is missing", { name }). */
  function say(sentence, told = {}) {
    const said = messages.get(sentence) ?? sentence;
    return said.replace(/\{(\w+)\}/g, (place, name, at) => {
      const value = String(told[name] ?? place);
      const before = apart(said[at - 1], value[0]) ? " " : "";
      return before + value + (apart(value.at(-1), said[at + place.length]) ? " " : "");
    });
  }

  /** Say a sentence about so many things: sayCount("{number} entry", "{number} entries", 3). */
  function sayCount(one, many, count, told = {}) {
    const forms = messages.get(one);
    const least = Number(count) < 200 ? Number(count) : 100 + (Number(count) % 100);
    const form = forms?.texts[forms.of[least] ?? 0] ?? (Number(count) === 1 ? one : many);
    return say(form, { number: Number(count).toLocaleString("en"), ...told });
  }

  /** Tell whether a space stands between two signs: an ideograph and a letter or a figure. */
  function apart(one = "", other = "") {
    return /^(?:[\u3040-\u9fff][A-Za-z0-9#]|[A-Za-z0-9][\u3040-\u9fff])$/.test(one + other);
  }

  /** Something is not as it should be: what. */
  class Wrong extends Error {}

  /** End a check by throwing what is wrong, with what stands in its places. */
  function wrong(what, told = {}) {
    throw new Wrong(say(what, told));
  }

  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();

  /** Return the text that bytes are in UTF-8; null if they are none. */
  function textOf(bytes) {
    try {
      return utf8.decode(bytes);
    } catch {
      return null;
    }
  }

  /** Return the bytes of a text in UTF-8. */
  function bytesOf(text) {
    return encoder.encode(text);
  }

  /** Return the bytes of a string whose signs are bytes. */
  function fromBinary(binary) {
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  }

  /** Return bytes as a string whose signs are bytes. */
  function toBinary(bytes) {
    let binary = "";
    for (let at = 0; at < bytes.length; at += 4096) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 4096));
    }
    return binary;
  }

  /** Return bytes in base64 (RFC 4648 section 4, padded). */
  function toBase64(bytes) {
    return btoa(toBinary(bytes));
  }

  /** Return bytes in base64url (RFC 4648 section 5, not padded). */
  function toBase64Url(bytes) {
    return toBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  /** Return the bytes that base64 encodes, if the text is their one padded form; else null. */
  function base64(text) {
    try {
      const binary = atob(text);
      return btoa(binary) === text ? fromBinary(binary) : null;
    } catch {
      return null;
    }
  }

  /** Return the bytes that base64 encodes. */
  function fromBase64(text) {
    const start = JSON.stringify(text.slice(0, 50));
    return base64(text) ?? wrong("{text} is not base64", { text: start });
  }

  /** Return the bytes that base64url encodes, if the text is their one form; else null. */
  function fromBase64Url(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
    const padded = text + "=".repeat((4 - (text.length % 4)) % 4);
    return base64(padded.replace(/-/g, "+").replace(/_/g, "/"));
  }

  /** Return bytes in hexadecimal. */
  function toHex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Tell whether two runs of bytes are the same. */
  function sameBytes(one, other) {
    return one.length === other.length && one.every((byte, at) => byte === other[at]);
  }

  /** Return runs of bytes, one behind the other. */
  function joined(...parts) {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** Tell how many signs a text has; those beyond 16 bits are two units of a string. */
  function countSigns(text) {
    return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g) || []).length;
  }

  const SPACE = /[ \t\n\r]*/y;
  const PLAIN = /[^"\\\u0000-\u001f]*/y;
  const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
  const UNICODE = /[0-9A-Fa-f]{4}/y;
  const WORDS = { t: ["true", true], f: ["false", false], n: ["null", null] };
  const ESCAPES = {
    '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t",
  };

  /** Reads one JSON text. */
  class Json {
    constructor(text) {
      this.text = text;
      this.at = 0;
      this.holders = 0;
    }

    /** Return the value that the whole text tells. */
    whole() {
      const value = this.value(1);
      this.take(SPACE);
      if (this.at < this.text.length) this.fail();
      if (this.holders > FREELY) {
        const most = FREELY + Math.floor(countSigns(this.text) / FEWEST_SIGNS);
        if (this.holders > most) wrong("it holds too many objects and arrays");
      }
      return value;
    }

    fail() {
      wrong("it is not JSON at sign {place}", { place: this.at });
    }

    take(pattern) {
      pattern.lastIndex = this.at;
      const found = pattern.exec(this.text);
      if (found === null) this.fail();
      this.at += found[0].length;
      return found;
    }

    /** Tell whether the next sign but for space is this one, and pass it. */
    next(sign) {
      this.take(SPACE);
      if (this.text[this.at] !== sign) return false;
      this.at += 1;
      return true;
    }

    expect(sign) {
      if (!this.next(sign)) this.fail();
    }

    value(depth) {
      if (depth > DEEPEST) wrong("it is nested too deep");
      if (this.next('"')) return this.string();
      if (this.next("{")) return this.object(depth);
      if (this.next("[")) return this.array(depth);
      const word = WORDS[this.text[this.at]];
      if (word === undefined) return this.number();
      if (!this.text.startsWith(word[0], this.at)) this.fail();
      this.at += word[0].length;
      return word[1];
    }

    object(depth) {
      this.holders += 1;
      const found = new Map();
      if (this.next("}")) return found;
      do {
        this.expect('"');
        const name = this.string();
        if (found.has(name)) {
          wrong("a name stands twice: {name}", { name: JSON.stringify(name.slice(0, 40)) });
        }
        this.expect(":");
        found.set(name, this.value(depth + 1));
      } while (this.next(","));
      this.expect("}");
      return found;
    }

    array(depth) {
      this.holders += 1;
      const found = [];
      if (this.next("]")) return found;
      do found.push(this.value(depth + 1));
      while (this.next(","));
      this.expect("]");
      return found;
    }

    string() {
      const parts = [this.take(PLAIN)[0]];
      while (this.text[this.at] === "\\") {
        const sign = this.text[this.at + 1];
        this.at += 2;
        if (sign === "u") parts.push(String.fromCharCode(parseInt(this.take(UNICODE)[0], 16)));
        else parts.push(ESCAPES[sign] ?? this.fail());
        parts.push(this.take(PLAIN)[0]);
      }
      if (this.text[this.at] !== '"') this.fail();
      this.at += 1;
      const told = parts.length === 1 ? parts[0] : parts.join("");
      if (parts.length > 1 && /\p{Cs}/u.test(told)) wrong("half a surrogate pair is no text");
      return told;
    }

    number() {
      const [sign, fraction, power] = this.take(NUMBER);
      if (sign.length > LONGEST_NUMBER) wrong("a number is too long");
      if (fraction === undefined && power === undefined) return BigInt(sign);
      const value = Number(sign);
      return Number.isFinite(value) ? value : wrong("a number is too large");
    }
  }

  /** Return the value that a JSON text tells, within bounds. */
  function boundedJson(text) {
    return new Json(text).whole();
  }

  /** Return the object that bytes tell in JSON, as a Map. */
  function objectOf(bytes) {
    const text = textOf(bytes) ?? wrong("this is not UTF-8");
    const found = boundedJson(text);
    return found instanceof Map ? found : wrong("this is no object in JSON");
  }

  /** Return the files that the element of a page carries, by name, as bytes. */
  function readBundle(text) {
    if (!/^[\0-\x7f]*$/.test(text)) wrong("the bundle in the page is not ASCII");
    if (text.includes("<")) wrong("the bundle in the page does not end where it should");
    const told = boundedJson(text);
    if (!(told instanceof Map)) wrong("the bundle in the page is no object");
    if (told.size > MOST_FILES) wrong("the page carries more files than a bundle may hold");
    const files = new Map();
    for (const [name, value] of told) {
      if (!NAMES.test(name)) {
        const file = JSON.stringify(name.slice(0, 60));
        wrong("the page carries a file that no page does: {file}", { file });
      }
      files.set(name, carried(name, value));
    }
    return files;
  }

  /** Return the bytes of a file, which are told in one way only. */
  function carried(name, value) {
    if (typeof value === "string") return bytesOf(value);
    const encoded = value instanceof Map && value.size === 1 ? value.get("base64") : null;
    const bytes = typeof encoded === "string" ? base64(encoded) : null;
    if (bytes !== null && textOf(bytes) === null) return bytes;
    return wrong("{name} in the page is neither text nor base64 of what is none", { name });
  }

  Object.assign(answerable, {
    messages, say, sayCount, Wrong, wrong, textOf, bytesOf, toBinary, toBase64, toBase64Url,
    fromBase64, fromBase64Url,
    toHex, sameBytes, joined, boundedJson, objectOf, readBundle,
  });
})();
