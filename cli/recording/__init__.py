"""The commands that record: init, append, record, import.

Imports `shared`; `evidence` may import it.
"""
