"""Indexes that find answers quickly and can be made again from the record: views, names, words.

Imports `store` and below; any floor above may import it.
"""
