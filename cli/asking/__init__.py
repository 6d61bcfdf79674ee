"""The commands that ask of a case, a person or a party: log, show, status, why and others.

Imports `shared`; no other command imports it.
"""
