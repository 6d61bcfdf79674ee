"""What the record amounts to: folds of events into registers, rationales, verdicts and reports."""
