"""A ledger is carried over whole: into another store, into a backup, and back out of one.

It imports `answerable.ledger.ledger`, the store and what lies below them.
"""
