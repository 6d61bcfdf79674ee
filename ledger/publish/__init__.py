"""The signed log as static files (C2SP tlog-tiles), and their audit without the ledger.

Imports `checkpoints` and below; any floor above may import it.
"""
