"""A small policy whose rules end in every way upon the example, as of the spring after it."""

from __future__ import annotations

HOUSE_POLICY = """\
format = "answerable-policy/1"
id = "house-rules"
version = "1"
title = "How this house decides"
jurisdictions = ["*"]

[[rule]]
id = "heard"
kind = "declare"
template = "precedence"
then = "finding-made"
first = "subject-heard"
same = ["subject"]
text = "A person is heard before a finding about them."
source = "house rule 1"

[[rule]]
id = "evidence"
kind = "chain"
steps = ["finding-made", "evidence-registered"]
severity = "warning"
text = "A finding rests on evidence."
source = "house rule 2"

[[rule]]
id = "bar-kept"
kind = "not-during"
forbidden = "contact-made"
interval = { from = "counterparty-barred.from", ended_by = "bar-lifted" }
same = ["counterparty"]
text = "Nobody meets a barred party while the bar lasts."
source = "house rule 3"

[[rule]]
id = "reviewed"
kind = "declare"
template = "response"
when = "counterparty-barred"
then = "bar-lifted"
link = "bar"
within = { years = 3 }
text = "A bar is reviewed within three years."
source = "house rule 4"

[[rule]]
id = "ordered"
kind = "chain"
steps = ["sanction-imposed", "decision-taken"]
text = "A sanction rests on a decision."
source = "house rule 5"

[[rule]]
id = "acknowledged"
kind = "declare"
template = "response"
when = "report-received"
then = "report-acknowledged"
link = "report"
within = { days = 7 }
text = "A report is acknowledged within seven days."
source = "house rule 6"
"""

VERDICTS = {
    "heard": "fail",
    "evidence": "fail",
    "bar-kept": "indeterminate",
    "reviewed": "pending",
    "ordered": "pass",
    "acknowledged": "not-applicable",
}
"""The verdict of each rule on the example, as of the spring after it."""

ELSEWHERE = """\
format = "answerable-policy/1"
id = "for-others"
version = "3"
title = "For cases in another place"
jurisdictions = ["fr"]

[[rule]]
id = "custody"
kind = "custody"
text = "The custody of every exhibit has no gaps."
source = "the law of another place"
"""
