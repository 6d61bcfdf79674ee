"""Say what a policy is, in words: its rules, and what differs from another version.

Imports the documents of policies and the wording; no judge imports it.
"""
