"""Time stamps over a checkpoint (RFC 3161).

Imports `checkpoints` and below; any floor above may import it.
"""
