"""Lists of the record, a page at a time: each reads what is on it, however long its list is.

Imports any floor below, and no answer of a command; of the present alone.
"""
