"""The append-only record: store, tree, seals, signatures, proofs and bundles."""
