"""How things are put into words: one sentence a thing, for every text.

Imports `accountability` and `facts`; every projection above and the command line may import it.
"""
