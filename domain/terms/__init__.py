"""Check the terms that stand in the open: what classifies, cites a provision, names a country.

The chain keeps them for ever, and nothing erases them. So they are words of a vocabulary, never
prose: what has to be said in words has a sealed field. Whether a term tells someone's name can be
told only beside the names on record (`answerable.ledger.anonymity`).

Imports nothing; the fields of events are made of it.
"""
