/* Signatures of those who recorded (OpenSSH's PROTOCOL.sshsig), over the entry without what the
 * ledger added to it: its number in the case, what it destroyed, which clock was accepted, when it
 * was recorded, and the commitment to the signature itself.
 */
(() => {
  "use strict";
  const { wrong, bytesOf, toBinary, toBase64Url, fromBase64, joined, digest, verified } =
    globalThis.answerable;

  const HEAD =
    /^\{"event_id":"[0-9a-f-]{36}","case_id":"[a-z0-9._-]{1,64}",("version":[0-9]+,)"kind":"/;
  const TAIL = new RegExp(
    '^((?:"destroyed":\\{"texts":[0-9]+,"digest":"sha256:[0-9a-f]{64}"\\},)?' +
      '(?:"clock":\\{"said":"[0-9TZ:.-]{27}","last":"[0-9TZ:.-]{27}"\\},)?' +
      '"recorded_at":"[0-9TZ:.-]{27}",)"_sd":\\[([A-Za-z0-9_",-]+)\\]\\}$',
  );
  const STARTS = ['"destroyed":{', '"clock":{', '"recorded_at":"'];
  const ARMOR =
    /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n?$/;
  const LONGEST = 16 * 1024;
  const CURVES = {
    "ecdsa-sha2-nistp256": ["nistp256", "P-256", "SHA-256", 32],
    "ecdsa-sha2-nistp384": ["nistp384", "P-384", "SHA-384", 48],
    "ecdsa-sha2-nistp521": ["nistp521", "P-521", "SHA-512", 66],
  };
  CURVES["sk-ecdsa-sha2-nistp256@openssh.com"] = CURVES["ecdsa-sha2-nistp256"];
  const ED25519 = ["ssh-ed25519", "sk-ssh-ed25519@openssh.com"];
  const RSA = { "rsa-sha2-256": "SHA-256", "rsa-sha2-512": "SHA-512" };
  const HASHES = { sha256: "SHA-256", sha512: "SHA-512" };

  /** Return what the recorder of an entry signed, by the commitment to the signature. */
  function statement(entry, own) {
    const written = toBinary(entry);
    const head = HEAD.exec(written);
    const start = STARTS.map((each) => written.lastIndexOf(each)).find((at) => at >= 0) ?? 0;
    const tail = TAIL.exec(written.slice(start));
    const commitments = tail === null ? [] : tail[2].split(",");
    const place = commitments.indexOf(`"${own}"`);
    if (head === null || place < 0) {
      wrong("the event has a signature, and is not written as one that is signed");
    }
    commitments.splice(place, 1);
    const version = head[0].lastIndexOf(head[1]);
    const kept = written.slice(0, version) + written.slice(version + head[1].length, start);
    return Uint8Array.from(`${kept}"_sd":[${commitments.join(",")}]}`, (s) => s.charCodeAt(0));
  }

  /** Bytes that are read from the front (RFC 4251 section 5). */
  class Wire {
    constructor(bytes) {
      this.bytes = bytes;
    }

    take(length) {
      if (this.bytes.length < length) wrong("the event has a signature cut short");
      const found = this.bytes.subarray(0, length);
      this.bytes = this.bytes.subarray(length);
      return found;
    }

    string() {
      const length = this.take(4);
      return this.take(((length[0] * 256 + length[1]) * 256 + length[2]) * 256 + length[3]);
    }

    text() {
      const found = toBinary(this.string());
      const printable = /^[ -~]*$/.test(found);
      return printable ? found : wrong("the event has a signature with a name that is none");
    }

    /** Read a number above zero, without needless zeros; returns its bytes without a leading 0. */
    integer() {
      const found = this.string();
      const bare = found[0] === 0 ? found.subarray(1) : found;
      const padded = found[0] === 0 && bare.length > 0 && bare[0] < 0x80;
      if (bare.length === 0 || found[0] >= 0x80 || padded) {
        wrong("the event has a signature with a number that is none");
      }
      return bare;
    }

    end() {
      if (this.bytes.length > 0) wrong("the event has a signature with something behind it");
    }
  }

  /** Tell how many bits a number has, of its bytes. */
  function countBits(bytes) {
    return bytes.length * 8 - Math.clz32(bytes[0]) + 24;
  }

  /** Return the public key of a signature in parts, which must be of a kind that is known. */
  function parseKey(key, kind) {
    let parts = [];
    if (kind === "ssh-rsa") {
      parts = [key.integer(), key.integer()];
      const bits = countBits(parts[1]);
      if (bits < 2_048 || bits > 16_384) {
        wrong("the event has a signature by a key of too few bits, or too many");
      }
    } else if (Object.hasOwn(CURVES, kind)) {
      parts = [key.string(), key.string()];
      if (toBinary(parts[0]) !== CURVES[kind][0] || parts[1][0] !== 4) {
        wrong("the event has a signature by a key that is none");
      }
    } else if (ED25519.includes(kind)) {
      parts = [key.string()];
    } else {
      wrong("the event has a signature by a key of a kind that is not known here");
    }
    const application = kind.startsWith("sk-") ? key.string() : null;
    key.end();
    return { parts, application };
  }

  /** Return bytes behind their length, as SSH writes them. */
  function lengthened(bytes) {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    return joined(length, bytes);
  }

  /** Tell whether a signature of OpenSSH's is over a message; null if that cannot be told here. */
  async function recorderSigned(signature, message) {
    const none = "the event has a signature that is not one of OpenSSH's";
    const armor =
      typeof signature === "string" ? ARMOR.exec(signature.replace(/\r\n/g, "\n")) : null;
    if (armor === null || signature.length > LONGEST) wrong(none);
    const wire = new Wire(fromBase64(armor[1].replace(/\n/g, "")));
    if (toBinary(wire.take(10)) !== "SSHSIG\0\0\0\x01") wrong(none);
    const [key, namespace, reserved] = [new Wire(wire.string()), wire.text(), wire.string()];
    const hashed = wire.text();
    const made = new Wire(wire.string());
    wire.end();
    const [kind, algorithm] = [key.text(), made.text()];
    const algorithms = kind === "ssh-rsa" ? Object.keys(RSA) : [kind];
    const meant =
      namespace === "answerable" && Object.hasOwn(HASHES, hashed) && reserved.length === 0;
    if (!meant || !algorithms.includes(algorithm)) {
      wrong("the event has a signature that was made for something else, or not safely");
    }
    const { parts, application } = parseKey(key, kind);
    const sum = await digest(message, HASHES[hashed]);
    const told = [bytesOf(namespace), reserved, bytesOf(hashed), sum].map(lengthened);
    let signed = joined(bytesOf("SSHSIG"), ...told);
    const bytes = made.string();
    if (application !== null) {
      const [flags, count] = [made.take(1), made.take(4)];
      if (flags[0] % 2 === 0) {
        wrong("the event has a signature by a security key that nobody touched");
      }
      signed = joined(await digest(application), flags, count, await digest(signed));
    }
    made.end();
    return checked(kind, algorithm, parts, bytes, signed);
  }

  /** Tell whether a key, by its parts, made a signature; null if that cannot be told here. */
  function checked(kind, algorithm, parts, made, signed) {
    if (ED25519.includes(kind)) return verified(["raw", "Ed25519"], parts[0], made, signed);
    if (kind === "ssh-rsa") {
      const [e, n] = parts.map(toBase64Url);
      const named = { name: "RSASSA-PKCS1-v1_5", hash: RSA[algorithm] };
      return verified(["jwk", named, named.name], { kty: "RSA", n, e }, made, signed);
    }
    const [, namedCurve, hash, size] = CURVES[kind];
    const pair = new Wire(made);
    const numbers = [pair.integer(), pair.integer()];
    pair.end();
    if (numbers.some((number) => number.length > size)) return false;
    const even = numbers.map((number) => joined(new Uint8Array(size - number.length), number));
    const algorithms = ["raw", { name: "ECDSA", namedCurve }, { name: "ECDSA", hash }];
    return verified(algorithms, parts[1], joined(...even), signed);
  }

  Object.assign(globalThis.answerable, { statement, recorderSigned });
})();
