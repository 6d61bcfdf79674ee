"""The exhibits, and who kept them: the answers of `answerable evidence`.

Imports `documents`, `wording` and below; any floor above may import it.
"""
