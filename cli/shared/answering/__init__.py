"""Say what every answer says beside what was asked for: whence it is, and what it holds for.

It may import what `shared` may.
"""
