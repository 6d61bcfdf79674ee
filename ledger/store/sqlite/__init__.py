"""A ledger in a file of SQLite's, and all that only SQLite says so.

Imports the rest of `store` that names no store, and below. `store/opening.py` imports it, and so do
the witness's own memory and what is kept for the time of one import; nothing else does.
"""
