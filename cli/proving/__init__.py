"""The commands that prove: keys, checkpoints, proofs, publication, witnesses, verify.

Imports `shared`; nothing imports it.
"""
