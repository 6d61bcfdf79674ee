"""The exhibits, and who kept them.

Imports `documents`, `wording` and below; any floor above may import it.
"""
