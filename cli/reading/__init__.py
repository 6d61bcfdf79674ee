"""The commands that read the record as it stands: log, show, search, timeline and the views.

Imports `shared`; no other command imports it.
"""
