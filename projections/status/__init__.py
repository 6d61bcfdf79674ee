"""Who is accountable and what is open, over all cases and for one person.

Imports `wording` and below; the command line may import it.
"""
