"""The parts of `answerable import`. Imports what is shared, and the ledger's transfer."""
