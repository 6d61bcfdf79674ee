"""The commands that ask of a case, a person or a party: status, why, bars and cases.

Imports `shared`; no other command imports it.
"""
