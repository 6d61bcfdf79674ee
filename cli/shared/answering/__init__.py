"""Say what every answer says beside what was asked for: the times above it, the head below it.

A long one goes to a pager. It may import what `shared` may.
"""
