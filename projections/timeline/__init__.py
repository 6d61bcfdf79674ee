"""What happened when, and how long each step took.

Imports `accountability` and `facts`; every projection above may import it.
"""
