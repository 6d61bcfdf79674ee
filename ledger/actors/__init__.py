"""Who signed an event, and whether they might: OpenSSH signatures and allowed signers.

Imports `store` and below; the ledger and what lies above may import it.
"""
