// The replay: goes through the steps of a case. What it shows was worked out beforehand.
(function () {
  "use strict";
  const place = document.getElementById("replay-player");
  const source = document.getElementById("replay-data");
  if (!place || !source) return;
  const replay = JSON.parse(source.textContent);
  const steps = replay.steps;
  if (steps.length === 0) return;
  const PANES = ["accountable", "changed", "open", "rules", "borne", "hindsight"];

  // A step tells of a pane what changed in it: its first line, how many of the lines behind that
  // are kept at the beginning and at the end, and what comes between. From here on it has all.
  const shown = Object.fromEntries(PANES.map((name) => [name, []]));
  for (const step of steps) {
    for (const name of PANES) {
      if (step[name]?.length === 0) shown[name] = [];
      else if (step[name] !== undefined) {
        const [head, first, last, ...between] = step[name];
        const was = shown[name].slice(1);
        const kept = last === 0 ? [] : was.slice(-last);
        shown[name] = [head, ...was.slice(0, first), ...between, ...kept];
      }
      step[name] = shown[name];
    }
  }
  const PAUSE = 1500;
  const part = (name) => place.querySelector(`[data-part="${name}"]`);
  const slider = part("slider");
  let at = steps.length - 1;
  let playing = 0;

  // The number of an event in a line becomes a link to it, where the page shows it, or another does.
  function linked(text) {
    const made = document.createDocumentFragment();
    for (const piece of text.split(/(#\d+)/)) {
      const number = /^#\d+$/.test(piece) && piece.slice(1);
      const elsewhere = place.dataset.event;
      if (number && (elsewhere || document.getElementById(`event-${number}`))) {
        const link = document.createElement("a");
        link.className = "event";
        link.href = elsewhere ? `${elsewhere}${number}` : `#event-${number}`;
        link.textContent = piece;
        made.append(link);
      } else {
        made.append(piece);
      }
    }
    return made;
  }

  function fill(name, numbers) {
    const list = part(name);
    list.replaceChildren(...numbers.map((number) => {
      const item = document.createElement("li");
      item.append(linked(replay.lines[number]));
      return item;
    }));
    list.closest("[data-pane]").hidden = numbers.length === 0;
  }

  function show(to) {
    at = Math.max(0, Math.min(steps.length - 1, to));
    const step = steps[at];
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", `${at + 1} / ${steps.length}: ${step.said}`);
    part("place").textContent = `${at + 1} / ${steps.length}`;
    part("said").replaceChildren(linked(`#${step.position}`), ` ${step.said}`);
    part("when").textContent = step.when;
    part("recorded").textContent = step.recorded;
    PANES.forEach((name) => fill(name, step[name]));
    part("first").disabled = part("back").disabled = at === 0;
    part("on").disabled = part("last").disabled = at === steps.length - 1;
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    part("play").setAttribute("aria-pressed", "false");
  }

  function play() {
    if (at === steps.length - 1) show(0);
    part("play").setAttribute("aria-pressed", "true");
    playing = setInterval(() => {
      show(at + 1);
      if (at === steps.length - 1) stop();
    }, PAUSE);
  }

  const go = (to) => () => { stop(); show(to()); };
  slider.max = String(steps.length - 1);
  slider.addEventListener("input", () => { stop(); show(Number(slider.value)); });
  part("first").addEventListener("click", go(() => 0));
  part("back").addEventListener("click", go(() => at - 1));
  part("on").addEventListener("click", go(() => at + 1));
  part("last").addEventListener("click", go(() => steps.length - 1));
  part("play").addEventListener("click", () => (playing ? stop() : play()));
  show(at);
  place.hidden = false;
})();
