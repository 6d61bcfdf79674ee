"""Guide whoever records: what follows in a case, and questions asked one after another.

Imports `recording` and `shared`; `answerable.cli.main` imports it.
"""
