/* Values of entries, as they are compared with what a page says of them. */
(() => {
  "use strict";

  /** Return the texts in a value, at any depth, as they stand one behind another. */
  function leaves(value) {
    if (value === null || value === undefined) return [];
    if (value instanceof Map) return [...value.values()].flatMap(leaves);
    return Array.isArray(value) ? value.flatMap(leaves) : [String(value)];
  }

  /** Return a value as one text, by which the page lists how it writes it (written.py). */
  function keyOf(value) {
    if (value === null || value === undefined) return "null";
    if (value instanceof Map) {
      return `{${[...value].map(([name, each]) => `${name}:${keyOf(each)}`).join(",")}}`;
    }
    return Array.isArray(value) ? `[${value.map(keyOf).join(",")}]` : String(value);
  }

  /** Return the values of a name at any depth of a value: a correction may be corrected. */
  function valuesOf(name, value) {
    if (!(value instanceof Map)) return [];
    return [...value].flatMap(([each, told]) => [
      ...(each === name ? [told] : []),
      ...valuesOf(name, told),
    ]);
  }

  Object.assign(globalThis.answerable, { leaves, keyOf, valuesOf });
})();
