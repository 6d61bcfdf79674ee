"""Whether like findings were answered alike.

Imports `wording` and below; `gaps` and the command line may import it.
"""
