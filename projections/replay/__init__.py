"""A case step by step: what each decision could have rested on, and what is hindsight.

Imports any floor below; the command line may import it, and no projection.
"""
