"""The commands that record: init, append, record, import.

Imports `shared`; `evidence` imports it, since registering an exhibit is recording an event.
"""
