// The timeline: hides the rows that are not asked for, and puts them in the order asked for.
(function () {
  "use strict";
  const place = document.getElementById("timeline-choice");
  const source = document.getElementById("timeline-data");
  if (!place || !source) return;
  const told = JSON.parse(source.textContent);
  const found = [...document.querySelectorAll("#timeline tr[data-position]")];
  const rows = new Map(found.map((row) => [Number(row.dataset.position), row]));
  const events = told.events.filter((each) => rows.has(each.position));
  if (events.length < 2) return;
  const body = rows.get(events[0].position).parentNode;
  const [recorded, happened] = body.parentNode.querySelectorAll("thead th");
  const part = (name) => place.querySelector(`[data-part="${name}"]`);
  const asked = Object.fromEntries(
    ["kind", "party", "order", "late", "corrected"].map((name) => [name, part(name)]),
  );

  function offer(list, names) {
    list.append(...names.map((name, number) => {
      const option = document.createElement("option");
      option.value = String(number);
      option.textContent = name;
      return option;
    }));
  }

  function wanted(event) {
    return (asked.kind.value === "" || event.kind === Number(asked.kind.value))
      && (asked.party.value === "" || event.parties.includes(Number(asked.party.value)))
      && (!asked.late.checked || event.late)
      && (!asked.corrected.checked || event.corrected);
  }

  function show() {
    const order = asked.order.value;
    events.sort((one, other) => one[order] - other[order]);
    let shown = 0;
    for (const each of events) {
      const row = rows.get(each.position);
      row.hidden = !wanted(each);
      shown += !row.hidden;
      body.append(row);
    }
    recorded.ariaSort = order === "position" ? "ascending" : null;
    happened.ariaSort = order === "place" ? "ascending" : null;
    part("number").textContent = part("number").dataset.said
      .replace("{shown}", shown).replace("{all}", events.length);
  }

  function all() {
    asked.kind.value = asked.party.value = "";
    asked.late.checked = asked.corrected.checked = false;
    show();
  }

  offer(asked.kind, told.kinds);
  offer(asked.party, told.parties);
  asked.late.disabled = !events.some((each) => each.late);
  asked.corrected.disabled = !events.some((each) => each.corrected);
  Object.values(asked).forEach((each) => each.addEventListener("change", show));
  part("all").addEventListener("click", all);
  show();
  place.hidden = false;
})();
