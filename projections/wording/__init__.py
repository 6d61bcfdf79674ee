"""Put things into words: one sentence a thing, for every text.

Imports `accountability` and below; any floor above may import it.
"""
