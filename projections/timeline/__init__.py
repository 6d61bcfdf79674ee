"""Tell what happened when, and how long each step took.

Imports `documents`, `wording` and below; any floor above may import it.
"""
