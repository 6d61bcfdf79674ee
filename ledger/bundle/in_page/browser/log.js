/* The head of the log, who signed it, and the way from an entry to its root.
 *
 * C2SP's signed notes, checkpoints and cosignatures; the tree of RFC 6962, its proofs as RFC 9162
 * section 2.1.3.2 checks them. Hashes and signatures are the browser's own (WebCrypto).
 */
(() => {
  "use strict";
  const { say, wrong, textOf, bytesOf, toBinary, fromBase64, toHex, joined } =
    globalThis.answerable;

  const KINDS = new Map([
    [1, ["Ed25519", 32]],
    [4, ["Ed25519 cosignature", 32]],
    [6, ["ML-DSA-44", 1312]],
  ]);
  const MAX_NOTE = 1_000_000;
  const MAX_SIGNATURES = 64;
  const LARGEST = 2n ** 63n;
  const LATEST = 253_402_300_799n; // the last second that a date can tell
  const LONGEST_NAME = 255;
  const EMPTY_ROOT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  /** Return the SHA-256 of bytes, or another hash of them. */
  async function digest(bytes, algorithm = "SHA-256") {
    return new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
  }

  /** Tell whether every sign of a text can be printed; a space is none that a name has. */
  function isName(text) {
    return text !== "" && !/[+\p{C}\p{Z}]/u.test(text);
  }

  /** Read the head in a signed checkpoint: text, blank line, signatures. Checks none of them. */
  function parseHead(note) {
    const whole = textOf(note) ?? wrong("this is not a signed checkpoint");
    const parted = whole.lastIndexOf("\n\n");
    const text = whole.slice(0, Math.max(parted, 0));
    const below = whole.slice(parted + 2);
    const lines = text.split("\n");
    const controls = /[\0-\x09\x0b-\x1f]/.test(whole);
    if (parted < 0 || lines.length < 3 || lines.includes("") || !below.endsWith("\n") || controls) {
      wrong("this is not a signed checkpoint");
    }
    const signed = below.slice(0, -1).split("\n");
    if (note.length > MAX_NOTE || signed.length > MAX_SIGNATURES) {
      wrong("the checkpoint is too long, or has too many signatures");
    }
    const root = fromBase64(lines[2]);
    const sized = /^(?:0|[1-9][0-9]{0,18})$/.test(lines[1]) && BigInt(lines[1]) < LARGEST;
    if (!sized || root.length !== 32) wrong("the checkpoint tells no size or no root");
    if (lines[1] === "0" && toHex(root) !== EMPTY_ROOT) {
      wrong("the checkpoint tells of an empty log, with the root of another");
    }
    return {
      origin: lines[0],
      size: BigInt(lines[1]),
      root,
      text: `${text}\n`,
      signatures: signed.map(parseSignature),
    };
  }

  /** Read a signature from a line: whose, by which key, and the bytes that were made. */
  function parseSignature(line) {
    const found = /^— ([^\s+]+) (\S+)$/u.exec(line);
    const blob = found === null ? new Uint8Array() : fromBase64(found[2]);
    if (blob.length <= 4 || !isName(found[1])) {
      wrong("a line below the checkpoint is not a signature");
    }
    return { name: found[1], id: toHex(blob.subarray(0, 4)), made: blob.subarray(4) };
  }

  /** Read the keys in a text, one a line: <name>+<id>+<base64 of type and public key>. */
  async function parseKeys(text) {
    const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim());
    return Promise.all(lines.filter((line) => line && !line.startsWith("#")).map(parseKey));
  }

  async function parseKey(line) {
    const none = say("{line} is not a key to verify with", {
      line: JSON.stringify(line.slice(0, 60)),
    });
    const found = /^([^+]*)\+([^+]*)\+(.*)$/su.exec(line) ?? wrong(none);
    const [, name, id, encoded] = found;
    const data = fromBase64(encoded);
    const kind = KINDS.get(data[0]);
    if (kind === undefined || data.length !== 1 + kind[1] || !isName(name)) wrong(none);
    const own = await digest(joined(bytesOf(`${name}\n`), data));
    if (toHex(own.subarray(0, 4)) !== id) wrong(none);
    const fingerprint = toHex(await digest(data));
    const [called, shown] = [kind[0], data.subarray(1)];
    return { name, id, kind: data[0], called, public: shown, fingerprint, line };
  }

  /** Return the signatures of a head that a key is said to have made. */
  function madeBy(key, head) {
    return head.signatures.filter(({ name, id }) => name === key.name && id === key.id);
  }

  /** Return a number as eight bytes, the highest first. */
  function eightBytes(value) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, value);
    return bytes;
  }

  /** Return the time that a cosignature bears, in seconds of POSIX; null for any other. */
  function timeOf(key, made) {
    if (key.kind === 1) return null;
    return made.subarray(0, 8).reduce((time, byte) => time * 256n + BigInt(byte), 0n);
  }

  /** Tell whether a key signed the head; null if that cannot be told here. */
  async function isGood(key, head, made) {
    const time = timeOf(key, made);
    if (time !== null && (time <= 0n || time > LATEST)) return false;
    if (key.kind === 1) return verified(["raw", "Ed25519"], key.public, made, bytesOf(head.text));
    const cosigned = made.subarray(8);
    if (key.kind === 4) {
      const message = bytesOf(`cosignature/v1\ntime ${time}\n${head.text}`);
      return verified(["raw", "Ed25519"], key.public, cosigned, message);
    }
    const [name, origin] = [bytesOf(key.name), bytesOf(head.origin)];
    if (Math.max(name.length, origin.length) > LONGEST_NAME) return false;
    const message = joined(
      bytesOf("subtree/v1\n\0"),
      ...[[name.length], name, eightBytes(time), [origin.length], origin],
      ...[eightBytes(0n), eightBytes(head.size), head.root],
    );
    return verified(["raw-public", "ML-DSA-44"], key.public, cosigned, message);
  }

  /** Tell whether a public key made a signature; null if this browser does not have the algorithm.
   *
   * The algorithm is the form of the key and what WebCrypto calls the algorithm, once for the key
   * and, where it takes more than a name, once for the signature.
   */
  async function verified([form, ofKey, ofSignature = ofKey], key, made, message) {
    let imported;
    try {
      imported = await crypto.subtle.importKey(form, key, ofKey, false, ["verify"]);
    } catch (error) {
      return error.name === "DataError" ? false : null;
    }
    try {
      return await crypto.subtle.verify(ofSignature, imported, made, message);
    } catch (error) {
      return error.name === "NotSupportedError" ? null : false;
    }
  }

  /** Hashes the nodes of a tree, each once: proofs of neighbours share most of them. */
  class Nodes {
    constructor() {
      this.known = new Map();
    }

    /** Return the hash over two nodes. */
    over(left, right) {
      const both = joined([1], left, right);
      const name = toBinary(both);
      if (!this.known.has(name)) this.known.set(name, digest(both));
      return this.known.get(name);
    }

    /** Return the root that a path leads to from a leaf; null if it is too long or too short. */
    async rootFrom(leaf, index, size, path) {
      let node = leaf;
      let [at, last] = [index, size - 1n];
      for (const sibling of path) {
        if (last === 0n) return null;
        if (at % 2n === 1n || at === last) {
          node = await this.over(sibling, node);
          while (at !== 0n && at % 2n === 0n) [at, last] = [at / 2n, last / 2n];
        } else {
          node = await this.over(node, sibling);
        }
        [at, last] = [at / 2n, last / 2n];
      }
      return last === 0n ? node : null;
    }
  }

  Object.assign(globalThis.answerable, {
    digest, parseHead, parseKeys, madeBy, timeOf, isGood, verified, Nodes, MAX_SIGNATURES,
  });
})();
