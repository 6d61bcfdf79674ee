"""Tell who is accountable and what is open, over all cases and for one person.

Imports any floor below; the command line may import it, and no projection.
"""
