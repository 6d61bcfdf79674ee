"""Commands for who audits: what backs each consequence, and what was changed afterwards.

They may import what is in `shared`.
"""
