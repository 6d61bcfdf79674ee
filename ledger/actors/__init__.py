"""Signatures of those who record, and who may sign as whom: OpenSSH's formats.

Imports `store` and below; any floor above may import it.
"""
