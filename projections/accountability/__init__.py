"""Who is accountable, under which sanctions, and what is still owed.

Imports `facts`; every projection above and the command line may import it.
"""
