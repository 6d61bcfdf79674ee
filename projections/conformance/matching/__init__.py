"""Select the facts that a rule is about, in three values: a field that is absent does not tell.

Imports the documents of policies, the facts, and what became of findings and sanctions.
"""
