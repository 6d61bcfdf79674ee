"""A page of a report made again of the record that it carries, and what differs.

Imports what a page is made of and what is read of a bundle; `verify` imports it.
"""
