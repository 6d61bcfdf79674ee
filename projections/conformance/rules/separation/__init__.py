"""Judge that roles which one person may not both hold in a matter are held by several.

Imports what judges share, and to whom a party reported.
"""
