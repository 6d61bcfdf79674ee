"""The commands that judge by policies, and that make, show and adopt these: check, policy, what-if.

Imports `shared`; no other command imports it.
"""
