"""A case step by step: the material each decision could have rested on, and the hindsight.

Imports any floor below; the command line may import it, and no projection.
"""
