"""The exhibits, and who kept them.

Imports `accountability` and `facts`; every projection above may import it.
"""
