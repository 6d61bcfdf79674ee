"""How long each step took over many cases, and how many things stand how.

Imports `timeline` and below; the command line may import it.
"""
