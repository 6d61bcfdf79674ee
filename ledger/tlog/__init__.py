"""The transparency log: tree, tiles, notes, checkpoints, proofs (RFC 6962, C2SP).

Pure functions over bytes and hashes: imports no store, and anything in `ledger` may import it.
"""
