"""Time stamps over a checkpoint (RFC 3161).

Imports `checkpoints` and below; `bundle` and `verify` may import it.
"""
