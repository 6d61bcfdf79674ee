"""Sheets as events: rows of CSV or XLSX, read as they are shown, and mapped to drafts.

A map (TOML) says what columns mean. What of a sheet does not fit is told, with row and column.
Imports the domain and, of the ledger, its errors; the commands that import may import it.
"""
