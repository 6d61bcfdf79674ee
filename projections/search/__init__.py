"""The passages that a search finds, with what stands around them.

Imports any floor below; the command line may import it, and no projection.
"""
