"""Who is accountable, under which sanctions, and what is still owed.

Imports `facts`; any floor above may import it.
"""
