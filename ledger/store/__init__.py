"""The file that the record lies in: SQLite's tables, written in one transaction an append.

Imports `entry`, `tlog` and `system`; whatever lies above may import it.
"""
