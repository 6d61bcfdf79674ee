"""The passages that a search finds, with what stands around them.

Imports `facts` and the domain; the command line may import it.
"""
