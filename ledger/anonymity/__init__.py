"""Keep names out of the chain, which nothing erases.

What stands in the open is pseudonyms, case ids and terms of the producer's choice. Whether one of
them tells a name can be told only beside the names on record: so an event is refused that would
tell a word of a person's name (`check`). What was told before the person was registered cannot be
taken back; it is named, so that whoever registers them knows (`open_names`).

Imports the indexes, the store and what is below; the ledger and the command line import it.
"""
