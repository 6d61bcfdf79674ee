"""Judge a case by one rule: a module a kind of rule.

Each makes of a rule, once, what judges any number of cases. Imports what judges share: `matching`,
`templates`, `windows`, the order of facts, and the projections that answers are made of.
"""
