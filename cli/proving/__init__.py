"""The commands that prove: keys, checkpoints, proofs, publication, witnesses, verify.

Imports `shared`; no other command imports it.
"""
