"""Reports: on a case and on a house, for whom they are, in the formats they are written in.

Imports `shared`; of the other commands, `browsing` alone imports it.
"""
