"""Make what is given on the command line into the fields of an event, and check what it refers to.

Imports what commands share; the commands that record import it.
"""
