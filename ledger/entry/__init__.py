"""The bytes of an entry: how an event is written, and which of its fields are sealed.

Imports `system` and the domain; any floor above may import it.
"""
