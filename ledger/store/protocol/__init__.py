"""Say what every store offers, so that nothing above names one: a file of SQLite's, or a server.

A `Store` gives transactions, a transaction a `Cursor`, and that its `Dialect`: the few things that
stores say each in their own way. Statements are written in the part of SQL that all of them have,
with `?` for each value that is bound. Rows are plain tuples.

It imports what rows and the tree's growth are; every store, and all that reads one, imports it.
"""
