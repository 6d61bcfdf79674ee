"""A case handed over in one zip file that proves itself.

Imports `timestamp`, `publish`, `checkpoints`, `evidence` and below; the command line may import
it.
"""
