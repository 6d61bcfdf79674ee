// Keys for who likes them: "/" or Ctrl+K goes to the search box, arrows go through what was found.
"use strict";
(() => {
  const box = document.getElementById("q");
  const found = [...document.querySelectorAll("a[data-result]")];
  const types = (at) => at instanceof Element && at.matches("input, textarea, select, [contenteditable]");

  const went = (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey || event.isComposing) return false;
    if (event.key === "/" ? !command && !types(event.target) : command && event.key.toLowerCase() === "k") {
      box.focus();
      box.select();
      return true;
    }
    if (command || event.shiftKey) return false;
    const at = found.indexOf(document.activeElement);
    const here = document.activeElement === box;
    if (event.key === "Escape" && here) box.blur();
    else if (event.key === "ArrowDown" && (here || at >= 0) && at + 1 < found.length) found[at + 1].focus();
    else if (event.key === "ArrowUp" && at === 0) box.focus();
    else if (event.key === "ArrowUp" && at > 0) found[at - 1].focus();
    else return false;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (went(event)) event.preventDefault();
  });
})();
