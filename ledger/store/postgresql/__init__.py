"""A ledger on a PostgreSQL server, and all that only PostgreSQL says so.

Imports the rest of `store` that names no store, and below. `store/opening.py` imports it when an
address names a server, and nothing else does: psycopg is an extra.
"""
