"""The state of cases, of a person or of a counterparty, as lines of text.

It imports what is in `answerable.cli.shared`, and the words of the projections.
"""
