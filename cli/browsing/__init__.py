"""`browse`: the record in a browser, to its reader alone: on this machine, and without changing it.

Imports what commands share, and what writes reports. The server and its framework are loaded by it
alone, and only when it is run.
"""
