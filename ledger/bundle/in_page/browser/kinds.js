/* What an entry of each kind may say: the fields that a kind seals, beside those that are sealed in
 * every one, and the public fields that hold ids of other events. Tests hold both tables to the
 * catalogue of kinds.
 */
(() => {
  "use strict";
  const { wrong } = globalThis.answerable;

  const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$/;
  const ALWAYS_SEALED = ["sources", "recorded_by", "signature"];
  const SEALED = {
    "case-opened": "title summary",
    "case-closed": "reason",
    "case-reopened": "reason",
    "contact-made": "purpose",
    "backlash-observed": "audience claim",
    "apology-issued": "addressed_to statement admits commits_to",
    "statement-published": "statement",
    "engagement-terminated": "scope",
    "counterparty-barred": "scope",
    "bar-lifted": "reason",
    "report-received": "report",
    "report-acknowledged": "",
    "feedback-given": "feedback",
    "verification-completed": "question",
    "investigation-opened": "scope",
    "allegation-made": "conduct",
    "subject-heard": "account",
    "evidence-registered": "description location",
    "custody-transferred": "location",
    "finding-proposed": "conduct",
    "finding-made": "conduct difference",
    "blame-withdrawn": "reason",
    "investigation-concluded": "result",
    "step-taken": "note",
    "decision-taken": "question reasons alternatives mitigating aggravating",
    "decision-withdrawn": "reason",
    "conflict-declared": "interest",
    "recused": "reason",
    "conflict-waived": "reason",
    "representatives-notified": "reason answer",
    "sanction-proposed": "role_then measure_text reason",
    "sanction-imposed": "role_then measure_text reason difference",
    "sanction-executed": "note",
    "sanction-not-executed": "reason",
    "sanction-suspended": "reason",
    "sanction-lifted": "reason",
    "interim-measure-taken": "measure_text reason",
    "interim-measure-ended": "reason",
    "appeal-lodged": "ground",
    "appeal-decided": "becomes_text reasons",
    "commitment-made": "promise",
    "commitment-fulfilled": "note",
    "commitment-breached": "reason",
    "commitment-released": "reason",
    "remediation-opened": "cause action",
    "remediation-verified": "note",
    "lesson-recorded": "lesson",
    "incident-occurred": "description",
    "agreement-made": "matter",
    "agreement-accepted": "reason",
    "agreement-rejected": "reason",
    "agreement-breached": "reason",
    "agreement-ended": "reason",
    "proceeding-opened": "particulars",
    "proceeding-concluded": "sentence reasons",
    "party-registered": "name aliases titles",
    "role-assigned": "role",
    "role-ended": "reason",
    "authority-granted": "",
    "authority-revoked": "reason",
    "policy-adopted": "text",
    "correction": "sealed_fields reason",
    "retraction": "reason",
    "dispute": "ground",
    "personal-data-erased": "",
    "legal-hold-set": "reason",
    "legal-hold-lifted": "reason",
    "disclosure-made": "recipient",
    "key-rotated": "reason"
  };
  const REFERENCES = [
    "against", "agreement", "allegation", "appeal", "assignment", "authority", "bar",
    "basis", "blame", "commitment", "conflict", "contradicts", "decision", "events",
    "evidence", "hold", "interim_measure", "investigation", "proceeding", "proposal",
    "reassigned_to", "remediation", "replaced_by", "report", "sanction", "target", "upon"
  ];

  /** Return the fields that an entry of a kind may commit to; null of a kind that is not known. */
  function sealedBy(kind) {
    if (!Object.hasOwn(SEALED, kind)) return null;
    return new Set([...ALWAYS_SEALED, ...SEALED[kind].split(" ").filter(Boolean)]);
  }

  /** Check that an accepted clock is told by two times, the later of which is the entry's. */
  function checkClock(told, recorded) {
    const both = told instanceof Map && told.size === 2;
    const times = both ? [told.get("said"), told.get("last")] : [];
    if (!both || !times.every((each) => typeof each === "string" && TIME.test(each))) {
      wrong("it does not tell of an accepted clock as a ledger does");
    }
    const latest = times[0] > times[1] ? times[0] : times[1];
    if (times[0] === times[1] || latest !== recorded) {
      wrong("it was recorded at another time than its accepted clock tells");
    }
  }

  /** Check that an entry commits to no more than its kind seals, and tells none of it. */
  function checkSeals(entry) {
    const [kind, committed] = [entry.get("kind"), entry.get("_sd")];
    const sealed =
      sealedBy(kind) ?? wrong("it is of a kind that is not known here: {kind}", { kind });
    if (new Set(committed).size < committed.length || committed.length > sealed.size) {
      wrong("it commits to a text twice, or to more texts than its kind seals");
    }
    if ([...entry.keys()].some((field) => sealed.has(field))) {
      wrong("it tells in the open what is sealed");
    }
    if (entry.has("clock")) checkClock(entry.get("clock"), entry.get("recorded_at"));
  }

  Object.assign(globalThis.answerable, { sealedBy, checkSeals, REFERENCES });
})();
