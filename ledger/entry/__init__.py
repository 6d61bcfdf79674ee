"""The bytes of an entry: how an event is written, and what of it is sealed.

Imports the domain alone; anything in `ledger` may import it.
"""
