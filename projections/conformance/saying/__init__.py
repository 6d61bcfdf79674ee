"""Say what a policy is, in words: its rules, and what differs from another, or is found by it.

Imports the documents of policies, what judging comes to, and the wording; no judge imports it.
"""
