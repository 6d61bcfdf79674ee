/* The forms of what a bundle holds: fields and their types, names of files. */
(() => {
  "use strict";
  const isText = (value) => typeof value === "string";
  const isWhole = (value) => typeof value === "bigint";
  const isObject = (value) => value instanceof Map;
  const MANIFEST = {
    origin: isText, case: isText, root: isText, size: isWhole, disclosed: isWhole,
    positions: Array.isArray, others: Array.isArray,
    withheld: isObject, erased: isObject, files: isObject,
  };
  const ENTRY = {
    event_id: isText, case_id: isText, kind: isText, recorded_at: isText, version: isWhole,
    _sd: (value) => Array.isArray(value) && value.every(isText),
  };

  /** Return the first of these fields that is absent or of another type. */
  function mistyped(fields, types) {
    return Object.keys(types).find((name) => !types[name](fields.get(name)));
  }

  /** Return the name of the file of an entry, or of its proof, by its position. */
  function fileName(folder, at, ending) {
    return `${folder}/${String(at).padStart(8, "0")}.${ending}`;
  }

  /** Tell whether two values of JSON are the same, whole numbers and others held apart. */
  function same(one, other) {
    if (!Array.isArray(one)) return one === other;
    return Array.isArray(other) && one.length === other.length &&
      one.every((value, at) => same(value, other[at]));
  }

  Object.assign(globalThis.answerable, {
    isText, isWhole, MANIFEST, ENTRY, mistyped, fileName, same,
  });
})();
