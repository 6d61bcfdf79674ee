"""The transparency log: tree, tiles, notes, checkpoints, proofs (RFC 6962, C2SP).

Pure functions over bytes and hashes, and keys in a file. Imports `system` and the domain; any
floor above may import it.
"""
