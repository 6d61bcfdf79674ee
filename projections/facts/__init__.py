"""The facts of a case as they stand: the fold of its events, dates, texts, names.

Imports the domain; any floor above may import it.
"""
