"""A case step by step: what each decision could have rested on, and what is hindsight.

Imports whatever lies below; the command line may import it.
"""
