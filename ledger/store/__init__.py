"""The file that the record lies in: SQLite's tables, written in one transaction an append.

Imports `entry`, `tlog` and below; any floor above may import it.
"""
