"""The bytes of an entry: how an event is written, and which of its fields are sealed.

Imports the domain alone; anything in `ledger` may import it.
"""
