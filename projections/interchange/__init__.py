"""The record in the forms that process mining reads: OCEL 2.0 and XES.

Pseudonyms stand for parties, and nothing sealed is written. Imports the facts of the projections;
the command `export` imports it.
"""
