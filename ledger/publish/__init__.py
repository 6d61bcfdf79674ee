"""The signed log as static files (C2SP tlog-tiles), and their audit without the ledger.

Imports `checkpoints` and below; `witness` and the command line may import it.
"""
