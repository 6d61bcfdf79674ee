"""Tell which rules an event of a case may move, so that a step judges no others again.

Imports policies, rules that are made ready, and the facts.
"""
