"""The sections of a report after its first page, a module each.

Imports the look-ups of a report and below; `written` imports it.
"""
