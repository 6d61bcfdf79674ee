"""Complete what is typed in a shell, from the record where it can tell, and install man pages.

Imports what commands share.
"""
