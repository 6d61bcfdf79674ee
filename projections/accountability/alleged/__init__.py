"""Tell what is alleged in a case: it is shown, and makes nobody accountable.

Imports `facts`, and what tells in `accountability` what is open; any other floor may import it.
"""
