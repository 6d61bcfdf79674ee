"""A house's own template: read in bounds, rendered in a sandbox, and its page kept to itself.

Whoever writes a template is of the house, and may be mistaken or careless; what it can reach is
what the shipped templates are told, and nothing else. Imports what a page is made of; the command
line imports it.
"""
