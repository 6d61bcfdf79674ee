"""Say which zone who asks means, and say moments in the zone of their case.

It may import what `shared` may.
"""
